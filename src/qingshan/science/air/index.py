"""The air quality index of an hour or a day (空气质量指数, AQI): sub-indices, grade, primary pollutants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingshan.kernel.basis import Basis, Missing
from qingshan.science.air.scale import Scale, sub_index

__all__ = ["AirIndex", "Grade", "IndexRules", "Publication", "air_index", "grade_of", "publication"]


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of the index (级别): its highest value, name and colour."""

    level: int
    highest: int
    name: str
    colour: str
    rgb: str


@dataclass(frozen=True, slots=True)
class IndexRules:
    """What an edition asks of an hourly or a daily index.

    Parameters
    ----------
    scales : mapping of str to Scale
        Indicator to its scale, in the order in which pollutants are named.
    grades : tuple of Grade
        Rising.
    primary_above : int
        Above this index the pollutants with the largest sub-index are primary.
    over_standard_above : int or None
        Sub-index above which a pollutant is over the standard; None where the edition has no such term.
    lowest : int
        Least value of the index.
    fallbacks : mapping of str to (str, Scale)
        Indicator to the one reported in its place when it lies above its scale, with the other's scale.
    basis : Basis
        Edition and clauses that these rules come from.
    """

    scales: Mapping[str, Scale]
    grades: tuple[Grade, ...]
    primary_above: int
    over_standard_above: int | None = None
    lowest: int = 0
    fallbacks: Mapping[str, tuple[str, Scale]] = field(default_factory=dict)
    basis: Basis = field(default_factory=Basis)

    @property
    def known(self) -> frozenset[str]:
        """Every indicator that may be given."""
        return frozenset(self.scales) | {name for name, _ in self.fallbacks.values()}


@dataclass(frozen=True, slots=True)
class AirIndex:
    """An index with everything that is published beside it, and what it rests on."""

    aqi: int
    sub_indices: Mapping[str, int | Missing]
    primary: tuple[str, ...]
    over_standard: tuple[str, ...]
    grade: Grade
    basis: Basis

    @property
    def missing(self) -> tuple[str, ...]:
        """Indicators without a sub-index."""
        return tuple(name for name, value in self.sub_indices.items() if isinstance(value, Missing))


def air_index(concentrations: Mapping[str, int | Missing], rules: IndexRules) -> AirIndex | Missing:
    """Return the index of an hour or a day: the largest sub-index, and whose it is.

    Parameters
    ----------
    concentrations : mapping of str to int or Missing
        Indicator to its concentration in reporting steps. An indicator that is not there
        counts as missing (``not_given``).
    rules : IndexRules
        Of the edition in force on the day of the data, for an hour or for a day.

    Returns
    -------
    AirIndex or Missing
        Missing (``no_sub_index``) when no indicator has one. Otherwise the index rests on those
        that are there; whether it may be published then is a second question, see `publication`.

    Raises
    ------
    NegativeConcentration
        A concentration is below zero.
    KeyError
        An indicator that the rules do not know.

    Notes
    -----
    Pollutants over the standard are named from the worst on. Ties: every pollutant whose
    rounded sub-index equals the index is primary. One that lies above a scale which ends is
    reported by its other averaging time, where that is given.

    Source
    ------
    HJ 633-2012, clauses 4.3, 4.4 and 4.4.2; HJ 633-2026, clauses 4.2 and 4.3.1.

    Examples
    --------
    >>> scale = Scale((0, 35, 60, 115), (0, 50, 100, 150), 0, 500)
    >>> grades = (Grade(1, 100, "a", "", ""), Grade(2, 500, "b", "", ""))
    >>> rules = IndexRules({"PM2.5": scale, "PM10": scale}, grades, 50)
    >>> found = air_index({"PM2.5": 61, "PM10": 61}, rules)
    >>> found.aqi, found.primary, found.grade.name
    (101, ('PM2.5', 'PM10'), 'b')
    """
    if strange := set(concentrations) - rules.known:
        raise KeyError(f"no scale for {sorted(strange)}; the rules know {sorted(rules.known)}")
    found = {name: _sub_index(concentrations.get(name), scale) for name, scale in rules.scales.items()}
    for name, (other, scale) in rules.fallbacks.items():
        if found[name] == Missing("above_scale"):
            found[other] = _sub_index(concentrations.get(other), scale)
    present = {name: value for name, value in found.items() if not isinstance(value, Missing)}
    if not present:
        return Missing("no_sub_index")
    aqi = max(rules.lowest, *present.values())
    primary = (
        tuple(name for name, value in present.items() if value == aqi) if aqi > rules.primary_above else ()
    )
    return AirIndex(
        aqi, found, primary, _over_standard(present, rules), grade_of(aqi, rules.grades), rules.basis
    )


def grade_of(aqi: int, grades: tuple[Grade, ...]) -> Grade:
    """Return the grade that an index falls in; the last one has no upper end.

    Parameters
    ----------
    aqi : int, scalar
    grades : tuple of Grade
        Rising, of the edition.

    Returns
    -------
    Grade

    Source
    ------
    HJ 633-2012, table 1 and annex A; HJ 633-2026, table 2 and annex A.

    Examples
    --------
    >>> grades = (Grade(2, 100, "良", "黄色", "#FFFF00"), Grade(3, 150, "轻度污染", "橙色", "#FF7E00"))
    >>> grade_of(101, grades).name
    '轻度污染'
    """
    return next((grade for grade in grades if aqi <= grade.highest), grades[-1])


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether an index may be published, and what stands in its place (是否公布)."""

    is_published: bool
    mark: str
    marks: Mapping[str, str]


def publication(
    aqi: int,
    *,
    missing: tuple[str, ...] = (),
    not_monitored: Mapping[str, int] | None = None,
    publish_only_above: int = 100,
    years_needed: int = 3,
    mark_missing: str = "NA",
    mark_not_monitored: str = "/",
) -> Publication:
    """Return whether an index that rests on fewer pollutants than asked for may be published.

    Parameters
    ----------
    aqi : int
        Index of the pollutants that are there.
    missing : tuple of str
        Pollutants without a valid value.
    not_monitored : mapping of str to int
        Pollutants outside the monitoring plan, and for how many years on end each was measured
        without being primary on a day of light pollution or worse.
    publish_only_above, years_needed, mark_missing, mark_not_monitored
        Of the edition.

    Returns
    -------
    Publication

    Source
    ------
    HJ 633-2026, clause 5.3. The 2012 edition has no such rule.

    Examples
    --------
    >>> publication(88, missing=("PM10",)).mark
    'NA'
    >>> publication(130, missing=("PM10",)).is_published
    True
    >>> publication(72, not_monitored={"CO": 3}).marks
    {'CO': '/'}
    """
    outside = not_monitored or {}
    hindering = [*missing, *(name for name, years in outside.items() if years < years_needed)]
    is_published = not hindering or aqi > publish_only_above
    marks = dict.fromkeys(missing, mark_missing) | dict.fromkeys(outside, mark_not_monitored)
    return Publication(is_published, "" if is_published else mark_missing, marks)


def _sub_index(steps: int | Missing | None, scale: Scale) -> int | Missing:
    if steps is None:
        return Missing("not_given")
    return steps if isinstance(steps, Missing) else sub_index(steps, scale)


def _over_standard(present: Mapping[str, int], rules: IndexRules) -> tuple[str, ...]:
    if rules.over_standard_above is None:
        return ()
    over = {name: value for name, value in present.items() if value > rules.over_standard_above}
    return tuple(sorted(over, key=lambda name: -over[name]))
