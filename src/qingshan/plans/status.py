"""How an indicator stands against its target (达标判定), with the method beside the verdict.

Pure: facts in, verdict out; no database, no clock, no binary floats. The day is an argument.

What decides, in this order: a year left out of account is not evaluable; a target that the upper
level has yet to assign waits; a number is compared exactly; where no number can decide, the
finding that a person recorded and another approved decides; nothing is ever guessed from words.
Before the target year the last value is held against the straight line from the baseline
through the numbers of the targets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from qingshan.plans.case import Case, Measured
from qingshan.plans.paths import PathPoint, expected, knots, path, places_of, rounded
from qingshan.plans.states import Status
from qingshan.plans.targets import (
    Typed,
    against_direction,
    binding_operator,
    satisfies,
    typed_in_words,
)
from qingshan.plans.vocabulary import Caution, Direction, Finding, Operator, ValueKind

__all__ = ["Case", "Measured", "PathPoint", "Verdict", "easier_than_baseline", "judge", "path", "target_year"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, what it compared, and how.

    ``expected`` is where the path stands in the year of the value, exact; ``parts`` are the verdicts
    on the parts of an all-of target.
    """

    status: Status
    method: str
    year: int | None = None
    target: Typed | None = None
    value: Measured | None = None
    expected: Fraction | None = None
    cautions: tuple[Caution, ...] = ()
    parts: tuple[Verdict, ...] = ()


def target_year(case: Case) -> int | None:
    """Return the year whose target counts on the day: the next one not yet over, else the last.

    Examples
    --------
    >>> ninety = Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(90))
    >>> targets = {2025: ninety, 2030: ninety}
    >>> [target_year(Case(date(year, 6, 1), targets)) for year in (2024, 2025, 2026, 2031)]
    [2025, 2025, 2030, 2030]
    """
    years = sorted(year for year, typed in case.targets.items() if typed.kind is not ValueKind.NO_DATA)
    ahead = [year for year in years if year >= case.on.year]
    if ahead:
        return ahead[0]
    return years[-1] if years else None


def judge(case: Case, year: int | None = None) -> Verdict:
    """Return how the indicator stands against the target of a year.

    Parameters
    ----------
    year : int, optional
        Target year; without it the one that counts on the day (see `target_year`).

    Examples
    --------
    >>> at_least = Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%")
    >>> case = Case(date(2026, 3, 1), {2025: at_least}, {2025: Measured(2025, Decimal("92.4"), "%")})
    >>> judge(case).status
    Status.MISSED
    """
    chosen = target_year(case) if year is None else year
    typed = None if chosen is None else case.targets.get(chosen)
    if chosen is None or typed is None or typed.kind is ValueKind.NO_DATA:
        return Verdict(Status.NO_TARGET, _("规划没有给出目标值，只记录数值，不作判定。"), year=chosen)
    if reason := case.excluded.get(chosen):
        return Verdict(Status.NOT_EVALUABLE, _("经批准不予评估：%s") % reason, year=chosen, target=typed)
    verdict = _judged(case, chosen, typed)
    return replace(verdict, cautions=(*_cautions(case, typed), *verdict.cautions))


def easier_than_baseline(typed: Typed, case: Case) -> bool:
    """Whether a numeric target asks for less than the baseline already shows."""
    base = case.baseline_number
    if typed.kind is not ValueKind.NUMBER or typed.value is None or base is None:
        return False
    if case.direction is Direction.HIGHER_BETTER:
        return typed.value < base
    return case.direction in (Direction.LOWER_BETTER, Direction.WITHIN) and typed.value > base


def _judged(case: Case, year: int, typed: Typed) -> Verdict:
    if typed.kind is ValueKind.ALL_OF:
        return _all_of(case, year, typed)
    if typed.kind is ValueKind.ASSIGNED:
        return _assigned(case, year, typed)
    if typed.kind is ValueKind.NUMBER:
        return _against_number(case, year, typed, binding_operator(typed, case.direction), typed.value)
    if typed.kind is ValueKind.ELIMINATE:
        return _against_number(case, year, typed, Operator.AT_MOST, Decimal(0))
    if typed.kind is ValueKind.KEEP_NOT_WORSE:
        return _not_worse(case, year, typed)
    if typed.kind is ValueKind.RELATIVE:
        return _moving(case, year, typed)
    return _by_finding(case, year, typed)


#: An all-of target is as good as its worst part, in this order.
_WORST_FIRST = (
    Status.MISSED,
    Status.BEHIND,
    Status.WAITING_FOR_ASSIGNMENT,
    Status.UNDECIDED,
    Status.NO_VALUE,
    Status.ON_TRACK,
    Status.MET,
)


