"""Amounts discharged, from flow and concentration, with a stated rule for gaps (排放量、缺失数据处理)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "AmountCheck",
    "GapRule",
    "Ladder",
    "Load",
    "Rung",
    "amount_check",
    "hour_amount",
    "substitute",
    "total_load",
]


class GapRule(enum.StrEnum):
    """What an hour without an amount counts (缺失时段如何计)."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave_out"
    SUBSTITUTED = "substituted"


@dataclass(frozen=True, slots=True)
class Load:
    """An amount over a period, and how much of it was measured.

    ``amount_kg`` is Missing when the rule refuses gaps and there is one, or when nothing is known.
    """

    amount_kg: Fraction | Missing
    hours: int
    measured: int
    substituted: int
    left_out: int
    rule: GapRule


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: from this capture rate on, for gaps up to so long, look back so far."""

    capture_from: Fraction
    gap_to_h: int | None
    look_back_h: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps of substitution, the first that fits holds (替代数据的选取); below all of them there is none."""

    rungs: tuple[Rung, ...]
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class AmountCheck:
    """An amount against what a permit allows (许可排放量). ``within`` is Missing when the amount is."""

    within: bool | Missing
    remaining_kg: Fraction | Missing


def hour_amount(
    concentration: Exact | Missing, flow_m3: Exact | Missing, *, mg_per_litre: bool
) -> Fraction | Missing:
    """Return the amount discharged in an hour (小时排放量), in kg.

    Parameters
    ----------
    concentration : Decimal, Fraction, int, str or Missing
        mg/L of water, or mg/m³ of dry gas in the standard state.
    flow_m3 : Decimal, Fraction, int, str or Missing
        m³ in that hour; of gas in the same state as the concentration.
    mg_per_litre : bool
        True for water.

    Returns
    -------
    Fraction or Missing
        kg, exact. No flow is no discharge, whatever the concentration: zero.

    Raises
    ------
    ValueError
        A negative concentration or flow.

    Source
    ------
    Definition; 总量核算 "mean concentration times flow" in the permit rules.

    Examples
    --------
    >>> hour_amount("30", "250", mg_per_litre=True), hour_amount("35", "80000", mg_per_litre=False)
    (Fraction(15, 2), Fraction(14, 5))
    >>> hour_amount(Missing("maintenance"), 0, mg_per_litre=True)
    Fraction(0, 1)
    """
    if not isinstance(flow_m3, Missing) and exact(flow_m3) == 0:
        return Fraction(0)
    if isinstance(flow_m3, Missing):
        return flow_m3
    if isinstance(concentration, Missing):
        return concentration
    if exact(flow_m3) < 0 or exact(concentration) < 0:
        raise ValueError(f"{concentration} in {flow_m3} m³: neither is below zero")
    return exact(concentration) * exact(flow_m3) / (1000 if mg_per_litre else 1_000_000)


def total_load(amounts: Sequence[Fraction | Missing], rule: GapRule, substitutes: int = 0) -> Load:
    """Return the amount of a period out of its hours.

    Parameters
    ----------
    amounts : sequence of Fraction or Missing
        kg of each hour in which the outlet discharged.
    rule : GapRule
        ``refuse``: a gap leaves no total. ``leave_out``: the total of what is known, with the number of
        hours it lacks; never a full total. ``substituted``: gaps were filled before, by `substitute`.
    substitutes : int
        How many of the amounts are substitutes.

    Returns
    -------
    Load
        With the rule, so that a printed figure says how gaps were counted.

    Raises
    ------
    ValueError
        Substitutes under another rule, or more of them than amounts.

    Source
    ------
    Missing stays missing: a total over missing parts says how many were missing (design of this project).

    Examples
    --------
    >>> found = total_load([Fraction(2), Missing("fault"), Fraction(3)], GapRule.LEAVE_OUT)
    >>> found.amount_kg, found.hours, found.left_out, found.rule.value
    (Fraction(5, 1), 3, 1, 'leave_out')
    """
    known = [amount for amount in amounts if not isinstance(amount, Missing)]
    if substitutes and rule is not GapRule.SUBSTITUTED:
        raise ValueError(f"{substitutes} substitutes under the rule {rule.value!r}")
    if not 0 <= substitutes <= len(known):
        raise ValueError(f"{substitutes} substitutes among {len(known)} amounts")
    gaps = len(amounts) - len(known)
    total: Fraction | Missing = sum(known, Fraction(0))
    if not known or (gaps and rule is not GapRule.LEAVE_OUT):
        total = Missing(f"{gaps}_of_{len(amounts)}_hours_missing")
    return Load(total, len(amounts), len(known) - substitutes, substitutes, gaps, rule)


