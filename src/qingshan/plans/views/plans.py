"""The list of plans, a plan's overview, its making file and its life cycle."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import capabilities_of, needs, scope_of
from qingshan.areas.public import District, district_names
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Door, answer_form, as_of, offer, page_or_part
from qingshan.plans import actions, policies, queries
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.plan import PlanForm
from qingshan.plans.forms.work import MakingForm
from qingshan.plans.models import PlanVersion
from qingshan.plans.neighbours import neighbours_of
from qingshan.plans.queries import entries
from qingshan.plans.states import PLAN_FLOW
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.facts import plan_facts
from qingshan.plans.views.frame import door_if, frame, opened
from qingshan.plans.views.refusals import REFUSED, refusal_in_words


@needs("plans.view")
def plan_list(request: HttpRequest) -> HttpResponse:
    """Show the plans a person may see, real ones first."""
    cards = queries.visible_plans(user=request.user, on=as_of(request))
    groups = [
        {"simulated": simulated, "cards": found}
        for simulated in (False, True)
        if (found := [card for card in cards if card.version.subject.simulated is simulated])
    ]
    may_edit = "plans.edit" in capabilities_of(request.user)
    return page_or_part(request, "plans/list", {"groups": groups, "may_edit": may_edit})


@needs("plans.view")
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """Show in ten seconds: how the targets stand, what is behind and whose it is, what is due, the money."""
    plan = opened(request, code)
    found = queries.plan_overview(user=request.user, plan=plan, on=as_of(request))
    beside = neighbours_of(user=request.user, plan=plan)
    return page_or_part(request, "plans/overview", frame(request, plan, overview=found, neighbours=beside))


@needs("plans.view")
def making(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the plan was made, what its text lacks, and its life so far."""
    plan = opened(request, code)
    file = queries.making_of(user=request.user, plan=plan, on=as_of(request))
    add = reverse("plans:add_making", args=[code])
    context = frame(
        request,
        plan,
        actions=[
            door_if(request, "edit", plan.subject, _("导入 Excel"), reverse("plans:imports", args=[code])),
            Door(_("附件"), reverse("documents:of", args=[plan.subject.ref])),
            door_if(
                request, "edit", plan.subject, _("修改规划信息"), reverse("plans:revise_plan", args=[code])
            ),
            door_if(
                request, "edit", plan.subject, _("登记缺失"), reverse("plans:report_missing", args=[code])
            ),
            door_if(
                request, "edit", plan.subject, _("登记文本矛盾"), reverse("plans:add_conflict", args=[code])
            ),
            door_if(
                request,
                "enter_value",
                plan.subject,
                _("登记剔除批复"),
                reverse("plans:add_exclusion", args=[code]),
            ),
            door_if(request, "edit", plan.subject, _("新增记录"), add, primary=True),
        ],
        file=file,
        letters=entries.exclusion_letters(plan),
        may_edit=policies.may(request.user, "edit", plan.subject),
        facts=plan_facts(plan, file.sources),
        moves=_moves(request, plan, file),
    )
    return page_or_part(request, "plans/making", context)


def _moves(request: HttpRequest, plan: PlanVersion, file: queries.Making) -> list[dict[str, str]]:
    """The moves that the plan's life allows now, each for those who may make it."""
    return [
        {"name": name, "label": PLAN_FLOW.label(name)}
        for name in file.moves
        if policies.may(request.user, actions.verb_of_move(name), plan.subject)
    ]


@needs("plans.edit")
def add_making(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a step of the making file."""
    plan = opened(request, code)
    policies.require(request.user, "edit", plan.subject)
    day = as_of(request)
    form = MakingForm(request.POST or None, request.FILES or None)
    earlier = {str(one.pk): one for one in queries.making_of(user=request.user, plan=plan, on=day).entries}
    offer(form, "answers", [("", "—"), *((key, one.title) for key, one in earlier.items())])

    def act(data: Any) -> Any:
        facts = {name: data[name] for name in ("kind", "title", "on", "who", "text")}
        entry = actions.add_making_entry(
            plan=plan.subject,
            answers=earlier.get(data["answers"]),
            by=request.user,
            at=timezone.now(),
            **facts,
        )
        attached(data["attachment"], to=entry.ref, by=request.user, at=timezone.now())
        return entry

    return answered(
        request,
        plan,
        form,
        act,
        title=_("新增编制过程记录"),
        back=reverse("plans:making", args=[code]),
        said=_("编制过程记录已保存。"),
    )


@require_POST
@needs("plans.edit", "plans.approve")
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Carry a plan to the next state of its life."""
    plan = opened(request, code)
    name, seen = request.POST.get("move", ""), request.POST.get("seen_version", "")
    try:
        actions.move_plan(
            plan=plan.subject,
            move=name,
            seen=int(seen) if seen.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except REFUSED as refused:
        messages.error(request, refusal_in_words(refused))
    else:
        messages.success(request, _("规划状态已变更：%s。") % PLAN_FLOW.label(name))
    return redirect("plans:making", code)


@needs("plans.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a new plan by hand."""
    day = beijing_day(timezone.now())
    form = PlanForm(request.POST or None, initial={"valid_from": day})
    names = district_names(scope_of(request.user, on=day, capability="plans.edit").district_ids, day)
    offer(form, "district", names.items())
    cards = queries.visible_plans(user=request.user, on=day)
    parents = [("", "—"), *((card.version.subject_id, card.version.short_name) for card in cards)]
    offer(form, "parent", parents)

    def act(data: Any) -> Any:
        facts = {
            name: value
            for name, value in data.items()
            if name not in ("code", "district", "valid_from", "parent")
        }
        district = District.objects.get(pk=data["district"])
        return actions.create_plan(
            code=data["code"],
            district=district,
            simulated=district.simulated,
            facts={**facts, "parent_id": data["parent"] or None},
            valid_from=data["valid_from"],
            by=request.user,
            at=timezone.now(),
            reason=_("手工新建"),
        )

    return answer_form(
        request,
        form,
        act,
        template="plans/new",
        context={"title": _("新建规划"), "cancel": reverse("plans:list")},
        done=lambda plan: (
            reverse("plans:list") if plan is None else reverse("plans:overview", args=[plan.code])
        ),
        said=_("规划已建立；接下来可在编制档案页导入指标和项目。"),
        refusals=(LedgerRefusal, ValueError),
    )
