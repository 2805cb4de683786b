"""Evaluates sections over months, quarters or years, and the rivers they belong to (时段评价).

A month is the mean of its samples, a quarter and a year the mean of their months. Means
are judged unrounded. Rows that repeat a section and time count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qingshan.evaluation.sample_times import SampleTime
from qingshan.evaluation.water import SampleVerdict
from qingshan.evaluation.water_profile import WaterProfile
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.evaluation.water_samples import Place
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, round_places
from qingshan.science.water.averaging import PeriodRule, item_mean, mean_over_period, mean_over_sections
from qingshan.science.water.basin import Shares, basin_grade, river_main_pollutants, section_shares
from qingshan.science.water.classes import Grade, WaterClass
from qingshan.science.water.readings import Reading, amount
from qingshan.science.water.section import MainPollutant, SectionClass, main_pollutants, section_class
from qingshan.science.water.trophic import TrophicState, trophic_state
from qingshan.standards.public import BeforeFirstEdition

__all__ = ["GroupPeriod", "Period", "SectionPeriod", "evaluate_groups", "evaluate_sections"]

MonthKey = tuple[int, int]


class Period(StrEnum):
    """What is put together before it is judged (评价时段)."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def label(self, month: MonthKey) -> str:
        """The period that a month belongs to, as printed: 2021-04, 2021-Q2, 2021."""
        year, number = month
        if self is Period.MONTH:
            return f"{year}-{number:02}"
        return f"{year}-Q{(number + 2) // 3}" if self is Period.QUARTER else str(year)


@dataclass(frozen=True, slots=True)
class SectionPeriod:
    """One section over one period: means, class, main pollutants, and why items are missing.

    ``trophic`` is the trophic state of a lake; None for a river, or when no item of it has a mean.
    """

    place: Place
    period: str
    water: Water
    samples: int
    months: int
    means: Mapping[str, Fraction | Missing]
    verdict: SectionClass
    pollutants: tuple[MainPollutant, ...]
    trophic: TrophicState | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class GroupPeriod:
    """A river, basin or province over one period.

    ``by_means`` is true with too few sections for shares: then the means of the items over
    the sections were judged, and each section names its own main pollutants.
    """

    group: str
    name: str
    period: str
    sections: int
    not_judged: int
    shares: Shares | None
    grade: Grade | Missing
    by_means: bool
    pollutants: tuple[str, ...]
    basis: Basis


def evaluate_sections(
    verdicts: Iterable[SampleVerdict], profile: WaterProfile, period: Period
) -> Iterator[SectionPeriod]:
    """Evaluate every section over every period that it has samples in.

    Parameters
    ----------
    verdicts : iterable of SampleVerdict
        Of one table; those without a section, a time or an edition take no part.
    profile : WaterProfile
    period : Period

    Returns
    -------
    iterator of SectionPeriod
        By section in the order of the table, then by time.

    Source
    ------
    环办〔2011〕22号, 一(二); half the detection limit by 环办监测函〔2020〕82号.
    """
    by_section: dict[tuple[Place, Water], dict[MonthKey, list[SampleVerdict]]] = {}
    for verdict in verdicts:
        if isinstance(verdict.time, SampleTime) and verdict.same_as_row is None and not verdict.is_outside:
            month = (verdict.time.at.year, verdict.time.at.month)
            by_section.setdefault((verdict.place, verdict.water), {}).setdefault(month, []).append(verdict)
    for (place, water), months in by_section.items():
        periods: dict[str, list[MonthKey]] = {}
        for month in sorted(months):
            periods.setdefault(period.label(month), []).append(month)
        for label, members in periods.items():
            samples = [months[month] for month in members]
            yield _section_period(place, water, label, samples, profile, period)


def _section_period(
    place: Place,
    water: Water,
    label: str,
    months: Sequence[Sequence[SampleVerdict]],
    profile: WaterProfile,
    period: Period,
) -> SectionPeriod:
    last = max(v.time.at.date() for month in months for v in month if isinstance(v.time, SampleTime))
    rules = WaterRules(last, profile.editions)
    rule, period_basis = rules.period(period)
    there = months[0][0].readings
    items = [item for item in profile.judged if item in there]
    trophic_items = [item.item for item in rules.trophic_scale().items if item.item in there]
    all_means = {item: _mean(item, months, rules, rule) for item in dict.fromkeys([*items, *trophic_items])}
    means = {item: all_means[item] for item in items}
    scale = rules.scale(water, items)
    verdict = section_class(means, scale)
    basis = scale.basis | period_basis
    with suppress(BeforeFirstEdition):  # the rule on means is younger than the limits
        ways = [cell for cell in rules.statistics.cells("means") if cell.keys["item"] in {*items, "any"}]
        basis |= rules.statistics.basis(*ways)
    trophic = _trophic(all_means, rules) if water is Water.LAKE else None
    return SectionPeriod(
        place=place,
        period=label,
        water=water,
        samples=sum(len(month) for month in months),
        months=len(months),
        means=means,
        verdict=verdict,
        pollutants=main_pollutants(means, scale),
        trophic=trophic,
        basis=basis if trophic is None else basis | trophic.basis,
    )


