"""Judges a table row by row: reads its fields, and reports by row and field what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol, TypeVar

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.row_profiles import RowProfile
from qingshan.evaluation.sample_times import read_time
from qingshan.evaluation.tables import columns_of, read_batches
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.readings import DAMAGE, Reading, read_value
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnverifiedValue

__all__ = ["Evaluator", "Line", "Row", "RowRun", "Settings", "basis_cells", "decimal_text"]

T = TypeVar("T")
Line = Sequence[object]
"""One line of results."""

_UNVERIFIED, _BEFORE, _NOT_JUDGED = "unverified_limit", "before_the_first_edition", "cannot_be_judged"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller said beside the table (评价参数).

    ``on`` is the day of a table that has no dates. ``fewest`` tells how many values a statistic needs.
    """

    on: date | None = None
    allow_unverified: bool = False
    fewest: Mapping[str, int] = field(default_factory=dict)
    current: str = ""


@dataclass(slots=True)
class Row:
    """One row of a table; every field is read with what it may hold, and damage is reported.

    ``why`` collects the reasons why something of the row was not judged.
    """

    number: int
    texts: Mapping[str, str]
    columns: Mapping[str, str]
    problems: Problems
    counts: Counter[str]
    why: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a field as it stands; blank where the table has none."""
        return self.texts.get(name, "").strip()

    def reading(self, name: str, low: object, high: object) -> Reading | Missing:
        """Return a number, or a value below its detection limit, within what is possible."""
        found = read_value(self.texts.get(name, ""))
        if isinstance(found, Missing):
            if found.reason in DAMAGE:
                self.report(name, found.reason, f"{low} 至 {high}")
            return found
        if not Fraction(str(low)) <= found.value <= Fraction(str(high)):
            return self.report(name, "outside_the_possible", f"{low} 至 {high}")
        return found

    def value(self, name: str, low: object, high: object) -> Fraction | Missing:
        """Return a plain number; a value below a detection limit is damage here."""
        found = self.reading(name, low, high)
        if isinstance(found, Missing):
            return found
        return self.report(name, "not_a_number", f"{low} 至 {high}") if found.below else found.value

    def whole(self, name: str, low: int, high: int) -> int | Missing:
        """Return a whole number."""
        found = self.value(name, low, high)
        if isinstance(found, Missing):
            return found
        if found.denominator != 1:
            return self.report(name, "not_whole", f"{low} 至 {high} 的整数")
        return int(found)

    def time(self, name: str) -> datetime | Missing:
        """Return an instant."""
        found = read_time(self.texts.get(name, ""))
        if isinstance(found, Missing):
            return found if found.reason == "blank" else self.report(name, found.reason, "2026-03-01 08:00")
        return found.at

    def day(self, name: str, otherwise: date | None) -> date | Missing:
        """Return a day; what the caller said where the table has no such column.

        Without either there is no day, and no edition to judge by: the newest one is not assumed.
        """
        if name not in self.columns:
            if otherwise is None:
                return self.report(name, "no_day", "日期列，或 --on 2026-03-01")
            return otherwise
        found = self.time(name)
        if isinstance(found, Missing):
            return self.report(name, "no_day", "2026-03-01") if found.reason == "blank" else found
        return found.date()

    def word(self, name: str, known: Mapping[str, T], *, needed: bool = True) -> T | Missing:
        """Return what a word stands for."""
        text = self.text(name)
        if not text and not needed:
            return Missing("blank")
        if text not in known:
            return self.report(name, f"unknown_{name}", "、".join(word or "空白" for word in known))
        return known[text]

    def report(self, name: str, reason: str, allowed: str) -> Missing:
        """Report a field: what was found and what is allowed. Returns the gap it leaves."""
        column = self.columns.get(name, name)
        self.problems.add(self.number, column, self.texts.get(name, ""), reason, allowed)
        return Missing(reason)

    def judged(self, name: str, judge: Callable[[], T]) -> T | Missing:
        """Return a verdict, or why there is none: the reason is counted, and a refusal is reported."""
        try:
            found = judge()
        except UnverifiedValue as refusal:
            self.report(name, _UNVERIFIED, str(refusal))
            self.counts["refused"] += 1
            return self.not_judged(name, _UNVERIFIED)
        except (BeforeFirstEdition, NoEditionInForce):
            return self.not_judged(name, _BEFORE)
        except (NoSuchValue, KeyError, ValueError) as problem:
            self.report(name, _NOT_JUDGED, str(problem.args[0] if problem.args else problem))
            return self.not_judged(name, _NOT_JUDGED)
        self.counts["verdicts"] += 1
        return found

    def not_judged(self, name: str, reason: str) -> Missing:
        """Keep why a field of this row was not judged."""
        self.why.append(f"{self.columns.get(name, name)}:{reason}")
        self.counts[f"not_judged:{reason}"] += 1
        return Missing(reason)


class Evaluator(Protocol):
    """What judges the rows of one kind of table."""

    needs: Sequence[str]
    heading: Sequence[str]

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the lines of results of one row."""

    def finish(self) -> Iterator[Line]:
        """Return the lines that only the whole table gives."""

    def summary(self) -> Mapping[str, Any]:
        """Return what the table comes to."""

    def basis(self) -> Basis:
        """Return what all verdicts rest on."""


