"""Drawing a submission up, changing its words, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs, scope_of
from qingshan.areas.public import District, district_path
from qingshan.kernel.spans import beijing_day
from qingshan.levels import actions, policies
from qingshan.levels.forms import NewForm, RemarksForm, SubmitForm, WordsForm
from qingshan.levels.models import Call, Partner, Submission
from qingshan.levels.queries.calls import calls_for
from qingshan.levels.queries.submissions import submission_detail
from qingshan.levels.states import SUBMISSION_FLOW, PartnerState
from qingshan.levels.views.frame import REFUSALS, frame, may_move, opened
from qingshan.pages.public import MovePage, NoteForm, ReasonForm, answer_form
from qingshan.plans.public import Plan, visible_plans


@needs("levels.submit")
def new(request: HttpRequest) -> HttpResponse:
    """Draw a submission up; for a call where the address names it."""
    today = beijing_day(timezone.now())
    plans = _plans(request, today)
    call = _call(request)
    begin = {"as_of": call.as_of if call else today, "to": f"district:{call.district_id}" if call else ""}
    form = NewForm(
        request.POST or None,
        plans=[(plan.code, name) for plan, name in plans],
        receivers=_receivers([plan for plan, _name in plans], today),
        initial=begin,
    )

    def act(data: Mapping[str, Any]) -> Submission:
        receiver, partner = _chosen(data["to"])
        answered = call if call and call.district_id == receiver.pk and call.as_of == data["as_of"] else None
        return actions.draft_submission(
            plan=next(plan for plan, _name in plans if plan.code == data["plan"]),
            to_district=receiver, partner=partner, as_of=data["as_of"], words=data["words"],
            call=answered, by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="levels/form", refusals=REFUSALS, said=_("已拟报；核对内容后报送。"),
        context={
            "title": _("拟报"), "subtitle": str(call or ""), "cancel": reverse("levels:list"),
            "empty_because": "" if plans else _("您的辖区还没有规划可以报送。"),
        },
        done=_after,
    )  # fmt: skip


def _after(made: Submission | None) -> str:
    return reverse("levels:submission", args=[made.pk]) if made else reverse("levels:list")


def _plans(request: HttpRequest, on: date) -> list[tuple[Plan, str]]:
    reach = scope_of(request.user, capability=policies.CAPABILITIES["submit"])
    return [
        (card.version.subject, card.version.short_name)
        for card in visible_plans(user=request.user, on=on)
        if reach.everything or card.version.subject.district_id in reach.district_ids
    ]


def _receivers(plans: list[Plan], on: date) -> list[tuple[str, str]]:
    """The districts above the plans', nearest first; then installations that stand for one of them."""
    above: dict[int, str] = {}
    for plan in plans:
        for one in reversed(district_path(plan.district_id, on)[:-1]):
            above[one.subject_id] = one.name
    partners = Partner.objects.filter(state=PartnerState.TRUSTED, district_id__in=above)
    inside = [(f"district:{pk}", name) for pk, name in above.items()]
    outside = [
        (f"partner:{one.pk}", _("%(name)s（另一套系统）") % {"name": one.name})
        for one in partners.select_related("district")
    ]
    return [*inside, *outside]


def _chosen(key: str) -> tuple[District, Partner | None]:
    kind, _colon, pk = key.partition(":")
    if kind == "partner":
        partner = Partner.objects.select_related("district").get(pk=pk)
        return partner.district, partner
    return District.objects.get(pk=pk), None


def _call(request: HttpRequest) -> Call | None:
    asked = request.GET.get("call", "")
    if not asked:
        return None
    found = calls_for(user=request.user).filter(pk=asked).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found


@needs("levels.submit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the covering words."""
    found = opened(request, pk)
    policies.require(request.user, "submit", found)
    form = WordsForm(request.POST or None, initial={"words": found.words})
    return answer_form(
        request, form,
        lambda data: actions.revise_submission(
            submission=found, words=data["words"], by=request.user, at=timezone.now()
        ),
        template="levels/form", refusals=REFUSALS, context=frame(found, title=_("修改说明")),
        done=reverse("levels:submission", args=[pk]), said=_("说明已修改。"),
    )  # fmt: skip


Act = Callable[[Submission, forms.Form, Mapping[str, Any], Any, datetime], Any]


@dataclass(frozen=True, slots=True)
class Step(MovePage):
    """A move's page, which may look otherwise than a form."""

    template: str = "levels/form"


def _noted(action: Callable[..., Any]) -> Act:
    return lambda found, form, data, by, at: action(submission=found, by=by, at=at, **data)


def _sent_back(found: Submission, form: Any, data: Mapping[str, Any], by: Any, at: datetime) -> Submission:
    return actions.send_back_submission(
        submission=found, note=data["note"], remarks=form.remarks(data), by=by, at=at
    )


STEPS: Mapping[str, Step] = {
    "submit": Step(SubmitForm, _noted(actions.submit_submission), gettext_lazy("已报送。"), "levels/submit"),
    "withdraw": Step(NoteForm, _noted(actions.withdraw_submission), gettext_lazy("已作废。")),
    "accept": Step(NoteForm, _noted(actions.accept_submission), gettext_lazy("已受理。")),
    "send_back": Step(RemarksForm, _sent_back, gettext_lazy("已退回，意见已告知下级。"), "levels/send_back"),
    "lock": Step(
        NoteForm, _noted(actions.lock_submission), gettext_lazy("已锁定：该规划此日及以前的数据不能再改。")
    ),
    "unlock": Step(
        ReasonForm, _noted(actions.unlock_submission), gettext_lazy("已解锁，下级可以更正后重报。")
    ),
}


@needs("levels.submit", "levels.review")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make a move, after it is confirmed on its page."""
    if move not in STEPS:
        raise Http404
    found = opened(request, pk)
    policies.require(request.user, policies.MOVES[move], found)
    possible = SUBMISSION_FLOW.allows(found.phase, move) and may_move(request.user, found, move)
    if request.method != "POST" and not possible:
        raise Http404
    made = STEPS[move]
    detail = submission_detail(submission=found)
    options: dict[str, Any] = {"initial": {"seen": detail.digest}} if made.form is SubmitForm else {}
    if made.form is RemarksForm:
        options["snapshot"] = detail.snapshot
    form = made.filled(request, **options)
    title = SUBMISSION_FLOW.label(move)
    return answer_form(
        request, form, lambda data: made.act(found, form, data, request.user, timezone.now()),
        template=made.template, refusals=REFUSALS, said=str(made.said),
        context=frame(found, title=title, submit=title, detail=detail),
        done=reverse("levels:submission", args=[pk]),
    )  # fmt: skip
