"""Read a plan's folder into a Pack; whatever breaks the schema is refused, saying where and how."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qingshan.plans.packs.fields import Item, read_mapping
from qingshan.plans.packs.head import read_plan
from qingshan.plans.packs.links import refuse_strays, refuse_twice
from qingshan.plans.packs.shapes import (
    Attribute,
    Box,
    CatalogueEntry,
    Commitment,
    CommitmentKind,
    Direction,
    Effect,
    Indicator,
    IndicatorTable,
    Measure,
    MeasureKind,
    MeasureRole,
    Operator,
    Pack,
    Project,
    ProjectKind,
    Provision,
    ProvisionKind,
    Quantity,
    StatedValue,
    TableKind,
)
from qingshan.plans.packs.typed import read_extent, read_place, read_printed, read_typed

__all__ = ["read_catalogue", "read_pack"]


def read_pack(folder: Path) -> Pack:
    """Read the five files of a plan's pack (规划数据包), and the sixth where it is there.

    Parameters
    ----------
    folder : Path
        Holds plan.yaml, indicators.yaml, projects.yaml, measures.yaml and commitments.yaml; provisions.yaml
        where duties and zoning rules were read too.

    Returns
    -------
    Pack
        Whole and consistent: codes unique, parents and tables there, departments declared.

    Raises
    ------
    PackError
        The first breach found, naming file, item, field, value found and value allowed.

    Source
    ------
    Schema: docs/plan-packs.md.
    """
    indicators, projects = _open(folder, "indicators"), _open(folder, "projects")
    measures, commitments = _open(folder, "measures"), _open(folder, "commitments")
    head = read_mapping(folder / "plan.yaml")
    pack = Pack(
        plan=read_plan(head),
        tables=indicators.parts("tables", _table),
        indicators=indicators.parts("rows", _indicator),
        from_text=indicators.parts("from_text", _stated),
        projects=projects.parts("projects", _project),
        measures=measures.parts("measures", _measure),
        boxes=measures.parts("boxes", _box),
        commitments=commitments.parts("commitments", _commitment),
        provisions=_provisions(folder),
    )
    for top in (head, indicators, projects, measures, commitments):
        top.finish()
    refuse_strays(pack)
    return pack


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """Read the indicator catalogue (指标目录).

    Raises
    ------
    PackError
        The file breaks the schema, or a code stands twice.
    """
    top = read_mapping(path)
    entries = top.parts("indicators", _entry)
    top.finish()
    refuse_twice(path.name, (entry.code for entry in entries))
    return entries


def _open(folder: Path, name: str) -> Item:
    return read_mapping(folder / f"{name}.yaml")


def _provisions(folder: Path) -> tuple[Provision, ...]:
    if not (folder / "provisions.yaml").exists():
        return ()
    top = _open(folder, "provisions")
    found = (*top.parts("duties", _duty), *top.parts("zoning", _zoning))
    top.finish()
    return found


def _duty(item: Item) -> Provision:
    return Provision(
        code=item.text("code"),
        kind=ProvisionKind.DUTY,
        duty_code=item.text("duty_code"),
        name=item.text("name"),
        effect=None,
        zone="",
        subjects=(),
        wording="",
        notes=item.texts("notes"),
        place=item.part("place", read_place),
    )


def _zoning(item: Item) -> Provision:
    return Provision(
        code=item.text("code"),
        kind=ProvisionKind.ZONING,
        duty_code="",
        name="",
        effect=item.choice("effect", Effect),
        zone=item.text("zone", default=""),
        subjects=item.texts("subjects"),
        wording=item.text("wording"),
        notes=item.texts("notes"),
        place=item.part("place", read_place),
    )


def _table(item: Item) -> IndicatorTable:
    return IndicatorTable(
        code=item.text("code"),
        name=item.text("name"),
        kind=item.choice("kind", TableKind),
        rows_printed=item.integer("rows_printed"),
        indicators_counted=item.integer("indicators_counted"),
        base_year=item.integer_or_none("base_year"),
        target_years=item.integers("target_years"),
        categories=item.texts("categories"),
        footnotes=item.texts("footnotes"),
        note=item.text("note", default=""),
        place=item.part("place", read_place),
    )


def _indicator(item: Item) -> Indicator:
    return Indicator(
        code=item.text("code"),
        table=item.text("table"),
        order=item.integer("order"),
        counts_as=item.integer("counts_as"),
        category=item.texts("category"),
        heading=item.text("heading", default=""),
        name=item.text("name"),
        unit=item.text("unit", default=""),
        attribute=item.choice("attribute", Attribute),
        catalogue=item.text_or_none("catalogue"),
        standard=item.part_or_none("standard", read_printed),
        baseline=item.part_or_none("baseline", read_printed),
        targets=item.parts("targets", read_printed),
        actual=item.part_or_none("actual", read_printed),
        printed_status=item.text("printed_status", default=""),
        exclusion=item.text("exclusion", default=""),
        notes=item.texts("notes"),
        footnotes=item.texts("footnotes"),
        place=item.part("place", read_place),
    )


def _stated(item: Item) -> StatedValue:
    return StatedValue(
        code=item.text("code"),
        name=item.text("name"),
        unit=item.text("unit", default=""),
        catalogue=item.text_or_none("catalogue"),
        baseline=item.part_or_none("baseline", read_printed),
        targets=item.parts("targets", read_printed),
        notes=item.texts("notes"),
        place=item.part("place", read_place),
        target_place=item.part_or_none("target_place", read_place),
    )


def _quantity(item: Item) -> Quantity:
    return Quantity(
        what=item.text("what"),
        operator=item.choice_or_none("operator", Operator),
        value=item.decimal_or_none("value"),
        unit=item.text("unit", default=""),
        deadline=item.integer_or_none("deadline", absent_is_none=True),
        since=item.integer_or_none("since", absent_is_none=True),
    )


def _project(item: Item) -> Project:
    project = Project(
        code=item.text("code"),
        project=item.text("project"),
        kind=item.choice("kind", ProjectKind),
        number_printed=item.text("number_printed", default=""),
        sub_item=item.text("sub_item", default=""),
        name=item.text("name"),
        name_printed=item.flag("name_printed", default=True),
        group=item.text("group"),
        content=item.text("content"),
        quantities=item.parts("quantities", _quantity),
        departments=item.texts("departments"),
        lead=item.text_or_none("lead"),
        joint=item.texts("joint"),
        start=item.integer_or_none("start"),
        end=item.integer_or_none("end"),
        years_raw=item.text_or_none("years_raw"),
        investment_wan=item.decimal_or_none("investment_wan"),
        linked_indicators=item.texts("linked_indicators"),
        notes=item.texts("notes"),
        place=item.part("place", read_place),
    )
    if project.start and project.end and project.end < project.start:
        raise item.refuse("end", project.end, f"{project.start} or later")
    strangers = {project.lead, *project.joint} - {None, *project.departments}
    if strangers:
        raise item.refuse("lead", sorted(map(str, strangers)), "units of departments")
    return project


def _measure(item: Item) -> Measure:
    place = item.part("place", read_place)
    return Measure(
        code=item.text("code"),
        kind=item.choice("kind", MeasureKind),
        role=item.choice("role", MeasureRole),
        number=item.text("number", default=""),
        title=item.text("title"),
        parent=item.text_or_none("parent"),
        departments=item.texts("departments"),
        summary=item.text("summary", default=""),
        place=place,
        extent=read_extent(item, place),
    )


def _box(item: Item) -> Box:
    place = item.part("place", read_place)
    return Box(
        code=item.text("code"),
        number=item.text("number"),
        title=item.text("title"),
        parent=item.text("parent"),
        place=place,
        extent=read_extent(item, place),
    )


def _commitment(item: Item) -> Commitment:
    deadline = item.text("deadline", default="")
    return Commitment(
        code=item.text("code"),
        kind=item.choice("kind", CommitmentKind),
        subject=item.text("subject"),
        metric=item.text("metric"),
        typed=item.part("typed", read_typed),
        deadline=deadline,
        due_on=_due_on(item, deadline),
        since=item.integer_or_none("since", absent_is_none=True),
        scope=item.text("scope", default=""),
        departments=item.texts("departments"),
        measure=item.text_or_none("measure"),
        notes=item.texts("notes"),
        place=item.part("place", read_place),
    )


def _due_on(item: Item, deadline: str) -> date | None:
    """The last day a deadline allows; a year allows its 31 December, 规划期 and nothing name no day."""
    if not deadline or deadline == "规划期":
        return None
    try:
        return date.fromisoformat(deadline if "-" in deadline else f"{deadline}-12-31")
    except ValueError:
        raise item.refuse("deadline", deadline, "a year, a day like 2025-12-31, or 规划期") from None


def _entry(item: Item) -> CatalogueEntry:
    return CatalogueEntry(
        code=item.text("code"),
        name=item.text("name"),
        aliases=item.texts("aliases"),
        direction=item.choice("direction", Direction),
        unit=item.text("unit", default=""),
        definition=item.text("definition"),
        formula_words=item.text("formula_words", default=""),
        formula_symbols=item.text("formula_symbols", default=""),
        data_source_departments=item.texts("data_source_departments"),
        standards=item.texts("standards"),
        rules=item.texts("rules"),
        notes=item.texts("notes"),
    )