def substitute(
    gap_h: int, capture_percent: Exact, valid_before: Sequence[Fraction], ladder: Ladder
) -> Fraction | Missing:
    """Return the amount that each hour of a gap counts: the largest valid one of the hours before.

    Parameters
    ----------
    gap_h : int
        Hours of the gap.
    capture_percent : Decimal, Fraction, int or str
        Capture rate of the quarter, percent.
    valid_before : sequence of Fraction
        Valid hourly amounts, kg, oldest first: before the last good calibration where the device was out
        of control, before the failure where it was in maintenance or broken. The caller picks which.
    ladder : Ladder
        Steps of the edition in force.

    Returns
    -------
    Fraction or Missing
        kg an hour. Missing below the lowest capture rate (manual data or a decision takes its place), and
        where fewer valid hours are there than the step looks back on.

    Raises
    ------
    ValueError
        A gap of no hours, or a capture rate outside 0 to 100.

    Notes
    -----
    Silent: a short history. A maximum over fewer hours would be too low, so there is none.
    Amounts are substituted, never concentrations.

    Source
    ------
    HJ 75—2017, substitution of emission amounts of SO2, NOx and particulate matter, as an enforcement
    program applies it (one source).

    Examples
    --------
    >>> ladder = Ladder((Rung(Fraction(90), 24, 3), Rung(Fraction(90), None, 5)))
    >>> before = [Fraction(n) for n in (9, 1, 4, 2, 3)]
    >>> substitute(24, "92.5", before, ladder), substitute(25, "92.5", before, ladder)
    (Fraction(4, 1), Fraction(9, 1))
    """
    capture = exact(capture_percent)
    if gap_h < 1 or not 0 <= capture <= 100:
        raise ValueError(f"a gap of {gap_h} h at a capture rate of {capture_percent} %")
    for rung in ladder.rungs:
        if capture >= rung.capture_from and (rung.gap_to_h is None or gap_h <= rung.gap_to_h):
            if len(valid_before) < rung.look_back_h:
                return Missing(f"{len(valid_before)}_of_{rung.look_back_h}_valid_hours")
            return max(valid_before[-rung.look_back_h :])
    return Missing("capture_rate_too_low_for_substitution")


def amount_check(actual_kg: Fraction | Missing, permitted_kg: Exact) -> AmountCheck:
    """Return whether an amount lies within what a permit allows, and what is left.

    Parameters
    ----------
    actual_kg : Fraction or Missing
        Amount of the year, or of a special period, kg; see `total_load`.
    permitted_kg : Decimal, Fraction, int or str
        Permitted amount of the same period, kg.

    Returns
    -------
    AmountCheck
        The permitted amount itself is within; what is left is negative beyond it.

    Raises
    ------
    ValueError
        A negative permitted amount.

    Source
    ------
    排污许可管理条例, 许可排放量; special periods are compared on their own.

    Examples
    --------
    >>> amount_check(Fraction(1200), "1000")
    AmountCheck(within=False, remaining_kg=Fraction(-200, 1))
    """
    permitted = exact(permitted_kg)
    if permitted < 0:
        raise ValueError(f"a permitted amount of {permitted_kg} kg")
    if isinstance(actual_kg, Missing):
        return AmountCheck(actual_kg, actual_kg)
    return AmountCheck(actual_kg <= permitted, permitted - actual_kg)
