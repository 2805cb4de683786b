"""Measures, commitments and projects: their lists, one of each, and reports of progress on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Door, as_of, new_token, page_or_part, show_list
from qingshan.plans import actions, policies, queries
from qingshan.plans.forms.work import ReportForm
from qingshan.plans.lists.commitments import COMMITMENTS
from qingshan.plans.lists.dressing import dressed
from qingshan.plans.lists.measures import MEASURES
from qingshan.plans.lists.projects import PROJECTS
from qingshan.plans.models import CommitmentResponsibility, MeasureResponsibility, ProjectResponsibility
from qingshan.plans.origins import origin_of
from qingshan.plans.queries import entries, own
from qingshan.plans.queries.review import proposed_in_words
from qingshan.plans.states import WorkState
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.facts import Fact, commitment_facts, measure_facts, project_facts
from qingshan.plans.views.frame import door_if, frame, opened
from qingshan.plans.views.pictures import money_chart, timeline_shown
from qingshan.plans.views.tasks import task_door, task_lines
from qingshan.plans.vocabulary import WORK_ROLES, MeasureKind


@needs("plans.view")
def measure_tree(request: HttpRequest, code: str) -> HttpResponse:
    """Show the body of the plan as the tree it is."""
    plan = opened(request, code)
    tree = queries.measure_tree(user=request.user, plan=plan, on=as_of(request))
    add = reverse("plans:add_measure", args=[code])
    door = door_if(request, "edit", plan.subject, _("新增章节或措施"), add)
    return page_or_part(
        request,
        "plans/measure_tree",
        frame(request, plan, actions=[door], tree=tree, may_edit=door is not None),
    )


@needs("plans.view")
def measures(request: HttpRequest, code: str) -> HttpResponseBase:
    """List measures with their departments, state and progress."""
    plan = opened(request, code)
    day = as_of(request)
    rows = queries.measures_for(user=request.user, plan=plan, on=day).filter(kind=MeasureKind.MEASURE)
    if not request.GET.get("role"):
        rows = rows.filter(role__in=WORK_ROLES)
    tree = Door(_("按章节查看"), reverse("plans:measure_tree", args=[code]))
    return show_list(request, MEASURES, rows, frame(request, plan, actions=[tree]), dress=dressed(plan, day))


@needs("plans.view")
def commitments(request: HttpRequest, code: str) -> HttpResponseBase:
    """List quantified and dated commitments."""
    plan = opened(request, code)
    day = as_of(request)
    rows = queries.commitments_for(user=request.user, plan=plan, on=day)
    add = door_if(request, "edit", plan.subject, _("新增承诺"), reverse("plans:add_commitment", args=[code]))
    return show_list(
        request, COMMITMENTS, rows, frame(request, plan, actions=[add]), dress=dressed(plan, day)
    )


@needs("plans.view")
def projects(request: HttpRequest, code: str) -> HttpResponseBase:
    """List projects with years, money and progress."""
    plan = opened(request, code)
    day = as_of(request)
    rows = queries.projects_for(user=request.user, plan=plan, on=day)
    doors = [
        Door(_("时间表"), reverse("plans:timeline", args=[code])),
        Door(_("资金"), reverse("plans:money", args=[code])),
        door_if(request, "edit", plan.subject, _("新增项目"), reverse("plans:add_project", args=[code])),
    ]
    lines, counted = queries.project_counts(user=request.user, plan=plan, on=day)
    told = _("项目表印出 %(rows)d 行，计 %(count)d 个项目；专栏任务和正文提及的另列。")
    intro = told % {"rows": lines, "count": counted} if lines else ""
    context = frame(request, plan, actions=doors, intro=intro)
    return show_list(request, PROJECTS, rows, context, dress=dressed(plan, day))


@needs("plans.view")
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show projects over the years, with their progress."""
    plan = opened(request, code)
    day = as_of(request)
    found = timeline_shown(plan, queries.timeline(user=request.user, plan=plan, on=day), day)
    return page_or_part(request, "plans/timeline", frame(request, plan, timeline=found))


