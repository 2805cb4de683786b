"""From what the reader found to the findings a person reviews; nothing is added, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from qingshan.areas.public import District, DistrictKind
from qingshan.intake.fields import HEAD_FIELDS, Holds, fields_of
from qingshan.intake.vocabulary import FindingKind
from qingshan.reading.public import Findings

__all__ = ["Draft", "drafts_of", "head_of", "label_and_title", "outline_of", "plain"]

#: A heading's printed number, and what follows it.
_NUMBERED = re.compile(
    r"(第[一二三四五六七八九十百零〇\d]+[章节篇部分]+|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+(?:\.\d+)+|\d+[、.．](?!\d)|[一二三四五六七八九十]是)\s*(.+)"
)
_ATTRIBUTES = {"约束性": "binding", "预期性": "expected", "参考性": "reference"}
_COMMITMENT_KINDS = {"assigned_by": "assigned"}
_SAFEGUARDS = re.compile(r"保障|组织领导|组织实施|监督考核|资金")


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it is kept."""

    kind: FindingKind
    span: tuple[int, int]
    confidence: Decimal
    rule: str
    flags: tuple[str, ...]
    found: dict[str, Any]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Context:
    """What a finding's facts are read with: the outline, the catalogue, the tables that report results."""

    outline: list[dict[str, Any]]
    catalogue: Mapping[str, str]
    completed: frozenset[str]

    def heading(self, place: int) -> str:
        """Return the title of the innermost heading above a place, without its number."""
        above = [one for one in self.outline if one["start"] <= place]
        return label_and_title(above[-1]["title"])[1] if above else ""


def drafts_of(found: Findings, *, catalogue: Mapping[str, str]) -> list[Draft]:
    """Return the findings for review, in the order of the document within each kind.

    Parameters
    ----------
    catalogue : mapping of name to code
        The indicator catalogue, to propose an entry where the name is one of its own.
    """
    completed = frozenset(row.table for row in found.indicators if row.actual or row.status)
    context = _Context(outline_of(found), catalogue, completed)
    return [
        _draft(kind, one, read(one, context))
        for kind, some, read in _readers(found)
        for one in sorted(some, key=lambda item: item.span)
    ]


def outline_of(found: Findings) -> list[dict[str, Any]]:
    """Return the headings as they are kept with the document."""
    return [
        {"level": one.level, "title": one.title, "start": one.span[0], "end": one.span[1]}
        for one in found.sections
    ]


def head_of(found: Findings, district: District) -> dict[str, Any]:
    """Return what is known of the plan itself; the reviewers complete it before it is entered."""
    plan = found.plan
    head: dict[str, Any] = {one.name: one.empty for one in HEAD_FIELDS}
    name = plan.title or ""
    head |= {
        "name": name[:200],
        "short_name": name[:60],
        "code": f"{district.code}-{plan.first_year}" if plan.first_year else "",
        "kind": "五年规划" if "五”规划" in name or "五年" in name else "专项规划",
        "level": _level(district),
        "period_from": plan.first_year,
        "period_to": plan.last_year,
        "base_year": plan.base_year,
        "issuer": (plan.issuer or "")[:120],
        "issued_on": plan.issued_on,
        "state": "in_force",
    }
    return head


def _level(district: District) -> str:
    if district.kind == DistrictKind.FUNCTIONAL:
        return "zone"
    return "county" if district.level > 2 else "city"


def label_and_title(printed: str) -> tuple[str, str]:
    """Return a heading's printed number and its title.

    >>> label_and_title("第三章坚持绿色发展"), label_and_title("（二）治理水体"), label_and_title("前言")
    (('第三章', '坚持绿色发展'), ('（二）', '治理水体'), ('', '前言'))
    """
    found = _NUMBERED.fullmatch(printed.strip())
    return (found.group(1), found.group(2).strip()) if found else ("", printed.strip())


