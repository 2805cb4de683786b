"""Reductions by works, accounted the same way for every pollutant (重点工程减排量核算).

The technical guide by which the ministry accounts reductions of 2021 to 2025 was not obtained. What
stands here is the balance of mass that any guide rests on, behind one interface: a *work* says by
which method it is accounted and gives the quantities the method asks for. A guide that is obtained
becomes another method; works, ledger and reports stay.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "Method",
    "Pollutant",
    "Reduction",
    "Work",
    "reduction_of",
    "reductions_by_pollutant",
]


class Pollutant(enum.StrEnum):
    """What is reduced (减排污染物)."""

    COD = "COD"
    NH3N = "NH3-N"
    NOX = "NOx"
    VOC = "VOC"


class Method(enum.StrEnum):
    """How a reduction is accounted (核算方法)."""

    CONCENTRATION = "concentration"
    EFFICIENCY = "efficiency"
    CLOSURE = "closure"
    MATERIAL = "material"


ASKED: Mapping[Method, tuple[str, ...]] = {
    Method.CONCENTRATION: ("volume", "before", "after"),
    Method.EFFICIENCY: ("generated_t", "before_percent", "after_percent"),
    Method.CLOSURE: ("emitted_t",),
    Method.MATERIAL: ("used_before_t", "content_before_percent", "used_after_t", "content_after_percent"),
}
"""Quantities of a year that each method asks for."""

WATER, GAS = 1_000_000, 1_000_000_000
"""What turns m³ times mg/L, or m³ times mg/m³, into t."""


@dataclass(frozen=True, slots=True)
class Work:
    """A finished work that reduces one pollutant (减排工程).

    ``months`` says in how many months of the year of accounting it ran: a work of July counts six.
    ``quantities`` are those of a full year; ``facility`` names the installation, so that none is
    counted twice for one pollutant.
    """

    facility: str
    pollutant: Pollutant
    method: Method
    quantities: Mapping[str, Exact]
    months: int = 12


@dataclass(frozen=True, slots=True)
class Reduction:
    """Tonnes of one pollutant, of which works, and the methods they were accounted by."""

    pollutant: Pollutant
    tonnes: Fraction
    facilities: tuple[str, ...] = ()
    methods: tuple[Method, ...] = field(default_factory=tuple)


def reduction_of(work: Work) -> Fraction:
    """Return what a work reduces in the year of accounting, in t.

    Parameters
    ----------
    work : Work
        ``concentration``: ``volume`` (m³ a year), ``before`` and ``after`` (mg/L of COD and NH3-N, mg/m³
        of NOx and VOC). ``efficiency``: ``generated_t`` and the share removed before and after, percent.
        ``closure``: ``emitted_t`` of the year before it closed. ``material``: ``used_before_t``,
        ``used_after_t`` and the share of VOC in each, percent.

    Returns
    -------
    Fraction
        t. Below zero where the work made it worse: that is told, never hidden.

    Raises
    ------
    ValueError
        A quantity is missing, unknown or negative; a share above 100; months outside 0 to 12; or
        ``material`` for anything but VOC.

    Notes
    -----
    A work counts in proportion to the months it ran; a guide may ask for days.

    Source
    ------
    Balance of mass; the national guide of 2021 to 2025 was not seen.

    Examples
    --------
    >>> sewage = {"volume": 3_650_000, "before": 60, "after": 30}
    >>> reduction_of(Work("一厂", Pollutant.COD, Method.CONCENTRATION, sewage))
    Fraction(219, 2)
    >>> reduction_of(Work("一厂", Pollutant.COD, Method.CONCENTRATION, sewage, months=6))
    Fraction(219, 4)
    """
    if not 0 <= work.months <= 12:
        raise ValueError(f"{work.facility}: {work.months} months of a year")
    if work.method is Method.MATERIAL and work.pollutant is not Pollutant.VOC:
        raise ValueError(f"{work.facility}: materials hold VOC, not {work.pollutant}")
    given = _quantities(work)
    return _FORMULAS[work.method](work.pollutant, given) * work.months / 12


def reductions_by_pollutant(works: Sequence[Work]) -> tuple[Reduction, ...]:
    """Return what works reduce together, for each pollutant, in the order of `Pollutant`.

    Parameters
    ----------
    works : sequence of Work
        Works of one year of accounting.

    Returns
    -------
    tuple of Reduction
        Only pollutants that a work names.

    Raises
    ------
    ValueError
        One facility is counted twice for one pollutant, or as `reduction_of`.

    Source
    ------
    As `reduction_of`.

    Examples
    --------
    >>> closed = Work("二厂", Pollutant.NOX, Method.CLOSURE, {"emitted_t": 12})
    >>> [(one.pollutant.value, one.tonnes) for one in reductions_by_pollutant([closed])]
    [('NOx', Fraction(12, 1))]
    """
    seen: set[tuple[str, Pollutant]] = set()
    for work in works:
        if (work.facility, work.pollutant) in seen:
            raise ValueError(f"{work.facility} is counted twice for {work.pollutant}")
        seen.add((work.facility, work.pollutant))
    found = []
    for pollutant in Pollutant:
        own = [work for work in works if work.pollutant is pollutant]
        if own:
            tonnes = sum((reduction_of(work) for work in own), Fraction(0))
            methods = tuple(dict.fromkeys(work.method for work in own))
            found.append(Reduction(pollutant, tonnes, tuple(work.facility for work in own), methods))
    return tuple(found)


def _quantities(work: Work) -> dict[str, Fraction]:
    asked = ASKED[work.method]
    if set(work.quantities) != set(asked):
        raise ValueError(
            f"{work.facility}: {work.method.value} asks for {', '.join(asked)}; "
            f"given are {', '.join(work.quantities) or 'none'}"
        )
    given = {name: exact(value) for name, value in work.quantities.items()}
    for name, value in given.items():
        if value < 0 or (name.endswith("_percent") and value > 100):
            raise ValueError(f"{work.facility}: {name} is {work.quantities[name]}")
    return given


def _by_concentration(pollutant: Pollutant, given: Mapping[str, Fraction]) -> Fraction:
    in_water = pollutant in (Pollutant.COD, Pollutant.NH3N)
    return given["volume"] * (given["before"] - given["after"]) / (WATER if in_water else GAS)


def _by_efficiency(_: Pollutant, given: Mapping[str, Fraction]) -> Fraction:
    return given["generated_t"] * (given["after_percent"] - given["before_percent"]) / 100


def _by_closure(_: Pollutant, given: Mapping[str, Fraction]) -> Fraction:
    return given["emitted_t"]


def _by_material(_: Pollutant, given: Mapping[str, Fraction]) -> Fraction:
    before = given["used_before_t"] * given["content_before_percent"]
    return (before - given["used_after_t"] * given["content_after_percent"]) / 100


_FORMULAS = {
    Method.CONCENTRATION: _by_concentration,
    Method.EFFICIENCY: _by_efficiency,
    Method.CLOSURE: _by_closure,
    Method.MATERIAL: _by_material,
}
