"""The ties inside a pack: codes once, parents and tables there, every unit declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qingshan.plans.packs.fields import PackError
from qingshan.plans.packs.shapes import Measure, MeasureKind, Pack

__all__ = ["refuse_strays", "refuse_twice"]


def refuse_strays(pack: Pack) -> None:
    """Refuse codes given twice and references that lead nowhere.

    Raises
    ------
    PackError
        The first stray found.
    """
    _refuse_repeated_codes(pack)
    _refuse_unknown_ties(pack)
    _refuse_undeclared_departments(pack)
    _refuse_orphans(pack.measures)


def refuse_twice(file: str, codes: Iterable[str]) -> None:
    """Refuse a code that stands twice in a file."""
    for code, times in Counter(codes).items():
        if times > 1:
            raise PackError(file, code, "code", f"{times} times", "each code once")


def _refuse_repeated_codes(pack: Pack) -> None:
    rows = [row.code for row in pack.indicators]
    refuse_twice("indicators.yaml", [*rows, *(value.code for value in pack.from_text)])
    refuse_twice("indicators.yaml", (table.code for table in pack.tables))
    refuse_twice("projects.yaml", (project.code for project in pack.projects))
    nodes = [measure.code for measure in pack.measures]
    refuse_twice("measures.yaml", [*nodes, *(box.code for box in pack.boxes)])
    refuse_twice("commitments.yaml", (one.code for one in pack.commitments))
    refuse_twice("provisions.yaml", (one.code for one in pack.provisions))


def _refuse_unknown_ties(pack: Pack) -> None:
    tables = {table.code for table in pack.tables}
    indicators = {row.code for row in pack.indicators} | {value.code for value in pack.from_text}
    measures = {measure.code for measure in pack.measures}
    for row in pack.indicators:
        _known("indicators.yaml", row.code, "table", (row.table,), tables)
    for project in pack.projects:
        _known("projects.yaml", project.code, "linked_indicators", project.linked_indicators, indicators)
    for box in pack.boxes:
        _known("measures.yaml", box.code, "parent", (box.parent,), measures)
    for one in pack.commitments:
        _known("commitments.yaml", one.code, "measure", (one.measure,) if one.measure else (), measures)


def _refuse_undeclared_departments(pack: Pack) -> None:
    declared = {department.name for department in pack.plan.departments}
    for project in pack.projects:
        _known("projects.yaml", project.code, "departments", project.departments, declared)
    for measure in pack.measures:
        _known("measures.yaml", measure.code, "departments", measure.departments, declared)
    for one in pack.commitments:
        _known("commitments.yaml", one.code, "departments", one.departments, declared)


def _refuse_orphans(measures: Iterable[Measure]) -> None:
    """A parent is printed before its children and holds them; chapters, and only they, have none."""
    before: dict[str, Measure] = {}
    for measure in measures:
        if (measure.parent is None) != (measure.kind is MeasureKind.CHAPTER):
            raise PackError("measures.yaml", measure.code, "parent", measure.parent, "none for chapters only")
        if measure.parent is not None:
            _known("measures.yaml", measure.code, "parent", (measure.parent,), set(before))
            _refuse_outside(measure, before[measure.parent])
        before[measure.code] = measure


def _refuse_outside(measure: Measure, parent: Measure) -> None:
    if not parent.extent[0] <= measure.extent[0] <= measure.extent[1] <= parent.extent[1]:
        allowed = f"within {parent.extent} of {parent.code}"
        raise PackError("measures.yaml", measure.code, "extent", measure.extent, allowed)


def _known(file: str, item: str, field: str, found: Iterable[str], known: set[str]) -> None:
    for one in found:
        if one not in known:
            some = ", ".join(sorted(known)[:5])
            raise PackError(file, item, field, one, f"one of the {len(known)} declared: {some} …")
