"""Yearly targets from a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.pages.public import Column
from qingshan.plans.actions import add_target
from qingshan.plans.imports.columns import target, text, year
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled, Problems
from qingshan.plans.models import IndicatorVersion, TargetVersion
from qingshan.plans.status import Case, easier_than_baseline
from qingshan.plans.targets import Typed, against_direction, typed_in_words
from qingshan.plans.vocabulary import Caution, Direction, ValueKind

COLUMNS = (
    Column(gettext_lazy("指标编号"), "indicator", text(60), gettext_lazy("本规划的指标编号"), required=True),
    Column(gettext_lazy("目标年"), "year", year, gettext_lazy("规划期内的年份"), required=True),
    Column(
        gettext_lazy("目标"), "typed", target,
        gettext_lazy("按文件写法，如 ≥95、100、控制在25以内、全面消除、完成市下达目标"), required=True,
    ),
    Column(pgettext_lazy("measurement", "单位"), "unit", text(40), gettext_lazy("空着用指标的单位")),
    Column(gettext_lazy("下达单位"), "authority", text(120), gettext_lazy("由上级下达的目标填写")),
    Column(gettext_lazy("说明"), "note", text(300), gettext_lazy("可空")),
)  # fmt: skip


def examine(shelf: Shelf, rows: list[Filled]) -> Problems:
    """Refuse unknown indicators, years outside the plan, and targets that are there already otherwise."""
    plan = shelf.plan
    errors, warnings = shelf.unknown_indicators(rows), []
    for row in rows:
        version = shelf.indicators.get(row.facts.get("indicator") or "")
        if version is None or row.facts.get("year") is None or row.facts.get("typed") is None:
            continue
        typed = _typed(row.facts, version)
        held = shelf.targets.get((row.facts["indicator"], row.facts["year"]))
        if not plan.period_from <= row.facts["year"] <= plan.period_to:
            errors.append(row.problem("year", f"{plan.period_from} — {plan.period_to}"))
        if held is not None and held.typed is not None and not _same(row, held, typed):
            told = _("已有目标“%s”，不能由导入改动；请用“调整目标”并说明理由") % typed_in_words(held.typed)
            errors.append(row.problem("typed", told))
        warnings += [row.problem("typed", str(caution.label)) for caution in _cautions(typed, version)]
    return errors, warnings


def _same(row: Filled, held: TargetVersion, typed: Typed) -> bool:
    """The same target, in the same words or the same meaning."""
    words = row.cells["typed"].text
    return (
        held.typed == typed
        or words == held.raw
        or (held.typed is not None and words == typed_in_words(held.typed))
    )


def _typed(facts: Mapping[str, Any], version: IndicatorVersion) -> Typed:
    typed: Typed = facts["typed"]
    if typed.kind is ValueKind.NUMBER and not typed.unit:
        return replace(typed, unit=facts.get("unit") or version.unit)
    if typed.kind is ValueKind.ASSIGNED and facts.get("authority"):
        return replace(typed, authority=facts["authority"])
    return typed


def _cautions(typed: Typed, version: IndicatorVersion) -> list[Caution]:
    direction = Direction(version.direction) if version.direction else None
    case = Case(date.min, {}, direction=direction, baseline=version.baseline)
    found = []
    if easier_than_baseline(typed, case):
        found.append(Caution.EASIER_THAN_BASELINE)
    if against_direction(typed, direction):
        found.append(Caution.AGAINST_DIRECTION)
    return found


def enter(shelf: Shelf, facts: Mapping[str, Any], by: Any, at: datetime, reason: str) -> None:
    """Enter one target; one that is there already in the same words stays as it is."""
    version = shelf.indicators[facts["indicator"]]
    if (facts["indicator"], facts["year"]) in shelf.targets:
        return
    typed = _typed(facts, version)
    add_target(
        indicator=version.subject, year=facts["year"],
        facts={"typed": typed, "raw": typed_in_words(typed)[:200], "note": facts.get("note") or ""},
        valid_from=shelf.plan.valid_from, by=by, at=at, reason=reason,
    )  # fmt: skip


def held(shelf: Shelf) -> list[list[Any]]:
    """Return the plan's targets as rows of the template."""
    return [
        [
            code,
            year_,
            one.raw or (typed_in_words(one.typed) if one.typed else ""),
            "",
            one.assigned_by,
            one.note,
        ]
        for (code, year_), one in sorted(shelf.targets.items())
    ]
