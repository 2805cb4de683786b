"""Indicator tables, their rows and targets, and the values and exclusions that a plan prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.loading.places import placed
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.models import (
    CatalogueIndicator,
    CatalogueIndicatorVersion,
    Indicator,
    IndicatorTable,
    IndicatorVersion,
    NotEvaluable,
    Plan,
    Target,
    TargetVersion,
    Value,
)
from qingshan.plans.packs.shapes import Indicator as Row
from qingshan.plans.packs.shapes import Pack, Printed, StatedValue
from qingshan.plans.packs.words import Attribute, ValueKind
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import Finding, MeasuredKind

#: What completion tables print for a target that was reached.
REACHED_WORDS = frozenset({"完成", "达标"})
#: And for one that was not.
MISSED_WORDS = frozenset({"未完成", "未达标"})

Catalogue = Mapping[str, CatalogueIndicator]


def put_indicators(desk: Desk, pack: Pack, plan: Plan, catalogue: Catalogue) -> dict[str, Indicator]:
    """Enter tables and indicators, and return these by code."""
    tables = {one.code: _put_table(plan, one) for one in pack.tables}
    directions = _directions(catalogue)
    found = {}
    for row in pack.indicators:
        facts = {**_row_facts(row), **_defined(row.catalogue, catalogue, directions)}
        indicator = _put(desk, plan, row.code, facts, tables[row.table])
        _put_targets(desk, indicator, row.targets, pack.plan.period[1])
        _put_actual(desk, indicator, row, pack)
        found[row.code] = indicator
    for order, stated in enumerate(pack.from_text, start=1):
        facts = {**_stated_facts(stated, order), **_defined(stated.catalogue, catalogue, directions)}
        found[stated.code] = _put(desk, plan, stated.code, facts, None)
        _put_targets(desk, found[stated.code], stated.targets, pack.plan.period[1])
    return found


def _put_table(plan: Plan, table: Any) -> IndicatorTable:
    found, _new = IndicatorTable.objects.update_or_create(
        plan=plan,
        code=table.code,
        defaults={
            "name": table.name,
            "kind": table.kind,
            "rows_printed": table.rows_printed,
            "indicators_counted": table.indicators_counted,
            "base_year": table.base_year,
            "footnotes": "\n".join(table.footnotes),
            "note": table.note,
            **placed(table.place),
        },
    )
    return found


def _directions(catalogue: Catalogue) -> dict[int, str]:
    held = CatalogueIndicatorVersion.objects.current().filter(
        subject_id__in=[one.pk for one in catalogue.values()]
    )
    return {version.subject_id: version.direction for version in held}


def _defined(code: str | None, catalogue: Catalogue, directions: Mapping[int, str]) -> dict[str, Any]:
    """The catalogue's entry and its direction; without one nobody says which way is better."""
    if code is None:
        return {"catalogue": None, "direction": ""}
    return {"catalogue": catalogue[code], "direction": directions[catalogue[code].pk]}


def _put(desk: Desk, plan: Plan, code: str, facts: dict[str, Any], table: IndicatorTable | None) -> Indicator:
    indicator: Indicator = desk.put(
        Indicator, IndicatorVersion, {"code": code}, facts, within={"plan": plan}, plan=plan
    )
    if indicator.table_id != (table.pk if table else None):
        indicator.table = table
        indicator.save(update_fields=["table"])
    return indicator


def _row_facts(row: Row) -> dict[str, Any]:
    return {
        "order": row.order,
        "counts_as": row.counts_as,
        "category": row.category[0] if row.category else "",
        "subcategory": row.category[1] if len(row.category) > 1 else "",
        "heading": row.heading,
        "name": row.name,
        "unit": row.unit,
        "attribute": row.attribute,
        "standard_raw": row.standard.raw if row.standard else "",
        "standard": row.standard.typed if row.standard else None,
        **_baseline(row.baseline),
        "printed_status": row.printed_status,
        "notes": "\n".join(row.notes),
        "footnotes": "\n".join(row.footnotes),
        **placed(row.place),
    }


def _stated_facts(stated: StatedValue, order: int) -> dict[str, Any]:
    return {
        "order": order,
        "counts_as": order,
        "name": stated.name,
        "unit": stated.unit,
        "attribute": Attribute.NONE,
        **_baseline(stated.baseline),
        "notes": "\n".join(stated.notes),
        **placed(stated.place),
    }


