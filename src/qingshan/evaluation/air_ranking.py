"""Orders cities as the monthly tables of a province do (月度排名)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact
from qingshan.science.statistics import ranks
from qingshan.standards.public import Edition, NoSuchValue, rules_on

__all__ = ["GUANGDONG", "monthly_ranking"]

GUANGDONG = "广东省城市空气质量月度排名"


def monthly_ranking(
    figures: Mapping[str, Mapping[str, Exact | Missing]],
    ranking: str,
    on: date,
    standard: str = GUANGDONG,
    editions: Iterable[Edition] | None = None,
) -> tuple[dict[str, int | Missing], Basis]:
    """Return the rank of every city in one of the tables of a month, and what that rests on.

    Parameters
    ----------
    figures : mapping of city to mapping of figure to decimal or Missing
        ``composite_index``, ``PM2.5`` (µg/m³), ``good_day_ratio`` (percent), as published.
    ranking : str
        ``composite_index``, ``pm25`` or ``good_day_ratio``.
    on : date
        A day of the month.
    standard, editions
        Whose order, and where to look it up.

    Returns
    -------
    (dict, Basis)
        A city without one of the figures has no rank (``figure_missing``) and takes no place.

    Raises
    ------
    NoSuchValue
        There is no such table.

    Examples
    --------
    >>> from datetime import date
    >>> rows = {"甲": {"good_day_ratio": 100, "PM2.5": 21}, "乙": {"good_day_ratio": 100, "PM2.5": 18}}
    >>> monthly_ranking(rows, "good_day_ratio", date(2024, 3, 1))[0]
    {'甲': 2, '乙': 1}
    """
    rules = rules_on(standard, on, editions)
    named = rules.cells("ranking_keys", ranking=ranking, part="figure")
    if not named:
        raise NoSuchValue(f"{standard} has no table {ranking!r}")
    orders = rules.cells("ranking_keys", ranking=ranking, part="order")
    keys = [str(cell.value) for cell in named]
    rows = {city: _row(own, keys) for city, own in figures.items()}
    return ranks(rows, [cell.value == "falling" for cell in orders]), rules.basis(*named, *orders)


def _row(own: Mapping[str, Exact | Missing], keys: list[str]) -> list[Exact] | Missing:
    found: list[Exact] = []
    for key in keys:
        value = own.get(key, Missing("figure_missing"))
        if isinstance(value, Missing):
            return Missing("figure_missing")
        found.append(value)
    return found