@dataclass(slots=True)
class RowRun:
    """One evaluation of one table, row by row.

    Parameters
    ----------
    path : Path
        CSV, CSV.GZ, XLSX or Parquet.
    profile : RowProfile
    evaluator : Evaluator
    """

    path: Path
    profile: RowProfile
    evaluator: Evaluator
    extra_columns: Mapping[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    counts: Counter[str] = field(default_factory=Counter)

    def lines(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[Line]:
        """Evaluate the table, in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or lacks a needed column.
        """
        heading = columns_of(self.path)
        columns = self.profile.found_in(heading, self.evaluator.needs) | dict(self.extra_columns)
        for column in heading:
            if column not in {*columns.values(), *self.profile.ignored}:
                self.problems.add(1, column, column, "unknown_column")
        for batch in read_batches(self.path):
            for place in range(len(batch)):
                texts = {name: batch.columns[column][place] for name, column in columns.items()}
                row = Row(batch.first_row + place, texts, columns, self.problems, self.counts)
                yield from self.evaluator.judge(row)
            self.counts["rows"] += len(batch)
            progress(self.counts["rows"])
        yield from self.evaluator.finish()

    @property
    def refusal(self) -> str:
        """Why nothing at all was judged: the first refusal; empty where something was."""
        if self.counts["verdicts"] or not self.counts["refused"]:
            return ""
        return next((found.allowed for found in self.problems.kept if found.reason == _UNVERIFIED), "")

    def summary(self) -> dict[str, Any]:
        """Return the counts, what the table comes to, and what it rests on."""
        basis, prefix = self.evaluator.basis(), "not_judged:"
        return {
            "file": self.path.name,
            "profile": self.profile.name,
            "rows": self.counts["rows"],
            "verdicts": self.counts["verdicts"],
            "not_judged": {
                name.removeprefix(prefix): count
                for name, count in sorted(self.counts.items())
                if name.startswith(prefix)
            },
            **self.evaluator.summary(),
            "editions": list(basis.editions),
            "clauses": list(basis.clauses),
            "unverified": list(basis.unverified),
        }


def basis_cells(basis: Basis) -> list[str]:
    """Return editions and unverified values as two cells of a line."""
    return ["；".join(basis.editions), "；".join(basis.unverified)]


def decimal_text(number: Fraction | Missing | None, places: int = 12) -> str:
    """Return a number as its text, without zeros at the end; blank where there is none.

    Examples
    --------
    >>> decimal_text(Fraction(551, 10)), decimal_text(Fraction(70)), decimal_text(None)
    ('55.1', '70', '')
    """
    if number is None or isinstance(number, Missing):
        return ""
    text = str(f"{round_places(number, places):f}")
    return text.rstrip("0").rstrip(".")