def _all_of(case: Case, year: int, typed: Typed) -> Verdict:
    parts = tuple(_judged(case, year, part) for part in typed.parts)
    worst = min(parts, key=lambda part: _WORST_FIRST.index(part.status))
    told = _("；").join(
        f"{typed_in_words(part.target)}{_('：')}{part.status.label}" for part in parts if part.target
    )
    cautions = tuple(dict.fromkeys(one for part in parts for one in part.cautions))
    return Verdict(
        worst.status,
        _("须同时满足各项，以最差一项为准（%s）。") % told,
        year,
        typed,
        worst.value,
        worst.expected,
        cautions,
        parts,
    )


def _assigned(case: Case, year: int, typed: Typed) -> Verdict:
    found = _by_finding(case, year, typed)
    if found.status in (Status.NO_VALUE, Status.UNDECIDED):
        method = _("目标由%s下达，下达文件尚未登记，暂不判定。") % typed.authority
        return Verdict(Status.WAITING_FOR_ASSIGNMENT, method, year, typed, found.value)
    return found


def _against_number(
    case: Case, year: int, typed: Typed, operator: Operator, bound: Decimal | None
) -> Verdict:
    value = _latest(case, year)
    if bound is None or value is None or value.number is None:
        return _by_finding(case, year, typed)
    if typed.unit and value.unit and typed.unit != value.unit:
        method = _("数值单位“%(value)s”与目标单位“%(target)s”不同，不作换算，须先核对。") % {
            "value": value.unit,
            "target": typed.unit,
        }
        return Verdict(Status.UNDECIDED, method, year, typed, value, cautions=(Caution.OTHER_UNIT,))
    reached = satisfies(value.number, operator, bound)
    if value.year == year:
        return _in_target_year(year, typed, value, reached=reached)
    if _over(case, year):
        return _unknown(year, typed, value)
    return _on_the_way(case, typed, value, operator, bound, year, reached=reached)


def _in_target_year(year: int, typed: Typed, value: Measured, *, reached: bool) -> Verdict:
    shown = {"year": year, "value": _shown(value), "target": typed_in_words(typed)}
    if value.whole_year:
        status = Status.MET if reached else Status.MISSED
        return Verdict(
            status, _("%(year)d年全年数值 %(value)s 与目标 %(target)s 直接比较。") % shown, year, typed, value
        )
    status = Status.ON_TRACK if reached else Status.BEHIND
    method = _("%(year)d年尚只有部分时段数值 %(value)s，与目标 %(target)s 比较，不作为最终结论。") % shown
    return Verdict(status, method, year, typed, value, cautions=(Caution.PART_OF_YEAR,))


def _on_the_way(
    case: Case,
    typed: Typed,
    value: Measured,
    operator: Operator,
    bound: Decimal,
    year: int,
    *,
    reached: bool,
) -> Verdict:
    printed = {**knots(case), year: bound}
    there = expected(printed, value.year)
    shown = {"year": value.year, "value": _shown(value), "target": typed_in_words(typed), "goal": year}
    if reached:
        method = _("%(year)d年数值 %(value)s 已达到%(goal)d年目标 %(target)s，到期前须保持。") % shown
        return Verdict(Status.ON_TRACK, method, year, typed, value, there)
    if there is None or value.number is None:
        method = _("没有数值型基准，无法画出路径；%(year)d年数值 %(value)s 尚未达到目标 %(target)s。") % shown
        return Verdict(Status.UNDECIDED, method, year, typed, value)
    kept = _keeps_pace(Fraction(value.number), there, operator, rising=Fraction(bound) >= there)
    shown["expected"] = str(rounded(there, 1 + max(places_of(one) for one in printed.values())))
    method = _(
        "%(year)d年数值 %(value)s 与由基准到%(goal)d年目标 %(target)s 的直线路径值 %(expected)s 比较。"
    )
    return Verdict(Status.ON_TRACK if kept else Status.BEHIND, method % shown, year, typed, value, there)


def _keeps_pace(value: Fraction, there: Fraction, operator: Operator, *, rising: bool) -> bool:
    if operator in (Operator.AT_LEAST, Operator.MORE_THAN):
        return value >= there
    if operator in (Operator.AT_MOST, Operator.LESS_THAN):
        return value <= there
    return value >= there if rising else value <= there


