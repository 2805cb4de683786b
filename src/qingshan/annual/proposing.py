"""What an indicator is to reach in a year (年度目标建议值). Pure and exact: no database, no clock.

A target that the plan prints for the year is taken as it is. Between printed years a value is proposed on the
straight way to the next numeric target: from the last value known for a whole year, else from the
baseline. What is no number (assigned by the upper level, kept, qualitative) is said in words and never
computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from qingshan.annual.vocabulary import Basis
from qingshan.kernel.rounding import round_places
from qingshan.plans.public import (
    OPERATOR_SIGNS,
    Direction,
    Operator,
    Typed,
    ValueKind,
    binding_operator,
    typed_in_words,
)

__all__ = ["Course", "Known", "Proposal", "proposal"]


@dataclass(frozen=True, slots=True)
class Known:
    """A number of a year, in its unit as given (empty: the indicator's)."""

    year: int
    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """All that a proposal rests on.

    Parameters
    ----------
    targets : mapping of year to Typed
    values : sequence of Known
        Approved values of whole years that may be evaluated.
    baseline : Known, optional
        None where the plan prints none, or none in numbers.
    """

    targets: Mapping[int, Typed]
    values: tuple[Known, ...] = ()
    baseline: Known | None = None
    direction: Direction | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for the year: in words always, as a number where it is one; and how it came about."""

    words: str
    basis: Basis
    method: str
    number: Decimal | None = None
    operator: Operator | None = None
    unit: str = ""


def proposal(course: Course, year: int) -> Proposal:
    """Return what an indicator is to reach in a year.

    Parameters
    ----------
    course : Course
    year : int
        The year of the annual plan.

    Returns
    -------
    Proposal
        ``number`` is None for what is said in words. A proposed number is rounded once, by GB/T 8170, to
        one place more than the numbers it comes from.

    Notes
    -----
    Where the last value already meets the target to come, the target itself is proposed, to be kept: the
    straight way would lead back from what is reached. After the last target year that target is kept on.

    Examples
    --------
    >>> at_least = Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%")
    >>> course = Course({2025: at_least}, (), Known(2020, Decimal("88")), Direction.HIGHER_BETTER, "%")
    >>> proposal(course, 2022).words
    '≥89.80%'
    >>> proposal(course, 2025).basis
    Basis.PRINTED
    """
    printed = course.targets.get(year)
    if printed is not None and printed.kind is not ValueKind.NO_DATA:
        return _printed(course, year, printed)
    ahead = _years(course, after=year)
    if not ahead:
        return _kept_on(course)
    goal_year = ahead[0]
    goal = course.targets[goal_year]
    bound = _bound(goal)
    if bound is None:
        return _in_words(goal, goal_year)
    start = _start(course, goal, year)
    if start is None:
        told = _("没有可用的起点数值，%(goal)d年目标为 %(target)s，年度目标须协商确定。")
        return _plain(goal, Basis.WORDS, told % {"goal": goal_year, "target": typed_in_words(goal)})
    return _on_the_way(course, year, start, goal_year, goal, bound)


def _years(course: Course, *, after: int) -> list[int]:
    return sorted(
        year for year, typed in course.targets.items() if year > after and typed.kind is not ValueKind.NO_DATA
    )


def _printed(course: Course, year: int, typed: Typed) -> Proposal:
    told = _("规划印定的%d年目标。") % year
    if typed.kind is ValueKind.NUMBER and typed.value is not None:
        operator = binding_operator(typed, course.direction)
        return Proposal(
            _shown(operator, typed.value, typed.unit or course.unit), Basis.PRINTED, told, typed.value,
            operator, typed.unit or course.unit,
        )  # fmt: skip
    if typed.kind is ValueKind.ASSIGNED:
        return _plain(typed, Basis.WORDS, _("目标由%s下达，下达后填写。") % typed.authority)
    return _plain(typed, Basis.PRINTED, told)


def _kept_on(course: Course) -> Proposal:
    """After the last target year: what was to be reached is kept."""
    known = sorted(year for year, typed in course.targets.items() if typed.kind is not ValueKind.NO_DATA)
    if not known:
        return Proposal(_("规划未设目标值"), Basis.WORDS, _("规划没有给出这项指标的目标，须协商确定。"))
    last = course.targets[known[-1]]
    told = _("规划目标年为%d年，此后沿用该目标，不作推算。") % known[-1]
    bound = _bound(last)
    if last.kind is not ValueKind.NUMBER or bound is None:
        return _plain(last, Basis.WORDS, told)
    operator = binding_operator(last, course.direction)
    unit = last.unit or course.unit
    return Proposal(_shown(operator, bound, unit), Basis.PROPOSED, told, bound, operator, unit)


def _in_words(goal: Typed, goal_year: int) -> Proposal:
    words = typed_in_words(goal)
    if goal.kind is ValueKind.ASSIGNED:
        return _plain(goal, Basis.WORDS, _("%(year)d年目标%(words)s，年度目标待下达后填写。") % {
            "year": goal_year, "words": words,
        })  # fmt: skip
    told = _("%(year)d年目标为“%(words)s”，不是数值，按文字要求执行，不作推算。")
    return _plain(goal, Basis.WORDS, told % {"year": goal_year, "words": words})


def _bound(goal: Typed) -> Decimal | None:
    if goal.kind is ValueKind.NUMBER:
        return goal.value
    return Decimal(0) if goal.kind is ValueKind.ELIMINATE else None


def _start(course: Course, goal: Typed, year: int) -> Known | None:
    """The newest number before the year, in the unit of the target; nothing is converted."""
    unit = goal.unit or course.unit
    given = [*course.values, *((course.baseline,) if course.baseline else ())]
    usable = [one for one in given if one.year < year and (one.unit or course.unit) == unit]
    return max(usable, key=lambda one: one.year, default=None)


def _on_the_way(
    course: Course, year: int, start: Known, goal_year: int, goal: Typed, bound: Decimal
) -> Proposal:
    operator = (
        Operator.AT_MOST if goal.kind is ValueKind.ELIMINATE else binding_operator(goal, course.direction)
    )
    unit = goal.unit or course.unit
    shown = {
        "from": start.year, "value": format(start.number, "f") + unit, "goal": goal_year,
        "target": typed_in_words(goal), "year": year,
    }  # fmt: skip
    if _meets(start.number, operator, bound):
        told = _("%(from)d年数值 %(value)s 已达到%(goal)d年目标 %(target)s，建议按该目标保持。") % shown
        return Proposal(_shown(operator, bound, unit), Basis.PROPOSED, told, bound, operator, unit)
    share = Fraction(year - start.year, goal_year - start.year)
    exact = Fraction(start.number) + (Fraction(bound) - Fraction(start.number)) * share
    number = round_places(exact, 1 + max(_places(start.number), _places(bound)))
    shown["number"] = format(number, "f") + unit
    told = _(
        "测算建议值：由%(from)d年数值 %(value)s 到%(goal)d年目标 %(target)s 的直线，%(year)d年为 %(number)s。"
    )
    return Proposal(_shown(operator, number, unit), Basis.PROPOSED, told % shown, number, operator, unit)


def _meets(number: Decimal, operator: Operator, bound: Decimal) -> bool:
    return {
        Operator.AT_LEAST: number >= bound,
        Operator.AT_MOST: number <= bound,
        Operator.EQUAL: number == bound,
        Operator.MORE_THAN: number > bound,
        Operator.LESS_THAN: number < bound,
    }[operator]


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _shown(operator: Operator, number: Decimal, unit: str) -> str:
    sign = "" if operator is Operator.EQUAL else OPERATOR_SIGNS[operator]
    return f"{sign}{number:f}{unit}"


def _plain(typed: Typed, basis: Basis, method: str) -> Proposal:
    return Proposal(typed_in_words(typed), basis, method)
