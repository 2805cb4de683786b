"""A score as pages show it: every number a figure with its day, its source, and where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.assessment.explained import curve_in_words
from qingshan.assessment.models import Evaluation, ScoreVersion
from qingshan.assessment.reckoning import DepartmentScore, Scored
from qingshan.assessment.rows import ListRow
from qingshan.assessment.scoring.changes import Comparison
from qingshan.assessment.scoring.shapes import Line, ListKind, ListSheet, Sheet
from qingshan.assessment.vocabulary import ListName
from qingshan.kernel.figure import Figure
from qingshan.kernel.rounding import round_places

__all__ = [
    "CategoryShown", "ChangeShown", "ComparisonShown", "ConductShown", "DepartmentShown", "ListShown",
    "RowShown", "SheetShown", "comparison_shown",
    "department_sheet", "row_shown", "sheet_shown", "total_shown",
]  # fmt: skip

_PLACES = 2
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row with what it earned, and how."""

    row: ListRow
    weight: Figure
    full: Figure
    share: Figure
    points: Figure
    why: str
    left_out: str
    baseline: Figure
    target: Figure
    actual: Figure
    url: str


@dataclass(frozen=True, slots=True)
class CategoryShown:
    """What one category of a list earned; ``part`` and ``whole`` draw its bar, in hundredths."""

    name: str
    full: Figure
    points: Figure
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list with its rows, and its categories where rows have any."""

    kind: ListKind
    label: str
    rule: str
    planned: Figure
    full: Figure
    points: Figure
    earned: Figure
    cut: str
    spread: bool
    rows: tuple[RowShown, ...]
    categories: tuple[CategoryShown, ...]
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class ConductShown:
    """One kind of fact beside the lists."""

    code: str
    name: str
    why: str
    points: Figure
    cases: tuple[tuple[str, Figure, str], ...]


@dataclass(frozen=True, slots=True)
class DepartmentShown:
    """A department's place, score and bar."""

    place: int
    score: DepartmentScore
    total: Figure
    part: int
    url: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A whole sheet; ``departments`` is empty for the sheet of one department."""

    total: Figure
    full: Figure
    sum: Figure
    grade: str
    cut: tuple[str, ...]
    lists: tuple[ListShown, ...]
    conduct: tuple[ConductShown, ...]
    departments: tuple[DepartmentShown, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One line that earns otherwise; None where it stands on one of the two sheets only."""

    code: str
    named: str
    before: Figure | None
    after: Figure | None
    why_before: str
    why_after: str


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """What one sheet says otherwise than another."""

    before: Figure
    after: Figure
    grade_before: str
    grade_after: str
    changes: tuple[ChangeShown, ...]


