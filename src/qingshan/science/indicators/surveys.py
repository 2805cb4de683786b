"""Indicators out of surveys: a result or the mean of two, and whether enough were asked (抽样调查)."""

from __future__ import annotations

from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["sample_floor", "survey_mean", "survey_result"]


def sample_floor(population: int, per_mille: Exact = 1) -> int:
    """Return how many people have to be asked (调查人数下限).

    Parameters
    ----------
    population : int
        Inhabitants of the area.
    per_mille : Decimal, Fraction, int or str
        Least share of them, one in a thousand.

    Returns
    -------
    int
        Rounded up: a fraction of a person asked is not enough.

    Raises
    ------
    ValueError
        No inhabitants, or a share of zero or below.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 35 and 36: not fewer than one in a thousand.

    Examples
    --------
    >>> sample_floor(4_798_090), sample_floor(1000), sample_floor(1001)
    (4799, 1, 2)
    """
    share = exact(per_mille)
    if population <= 0 or share <= 0:
        raise ValueError(f"{per_mille} per mille of {population} inhabitants")
    asked = population * share / 1000
    return -(-asked.numerator // asked.denominator)


def survey_result(percent: Exact, asked: int, population: int) -> Fraction | Missing:
    """Return the result of a survey (知晓度), if enough people were asked.

    Parameters
    ----------
    percent : Decimal, Fraction, int or str
        Result as the agency reports it, percent.
    asked : int
        People who answered.
    population : int
        Inhabitants of the area.

    Returns
    -------
    Fraction or Missing
        Percent; Missing says how many were asked and how many had to be.

    Raises
    ------
    ValueError
        A result outside 0 to 100, or more people asked than live there.

    Notes
    -----
    Age, schooling, work and sex are to be taken into account in the choice of people; no count is set.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 35.

    Examples
    --------
    >>> survey_result("86.5", 4799, 4_798_090)
    Fraction(173, 2)
    >>> survey_result("86.5", 4798, 4_798_090)
    Missing(reason='4798_asked_of_4799_needed')
    """
    result = exact(percent)
    if not 0 <= result <= 100:
        raise ValueError(f"a result of {percent} %")
    if not 0 <= asked <= population:
        raise ValueError(f"{asked} asked of {population} inhabitants")
    needed = sample_floor(population)
    return result if asked >= needed else Missing(f"{asked}_asked_of_{needed}_needed")


def survey_mean(
    site_percent: Exact, agency_percent: Exact, asked_on_site: int, population: int
) -> Fraction | Missing:
    """Return the mean of two surveys of one question (满意度), if enough people were asked on site.

    Parameters
    ----------
    site_percent : Decimal, Fraction, int or str
        Result of the questionnaires that the assessors hand out, percent.
    agency_percent : Decimal, Fraction, int or str
        Result of an independent agency, percent.
    asked_on_site : int
        People who answered the assessors.
    population : int
        Inhabitants of the area.

    Returns
    -------
    Fraction or Missing
        Percent, not rounded.

    Raises
    ------
    ValueError
        A result outside 0 to 100, or more people asked than live there.

    Notes
    -----
    The text sets a number for the questionnaires only, not for the agency.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 36: the mean of both is the result.

    Examples
    --------
    >>> survey_mean("90", "85", 4799, 4_798_090)
    Fraction(175, 2)
    """
    agency = exact(agency_percent)
    if not 0 <= agency <= 100:
        raise ValueError(f"a result of {agency_percent} %")
    site = survey_result(site_percent, asked_on_site, population)
    return site if isinstance(site, Missing) else (site + agency) / 2
