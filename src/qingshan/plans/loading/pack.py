"""One plan's pack into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.plans.loading.head import put_head
from qingshan.plans.loading.indicators import put_indicators
from qingshan.plans.loading.places import departments_of, district_of
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.loading.work import put_work
from qingshan.plans.models import CatalogueIndicator, Plan
from qingshan.plans.packs.shapes import Pack

__all__ = ["Loaded", "first_day", "load_pack"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a pack did: versions entered, revised, left as they were, kept because people own them."""

    plan: Plan
    entered: int
    revised: int
    unchanged: int
    kept: int


@transaction.atomic
def load_pack(pack: Pack, *, catalogue: Mapping[str, CatalogueIndicator], at: datetime) -> Loaded:
    """Enter a plan's pack (载入规划数据包), or bring it up to date.

    Parameters
    ----------
    catalogue : mapping of code to CatalogueIndicator
        See `load_catalogue`; every code the pack names is in it.

    Raises
    ------
    LedgerRefusal
        Something of the pack cannot be entered; then nothing of it is.
    """
    day = first_day(pack)
    desk = Desk(day=day, at=at)
    began = min(day, date(pack.plan.period[0], 1, 1))
    district = district_of(pack, valid_from=began, at=at)
    departments = departments_of(pack, district, valid_from=began, at=at)
    plan = put_head(desk, pack, district)
    indicators = put_indicators(desk, pack, plan, catalogue)
    put_work(desk, pack, plan, departments, indicators)
    done = Loaded(plan, *(desk.counts[word] for word in ("entered", "revised", "unchanged", "kept")))
    if done.entered or done.revised:
        detail = {"entered": done.entered, "revised": done.revised, "source": pack.plan.source.sha256}
        audit.record("plans.load_pack", plan.ref, by=None, at=at, detail=detail)
    return done


def first_day(pack: Pack) -> date:
    """Return the first day of the plan: in force, issued, approved, or the first of its period."""
    head = pack.plan
    return head.valid_from or head.issued_on or head.approved_on or date(head.period[0], 1, 1)
