"""Comparison of two periods (不同时段水质比较)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.water.classes import Grade

__all__ = ["Change", "ChangeBands", "ShareChange", "change_of_grade", "change_of_shares"]


class Change(Enum):
    """Change of water quality between two periods (水质变化)."""

    CLEARLY_BETTER = "明显好转"
    SOMEWHAT_BETTER = "有所好转"
    NO_CLEAR_CHANGE = "无明显变化"
    SOMEWHAT_WORSE = "有所变差"
    CLEARLY_WORSE = "明显变差"

    @property
    def label(self) -> str:
        """The word of the evaluation method."""
        return self.value


@dataclass(frozen=True, slots=True)
class ChangeBands:
    """Greatest sizes of a change, in percentage points, called no clear and some change."""

    no_clear: Fraction
    some: Fraction
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class ShareChange:
    """Change of the good and the inferior share, their difference, and its word."""

    good: Fraction
    inferior: Fraction
    change: Change
    basis: Basis

    @property
    def combined(self) -> Fraction:
        """Rise of the good share less rise of the inferior share (ΔG - ΔD), percentage points."""
        return self.good - self.inferior


def change_of_shares(good: Exact, inferior: Exact, bands: ChangeBands) -> ShareChange:
    """Return the word for a change of class shares between two periods.

    Parameters
    ----------
    good, inferior : Decimal, Fraction, int or str, scalar
        Share at class I to III, and worse than V, of the later period less that of the
        earlier one, in percentage points.
    bands : ChangeBands
        10 and 20 percentage points in the method.

    Returns
    -------
    ShareChange
        A size equal to a band's end belongs to the smaller change.

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    Both periods must have the same sections and comparable items; that is for the caller
    to see to.

    Source
    ------
    环办〔2011〕22号, 三(二). The bands 10 and 20 are not confirmed in the text; the basis says so.

    Examples
    --------
    >>> bands = ChangeBands(Fraction(10), Fraction(20))
    >>> change_of_shares("12", "-6", bands).change.label, change_of_shares("5", "-5", bands).change.label
    ('有所好转', '无明显变化')
    """
    rise, fall = exact(good), exact(inferior)
    return ShareChange(rise, fall, _word(rise - fall, bands), bands.basis)


def _word(combined: Fraction, bands: ChangeBands) -> Change:
    if abs(combined) <= bands.no_clear:
        return Change.NO_CLEAR_CHANGE
    if abs(combined) <= bands.some:
        return Change.SOMEWHAT_BETTER if combined > 0 else Change.SOMEWHAT_WORSE
    return Change.CLEARLY_BETTER if combined > 0 else Change.CLEARLY_WORSE


def change_of_grade(before: Grade, after: Grade) -> Change:
    """Return the word for a change of grade: one step is some change, more a clear one.

    Parameters
    ----------
    before, after : Grade, scalar

    Returns
    -------
    Change

    Source
    ------
    环办〔2011〕22号, 三(二), not confirmed in the text.

    Examples
    --------
    >>> change_of_grade(Grade.LIGHT, Grade.GOOD).label, change_of_grade(Grade.GOOD, Grade.HEAVY).label
    ('有所好转', '明显变差')
    """
    steps = before - after
    if steps == 0:
        return Change.NO_CLEAR_CHANGE
    if abs(steps) == 1:
        return Change.SOMEWHAT_BETTER if steps > 0 else Change.SOMEWHAT_WORSE
    return Change.CLEARLY_BETTER if steps > 0 else Change.CLEARLY_WORSE