def plain(value: Any) -> Any:
    """Return what the reader found as plain data; numbers keep their digits as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return format(value, "f") if isinstance(value, Decimal) else value


def _draft(kind: FindingKind, one: Any, facts: dict[str, Any]) -> Draft:
    found = plain(one)
    rule = found.get("rule_id") or (found.get("rule") if kind is not FindingKind.ZONING else "") or ""
    return Draft(
        kind=kind,
        span=one.span,
        confidence=Decimal(str(one.confidence)).quantize(Decimal("0.01"), ROUND_DOWN),
        rule=str(rule)[:80],
        flags=tuple(found.get("flags") or ()),
        found=found,
        facts=_fitted(kind, facts),
    )


def _fitted(kind: FindingKind, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with every field of the kind, none longer than it may be."""
    fitted = {}
    for field in fields_of(kind):
        value = facts.get(field.name)
        value = field.empty if value is None else value
        if field.holds in (Holds.TEXT, Holds.LONG_TEXT):
            value = str(value)[: field.longest].strip()
        fitted[field.name] = value
    return fitted


def _readers(
    found: Findings,
) -> Iterator[tuple[FindingKind, tuple[Any, ...], Callable[[Any, _Context], dict[str, Any]]]]:
    yield FindingKind.INDICATOR, found.indicators, _indicator
    yield FindingKind.PROJECT, found.projects, _project
    yield FindingKind.COMMITMENT, found.commitments, _commitment
    yield FindingKind.MEASURE, found.measures, _measure
    yield FindingKind.DUTY, found.duties, _duty
    yield FindingKind.ZONING, found.zoning, _zoning
    yield FindingKind.MISSING, found.missing, _missing


def _indicator(one: Any, context: _Context) -> dict[str, Any]:
    done = one.table in context.completed
    return {
        "name": one.name,
        "unit": one.unit,
        "table": one.table,
        "table_kind": "completion" if done else "targets",
        "order": one.order,
        "category": one.category,
        "attribute": _ATTRIBUTES.get(one.attribute or "", "none"),
        "baseline": _printed(one.baseline),
        "targets": _one_a_year(one.targets),
        "actual": _printed(one.actual),
        "status": one.status,
        "catalogue": context.catalogue.get(one.name, ""),
    }


def _printed(one: Any) -> dict[str, Any] | None:
    return None if one is None or not one.raw else {"year": _year(one.year), "raw": one.raw}


def _one_a_year(targets: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Targets by year; a year printed twice keeps its first cell, and the conflicts tell of the second."""
    kept: dict[int | None, dict[str, Any]] = {}
    for one in targets:
        if one.raw:
            kept.setdefault(_year(one.year), {"year": _year(one.year), "raw": one.raw})
    return list(kept.values())


def _year(printed: str | None) -> int | None:
    return int(printed[:4]) if printed and printed[:4].isdigit() else None


def _project(one: Any, context: _Context) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": "" if one.order is None else str(one.order),
        "group": one.group,
        "content": one.content,
        "quantities": [
            {"what": part.what, "value": format(part.value, "f"), "unit": part.unit}
            for part in one.quantities
        ],
        "departments": list(one.departments),
        "lead": one.departments[0] if len(one.departments) == 1 else "",
        "start_year": one.start_year,
        "end_year": one.end_year,
        "investment_wan": None if one.investment_wan is None else format(one.investment_wan, "f"),
    }


def _commitment(one: Any, context: _Context) -> dict[str, Any]:
    number = one.value if isinstance(one.value, Decimal) else None
    return {
        "metric": one.metric,
        "subject": context.heading(one.span[0]),
        "kind": _COMMITMENT_KINDS.get(one.kind, one.kind),
        "operator": one.operator if number is not None else "",
        "value": None if number is None else format(number, "f"),
        "unit": one.unit,
        "wording": "" if number is not None or one.value is None else str(one.value),
        "deadline": one.deadline,
        "scope": one.scope,
        "departments": list(one.departments),
    }


def _measure(one: Any, context: _Context) -> dict[str, Any]:
    label, title = label_and_title(one.title)
    return {
        "title": title,
        "label": "" if one.title in one.path else label,  # the heading's own number stays with the heading
        "path": list(one.path),
        "role": "safeguards" if one.path and _SAFEGUARDS.search(one.path[0]) else "tasks",
        "departments": list(one.departments),
    }


def _duty(one: Any, context: _Context) -> dict[str, Any]:
    return {"duty_code": one.code, "name": one.name}


def _zoning(one: Any, context: _Context) -> dict[str, Any]:
    return {"effect": one.effect, "zone": one.zone, "subjects": list(one.subjects), "wording": one.rule}


def _missing(one: Any, context: _Context) -> dict[str, Any]:
    return {"what": one.what}