def _not_worse(case: Case, year: int, typed: Typed) -> Verdict:
    base = case.baseline_number
    operator = _NOT_WORSE.get(case.direction)
    if base is None or operator is None:
        return _by_finding(case, year, typed)
    value = _latest(case, year)
    if value is None or value.number is None:
        return _by_finding(case, year, typed)
    return _compared(case, year, typed, value, operator, base, _("基准值"))


_NOT_WORSE: dict[Direction | None, Operator] = {
    Direction.HIGHER_BETTER: Operator.AT_LEAST,
    Direction.LOWER_BETTER: Operator.AT_MOST,
    Direction.WITHIN: Operator.AT_MOST,
}


def _moving(case: Case, year: int, typed: Typed) -> Verdict:
    """持续提升、持续下降: held against the number before it, or the baseline."""
    operator = _BETTER.get(typed.direction)
    value = _latest(case, year)
    if operator is None or value is None or value.number is None:
        return _by_finding(case, year, typed)
    before = _number_before(case, value.year)
    if before is None:
        return _by_finding(case, year, typed)
    return _compared(case, year, typed, value, operator, before, _("上一个数值"))


_BETTER: dict[Direction | None, Operator] = {
    Direction.HIGHER_BETTER: Operator.MORE_THAN,
    Direction.LOWER_BETTER: Operator.LESS_THAN,
}


def _compared(
    case: Case, year: int, typed: Typed, value: Measured, operator: Operator, bound: Decimal, what: str
) -> Verdict:
    if value.year != year and _over(case, year):
        return _unknown(year, typed, value)
    reached = value.number is not None and satisfies(value.number, operator, bound)
    final = value.year == year and value.whole_year
    status = _FINAL[reached] if final else _INTERIM[reached]
    method = _("%(year)d年数值 %(value)s 与%(what)s %(bound)s 比较。") % {
        "year": value.year,
        "value": _shown(value),
        "what": what,
        "bound": format(bound, "f"),
    }
    cautions = () if value.whole_year else (Caution.PART_OF_YEAR,)
    return Verdict(status, method, year, typed, value, Fraction(bound), cautions)


_FINAL = {True: Status.MET, False: Status.MISSED}
_INTERIM = {True: Status.ON_TRACK, False: Status.BEHIND}


def _by_finding(case: Case, year: int, typed: Typed) -> Verdict:
    """Where no number can decide, the approved finding does; without one nothing is said."""
    value = _latest(case, year)
    if value is None:
        return Verdict(Status.NO_VALUE, _("尚无已审核的数值或结论。"), year, typed)
    if value.year != year and _over(case, year):
        return _unknown(year, typed, value)
    if value.finding is None:
        method = _("%d年已有记录，但没有经审核的定性结论，不作推断。") % value.year
        return Verdict(Status.UNDECIDED, method, year, typed, value)
    reached = value.finding is Finding.REACHED
    final = value.year == year and value.whole_year
    method = _("以%(year)d年经审核的结论“%(finding)s”为准。") % {
        "year": value.year,
        "finding": value.finding.label,
    }
    return Verdict((_FINAL if final else _INTERIM)[reached], method, year, typed, value)


def _unknown(year: int, typed: Typed, value: Measured) -> Verdict:
    method = _("%(goal)d年已过，尚未获知该年数值；最近的是%(year)d年 %(value)s。") % {
        "goal": year,
        "year": value.year,
        "value": _shown(value),
    }
    return Verdict(Status.NO_VALUE, method, year, typed, value, cautions=(Caution.TARGET_YEAR_OVER,))


def _cautions(case: Case, typed: Typed) -> tuple[Caution, ...]:
    found = []
    if against_direction(typed, case.direction):
        found.append(Caution.AGAINST_DIRECTION)
    if easier_than_baseline(typed, case):
        found.append(Caution.EASIER_THAN_BASELINE)
    if case.baseline_apart:
        found.append(Caution.OTHER_SCOPE)
    return tuple(found)


def _latest(case: Case, year: int) -> Measured | None:
    """The value of the target year, else the last one before it that is later than the baseline."""
    known = [
        one for one in case.values if one <= year and (case.baseline_year is None or one > case.baseline_year)
    ]
    return case.values[max(known)] if known else None


def _number_before(case: Case, year: int) -> Decimal | None:
    for earlier in sorted((one for one in case.values if one < year), reverse=True):
        if (number := case.values[earlier].number) is not None:
            return number
    return case.baseline_number


def _over(case: Case, year: int) -> bool:
    return case.on > date(year, 12, 31)


def _shown(value: Measured) -> str:
    return f"{value.number:f}{value.unit}" if value.number is not None else value.text
