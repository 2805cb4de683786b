"""Indicators in words: met when everything that is asked for is shown (定性指标)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["Bound", "Fulfilment", "fulfilment", "within"]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number must reach or must not exceed; an end that is None is open."""

    at_least: Exact | None = None
    at_most: Exact | None = None


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Whether everything asked for is met (是否达到要求).

    ``met`` is False as soon as one requirement is not met, Missing when none failed and some are unknown.
    """

    met: bool | Missing
    failed: tuple[str, ...]
    unknown: tuple[str, ...]


def fulfilment(answers: Mapping[str, bool | Missing]) -> Fulfilment:
    """Return whether every requirement is met, and which are not.

    Parameters
    ----------
    answers : mapping of requirement to bool or Missing
        What was found, with its evidence kept elsewhere.

    Returns
    -------
    Fulfilment

    Raises
    ------
    ValueError
        No requirement: nothing asked is not everything met.
    TypeError
        An answer that is neither yes, no nor Missing.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 1, 3 to 8, 14, 16 to 19 and 21: each names what is asked for.

    Examples
    --------
    >>> fulfilment({"approved": True, "carried_out": Missing("not_reported")}).met
    Missing(reason='unknown_carried_out')
    >>> fulfilment({"approved": False, "carried_out": Missing("not_reported")})
    Fulfilment(met=False, failed=('approved',), unknown=('carried_out',))
    """
    if not answers:
        raise ValueError("no requirement is given")
    for name, answer in answers.items():
        if not isinstance(answer, bool | Missing):
            raise TypeError(f"{name} is {answer!r}; the answer is yes, no or Missing")
    failed = tuple(name for name, answer in answers.items() if answer is False)
    unknown = tuple(name for name, answer in answers.items() if isinstance(answer, Missing))
    met: bool | Missing = not failed
    if unknown and not failed:
        met = Missing(f"unknown_{'_and_'.join(unknown)}")
    return Fulfilment(met, failed, unknown)


def within(value: Exact, bound: Bound) -> bool:
    """Return whether a number is what is asked of it.

    Parameters
    ----------
    value : Decimal, Fraction, int or str
        Any unit, that of the bound.
    bound : Bound
        Both ends belong to it.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        A bound without any end.

    Source
    ------
    As `fulfilment`: two years in force, four fifths of the projects finished, no grave event in three years.

    Examples
    --------
    >>> within(80, Bound(at_least=80)), within(1, Bound(at_most=0))
    (True, False)
    """
    if bound.at_least is None and bound.at_most is None:
        raise ValueError("a bound without an end asks for nothing")
    number = exact(value)
    reaches = bound.at_least is None or number >= exact(bound.at_least)
    return reaches and (bound.at_most is None or number <= exact(bound.at_most))