@needs("plans.view")
def money(request: HttpRequest, code: str) -> HttpResponse:
    """Show planned, received and paid money by year and by source."""
    plan = opened(request, code)
    found = queries.money_summary(user=request.user, plan=plan, on=as_of(request))
    chart = money_chart(found) if found and found.by_year else None
    return page_or_part(request, "plans/money", frame(request, plan, money=found, chart=chart))


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between measures, commitments and projects: query, lines, verb, table of duties, name."""

    find: Callable[..., Any]
    facts: Callable[[Any], list[Fact]]
    verb: str
    duties: type[Any]
    name: Callable[[Any], str]


KINDS = {
    "measure": Kind(
        queries.measure_detail, measure_facts, "report_measure", MeasureResponsibility, lambda one: one.title
    ),
    "commitment": Kind(
        queries.commitment_detail,
        commitment_facts,
        "report_measure",
        CommitmentResponsibility,
        lambda one: one.metric,
    ),
    "project": Kind(
        queries.project_detail, project_facts, "report_project", ProjectResponsibility, lambda one: one.name
    ),
}


@needs("plans.view")
def work(request: HttpRequest, code: str, kind: str, work_code: str) -> HttpResponse:
    """Show one measure, commitment or project."""
    plan = opened(request, code)
    known = KINDS[kind]
    detail = known.find(user=request.user, plan=plan, code=work_code, on=as_of(request))
    subject = detail.version.subject
    words = [code, kind, work_code]
    report_url = reverse("plans:report_on", args=words)
    may_edit = policies.may(request.user, "edit", plan.subject)
    drawing_up = _task_door(request, kind, detail)
    context = frame(
        request,
        plan,
        detail=detail,
        facts=known.facts(detail),
        tasks=task_lines(request, subject),
        task_door=drawing_up,
        report_url=report_url,
        end_duty_url=may_edit and reverse("plans:end_duty", args=words),
        may_report=policies.may(request.user, known.verb, subject),
        changeable=own.changeable(getattr(detail, "rebaselinings", ()), request.user),
        proposals=[(one, proposed_in_words(one)) for one in getattr(detail, "rebaselinings", ())],
        actions=[
            Door(_("附件"), reverse("documents:of", args=[subject.ref])),
            door_if(
                request,
                "edit",
                plan.subject,
                _("修改"),
                reverse(f"plans:revise_{kind}", args=[code, work_code]),
            ),
            door_if(request, "edit", subject, _("责任单位"), reverse("plans:duty", args=words)),
            door_if(
                request, "edit", plan.subject, _("分派到人"), reverse("workflow:record", args=[subject.ref])
            ),
            drawing_up,
            *_measure_doors(request, kind, detail.version),
            *_project_doors(request, kind, subject, words),
            door_if(request, known.verb, subject, _("报告进展"), report_url, primary=True),
        ],
    )
    return page_or_part(request, f"plans/{kind}", context)


def _task_door(request: HttpRequest, kind: str, detail: Any) -> Door | None:
    """Tasks come from work, not from the headings above it."""
    if kind == "measure" and detail.version.kind != MeasureKind.MEASURE:
        return None
    return task_door(request, kind, detail.version, detail.shares, KINDS[kind].name(detail.version))


def _measure_doors(request: HttpRequest, kind: str, version: Any) -> list[Door | None]:
    """From a heading one enters what stands below it, from a measure its commitments and projects."""
    if kind != "measure":
        return []
    plan, code = version.plan, version.subject.code
    below = (
        (("commitment", _("新增承诺")), ("project", _("新增项目")))
        if version.kind == MeasureKind.MEASURE
        else (("measure", _("新增下级")),)
    )
    return [
        door_if(request, "edit", plan, label, reverse(f"plans:add_{what}", args=[plan.code]) + f"?in={code}")
        for what, label in below
    ]


def _project_doors(request: HttpRequest, kind: str, subject: Any, words: list[str]) -> list[Door | None]:
    if kind != "project":
        return []
    code, _kind, work_code = words
    return [
        door_if(
            request, "report_project", subject, _("资金"), reverse("plans:set_money", args=[code, work_code])
        ),
        door_if(
            request, "report_project", subject, _("节点"), reverse("plans:milestone", args=[code, work_code])
        ),
        door_if(
            request,
            "report_project",
            subject,
            _("申请调整"),
            reverse("plans:rebaseline", args=[code, work_code]),
        ),
        door_if(
            request,
            "edit",
            subject.plan,
            _("工程量"),
            reverse("plans:quantities", args=[code, work_code]),
        ),
        door_if(
            request,
            "edit",
            subject.plan,
            _("关联指标"),
            reverse("plans:link_indicators", args=[code, work_code]),
        ),
    ]


@needs("measures.report", "projects.report")
def report_on(request: HttpRequest, code: str, kind: str, work_code: str) -> HttpResponse:
    """Report progress, with evidence, and hand it in for review."""
    if kind not in KINDS:
        raise Http404
    plan = opened(request, code)
    known = KINDS[kind]
    detail = known.find(user=request.user, plan=plan, code=work_code, on=as_of(request))
    subject = detail.version.subject
    policies.require(request.user, known.verb, subject)
    initial = {
        "on": beijing_day(timezone.now()),
        "work_state": detail.version.state,
        "percent": detail.version.percent,
    }
    form = ReportForm(request.POST or None, request.FILES or None, initial=initial)

    def act(data: Any) -> Any:
        now = timezone.now()
        facts = {name: data[name] for name in ("on", "percent", "text", "difficulties")}
        report = actions.enter_report(
            subject=subject,
            work_state=WorkState(data["work_state"]),
            department=entries.reporting_department(
                user=request.user, duties=known.duties, subject_id=subject.pk, on=beijing_day(now)
            ),
            by=request.user,
            at=now,
            **facts,
        )
        attached(data["evidence"], to=report.ref, by=request.user, at=now)
        return actions.submit_report(report=report, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("报告进展"),
        subtitle=known.name(detail.version),
        back=reverse(f"plans:{kind}", args=[code, work_code]),
        said=_("进展报告已提交，由规划管理员审核后生效。"),
        submit=_("提交审核"),
    )


@needs("plans.view")
def report(request: HttpRequest, code: str, report_id: int) -> HttpResponse:
    """Show one report of progress with its evidence."""
    plan = opened(request, code)
    found = entries.report_to_see(user=request.user, plan=plan, key=report_id)
    kind, subject = found.subject.ref.kind, found.subject
    on = KINDS[kind].find(user=request.user, plan=plan, code=subject.code, on=as_of(request))
    came_from = origin_of(user=request.user, report=found.ref)
    back = [Door(came_from.name, came_from.url)] if came_from else []
    context = frame(
        request,
        plan,
        report=found,
        subject_name=KINDS[kind].name(on.version),
        subject_url=reverse(f"plans:{kind}", args=[code, subject.code]),
        once=new_token(),
        moves=entries.report_moves(found, request.user),
        may_approve=policies.may(request.user, "edit", found.subject),
        actions=[Door(_("佐证材料"), reverse("documents:of", args=[found.ref])), *back],
    )
    return page_or_part(request, "plans/report", context)
