"""Hour and day means of what an outlet discharges, and how complete they are (小时均值、日均值、捕集率)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["capture_rate", "effective_transmission_rate", "valid_mean", "weighted_mean"]

Reading = Exact | Missing
"""One value, or why there is none."""


def valid_mean(values: Sequence[Reading], required: int) -> Fraction | Missing:
    """Return the arithmetic mean of an hour or a day, if enough values of it are valid.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int, str or Missing
        Minute means of an hour, or hour means of a day, any one unit; one for each that was due.
    required : int
        Valid values that have to be there: 45 minutes of an hour, 20 hours of a day for gas.

    Returns
    -------
    Fraction or Missing
        Exact and not rounded, in the unit of the values; Missing names how many were valid.

    Raises
    ------
    TypeError
        A binary float.
    ValueError
        A negative concentration, or fewer than one value required.

    Notes
    -----
    A missing value is left out of the mean, never read as zero.

    Source
    ------
    HJ 212—2017, annex D (gas: 45 valid minutes, 20 valid hours); HJ 76—2017, annex B, as quoted.

    Examples
    --------
    >>> valid_mean(["30", "34", Missing("device_fault")], required=2)
    Fraction(32, 1)
    >>> valid_mean(["30", Missing("device_fault")], required=2)
    Missing(reason='1_valid_of_2_required')
    """
    if required < 1:
        raise ValueError(f"{required} values required; ask for one or more")
    numbers = _amounts(values)
    if len(numbers) < required:
        return Missing(f"{len(numbers)}_valid_of_{required}_required")
    return sum(numbers, Fraction(0)) / len(numbers)


def weighted_mean(values: Sequence[Reading], flows: Sequence[Reading], required: int) -> Fraction | Missing:
    """Return the mean of concentrations weighted by the water that carried them (流量加权均值).

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int, str or Missing
        Concentrations, any one unit.
    flows : sequence of Decimal, Fraction, int, str or Missing
        Flow or volume of the same spans, any one unit.
    required : int
        Spans that need both values and a flow above zero.

    Returns
    -------
    Fraction or Missing
        Exact, in the unit of the concentrations.

    Raises
    ------
    ValueError
        Lists of different length, a negative value, or fewer than one required.

    Notes
    -----
    A span without flow has no discharge, so its concentration takes no part; it counts as not valid.

    Source
    ------
    HJ 212—2017, annex D (water: volume-weighted mean); 财税〔2018〕23号, 一 (weighted by flow).

    Examples
    --------
    >>> weighted_mean(["40", "100", "60"], ["3", "1", "0"], required=2)
    Fraction(55, 1)
    """
    if required < 1:
        raise ValueError(f"{required} values required; ask for one or more")
    pairs = [(_amounts([value]), _amounts([flow])) for value, flow in zip(values, flows, strict=True)]
    usable = [(value[0], flow[0]) for value, flow in pairs if value and flow and flow[0] > 0]
    if len(usable) < required:
        return Missing(f"{len(usable)}_valid_of_{required}_required")
    carried = sum((value * flow for value, flow in usable), Fraction(0))
    return carried / sum((flow for _, flow in usable), Fraction(0))


def capture_rate(hours: int, stopped: int, invalid: int) -> Fraction | Missing:
    """Return the share of running hours whose data are valid (有效数据捕集率).

    Parameters
    ----------
    hours : int
        Hours of the quarter.
    stopped : int
        Hours in which the plant stood still.
    invalid : int
        Running hours without valid data.

    Returns
    -------
    Fraction or Missing
        Percent, not rounded; Missing where the plant never ran.

    Raises
    ------
    ValueError
        A negative number, or more stopped and invalid hours than there are.

    Source
    ------
    HJ 75—2017, per factor and quarter, as an enforcement program computes it (one source).

    Examples
    --------
    >>> capture_rate(2208, 208, 150)
    Fraction(185, 2)
    """
    running = hours - stopped
    if min(hours, stopped, invalid) < 0 or invalid > running:
        raise ValueError(f"{stopped} stopped and {invalid} invalid of {hours} hours cannot be")
    return Fraction(100 * (running - invalid), running) if running else Missing("never_ran")


def effective_transmission_rate(due: int, received: int, valid: int) -> Fraction | Missing:
    """Return transmission rate times validity rate (传输有效率).

    Parameters
    ----------
    due, received, valid : int
        Values that were due, that arrived, and those of them that are valid; for one outlet and kind of data.

    Returns
    -------
    Fraction or Missing
        Percent, not rounded: received in due times valid in received. Missing where nothing was due or came.

    Raises
    ------
    ValueError
        A negative number, or more valid than received, or more received than due.

    Source
    ------
    污染物排放自动监测设备标记规则 (公告2022年第21号), as a public platform quotes it.

    Examples
    --------
    >>> effective_transmission_rate(720, 706, 690)
    Fraction(575, 6)
    """
    if not 0 <= valid <= received <= due:
        raise ValueError(f"{valid} valid, {received} received, {due} due: each is a part of the next")
    return Fraction(100 * valid, due) if received else Missing("nothing_received")


def _amounts(values: Sequence[Reading]) -> list[Fraction]:
    numbers = [exact(value) for value in values if not isinstance(value, Missing)]
    if any(number < 0 for number in numbers):
        raise ValueError("a negative value: what is discharged is never below zero")
    return numbers
