"""Compares levels with limits: function zones, boundaries of sites, maxima at night (噪声限值评价)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "BackgroundCorrection",
    "LevelVerdict",
    "Period",
    "background_corrected",
    "indoor_limit",
    "judge_level",
    "maximum_limit",
]


class Period(StrEnum):
    """Day or night (昼间、夜间)."""

    DAY = "day"
    NIGHT = "night"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"day": "昼间", "night": "夜间"}[self.value]


@dataclass(frozen=True, slots=True)
class LevelVerdict:
    """A level against its limit: attained or not, and by how many dB it exceeds."""

    level: Fraction
    limit: Fraction
    basis: Basis = field(default_factory=Basis)

    @property
    def attained(self) -> bool:
        """A level equal to its limit attains it."""
        return self.level <= self.limit

    @property
    def exceedance(self) -> Fraction:
        """dB above the limit, zero when attained. Levels have no multiple (超标倍数)."""
        return max(Fraction(0), self.level - self.limit)


@dataclass(frozen=True, slots=True)
class BackgroundCorrection:
    """Corrections by how far a measured level stands above the background (背景噪声修正).

    ``steps`` holds (from, correction), rising: the last step whose bound is reached counts.
    """

    steps: tuple[tuple[Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        bounds = [bound for bound, _ in self.steps]
        if not bounds or bounds != sorted(set(bounds)):
            raise ValueError(f"rising bounds are needed; found {[str(bound) for bound in bounds]}")


def judge_level(level: Exact, limit: Exact, basis: Basis | None = None) -> LevelVerdict:
    """Return a level compared with its limit.

    Parameters
    ----------
    level, limit : Decimal, Fraction, int or str, scalar
        dB(A).
    basis : Basis, optional
        Edition and clauses that the verdict repeats.

    Returns
    -------
    LevelVerdict

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    The standards do not say that a level is rounded before the comparison: 60.1 exceeds 60.

    Source
    ------
    GB 3096—2008, clause 5 (each level against its limit); the excess is given in dB.

    Examples
    --------
    >>> judge_level("60.0", 60).attained, judge_level("60.1", 60).exceedance
    (True, Fraction(1, 10))
    """
    return LevelVerdict(exact(level), exact(limit), basis or Basis())


def maximum_limit(night_limit: Exact, margin: Exact) -> Fraction:
    """Return what a single loud event at night may reach (夜间突发、频发、偶发噪声最大声级限值).

    Parameters
    ----------
    night_limit : decimal
        Limit of the equivalent level at night, dB(A).
    margin : decimal
        dB above it: 15 for sudden or occasional, 10 for frequent events.

    Returns
    -------
    Fraction
        dB(A).

    Source
    ------
    GB 3096—2008, clause 5.4; GB 12348—2008, notes of table 1; GB 12523.

    Examples
    --------
    >>> maximum_limit(55, 15)
    Fraction(70, 1)
    """
    return exact(night_limit) + exact(margin)


def indoor_limit(limit: Exact, reduction: Exact) -> Fraction:
    """Return the limit for a measurement inside a building that stands at the boundary (室内测量的限值).

    Parameters
    ----------
    limit, reduction : decimal
        dB(A).

    Returns
    -------
    Fraction
        dB(A).

    Source
    ------
    GB 12348—2008, notes of table 1: less 10 dB(A) where the building is nearer than 1 m.

    Examples
    --------
    >>> indoor_limit(60, 10)
    Fraction(50, 1)
    """
    return exact(limit) - exact(reduction)


def background_corrected(
    level: Exact, background: Exact, correction: BackgroundCorrection
) -> Fraction | Missing:
    """Return a measured level less what the background adds (背景噪声修正后的声级).

    Parameters
    ----------
    level, background : decimal
        dB(A), measured with and without the source.
    correction : BackgroundCorrection

    Returns
    -------
    Fraction or Missing
        dB(A); missing when the background is too near, so that it has to be lowered first.

    Notes
    -----
    The table speaks of whole differences. A difference between two of them counts with the
    greater correction (3.9 as 3), which favours the source and is our choice.

    Source
    ------
    GB 12348—2008, table 4.

    Examples
    --------
    >>> table = BackgroundCorrection(((Fraction(3), Fraction(-3)), (Fraction(11), Fraction(0))))
    >>> background_corrected("58.0", "54.0", table), background_corrected(58, 56, table).reason
    (Fraction(55, 1), 'background_too_near')
    """
    measured = exact(level)
    above = measured - exact(background)
    reached = [added for bound, added in correction.steps if above >= bound]
    return measured + reached[-1] if reached else Missing("background_too_near")
