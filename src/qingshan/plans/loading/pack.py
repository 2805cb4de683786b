"""One plan's pack into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qingshan.areas.public import District
from qingshan.audit import public as audit
from qingshan.plans import policies
from qingshan.plans.loading.head import put_head
from qingshan.plans.loading.indicators import put_indicators
from qingshan.plans.loading.places import departments_of, district_of
from qingshan.plans.loading.provisions import put_provisions
from qingshan.plans.loading.upsert import Desk, Outcome, Told
from qingshan.plans.loading.work import put_work
from qingshan.plans.models import CatalogueIndicator, Plan
from qingshan.plans.packs.shapes import Pack

__all__ = ["Loaded", "compare_pack", "first_day", "load_pack"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a pack did: versions entered, revised, left as they were, kept because people own them.

    ``told`` says it record by record.
    """

    plan: Plan
    entered: int
    revised: int
    unchanged: int
    kept: int
    told: tuple[Told, ...] = ()


@transaction.atomic
def load_pack(
    pack: Pack,
    *,
    catalogue: Mapping[str, CatalogueIndicator],
    at: datetime,
    by: Any = None,
    reviewed: bool = False,
    district: District | None = None,
    text: str = "",
    another_edition: bool = False,
) -> Loaded:
    """Enter a plan's pack (载入规划数据包), or bring it up to date.

    Parameters
    ----------
    catalogue : mapping of code to CatalogueIndicator
        See `load_catalogue`; every code the pack names is in it.
    by : User, optional
        Who enters it, and may edit the plans of the district. None is the system itself.
    reviewed : bool
        It holds what people accepted in the review of a document, a few items or all.
    district : District, optional
        Where the plan holds; found by the code in the pack when it is not given.
    text : str
        Characters of its source, to be kept with the plan.
    another_edition : bool
        Its source is a corrected edition of a plan that is there: the first text stays the main one, and what
        the pack says names the new source.

    Raises
    ------
    LedgerRefusal
        Something of the pack cannot be entered; then nothing of it is.
    Forbidden
        The person may not edit plans of the district.
    """
    day = first_day(pack)
    desk = Desk(day=day, at=at, by=by, reviewed=reviewed)
    began = min(day, date(pack.plan.period[0], 1, 1))
    district = district or district_of(pack, valid_from=began, at=at)
    policies.require(by, "edit", Plan(code=pack.plan.code, district=district))
    departments = departments_of(pack, district, valid_from=began, at=at, look=reviewed)
    plan = put_head(desk, pack, district, text=text, another_edition=another_edition)
    indicators = put_indicators(desk, pack, plan, catalogue)
    put_work(desk, pack, plan, departments, indicators)
    put_provisions(desk, pack, plan)
    counts = desk.counts

    done = Loaded(
        plan=plan,
        entered=counts[Outcome.ENTERED],
        revised=counts[Outcome.REVISED],
        unchanged=counts[Outcome.UNCHANGED],
        kept=counts[Outcome.KEPT],
        told=tuple(desk.told),
    )
    if done.entered or done.revised:
        detail = {"entered": done.entered, "revised": done.revised, "source": pack.plan.source.sha256}
        audit.record("plans.load_pack", plan.ref, by=by, at=at, detail=detail)
    return done


def compare_pack(
    pack: Pack, *, catalogue: Mapping[str, CatalogueIndicator], at: datetime, **how: Any
) -> Loaded:
    """Return what `load_pack` would do, record by record, and leave everything as it is.

    It is done and taken back, so that the two can never disagree. Takes and raises what `load_pack` does.
    """
    with transaction.atomic():
        done = load_pack(pack, catalogue=catalogue, at=at, **how)
        transaction.set_rollback(True)
    return done


def first_day(pack: Pack) -> date:
    """Return the first day of the plan: in force, issued, approved, or the first of its period."""
    head = pack.plan
    return head.valid_from or head.issued_on or head.approved_on or date(head.period[0], 1, 1)