def _baseline(printed: Printed | None) -> dict[str, Any]:
    if printed is None:
        return {"baseline": None, "baseline_raw": "", "baseline_year": None}
    return {
        "baseline": printed.typed,
        "baseline_raw": printed.raw,
        "baseline_year": printed.year,
        "baseline_scope": printed.scope,
        "baseline_condition": printed.condition,
        "baseline_requirement": printed.requirement,
        "baseline_rank": printed.rank,
        "baseline_note": printed.note,
    }


def _put_targets(desk: Desk, indicator: Indicator, targets: tuple[Printed, ...], last_year: int) -> None:
    for printed in targets:
        facts = {
            "typed": printed.typed,
            "raw": printed.raw,
            "scope": printed.scope,
            "condition": printed.condition,
            "note": printed.note,
        }
        year = printed.year or last_year  # a target without a year holds at the end of the plan
        desk.put(Target, TargetVersion, {"year": year}, facts, within={"indicator": indicator})


def _put_actual(desk: Desk, indicator: Indicator, row: Row, pack: Pack) -> None:
    """Enter what a completion table prints: its value, or why the row was not evaluated."""
    if row.actual is None or row.actual.year is None:
        return
    year = row.actual.year
    if row.exclusion and not indicator.not_evaluable.filter(year=year).exists():
        NotEvaluable.objects.create(
            indicator=indicator,
            year=year,
            reason=row.exclusion[:500],
            evidence=_("规划文本：%s") % pack.plan.name,
            known_on=desk.day,
            state=ReviewState.APPROVED,
            entered_at=desk.at,
            **placed(row.place),
        )
    known = indicator.values.filter(year=year, kind=MeasuredKind.PRINTED, entered_by__isnull=True)
    if row.actual.typed.kind is not ValueKind.NO_DATA and not known.exists():
        _put_value(desk, indicator, row, row.actual, year, pack)
        _put_conclusion(desk, indicator, row, year, pack)


def _put_value(desk: Desk, indicator: Indicator, row: Row, actual: Printed, year: int, pack: Pack) -> None:
    typed = actual.typed
    Value.objects.create(
        indicator=indicator,
        year=year,
        kind=MeasuredKind.PRINTED,
        number=typed.value,
        text=_words(actual),
        unit=typed.unit,
        finding="" if _comparable(row) else _finding(row),
        condition=actual.condition,
        as_of=date(year, 12, 31),
        known_on=desk.day,
        source=pack.plan.name[:200],
        note=actual.note,
        state=ReviewState.APPROVED,
        entered_at=desk.at,
        **placed(row.place),
    )


def _words(actual: Printed) -> str:
    """What the cell says besides a bare number: 任务总目标17.6%，实际下降0.53%."""
    if actual.typed.value is None:
        return actual.typed.text or actual.raw
    number = actual.raw.replace(f"（{actual.condition}）", "").strip()
    return "" if number == f"{actual.typed.value:f}" else number


def _comparable(row: Row) -> bool:
    """Whether a number is held against a number; then the printed conclusion decides nothing."""
    held = row.actual is not None and row.actual.typed.value is not None
    return held and any(target.typed.kind is ValueKind.NUMBER for target in row.targets)


def _finding(row: Row) -> str:
    """The conclusion that the table prints, as a finding of the plan's own."""
    if row.printed_status in REACHED_WORDS:
        return Finding.REACHED
    return Finding.NOT_REACHED if row.printed_status in MISSED_WORDS else ""


def _put_conclusion(desk: Desk, indicator: Indicator, row: Row, year: int, pack: Pack) -> None:
    """Where a table concludes on its target year from an earlier year's value, enter that conclusion too.

    The value stays one of its own year (连州“标*2020年实际值均为2019年值”); the target year gets the finding.
    """
    goals = [target.year for target in row.targets if target.year is not None]
    if not goals or year >= min(goals) or not (found := _finding(row)):
        return
    Value.objects.create(
        indicator=indicator,
        year=min(goals),
        kind=MeasuredKind.PRINTED,
        text=_("以%d年实际值评定") % year,
        finding=found,
        as_of=date(year, 12, 31),
        known_on=desk.day,
        source=pack.plan.name[:200],
        state=ReviewState.APPROVED,
        entered_at=desk.at,
        **placed(row.place),
    )
