"""Puts the editions in force into the shapes that the calculations of risk take, and judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact
from qingshan.science.risk.enterprise import (
    AirReceptors,
    Medium,
    RiskGrade,
    Steps,
    medium_label,
    raised_grade,
    risk_grade,
)
from qingshan.science.risk.events import EventGrade, EventRule, EventVerdict, event_grade
from qingshan.science.risk.warnings import Condition, Group, WarningLevel, WarningRule
from qingshan.standards.public import Cell, Rulebook

__all__ = ["MediumVerdict", "RiskRules"]

_GRADES = {grade.label: grade for grade in RiskGrade}
_EVENT_GRADES = {grade.label: grade for grade in EventGrade}
_LEVELS = {level.label: level for level in WarningLevel}
_FACTS = ("water_source_cut", "cross_border", "ecology", "radiation")


@dataclass(frozen=True, slots=True)
class MediumVerdict:
    """Risk of one medium: its classes, its grade, and the label that is filed.

    ``m`` and ``e`` are None with Q0, which needs neither.
    """

    medium: Medium
    q: str
    m: str | None
    e: str | None
    grade: RiskGrade
    basis: Basis = field(default_factory=Basis)

    @property
    def label(self) -> str:
        """Grade, medium and classes."""
        return medium_label(self.grade, self.medium, self.q, self.m, self.e)


class RiskRules(DatedRules):
    """Classes, matrix, grades of events and conditions of warnings on a day."""

    STANDARDS = {
        "enterprises": "HJ 941",
        "events": "国家突发环境事件应急预案",
        "warnings": "重污染天气预警",
    }
    SHIPPED = {
        "enterprises": "HJ 941-2018",
        "events": "国办函〔2014〕119号",
        "warnings": "环大气〔2024〕6号",
    }

    def judge_medium(
        self, medium: Medium, quantity: Exact, control: Exact | None, sensitivity: str | None, raised: int = 0
    ) -> MediumVerdict:
        """Return the risk of one medium from Q, M and E.

        Parameters
        ----------
        medium : Medium
        quantity : decimal
            Q, the sum of quantities over critical quantities.
        control : decimal or None
            M, 0 to 100; not needed where Q is below 1.
        sensitivity : str or None
            E1, E2 or E3; not needed where Q is below 1.
        raised : int
            1 where the enterprise was punished for unlawful discharge within three years.

        Raises
        ------
        UnverifiedValue
            Bounds and matrix are not confirmed and the caller did not allow them.
        KeyError, ValueError
            M or E is missing or unknown, or a number is below zero.
        """
        book = self.rulebook("enterprises")
        q = self.quantity_class(quantity)
        cells = [*book.cells("q_classes")]
        if q == "Q0":
            m, e = None, None
        else:
            m = None if control is None else self.control_class(control)
            e = sensitivity
            cells += [*book.cells("m_classes"), *book.cells("matrix", q=q, m=m, e=e)]
        grade = risk_grade(q, m, e, self._matrix(book))
        if raised:
            adjustment = book.cell("adjustment")
            cells.append(adjustment)
            grade = raised_grade(grade, int(adjustment.number))
        basis = book.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return MediumVerdict(medium, q, m, e, grade, basis)

    def quantity_class(self, quantity: Exact) -> str:
        """Return the class of a ratio of quantities."""
        return self._steps(self.rulebook("enterprises"), "q_classes", "q").class_of(quantity)

    def control_class(self, control: Exact) -> str:
        """Return the class of a score of processes and control."""
        return self._steps(self.rulebook("enterprises"), "m_classes", "m").class_of(control)

    def score_cap(self, part: str) -> Fraction:
        """Return what counts at most of a part of M."""
        return Fraction(self.rulebook("enterprises").number("score_caps", part=part))

    def process_points(self, process: str) -> Fraction:
        """Return the score of one set of equipment of a kind of process."""
        return Fraction(self.rulebook("enterprises").number("process_scores", process=process))

    def air_receptors(self) -> AirReceptors:
        """Return the bounds of persons around an enterprise."""
        book = self.rulebook("enterprises")
        near, close = (book.cells("air_receptors", within=within) for within in ("5 km", "500 m"))
        return AirReceptors(_two(near), _two(close))

    def receptor_words(self, medium: Medium) -> dict[str, str]:
        """Return the class of receptors that class a place by themselves."""
        cells = self.rulebook("enterprises").cells("receptor_words", medium=medium)
        return {cell.keys["receptor"]: str(cell.value) for cell in cells}

    def event_rule(self) -> EventRule:
        """Return what makes the grade of an event."""
        book = self.rulebook("events")
        numbers: dict[str, list[Fraction]] = {}
        for cell in book.cells("numbers"):
            numbers.setdefault(cell.keys["what"], []).append(Fraction(cell.number))
        facts = {
            kind: {_word(cell): _EVENT_GRADES[str(cell.value)] for cell in book.cells(kind)}
            for kind in _FACTS
        }
        return EventRule({what: _three(bounds) for what, bounds in numbers.items()}, facts)

    def judge_event(self, counts: Mapping[str, Exact | Missing], facts: Mapping[str, str]) -> EventVerdict:
        """Return the grade of an event, with exactly the values it was compared with.

        Raises
        ------
        UnverifiedValue
            A fact whose grade is not confirmed decides, or could have.
        ValueError
            As `event_grade`.
        """
        found = event_grade(counts, facts, self.event_rule())
        book = self.rulebook("events")
        known = [what for what in counts if what not in found.unknown]
        cells = [cell for what in known for cell in book.cells("numbers", what=what)]
        for kind, word in facts.items():
            cells += [cell for cell in book.cells(kind) if _word(cell) == word]
        basis = book.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return EventVerdict(found.grade, found.deciding, found.unknown, basis)

    def warning_rule(self) -> WarningRule:
        """Return the conditions of each level, and when a warning is lifted."""
        book = self.rulebook("warnings")
        cells = book.cells("conditions")
        levels = {
            level: _groups([cell for cell in cells if cell.keys["level"] == word])
            for word, level in _LEVELS.items()
        }
        lifting = book.cells("lifting") if book.has("lifting") else ()
        basis = book.verdict_basis(*cells, *lifting, allow_unverified=self.allow_unverified)
        return WarningRule(levels, int(lifting[0].number) if lifting else None, basis)

    def below_yellow(self) -> tuple[Group, ...]:
        """Return the conditions below yellow under which measures may be taken; none in an older edition."""
        book = self.rulebook("warnings")
        return _groups(book.cells("below_yellow")) if book.has("below_yellow") else ()

    def warning_words(self) -> tuple[str, ...]:
        """Return the levels of warnings, the mildest first."""
        return tuple(cell.keys["level"] for cell in self.rulebook("warnings").cells("levels"))

    def _matrix(self, book: Rulebook) -> dict[tuple[str, str, str], RiskGrade]:
        return {
            (cell.keys["e"], cell.keys["q"], cell.keys["m"]): _GRADES[str(cell.value)]
            for cell in book.cells("matrix")
        }

    def _steps(self, book: Rulebook, table: str, label: str) -> Steps:
        return Steps({cell.keys[label]: Fraction(cell.number) for cell in book.cells(table)})


def _groups(cells: Iterable[Cell]) -> tuple[Group, ...]:
    """Conditions by their group: cells come in pairs, the index above and the hours."""
    read: dict[tuple[str, str], dict[str, int]] = {}
    for cell in cells:
        read.setdefault((cell.keys["group"], cell.keys["part"]), {})[cell.keys["say"]] = int(cell.number)
    groups: dict[str, list[Condition]] = {}
    for (group, _), pair in read.items():
        groups.setdefault(group, []).append(Condition(pair["above"], pair["hours"]))
    return tuple(tuple(conditions) for conditions in groups.values())


def _word(cell: Cell) -> str:
    """The one label of a row that has a single one."""
    (word,) = cell.keys.values()
    return word


def _two(cells: Iterable[Cell]) -> tuple[Fraction, Fraction]:
    first, second = (Fraction(cell.number) for cell in cells)
    return first, second


def _three(bounds: Iterable[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    one, two, three = bounds
    return one, two, three
