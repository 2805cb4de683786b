"""What an edition says: plain data made of the ledger and a choice, and of nothing else (公开内容).

Every form the public gets (page, CSV, JSON) is written from this data. What was not ticked is never put in,
so no form can leak it. Plain JSON, so that it can be frozen, digested and compared.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.vocabulary import Column, Part
from qingshan.kernel.figure import Figure
from qingshan.plans.public import IndicatorRow, PlanProgress, ProgressRow, Status

__all__ = ["FORMAT", "Content", "codes_of", "content_of", "digest_of"]

Content = dict[str, Any]
Cells = dict[str, dict[str, Any]]

FORMAT = 1
#: The method of a verdict repeats these figures in words, so it is told only where all of them are.
_METHOD_REPEATS = frozenset({Column.BASELINE, Column.TARGET, Column.LATEST})


def content_of(progress: PlanProgress, choice: Choice, evaluations: Iterable[Any] = ()) -> Content:
    """Return what an edition with this choice says.

    Parameters
    ----------
    progress : PlanProgress
        What counts in the plan on the as-of day.
    evaluations : iterable of ``PublishedEvaluation``
        The evaluations published by the as-of day.

    Returns
    -------
    dict
        ``format``, ``plan``, ``as_of``, ``contact``, ``terms``, and under ``parts`` a list of tables:
        ``part``, ``title``, ``columns`` (``key``, ``label``), ``rows`` (``code``, ``name``, ``group``,
        ``cells`` by column key) and ``tally`` (how many records stand how). Words are Chinese in every
        language of the interface: they are what was approved.
    """
    with translation.override("zh-hans"):
        made: list[Content] = []
        for part, rows in _rows(progress, evaluations).items():
            chosen = choice.part(part)
            kept = [row for row in rows if chosen.takes(row.code)]
            if kept:
                made.append(_table(part, chosen, kept))
        return {
            "format": FORMAT,
            "plan": _plan(progress),
            "as_of": progress.on.isoformat(),
            "contact": choice.contact,
            "terms": choice.terms,
            "parts": made,
        }


def codes_of(
    progress: PlanProgress, evaluations: Iterable[Any] = ()
) -> dict[Part, list[tuple[str, str, str]]]:
    """Return what may be ticked: code, name and group of every record, by part."""
    return {
        part: [(row.code, row.name, _group(part, row)) for row in rows]
        for part, rows in _rows(progress, evaluations).items()
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content in its canonical form.

    Examples
    --------
    >>> digest_of({"b": 1, "a": "甲"}) == digest_of({"a": "甲", "b": 1})
    True
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _rows(progress: PlanProgress, evaluations: Iterable[Any]) -> dict[Part, list[Any]]:
    return {
        Part.INDICATORS: list(progress.indicators),
        Part.MEASURES: list(progress.measures),
        Part.PROJECTS: list(progress.projects),
        Part.COMMITMENTS: list(progress.commitments),
        Part.EVALUATIONS: list(evaluations),
    }


def _plan(progress: PlanProgress) -> dict[str, Any]:
    version = progress.version
    return {
        "code": progress.plan.code,
        "name": version.name,
        "short_name": version.short_name,
        "district": version.subject.district.name,
        "period": f"{version.period_from}—{version.period_to}",
        "issuer": version.issuer,
        "simulated": progress.plan.simulated,
    }


def _group(part: Part, row: Any) -> str:
    return str(row.category if part is Part.INDICATORS else row.group)


def _table(part: Part, chosen: PartChoice, rows: list[Any]) -> Content:
    made = [
        {"code": row.code, "name": row.name, "group": _group(part, row), "cells": _cells(part, row, chosen)}
        for row in rows
    ]
    held = {key for row in made for key in row["cells"]}
    return {
        "part": part.value,
        "title": str(part.label),
        "columns": [
            {"key": key, "label": label} for key, label in _columns(part, chosen, rows) if key in held
        ],
        "rows": made,
        "tally": _tally(made),
    }


def _cells(part: Part, row: Any, chosen: PartChoice) -> Cells:
    if part is Part.INDICATORS:
        return _indicator(row, chosen)
    if part is Part.EVALUATIONS:
        return _evaluation(row, chosen)
    return _work(row, chosen)


def _columns(part: Part, chosen: PartChoice, rows: list[Any]) -> list[tuple[str, str]]:
    """The columns in the order of the page; a target is one column a year."""
    found: list[tuple[str, str]] = []
    for column in (*Column,):
        if not chosen.tells(column) or column is Column.SOURCES:
            continue
        if part is Part.INDICATORS and column is Column.TARGET:
            years = sorted({year for row in rows for year in row.targets})
            found += [(f"target-{year}", _("%d年目标") % year) for year in years]
        elif column is Column.PROGRESS:
            found += [("state", _("状态")), ("progress", _("进度"))]
        elif column is Column.ASKED:
            found += [("asked", _("要求")), ("due", _("期限"))]
        else:
            found.append((column.value, str(column.label)))
    return found


def _indicator(row: IndicatorRow, chosen: PartChoice) -> Cells:
    sources = chosen.tells(Column.SOURCES)
    cells: Cells = {}
    if chosen.tells(Column.ATTRIBUTE):
        cells["attribute"] = _text(row.attribute_label)
    if chosen.tells(Column.BASELINE):
        cells["baseline"] = _figure(row.baseline, sources)
    if chosen.tells(Column.TARGET):
        # Its year stands in the heading; "as of" a day to come would mislead.
        cells |= {
            f"target-{year}": _figure(replace(cell.figure, as_of=None), sources)
            for year, cell in row.targets.items()
        }
    if chosen.tells(Column.LATEST):
        cells["latest"] = _figure(row.latest, sources)
    if chosen.tells(Column.VERDICT):
        cells["verdict"] = _state(row.status, _why(row, chosen))
    if chosen.tells(Column.DEPARTMENTS):
        cells["departments"] = _departments(row.shares)
    return cells


def _why(row: IndicatorRow, chosen: PartChoice) -> str:
    """Why the verdict is so. That a year is not evaluable is never said without the reason."""
    cautions = [str(one.label) for one in row.cautions]
    if row.status is Status.NOT_EVALUABLE or chosen.columns >= _METHOD_REPEATS:
        return "；".join([row.method.rstrip("。"), *cautions]) + "。"
    return "；".join(cautions)


def _work(row: ProgressRow, chosen: PartChoice) -> Cells:
    sources = chosen.tells(Column.SOURCES)
    cells: Cells = {}
    if chosen.tells(Column.ASKED):
        cells["asked"] = _text(row.asked)
        cells["due"] = _day(row.due_on)
    if chosen.tells(Column.YEARS):
        cells["years"] = _text(row.years)
    if chosen.tells(Column.MONEY) and row.investment is not None:
        cells["money"] = _figure(row.investment, sources)
    if chosen.tells(Column.PROGRESS):
        cells["state"] = _state(row.state)
        cells["progress"] = _figure(row.progress, sources)
    if chosen.tells(Column.DEPARTMENTS):
        cells["departments"] = _departments(row.shares)
    return cells


def _evaluation(row: Any, chosen: PartChoice) -> Cells:
    cells: Cells = {}
    if chosen.tells(Column.SCORE):
        cells["score"] = _figure(row.score, chosen.tells(Column.SOURCES))
    if chosen.tells(Column.GRADE):
        cells["grade"] = _text(row.grade)
    return cells


def _text(words: str) -> dict[str, Any]:
    return {"kind": "text", "text": words}


def _day(day: date | None) -> dict[str, Any]:
    return {"kind": "day", "day": day.isoformat() if day else None}


def _state(state: Any, why: str = "") -> dict[str, Any]:
    return {
        "kind": "state", "state": state.value, "label": str(state.label), "tone": state.tone, "why": why,
    }  # fmt: skip


def _departments(shares: Iterable[Any]) -> dict[str, Any]:
    return _text("、".join(share.name for share in shares))


def _figure(figure: Figure, sources: bool) -> dict[str, Any]:
    """A figure as it is inside: value, unit, as-of day, source where it is told; what is missing says so."""
    value = figure.value
    made = {
        "kind": "figure",
        "number": None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value),
        "text": figure.text,
        "unit": figure.unit,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "missing": figure.missing if figure.is_missing else "",
    }
    return {**made, "source": figure.source} if sources else made


def _tally(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many records stand how, in the order of the enumeration's own words."""
    found = [row["cells"].get("verdict") or row["cells"].get("state") for row in rows]
    told = {cell["state"]: cell for cell in found if cell}
    counts = Counter(cell["state"] for cell in found if cell)
    return [
        {"state": state, "label": told[state]["label"], "tone": told[state]["tone"], "count": count}
        for state, count in counts.most_common()
    ]
