"""What reading a plan yields. Every finding has its passage and says how sure the reader is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Any

from qingshan.reading.text import Span

__all__ = [
    "Commitment",
    "Conflict",
    "Duty",
    "Findings",
    "Indicator",
    "Measure",
    "Missing",
    "Plan",
    "Printed",
    "Project",
    "Quantity",
    "Section",
    "Target",
    "ZoningRule",
    "as_json",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the document says about itself."""

    title: str | None
    area: str | None
    first_year: int | None
    last_year: int | None
    base_year: int | None
    issued_on: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the document."""

    level: int
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as printed, and its year, which may come from the cell or a note instead of the head."""

    year: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target of one year, typed (目标值).

    ``kind``: number, assigned_by, qualitative, relative, all_of or no_data. ``authority`` is who
    hands the value down where the plan leaves it to somebody.
    """

    year: str
    raw: str
    kind: str
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an indicator table (指标)."""

    table: str
    order: int | None
    category: str | None
    name: str
    unit: str | None
    attribute: str | None
    baseline: Printed | None
    targets: tuple[Target, ...]
    actual: Printed | None
    status: str | None
    span: Span
    confidence: float = 0.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things a project will build or do."""

    what: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Project:
    """One row of a project table, or one task of a box (专栏)."""

    name: str | None
    group: str | None
    departments: tuple[str, ...]
    start_year: int | None
    end_year: int | None
    investment_wan: Decimal | None
    quantities: tuple[Quantity, ...]
    content: str
    table: str
    order: int | None
    span: Span
    confidence: float = 0.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise with a number or a date in running text (量化或限时承诺)."""

    metric: str
    operator: str | None
    value: Decimal | str | None
    unit: str | None
    deadline: str | None
    scope: str | None
    departments: tuple[str, ...]
    kind: str
    rule: str
    span: Span
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One titled paragraph of tasks under its headings (措施)."""

    title: str
    path: tuple[str, ...]
    departments: tuple[str, ...]
    span: Span
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Duty:
    """A ledger, list, platform or mechanism that must exist (职责), by code."""

    code: str
    name: str
    rule: str
    span: Span
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class ZoningRule:
    """A rule about what may be built or done where (空间准入规则)."""

    effect: str
    zone: str
    subjects: tuple[str, ...]
    rule: str
    rule_id: str
    span: Span
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the document announces and does not have."""

    kind: str
    what: str
    span: Span
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two passages that disagree, or one that cannot be right."""

    type: str
    rule: str
    severity: str
    what: str
    a: Span
    b: Span | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one document."""

    plan: Plan
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    projects: tuple[Project, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    measures: tuple[Measure, ...] = ()
    duties: tuple[Duty, ...] = ()
    zoning: tuple[ZoningRule, ...] = ()
    missing: tuple[Missing, ...] = ()
    conflicts: tuple[Conflict, ...] = field(default=())


def as_json(findings: Findings) -> dict[str, Any]:
    """Return the findings in the documented JSON shape (docs/plan-reader-schema.md)."""
    plain: dict[str, Any] = _plain(findings)
    for conflict in plain["conflicts"]:
        conflict["span"] = conflict["a"]
        conflict["a"] = {"span": conflict["a"]}
        conflict["b"] = {"span": conflict["b"]} if conflict["b"] else None
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
