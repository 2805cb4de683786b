"""What every page of a plan has: the plan as it stood on the as-of date, its tabs, its doors to act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import Door, Tab, as_of
from qingshan.plans import policies, queries
from qingshan.plans.models import PlanVersion

TABS: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (_("总览"), "plans:overview", ("overview",)),
    (pgettext_lazy("several", "指标"), "plans:indicators", ("indicators", "indicator")),
    (pgettext_lazy("several", "措施"), "plans:measure_tree", ("measure_tree", "measures", "measure")),
    (pgettext_lazy("several", "承诺"), "plans:commitments", ("commitments", "commitment")),
    (pgettext_lazy("several", "项目"), "plans:projects", ("projects", "project", "timeline", "money")),
    (_("职责与准入规则"), "plans:provisions", ("provisions",)),
    (_("编制档案"), "plans:making", ("making",)),
)


def opened(request: HttpRequest, code: str) -> PlanVersion:
    """Return the plan as it stood on the as-of date, if the person may see it (else 404)."""
    return queries.plan_for(user=request.user, code=code, on=as_of(request))


def frame(
    request: HttpRequest, plan: PlanVersion, *, actions: Iterable[Door | None] = (), **more: Any
) -> dict[str, Any]:
    """Return the context that ``plans/frame.html`` stands on."""
    here = getattr(request.resolver_match, "url_name", "")
    return {
        "plan": plan,
        "simulated": plan.subject.simulated,
        "tabs": [
            Tab(label, reverse(name, args=[plan.subject.code]), here in names) for label, name, names in TABS
        ],
        "actions": [door for door in actions if door is not None],
        **more,
    }


def door_if(
    request: HttpRequest, verb: str, record: Any, label: str | Promise, url: str, *, primary: bool = False
) -> Door | None:
    """Return a button only for those who may do what it leads to."""
    return Door(label, url, primary) if policies.may(request.user, verb, record) else None