class _Press:
    """Makes figures of one evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.on, self.simulated = evaluation.on, evaluation.plan.simulated
        self.source = _("%s，评分") % evaluation.scheme_name
        self.page = reverse("assessment:points", args=[evaluation.pk])
        self.pk = evaluation.pk

    def points(self, points: Fraction | Decimal, where: str = "") -> Figure:
        shown = points if isinstance(points, Decimal) else round_places(points, _PLACES)
        return Figure(shown, _("分"), self.on, self.source, self.simulated, f"{self.page}{where}")

    def planned(self, points: Fraction | Decimal) -> Figure:
        """Points the scheme gives: nothing of a fictional county."""
        shown = points if isinstance(points, Decimal) else round_places(points, _PLACES)
        return Figure(shown, _("分"), self.on, self.source, origin=self.page)

    def plain(self, number: Decimal, unit: str = "") -> Figure:
        return Figure(number, unit, self.on, self.source, self.simulated)

    def words(self, text: str, told: ListRow, *, ledger: bool = False) -> Figure:
        if not text:
            return Figure(None, missing=_("没有"), simulated=self.simulated)
        day = date.fromisoformat(told.as_of) if told.as_of and ledger else None
        source = told.source if ledger else _("规划台账")
        return Figure(None, "", day or self.on, source, self.simulated, told.url, text=text)


def sheet_shown(evaluation: Evaluation, scored: Scored, sheet: Sheet | None = None) -> SheetShown:
    """Return the plan's sheet, or one department's, as pages show it."""
    press, chosen = _Press(evaluation), sheet or scored.whole
    return SheetShown(
        total=press.points(chosen.total),
        full=press.planned(chosen.scheme.full),
        sum=press.points(chosen.sum),
        grade=chosen.grade,
        cut=chosen.cut,
        lists=tuple(_list(press, scored, one) for one in chosen.lists),
        conduct=tuple(
            ConductShown(
                one.rule.kind, one.rule.name, one.why, press.points(one.points, "#conduct"),
                tuple((case.department or _("全局"), press.plain(Decimal(case.count), _("次")), case.evidence)
                      for case in one.cases),
            )
            for one in chosen.conduct
        ),
        departments=() if sheet else tuple(_departments(press, scored.departments)),
        zone=chosen.zone,
    )  # fmt: skip


def department_sheet(scored: Scored, department_id: int) -> DepartmentScore | None:
    """Return what one department scored; None where it is not on the sheet."""
    return next((one for one in scored.departments if one.department_id == department_id), None)


def _departments(press: _Press, scores: Iterable[DepartmentScore]) -> Iterable[DepartmentShown]:
    found = list(scores)
    for one in found:
        # Equal scores share a place.
        place = 1 + sum(other.sheet.total > one.sheet.total for other in found)
        where = f"?department={one.department_id}"
        yield DepartmentShown(
            place,
            one,
            press.points(one.sheet.total, where),
            _hundredths(one.sheet.total),
            f"{press.page}{where}",
        )


def _list(press: _Press, scored: Scored, sheet: ListSheet) -> ListShown:
    rows = {one.row.code: one for one in scored.rows[sheet.kind]}
    rule = scored.scheme.lists[sheet.kind]
    return ListShown(
        kind=sheet.kind,
        label=str(ListName(sheet.kind.value).label),
        rule=curve_in_words(rule),
        planned=press.planned(rule.points),
        full=press.planned(sheet.full),
        points=press.points(sheet.points, f"#{sheet.kind.value}"),
        earned=press.points(sheet.earned, f"#{sheet.kind.value}"),
        cut=sheet.cut,
        spread=sheet.full != Fraction(rule.points),
        rows=tuple(_row(press, rows[line.row.code], line) for line in sheet.lines),
        categories=_categories(press, sheet),
        part=_hundredths(sheet.points),
        whole=_hundredths(sheet.full),
    )


def _categories(press: _Press, sheet: ListSheet) -> tuple[CategoryShown, ...]:
    names = dict.fromkeys(
        line.row.category for line in sheet.lines if line.row.category and not line.left_out
    )
    found = []
    for name in names:
        lines = [line for line in sheet.lines if line.row.category == name]
        full = sum((line.full for line in lines), Fraction(0))
        points = sum((line.points for line in lines), Fraction(0))
        where = f"#{sheet.kind.value}"
        found.append(
            CategoryShown(
                name,
                press.planned(full),
                press.points(points, where),
                _hundredths(points),
                _hundredths(full),
            )
        )
    return tuple(found)


def _row(press: _Press, told: ListRow, line: Line) -> RowShown:
    return RowShown(
        row=told,
        weight=Figure(round_places(line.weight, _PLACES), "", press.on, press.source),
        full=press.planned(line.full),
        share=press.plain(round_places(line.share * _WHOLE, 1), "%"),
        points=press.points(line.points, f"#{told.kind.value}-{told.row.code}"),
        why=line.why,
        left_out=line.left_out,
        baseline=press.words(told.baseline, told),
        target=press.words(told.target, told),
        actual=press.words(told.actual, told, ledger=True),
        url=reverse("assessment:row", args=[press.pk, told.kind.value, told.row.code]),
    )


def _hundredths(points: Fraction | Decimal) -> int:
    """For bars only; figures are printed exactly."""
    return max(0, int(Fraction(points) * _WHOLE))


def total_shown(evaluation: Evaluation, version: ScoreVersion | None) -> Figure:
    """Return the stored total as a list shows it; before the evaluation is frozen there is none."""
    press = _Press(evaluation)
    if version is None:
        return Figure(None, _("分"), missing=_("锁定后才有总分"), simulated=press.simulated)
    return press.points(Decimal(version.total))


def row_shown(evaluation: Evaluation, told: ListRow, line: Line | None) -> RowShown:
    """Return one row as its page shows it; without a line where nothing can be reckoned yet."""
    nothing = Fraction(0)
    found = line or Line(told.row, nothing, nothing, nothing, nothing, "", _("尚未评分"))
    return _row(_Press(evaluation), told, found)


def comparison_shown(evaluation: Evaluation, found: Comparison) -> ComparisonShown:
    """Return what changed between two sheets as a page shows it."""
    press = _Press(evaluation)

    def points(number: Decimal | None) -> Figure | None:
        return None if number is None else press.points(number)

    return ComparisonShown(
        press.points(found.total_before),
        press.points(found.total_after),
        found.grade_before,
        found.grade_after,
        tuple(
            ChangeShown(
                one.code, one.named, points(one.before), points(one.after), one.why_before, one.why_after
            )
            for one in found.changes
        ),
    )
