"""What every page of money has: its tabs, its doors to act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import User, can
from qingshan.areas.public import Department, departments_in
from qingshan.documents.public import RefusedFile, attach
from qingshan.funds import policies
from qingshan.funds.errors import FundsRefusal
from qingshan.history.public import BeforeLastVersion
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.refs import Ref
from qingshan.pages.public import Tab, as_of
from qingshan.plans.public import LedgerRefusal
from qingshan.tasks.public import TaskRefusal

__all__ = ["REFUSALS", "attached", "frame", "own_departments"]

#: What an action may refuse, in words for the form.
REFUSALS = (FundsRefusal, LedgerRefusal, TaskRefusal, IllegalMove, BeforeLastVersion, RefusedFile)

_TABS: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (
        _("资金汇总"),
        "funds:home",
        ("home", "summary", "project", "enter", "reverse", "entries", "import_entries"),
    ),
    (_("项目储备库"), "funds:reserve", ("reserve", "propose", "entry", "revise", "check", "step")),
    (_("专项资金申报"), "funds:bids", ("bids", "draft", "bid", "change_bid", "bid_step")),
    (_("资金预警"), "funds:warnings", ("warnings", "press")),
)


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Return the context that ``funds/frame.html`` stands on."""
    here = getattr(request.resolver_match, "url_name", "")
    tabs = [Tab(label, reverse(name), here in names) for label, name, names in _TABS]
    return {"tabs": tabs, "doors": [], **more}


def attached(upload: Any, *, to: Ref, by: Any, at: datetime, title: str = "") -> None:
    """Attach the file of a form to the record that the form made, where one was sent."""
    if upload:
        attach(upload, to=to, by=by, at=at, title=title)


def own_departments(request: HttpRequest) -> list[Department]:
    """Return the departments for which the person may propose and bid."""
    user: Any = request.user
    district_id = _district_id(user)
    if district_id is None or not can(user, policies.CAPABILITIES["propose"], district_id=district_id):
        return []
    return [
        one
        for one in departments_in(district_id, as_of(request))
        if policies.may_propose(user, district_id=district_id, department_id=one.pk)
    ]


def _district_id(user: User) -> int | None:
    own = user.district or getattr(user.department, "district", None)
    return own.pk if own is not None else None
