"""Drawing up a task, changing what it asks and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.areas.public import District
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of
from qingshan.tasks import actions, policies, queries
from qingshan.tasks.errors import TaskRefusal
from qingshan.tasks.forms import NewTaskForm, PartiesForm, ReviseForm, SplitForm
from qingshan.tasks.models import Task
from qingshan.tasks.quarters import quarters_of
from qingshan.tasks.states import TaskState
from qingshan.tasks.views.frame import frame, opened
from qingshan.tasks.vocabulary import TaskSource
from qingshan.workflow.public import described


@needs("tasks.assign")
def new(request: HttpRequest) -> HttpResponse:
    """Draw up a task: by hand, as a part of another one, or from a record that the address names."""
    origin = _origin(request)
    today = beijing_day(timezone.now())
    begin = {"starts_on": today, "source": TaskSource.INSTRUCTION, **origin.begin}
    form = NewTaskForm(request.POST or None, district_id=origin.district.pk, on=today, initial=begin)

    def act(data: Any) -> Task:
        now = timezone.now()
        task = actions.create_task(
            district=origin.district,
            source=TaskSource(data["source"]),
            terms={
                name: data[name] for name in ("title", "content", "evidence_wanted", "starts_on", "due_on")
            },
            source_ref=origin.about,
            source_title=data["source_title"],
            source_by=data["source_by"],
            source_on=data["source_on"],
            parent=origin.parent,
            by=request.user,
            at=now,
            **form.parties(data),
        )
        return actions.assign_task(task=task, by=request.user, at=now) if data["assign_now"] else task

    context = {
        "title": origin.title,
        "subtitle": origin.subtitle,
        "simulated": origin.district.simulated,
        "cancel": origin.back,
        "draft": "task",
    }
    return answer_form(
        request, form, act, template="tasks/form", context=context, refusals=(TaskRefusal,),
        done=lambda task: reverse("tasks:task", args=[task.code]) if task else reverse("tasks:list"),
        said=_("任务已拟定。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a new task comes from: nothing yet, another task, or a record of a room above."""

    district: District
    title: str
    subtitle: str
    back: str
    begin: dict[str, Any] = field(default_factory=dict)
    parent: Task | None = None
    about: Ref | None = None


def _origin(request: HttpRequest) -> _Origin:
    if request.GET.get("parent"):
        return _from_task(opened(request, request.GET["parent"]))
    if request.GET.get("about"):
        return _from_record(request, request.GET["about"])
    district = _district(request)
    return _Origin(district, _("新建任务"), str(district), reverse("tasks:inbox"))


def _from_task(parent: Task) -> _Origin:
    terms = queries.current_terms(parent)
    begin = {"source": parent.source, "source_title": parent.source_title, "due_on": terms.due_on}
    back = reverse("tasks:task", args=[parent.code])
    return _Origin(parent.district, _("分解任务"), str(parent), back, begin, parent)


def _from_record(request: HttpRequest, name: str) -> _Origin:
    """A record the person sees, under the name it has across rooms; its page fills the form in advance."""
    try:
        about = Ref.read(name)
    except ValueError:
        raise Http404 from None
    subject = described(request.user, [about], as_of(request)).get(about)
    if subject is None:
        raise Http404
    district = District.objects.get(pk=subject.district_id)
    begin: dict[str, Any] = {name: request.GET[name] for name in _PREFILLED if request.GET.get(name)}
    begin |= {"source_title": subject.name, "joint": request.GET.getlist("joint")}
    return _Origin(district, _("拟定任务"), subject.name, subject.url, begin, about=about)


#: What the page of a record may fill in; the person sees and may change all of it.
_PREFILLED = ("source", "source_by", "source_on", "title", "content", "due_on", "lead")


def _district(request: HttpRequest) -> District:
    """Where a new task belongs: the writer's own district."""
    own: District | None = getattr(request.user, "district", None) or getattr(
        getattr(request.user, "department", None), "district", None
    )
    if own is None:
        raise Http404
    return own


@needs("tasks.view")
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Divide a task by quarters, saying of each what is to be reached."""
    task = opened(request, code)
    policies.require(request.user, "assign", task)
    terms = queries.current_terms(task)
    quarters = quarters_of(terms.starts_on, terms.due_on)
    form = SplitForm(request.POST if request.method == "POST" else None, quarters=quarters)

    def act(_data: Any) -> Any:
        return actions.split_by_quarter(task=task, goals=form.goals(), by=request.user, at=timezone.now())

    return answer_form(
        request, form, act, template="tasks/form", refusals=(TaskRefusal,),
        context=frame(task, title=_("按季度分解"), submit=_("分解")),
        done=reverse("tasks:task", args=[code]), said=_("任务已按季度分解。"),
    )  # fmt: skip


@needs("tasks.view")
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a task asks."""
    task = opened(request, code)
    policies.require(request.user, "assign", task)
    held = queries.current_terms(task)
    shown = {
        name: getattr(held, name) for name in ("title", "content", "evidence_wanted", "starts_on", "due_on")
    }
    form = ReviseForm(request.POST or None, initial={**shown, "seen_version": held.number})
    form.fields["reason"].required = task.phase is not TaskState.DRAFT

    def act(data: Any) -> Any:
        return actions.revise_task(
            task=task, seen=data["seen_version"], changes={name: data[name] for name in shown},
            reason=data["reason"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="tasks/form", refusals=(TaskRefusal,),
        context=frame(task, title=_("修改要求")),
        done=reverse("tasks:task", args=[code]), said=_("要求已修改，原要求留在变更历史中。"),
    )  # fmt: skip


@needs("tasks.view")
def parties(request: HttpRequest, code: str) -> HttpResponse:
    """Give a task to other departments."""
    task = opened(request, code)
    policies.require(request.user, "assign", task)
    detail = queries.task_detail(task=task, on=as_of(request))
    held = {"lead": detail.lead.pk if detail.lead else "", "joint": [one.pk for one in detail.joint]}
    form = PartiesForm(
        request.POST or None, district_id=task.district_id, on=beijing_day(timezone.now()), initial=held
    )

    def act(data: Any) -> None:
        actions.set_parties(
            task=task, reason=data["reason"], by=request.user, at=timezone.now(), **form.parties(data)
        )

    return answer_form(
        request, form, act, template="tasks/form", refusals=(TaskRefusal,),
        context=frame(task, title=_("调整单位")),
        done=reverse("tasks:task", args=[code]), said=_("单位已调整；此前的单位仍在记录中。"),
    )  # fmt: skip
