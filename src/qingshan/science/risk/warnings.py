"""Warning levels of heavily polluted weather, and when they are raised, lowered and lifted (重污染天气预警).

A forecast is a series of daily indices. A daily index may be taken over any 24 consecutive hours,
so the values may stand closer together than a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from qingshan.kernel.basis import Basis, Missing

__all__ = [
    "Action",
    "Condition",
    "WarningLevel",
    "WarningMove",
    "WarningRule",
    "forecast_level",
    "hours_below",
    "is_met",
    "next_warning",
]

Forecast = Sequence[int | Missing]
"""Daily indices in order of time."""

_WINDOW = 24


class WarningLevel(IntEnum):
    """Level of a warning (预警级别), the mildest first."""

    YELLOW = 1
    ORANGE = 2
    RED = 3

    @property
    def label(self) -> str:
        """The colour."""
        return ("黄色", "橙色", "红色")[self - 1]


class Action(StrEnum):
    """What is to be done with a warning (预警动作)."""

    NONE = "none"
    ISSUE = "issue"
    RAISE = "raise"
    KEEP = "keep"
    LOWER = "lower"
    LIFT = "lift"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return {
            "none": "不预警",
            "issue": "发布",
            "raise": "升级",
            "keep": "维持",
            "lower": "降级",
            "lift": "解除",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """A daily index above a number for at least some hours, 24 or more."""

    above: int
    hours: int

    def __post_init__(self) -> None:
        if self.hours < _WINDOW:
            raise ValueError(f"{self.hours} hours; a daily index speaks of {_WINDOW}")


Group = tuple[Condition, ...]
"""Conditions that hold together."""


@dataclass(frozen=True, slots=True)
class WarningRule:
    """Conditions of each level, and the hours below yellow after which a warning is lifted.

    ``levels`` maps a level to groups of conditions: any group suffices. ``lift_after_hours`` is
    None where the edition does not say; then nothing is lifted by this rule.
    """

    levels: dict[WarningLevel, tuple[Group, ...]]
    lift_after_hours: int | None = None
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if set(self.levels) != set(WarningLevel) or not all(self.levels.values()):
            raise ValueError(f"every level needs a condition; found {[level.label for level in self.levels]}")


@dataclass(frozen=True, slots=True)
class WarningMove:
    """What is to be done, and the level that holds afterwards (None: no warning)."""

    action: Action
    level: WarningLevel | None
    basis: Basis


def is_met(groups: Sequence[Group], forecast: Forecast, step_hours: int = _WINDOW) -> bool:
    """Return whether any group of conditions is met.

    Parameters
    ----------
    groups : sequence of tuples of Condition
    forecast : sequence of int or Missing
        Daily indices in order of time. A missing one ends a run.
    step_hours : int
        From one value to the next: 24 for calendar days, 1 for a value each hour.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        A step outside 1 to 24 hours.

    Notes
    -----
    A run of n values covers 24 + (n - 1) x step hours. The conditions of one group need not
    fall on the same hours, but within one forecast.

    Source
    ------
    环大气〔2024〕6号, levels; a daily index over 24 consecutive hours, across dates.

    Examples
    --------
    >>> two_days = ((Condition(150, 48),),)
    >>> is_met(two_days, [160, 155]), is_met(two_days, [160, 140, 160])
    (True, False)
    """
    return _start(groups, forecast, step_hours) is not None


def forecast_level(forecast: Forecast, rule: WarningRule, step_hours: int = _WINDOW) -> WarningLevel | None:
    """Return the level that a forecast calls for.

    Parameters
    ----------
    forecast : sequence of int or Missing
        Daily indices in order of time.
    rule : WarningRule
    step_hours : int
        From one value to the next.

    Returns
    -------
    WarningLevel or None
        The highest level whose conditions are met.

    Source
    ------
    环大气〔2024〕6号 and 环办大气函〔2018〕875号, levels.

    Examples
    --------
    >>> rule = WarningRule({WarningLevel.YELLOW: ((Condition(200, 24),), (Condition(150, 48),)),
    ...                     WarningLevel.ORANGE: ((Condition(200, 48),), (Condition(150, 72),)),
    ...                     WarningLevel.RED: ((Condition(200, 72), Condition(300, 24)),)}, 36)
    >>> [level and level.label for level in (forecast_level(days, rule) for days in (
    ...     [201], [201, 205], [310, 210, 205], [150, 150, 150]))]
    ['黄色', '橙色', '红色', None]
    """
    met = [level for level, groups in rule.levels.items() if is_met(groups, forecast, step_hours)]
    return max(met, default=None)


def hours_below(forecast: Forecast, rule: WarningRule, step_hours: int = _WINDOW) -> int:
    """Return for how many hours from now the forecast stays below the conditions of yellow.

    Parameters
    ----------
    forecast : sequence of int or Missing
        Daily indices in order of time, the first one from now on.
    rule : WarningRule
    step_hours : int
        From one value to the next.

    Returns
    -------
    int
        Hours until a yellow condition begins, or until the forecast ends or lacks a value.

    Source
    ------
    环大气〔2024〕6号, lifting: below yellow for at least 36 hours.

    Examples
    --------
    >>> yellow = ((Condition(200, 24),),)
    >>> rule = WarningRule(dict.fromkeys(WarningLevel, yellow), 36)
    >>> hours_below([140, 140, 201], rule), hours_below([140, Missing("no_forecast"), 140], rule)
    (48, 24)
    """
    known = next((place for place, value in enumerate(forecast) if isinstance(value, Missing)), len(forecast))
    begins = _start(rule.levels[WarningLevel.YELLOW], forecast[:known], step_hours)
    if begins is not None:
        return begins * step_hours
    return _WINDOW + (known - 1) * step_hours if known else 0


def next_warning(
    current: WarningLevel | None, forecast: Forecast, rule: WarningRule, step_hours: int = _WINDOW
) -> WarningMove:
    """Return what is to be done with a warning under a new forecast (预警的发布、升级、降级、解除).

    Parameters
    ----------
    current : WarningLevel or None
        The level that holds now.
    forecast : sequence of int or Missing
        Daily indices in order of time, the first one from now on.
    rule : WarningRule
    step_hours : int
        From one value to the next.

    Returns
    -------
    WarningMove
        A higher level is issued or raised at once; a lower one lowers; none lifts the warning
        only when the forecast stays below yellow long enough, else the warning is kept.

    Notes
    -----
    No text gives a waiting time for raising or lowering, so there is none. A forecast too short
    to show the hours that lifting needs keeps the warning.

    Source
    ------
    环大气〔2024〕6号, lifting; the moves between levels are ours.

    Examples
    --------
    >>> rule = WarningRule({WarningLevel.YELLOW: ((Condition(200, 24),),),
    ...                     WarningLevel.ORANGE: ((Condition(200, 48),),),
    ...                     WarningLevel.RED: ((Condition(300, 72),),)}, 36)
    >>> [next_warning(WarningLevel.ORANGE, days, rule).action.label for days in (
    ...     [310, 310, 310], [201, 210], [201, 190], [190, 190], [190])]
    ['升级', '维持', '降级', '解除', '维持']
    """
    wanted = forecast_level(forecast, rule, step_hours)
    if current is None:
        return WarningMove(Action.NONE if wanted is None else Action.ISSUE, wanted, rule.basis)
    if wanted is not None:
        moves = {True: Action.RAISE, False: Action.LOWER}
        action = Action.KEEP if wanted == current else moves[wanted > current]
        return WarningMove(action, wanted, rule.basis)
    enough = rule.lift_after_hours
    if enough is not None and hours_below(forecast, rule, step_hours) >= enough:
        return WarningMove(Action.LIFT, None, rule.basis)
    return WarningMove(Action.KEEP, current, rule.basis)


def _start(groups: Sequence[Group], forecast: Forecast, step_hours: int) -> int | None:
    """Place at which the first group that is met begins."""
    if not 1 <= step_hours <= _WINDOW:
        raise ValueError(f"a step of {step_hours} hours; give 1 to {_WINDOW}")
    starts = []
    for group in groups:
        begins = [_run(condition, forecast, step_hours) for condition in group]
        if None not in begins:
            starts.append(min(place for place in begins if place is not None))
    return min(starts, default=None)


def _run(condition: Condition, forecast: Forecast, step_hours: int) -> int | None:
    """Place at which the first run that is long enough begins."""
    begun: int | None = None
    for place, value in enumerate(forecast):
        if isinstance(value, Missing) or value <= condition.above:
            begun = None
            continue
        begun = place if begun is None else begun
        if _WINDOW + (place - begun) * step_hours >= condition.hours:
            return begun
    return None
