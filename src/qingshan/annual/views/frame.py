"""What the pages of one annual plan share: the plan, if one may see it, its tabs, and the doors out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.annual import policies, queries
from qingshan.annual.models import AnnualPlan
from qingshan.annual.states import ANNUAL_FLOW, EDITABLE, HEARD, AnnualState
from qingshan.annual.wording import title_of
from qingshan.pages.public import Door, Tab, as_of
from qingshan.plans.public import plan_url

__all__ = ["VERBS", "Door", "doors", "frame", "opened"]

#: Move of the flow -> verb of the policies.
VERBS: Mapping[str, str] = {
    "consult": "edit",
    "redraft": "edit",
    "submit": "edit",
    "send_back": "publish",
    "publish": "publish",
    "close": "publish",
    "withdraw": "edit",
}
_PRIMARY = ("consult", "submit", "publish")


#: Label, address, and the addresses below it.
_TABS = (
    (gettext_lazy("概览"), "annual:annual", ("annual",)),
    (pgettext_lazy("several", "事项"), "annual:rows", ("rows", "row")),
    (pgettext_lazy("several", "单位"), "annual:departments", ("departments", "department")),
    (pgettext_lazy("several", "版次"), "annual:editions", ("editions",)),
)


def opened(request: HttpRequest, pk: int) -> AnnualPlan:
    """Return an annual plan that the person may see; to others it is not there (404)."""
    return queries.annual_for(user=request.user, pk=pk)


def frame(
    request: HttpRequest, annual: AnnualPlan, *, actions: Iterable[Door] = (), **more: Any
) -> dict[str, Any]:
    """Return the context that ``annual/frame.html`` stands on."""
    here = getattr(request.resolver_match, "url_name", "")
    day = as_of(request)
    name = title_of(annual, day)
    return {
        "annual": annual,
        "heading": _("%(plan)s %(year)d年度计划") % {"plan": name, "year": annual.year},
        "plan_url": plan_url(annual.plan.code),
        "plan_name": name,
        "phase": queries.state_on(annual, day),
        "simulated": annual.district.simulated,
        "tabs": [
            Tab(label, reverse(address, args=[annual.pk]), here in names) for label, address, names in _TABS
        ],
        "actions": list(actions),
        "cancel": reverse("annual:annual", args=[annual.pk]),
        **more,
    }


def doors(request: HttpRequest, annual: AnnualPlan) -> list[Door]:
    """Return what the person may do to the annual plan now, in the order of the work."""
    may = {verb: policies.may(request.user, verb, annual) for verb in ("edit", "publish")}
    found = [
        Door(ANNUAL_FLOW.label(move), reverse("annual:step", args=[annual.pk, move]), move in _PRIMARY)
        for move in ANNUAL_FLOW.moves_from(annual.phase)
        if may[VERBS[move]]
    ]
    if may["edit"] and annual.phase in (*EDITABLE, AnnualState.PUBLISHED):
        found.append(Door(_("新增事项"), reverse("annual:add_row", args=[annual.pk])))
    if may["edit"] and annual.phase in EDITABLE:
        found.append(Door(_("表格导入"), reverse("annual:table", args=[annual.pk])))
    if may["edit"] and annual.phase in HEARD:
        found.append(Door(_("拟公文"), reverse("annual:paper", args=[annual.pk])))
    return found
