"""Steps of work on outfalls into rivers and seas, and how far it has come (入河入海排污口 查测溯治)."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Missing

__all__ = ["OutfallStep", "Progress", "next_step", "progress"]


class OutfallStep(IntEnum):
    """Steps of work on one outfall, in their order."""

    SURVEY = 1
    MONITOR = 2
    TRACE = 3
    REMEDIATE = 4

    @property
    def label(self) -> str:
        """The word of the office's opinion."""
        return ("查", "测", "溯", "治")[self - 1]


def next_step(done: Set[OutfallStep]) -> OutfallStep | None:
    """Return the step an outfall waits for.

    Parameters
    ----------
    done : set of OutfallStep

    Returns
    -------
    OutfallStep or None
        None when all four are done.

    Raises
    ------
    ValueError
        A later step is done before an earlier one: an outfall that was not surveyed cannot have
        been traced.

    Source
    ------
    国办函〔2022〕17号: survey, monitor, trace, remediate.

    Examples
    --------
    >>> next_step({OutfallStep.SURVEY, OutfallStep.MONITOR}).label
    '溯'
    """
    waiting = next((step for step in OutfallStep if step not in done), None)
    if waiting is not None and any(step > waiting for step in done):
        later = "、".join(step.label for step in sorted(done) if step > waiting)
        raise ValueError(f"{later} is done, {waiting.label} is not")
    return waiting


@dataclass(frozen=True, slots=True)
class Progress:
    """How far work on a set of outfalls has come, in percent; Missing over an empty whole."""

    surveyed: Fraction | Missing
    monitored: Fraction | Missing
    traced: Fraction | Missing
    remediated: Fraction | Missing


def progress(planned: int, outfalls: Iterable[Set[OutfallStep]]) -> Progress:
    """Return the shares of outfalls that are surveyed, monitored, traced and remediated.

    Parameters
    ----------
    planned : int
        Outfalls that are to be surveyed.
    outfalls : iterable of set of OutfallStep
        Steps done at each outfall found so far.

    Returns
    -------
    Progress
        Surveyed out of planned; the others out of those surveyed. Not rounded.

    Raises
    ------
    ValueError
        A negative plan, more surveyed than planned, or steps out of order.

    Notes
    -----
    No document was found that fixes these shares; they are the plain ones.

    Source
    ------
    国办函〔2022〕17号 names the steps and the goals of 2025, not the shares.

    Examples
    --------
    >>> found = progress(4, [{OutfallStep.SURVEY}, {OutfallStep.SURVEY, OutfallStep.MONITOR}])
    >>> found.surveyed, found.monitored, found.remediated
    (Fraction(50, 1), Fraction(50, 1), Fraction(0, 1))
    """
    known = list(outfalls)
    for done in known:
        next_step(done)
    counts = [sum(step in done for done in known) for step in OutfallStep]
    if planned < counts[0]:
        raise ValueError(f"{counts[0]} outfalls are surveyed, {planned} were planned")
    wholes = [planned, *[counts[0]] * 3]
    shares = [_percent(count, whole) for count, whole in zip(counts, wholes, strict=True)]
    return Progress(*shares)


def _percent(part: int, whole: int) -> Fraction | Missing:
    return Fraction(part * 100, whole) if whole else Missing("nothing_to_do")
