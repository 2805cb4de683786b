"""Reading plan.yaml: the head of a pack, its making file, departments, gaps and known conflicts."""

from __future__ import annotations

from collections import Counter

from qingshan.plans.packs.fields import Item
from qingshan.plans.packs.shapes import (
    Conflict,
    Department,
    DepartmentKind,
    District,
    Level,
    MakingKind,
    MakingStep,
    Missing,
    PackState,
    Plan,
    Side,
    Source,
)
from qingshan.plans.packs.typed import read_place

__all__ = ["read_plan"]


def read_plan(item: Item) -> Plan:
    """Read the head of a pack; refuses a period that ends before it begins and a department named twice."""
    period = item.integers("period", 2)
    plan = Plan(
        code=item.text("code"),
        seed=item.text("seed"),
        name=item.text("name"),
        short_name=item.text("short_name"),
        kind=item.text("kind"),
        level=item.choice("level", Level),
        district=item.part("district", _district),
        period=(period[0], period[1]),
        base_year=item.integer_or_none("base_year"),
        parent=item.text_or_none("parent"),
        edition=item.text("edition"),
        issuer=item.text_or_none("issuer"),
        document_number=item.text_or_none("document_number"),
        approved_on=item.day_or_none("approved_on"),
        issued_on=item.day_or_none("issued_on"),
        valid_from=item.day_or_none("valid_from"),
        state=item.choice("state", PackState),
        source=item.part("source", _source),
        companions=item.parts("companions", _source),
        making=item.parts("making", _step),
        departments=item.parts("departments", _department),
        missing=item.parts("missing", _missing),
        known_conflicts=item.parts("known_conflicts", _conflict),
        notes=item.texts("notes"),
    )
    if period[1] < period[0]:
        raise item.refuse("period", list(period), "first year, last year")
    names = Counter(name for one in plan.departments for name in (one.name, *one.aliases))
    for name, times in names.items():
        if times > 1:
            raise item.refuse("departments", name, "each name and alias once")
    return plan


def _district(item: Item) -> District:
    district = District(item.text("code"), item.text("name"), item.text("note", default=""))
    if len(district.code) != 6 or not district.code.isdigit():
        raise item.refuse("code", district.code, "six digits")
    return district


def _source(item: Item) -> Source:
    return Source(item.text("code"), item.text("title"), item.text("sha256"), item.integer("characters"))


def _step(item: Item) -> MakingStep:
    return MakingStep(
        step=item.choice("step", MakingKind),
        done_on=item.day_or_none("done_on"),
        by=item.text("by", default=""),
        digest=item.text("digest"),
        place=item.part("place", read_place),
    )


def _department(item: Item) -> Department:
    return Department(item.text("name"), item.texts("aliases"), item.choice("kind", DepartmentKind))


def _missing(item: Item) -> Missing:
    return Missing(item.text("what"), item.text("note"), item.part("place", read_place))


def _side(item: Item) -> Side:
    return Side(item.text("value"), item.part("place", read_place))


def _conflict(item: Item) -> Conflict:
    return Conflict(
        code=item.text("code"),
        type=item.text("type"),
        certain=item.flag("certain", default=True),
        rule=item.text("rule"),
        description=item.text("description"),
        a=item.part("a", _side),
        b=item.part_or_none("b", _side),
        other_plan=item.text("other_plan", default=""),
    )