def _trophic(means: Mapping[str, Fraction | Missing], rules: WaterRules) -> TrophicState | None:
    scale = rules.trophic_scale()
    wanted = {item.item for item in scale.items}
    values = {
        item: value for item, value in means.items() if item in wanted and not isinstance(value, Missing)
    }
    # A mean of zero has no logarithm; such an item is left out, and the index names it.
    positive = {item: value for item, value in values.items() if value > 0}
    return trophic_state(positive, scale) if positive else None


def _mean(
    item: str, months: Sequence[Sequence[SampleVerdict]], rules: WaterRules, rule: PeriodRule
) -> Fraction | Missing:
    monthly: list[Exact | Missing] = []
    for month in months:
        values = [_amount(verdict.readings[item], rules) for verdict in month]
        known = [value for value in values if not isinstance(value, Missing)]
        monthly.append(item_mean(item, known) if known else Missing("no_value_in_the_month"))
    # A month is one mean already: with one expected result, one is enough.
    return mean_over_period(item, monthly, rule).value


def _amount(reading: Reading | Missing, rules: WaterRules) -> Fraction | Missing:
    if isinstance(reading, Missing):
        return reading
    return amount(reading, rules.non_detects("mean")) if reading.below else reading.value


def evaluate_groups(
    sections: Iterable[SectionPeriod], profile: WaterProfile, on: date
) -> Iterator[GroupPeriod]:
    """Evaluate the rivers, basins or provinces that sections belong to.

    Parameters
    ----------
    sections : iterable of SectionPeriod
        As `evaluate_sections` gives them.
    profile : WaterProfile
        Every part of a section's name but the last is a group: province, basin.
    on : date
        Day whose rules grade the groups.

    Returns
    -------
    iterator of GroupPeriod
        By group and period. Sections without a class are counted and take no part.

    Source
    ------
    环办〔2011〕22号, 二(二).
    """
    rules = WaterRules(on, profile.editions)
    parts = list(profile.place)[:-1]
    grouped: dict[tuple[str, str, str], list[SectionPeriod]] = {}
    for section in sections:
        for part, name in zip(parts, section.place, strict=False):
            grouped.setdefault((part, name, section.period), []).append(section)
    for (part, name, period), members in sorted(grouped.items()):
        yield _group_period(part, name, period, members, rules)


def _group_period(
    part: str, name: str, period: str, members: Sequence[SectionPeriod], rules: WaterRules
) -> GroupPeriod:
    judged = [member for member in members if not isinstance(member.verdict.water_class, Missing)]
    counts = [sum(m.verdict.water_class == found for m in judged) for found in WaterClass]
    bands, bands_basis = rules.share_bands(), rules.method.basis(*rules.method.cells("share_bands"))
    basis = bands_basis
    for member in judged:
        basis |= member.basis
    shares = section_shares(counts) if judged else None
    by_means = 0 < len(judged) < bands.fewest_sections
    grade: Grade | Missing = Missing("no_section_has_a_class")
    pollutants: tuple[str, ...] = ()
    if by_means:
        grade = _grade_by_means(judged, rules)
        pollutants = tuple(f"{m.place[-1]}:{found.label()}" for m in judged for found in m.pollutants)
    elif judged:
        grade, pollutants = basin_grade(counts, bands), _by_rate(judged, rules)
    without = len(members) - len(judged)
    return GroupPeriod(part, name, period, len(judged), without, shares, grade, by_means, pollutants, basis)


def _grade_by_means(sections: Sequence[SectionPeriod], rules: WaterRules) -> Grade | Missing:
    # Rivers and lakes have no common limit of phosphorus: a mixed handful is not judged as one water.
    kinds = {section.water for section in sections}
    if len(kinds) > 1:
        return Missing("rivers_and_lakes_together")
    means = mean_over_sections([section.means for section in sections])
    return section_class(means, rules.scale(kinds.pop(), means)).grade


def _by_rate(sections: Sequence[SectionPeriod], rules: WaterRules) -> tuple[str, ...]:
    exceeding: Counter[str] = Counter()
    for section in sections:
        classes = section.verdict.item_classes
        exceeding.update(item for item, found in classes.items() if found > WaterClass.III)
    found = river_main_pollutants(exceeding, len(sections), list(rules.names))
    return tuple(f"{rules.name(pollutant.item)}({round_places(pollutant.rate, 1)}%)" for pollutant in found)
