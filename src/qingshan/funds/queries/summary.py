"""The money of a plan, summed up by chapter, by source and by year (资金汇总)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.funds.positions import Line, Position, positions
from qingshan.funds.vocabulary import SourceLevel
from qingshan.plans import public as plans

__all__ = ["Amount", "Summary", "SummaryRow", "summary_of"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of parts, some of which may be missing: ``yuan`` is None where all are."""

    yuan: int | None
    parts: int
    missing: int

    @classmethod
    def of(cls, parts: Iterable[int | None]) -> Amount:
        """Sum up what is known, and count what is not."""
        given = list(parts)
        known = [yuan for yuan in given if yuan is not None]
        return cls(sum(known) if known else None, len(given), len(given) - len(known))


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One chapter, source or year. ``invested`` is the printed investment; sources and years have none."""

    name: str
    planned: Amount
    received: Amount
    paid: Amount
    invested: Amount | None = None
    projects: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The money of a plan on a day. Parts of a chapter are its projects; of a source or year, the lines."""

    on: date
    whole: SummaryRow
    by_chapter: tuple[SummaryRow, ...]
    by_source: tuple[SummaryRow, ...]
    by_year: tuple[SummaryRow, ...]

    @property
    def most_yuan(self) -> int:
        """The greatest amount of any row: the whole length of a bar."""
        rows = (*self.by_chapter, *self.by_source, *self.by_year)
        amounts = (one for row in rows for one in (row.invested, row.planned, row.received, row.paid))
        return max((one.yuan for one in amounts if one is not None and one.yuan is not None), default=0)


def summary_of(*, plan: plans.Plan, on: date, user: Any = None) -> Summary:
    """Return the money of a plan on a day.

    Parameters
    ----------
    user : User, optional
        Only of the projects this person sees; of all without it.
    """
    held = positions(on=on, plan=plan, user=user)
    chapters: dict[tuple[int, str], list[Position]] = defaultdict(list)
    for one in held:
        chapters[one.held.chapter].append(one)
    lines = [line for one in held for line in one.lines]
    return Summary(
        on=on,
        whole=_of_projects(_("合计"), held),
        by_chapter=tuple(
            _of_projects(name or _("文本没有写明所在章"), chapters[(order, name)])
            for order, name in sorted(chapters)
        ),
        by_source=tuple(
            _of_lines(str(level.label), found)
            for level in SourceLevel
            if (found := [line for line in lines if line.level is level])
        ),
        by_year=_grouped(lines, lambda line: line.year),
    )


def _of_projects(name: str, held: list[Position]) -> SummaryRow:
    return SummaryRow(
        name=name,
        planned=Amount.of(one.planned_yuan for one in held),
        received=Amount.of(one.received_yuan for one in held),
        paid=Amount.of(one.paid_yuan for one in held),
        invested=Amount.of(one.held.investment_yuan for one in held),
        projects=len(held),
    )


def _of_lines(name: str, lines: list[Line]) -> SummaryRow:
    return SummaryRow(
        name=name,
        planned=Amount.of(line.planned_yuan for line in lines),
        received=Amount.of(line.received_yuan for line in lines),
        paid=Amount.of(line.paid_yuan for line in lines),
    )


def _grouped(lines: list[Line], by: Callable[[Line], Hashable]) -> tuple[SummaryRow, ...]:
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        groups[by(line)].append(line)
    return tuple(_of_lines(str(key), groups[key]) for key in sorted(groups))
