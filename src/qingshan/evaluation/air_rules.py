"""Turns an edition's values into the arguments that the calculations of the air ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from qingshan.kernel.basis import Basis
from qingshan.science.air import Grade, IndexRules, ItemRules, OzoneDayRules, PeriodRules, Scale
from qingshan.standards.public import Cell, Edition, NoSuchValue, Rulebook, editions_of

__all__ = [
    "POLLUTANTS",
    "NotInThisEdition",
    "composite_limits",
    "composite_weights",
    "decimals_of",
    "index_rules",
    "item_rules",
    "limit_of",
    "ozone_day_rules",
    "period_rules",
    "reporting_decimals",
    "require_part",
    "scale_of",
]

POLLUTANTS = ("SO2", "NO2", "CO", "O3", "PM10", "PM2.5")
"""The six basic pollutants (基本项目)."""


class NotInThisEdition(LookupError):
    """Not available in this edition (本版不可用): it lacks this part, or the rules of it were not seen."""


def scale_of(rules: Rulebook, parameter: str, averaging: str) -> Scale:
    """Return the scale of a pollutant and averaging time, in whole reporting steps."""
    decimals = decimals_of(rules, parameter)
    cells = [
        c for c in rules.cells("breakpoints", parameter=parameter, averaging=averaging) if c.value is not None
    ]
    special = rules.cells("above_scale", parameter=parameter, averaging=averaging)
    above = special[0].value if special else rules.number("above_top", parameter="any")
    return Scale(
        limits=tuple(int(cell.number.scaleb(decimals)) for cell in cells),
        rungs=tuple(int(cell.keys["sub_index"]) for cell in cells),
        decimals=decimals,
        above=int(above) if isinstance(above, Decimal) else None,
    )


def index_rules(rules: Rulebook, report: str) -> IndexRules:
    """Return what an edition of HJ 633 asks of an index.

    Parameters
    ----------
    rules : Rulebook
        Of HJ 633.
    report : str
        ``hourly``, ``daily``, or ``station_feed`` (2012: how the national feed computes the hour).
        Indicators are named ``PM2.5_24h``, ``O3_8h`` ...

    Raises
    ------
    NotInThisEdition
        The edition has no such report.
    """
    used = rules.cells("indicators", report=report)
    if not used:
        raise NotInThisEdition(f"{rules.name} 没有 {report} 指数")
    scales = {
        f"{cell.keys['parameter']}_{cell.keys['averaging']}": scale_of(
            rules, cell.keys["parameter"], str(cell.value)
        )
        for cell in used
    }
    return IndexRules(
        scales=scales,
        grades=_grades(rules),
        primary_above=int(rules.number("primary", rule="named_above")),
        over_standard_above=_over_standard(rules),
        lowest=int(rules.number("range", end="lowest")),
        fallbacks=_fallbacks(rules, scales),
        basis=rules.basis(
            *used, *rules.cells("breakpoints"), *rules.cells("rounding"), *rules.cells("primary")
        ),
    )


def _grades(rules: Rulebook) -> tuple[Grade, ...]:
    found: dict[int, dict[str, object]] = {}
    for cell in rules.cells("categories"):
        found.setdefault(int(cell.keys["level"]), {})[cell.keys["part"]] = cell.value
    return tuple(
        Grade(
            level,
            int(Decimal(str(part["highest"]))),
            str(part["name"]),
            str(part["colour"]),
            str(part["rgb"]),
        )
        for level, part in sorted(found.items())
    )


def _over_standard(rules: Rulebook) -> int | None:
    if not rules.has("over_standard"):
        return None
    return int(rules.number("over_standard", rule="named_above"))


def _fallbacks(rules: Rulebook, scales: Mapping[str, Scale]) -> dict[str, tuple[str, Scale]]:
    if not rules.has("reported_instead"):
        return {}
    found = {}
    for cell in rules.cells("reported_instead"):
        parameter, instead = cell.keys["parameter"], str(cell.value)
        name = f"{parameter}_{cell.keys['averaging']}"
        if name in scales:
            found[name] = (f"{parameter}_{instead}", scale_of(rules, parameter, instead))
    return found


def decimals_of(rules: Rulebook, parameter: str) -> int:
    """Return the decimals of the reporting step, from HJ 633."""
    return int(rules.number("decimals", parameter=parameter))


def reporting_decimals(editions: Iterable[Edition] | None = None) -> dict[str, int]:
    """Return the decimals of every pollutant's reporting step, which all editions of HJ 633 share.

    Raises
    ------
    NoSuchValue
        Two editions differ: then a table could not be read before its days are known.
    """
    by_edition = [
        {name: decimals_of(Rulebook(edition, None), name) for name in POLLUTANTS}
        for edition in editions_of("HJ 633", editions)
    ]
    if any(found != by_edition[0] for found in by_edition):
        raise NoSuchValue("the editions of HJ 633 differ in their reporting steps")
    return by_edition[0]


def limit_of(rules: Rulebook, parameter: str, averaging: str, grade: int = 2) -> Cell:
    """Return a limit of GB 3095 with its clause."""
    return rules.cell("limits", parameter=parameter, averaging=averaging, grade=grade)


def period_rules(limits: Rulebook) -> PeriodRules:
    """Return the least numbers of valid days, from GB 3095."""

    def days(statistic: str) -> int:
        return int(limits.number("validity", statistic=statistic, rule="min_days"))

    return PeriodRules(days("month"), days("february"), days("year"))


def ozone_day_rules(limits: Rulebook, evaluation: Rulebook, grade: int = 2) -> OzoneDayRules:
    """Return what makes a daily ozone maximum valid: hours from GB 3095, windows from HJ 663."""

    def rule(name: str) -> int:
        return int(evaluation.number("o3_daily_maximum", rule=name))

    first = rule("first_window_ends")
    return OzoneDayRules(
        hours_per_window=first,  # the first window that lies wholly in the day ends at its own length
        min_hours=int(limits.number("validity", statistic="o3_8h", rule="min_hours")),
        first_window_ends=first,
        last_window_ends=rule("last_window_ends"),
        min_windows=rule("min_windows"),
        limit=int(limit_of(limits, "O3", "mda8", grade).number),
    )


def item_rules(
    limits: Rulebook, evaluation: Rulebook, parameter: str, grade: int = 2
) -> tuple[ItemRules, Basis]:
    """Return how a pollutant is evaluated over a year, and what that rests on.

    Parameters
    ----------
    limits, evaluation : Rulebook
        Of GB 3095 and of HJ 663.
    """
    high = evaluation.cells("annual_items", parameter=parameter, statistic="percentile")[0]
    has_mean = bool(evaluation.cells("annual_items", parameter=parameter, statistic="mean"))
    daily = limit_of(limits, parameter, high.keys["averaging"], grade)
    annual = limit_of(limits, parameter, "annual", grade) if has_mean else None
    shown = evaluation.cell("decimals", parameter=parameter, use="statistics")
    compared = evaluation.cell("decimals", parameter=parameter, use="attainment")
    item = ItemRules(
        decimals=int(compared.number),
        statistics_decimals=int(shown.number),
        attainment_decimals=int(compared.number),
        annual_limit=annual.number if annual else None,
        daily_limit=daily.number,
        percent=int(high.number),
    )
    used = (daily, annual) if annual else (daily,)
    return item, limits.basis(*used) | evaluation.basis(high, shown, compared)


def composite_limits(limits: Rulebook, ranking: Rulebook) -> tuple[dict[str, Decimal], Basis]:
    """Return the grade 2 limit of each pollutant of the composite index."""
    items = ranking.cells("composite_items")
    cells = {c.keys["parameter"]: limit_of(limits, c.keys["parameter"], str(c.value)) for c in items}
    numbers = {parameter: cell.number for parameter, cell in cells.items()}
    return numbers, limits.basis(*cells.values()) | ranking.basis(*items)


def composite_weights(ranking: Rulebook, chosen: str = "equal") -> tuple[dict[str, Decimal], Basis]:
    """Return a set of weights; ``claimed_2026`` is not verified and says so."""
    cells = ranking.cells("composite_weights", set=chosen)
    return {cell.keys["parameter"]: cell.number for cell in cells}, ranking.basis(*cells)


def require_part(evaluation: Rulebook, part: str) -> None:
    """Refuse a part of the evaluation that the edition does not have, or whose rules were not seen.

    Raises
    ------
    NotInThisEdition
        Exceptional events and the three-year mean: named by HJ 663-2026, rules not seen; not in
        HJ 663-2013.
    """
    state = evaluation.cell("available", part=part).value
    if state != "available":
        raise NotInThisEdition(f"{evaluation.code} {part}：本版不可用（{state}）")
