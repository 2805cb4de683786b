"""Figures of the ledger for official papers: what a drafter may pick, and what it is today (引用数值).

A figure is known by its key: which one it is, of which indicator, for which year. A paper is Chinese whoever
drafts it, so labels and words are, too; otherwise a figure would seem changed to whoever reads in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.kernel.refs import Ref
from qingshan.pages.public import today
from qingshan.papers.public import Offer, Offers, Place, PrintedFigure, Sought
from qingshan.plans.addresses import indicator_url, value_url
from qingshan.plans.figures import value_figure
from qingshan.plans.models import IndicatorVersion, Plan, PlanVersion, Target, Value
from qingshan.plans.queries.reach import visible_versions
from qingshan.plans.queries.standing import Standing, standings
from qingshan.plans.states import Status
from qingshan.plans.status import Verdict, judge
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import MeasuredKind, ValueKind

__all__ = ["FIGURE_KEYS", "figure_now", "figure_to_print", "figures_now", "figures_to_print"]

#: More than anybody reads through; a longer word finds less.
_AT_MOST = 12


class _Which(StrEnum):
    """Which figure of a year: the value that counts, the target, how one stands to the other."""

    VALUE = "value"
    TARGET = "target"
    STATUS = "status"


#: Keys of figures that are picked: ``value_12_2025`` is the value of indicator 12 that counts for 2025.
FIGURE_KEYS = re.compile(r"(?P<which>value|target|status)_(?P<indicator>[0-9]{1,12})_(?P<year>[0-9]{4})")


def figures_to_print(user: Any, sought: Sought) -> Offers:
    """Return the indicators that somebody looks for, each with what may be printed of it.

    Those of the district asked for come first. Nothing is found by no words in no plan.
    """
    on = today()
    plans = _plans(user, sought, on)
    places = tuple(Place(one.subject.code, one.short_name) for one in plans.values())
    words = sought.words.strip()
    if not words and not sought.place:
        return Offers(places)
    chosen = [pk for pk, one in plans.items() if sought.place in ("", one.subject.code)]
    rows = IndicatorVersion.objects.on(on).filter(plan_id__in=chosen)
    if words:
        named = Q(name__icontains=words) | Q(heading__icontains=words) | Q(subject__code__iexact=words)
        rows = rows.filter(named)
    order = {pk: place for place, pk in enumerate(plans)}
    versions = sorted(
        rows.select_related("subject", "plan"),
        key=lambda one: (order[one.plan_id], one.subject.table_id or 0, one.order, one.pk),
    )
    shown = standings(versions=versions[:_AT_MOST], on=on)
    return Offers(
        places,
        tuple(_offer(one, plans[one.version.plan_id], sought.year) for one in shown),
        more=len(versions) > _AT_MOST,
    )


def _plans(user: Any, sought: Sought, on: date) -> dict[int, PlanVersion]:
    """The plans somebody sees, of the same world as the paper; those of its district first."""
    seen = visible_versions(user=user, on=on).filter(subject__simulated=sought.simulated)
    ordered = sorted(seen, key=lambda one: (one.subject.district_id != sought.district_id, one.subject.code))
    return {one.subject_id: one for one in ordered}


def _offer(standing: Standing, plan: PlanVersion, year: int | None) -> Offer:
    version = standing.version
    figures = list(_figures(standing, plan.subject))
    years = {_year(one.key) for one in figures}
    return Offer(
        name=version.name,
        where=plan.short_name,
        url=indicator_url(plan.subject.code, version.subject.code),
        years=tuple(sorted(years)),
        figures=tuple(one for one in figures if year in (None, _year(one.key))),
    )


def figure_to_print(user: Any, key: str) -> PrintedFigure | None:
    """Return the figure of a key as the ledger has it today; None where there is none, or not for them."""
    asked = FIGURE_KEYS.fullmatch(key)
    standing = _standing(int(asked["indicator"])) if asked else None
    if standing is None:
        return None
    plan = standing.version.plan
    if not visible_versions(user=user, on=today()).filter(subject=plan).exists():
        return None
    return next((one for one in _figures(standing, plan) if one.key == key), None)


def figure_now(printed: PrintedFigure) -> PrintedFigure | None:
    """Return what the ledger says today in the place of a printed value, target or status.

    A value that was corrected, or that no longer is the one that counts for its year, gives way to the one
    that does. None where the ledger says nothing there any more.
    """
    return figures_now()(printed)


def figures_now() -> Callable[[PrintedFigure], PrintedFigure | None]:
    """Return `figure_now` for one comparison: how an indicator stands is asked once for all its figures."""
    return partial(_figure_now, standing_of=cache(_standing))


def _figure_now(
    printed: PrintedFigure, standing_of: Callable[[int], Standing | None]
) -> PrintedFigure | None:
    ref = Ref.read(printed.source)
    found = _place_of(ref)
    if found is None:
        return None
    indicator_id, year = found
    which = _Which(ref.kind)
    if which is _Which.TARGET and printed.key.startswith(_Which.STATUS):
        which = _Which.STATUS  # a status is that of a target; the key tells them apart
    standing = standing_of(indicator_id)
    wanted = _key(which, indicator_id, year)
    figures = _figures(standing, standing.version.plan) if standing else ()
    return next((one for one in figures if one.key == wanted), None)


def _place_of(ref: Ref) -> tuple[int, int] | None:
    """Number of the indicator and year of the value or target that a figure was printed from."""
    table: Any = Value if ref.kind == _Which.VALUE else Target
    return table.objects.filter(pk=ref.key).values_list("indicator_id", "year").first()  # type: ignore[no-any-return]


def _standing(indicator_id: int) -> Standing | None:
    on = today()
    rows = IndicatorVersion.objects.on(on).filter(subject_id=indicator_id)
    return next(iter(standings(versions=rows.select_related("subject", "plan"), on=on)), None)


def _figures(standing: Standing, plan: Plan) -> Iterator[PrintedFigure]:
    """Every figure of an indicator, the latest year first: value, target, status."""
    with translation.override(settings.LANGUAGE_CODE):
        found = [*_values(standing, plan), *_targets(standing, plan)]
    order = list(_Which)
    return iter(sorted(found, key=lambda one: (-_year(one.key), order.index(_which(one.key)))))


def _values(standing: Standing, plan: Plan) -> Iterator[PrintedFigure]:
    version = standing.version
    for year, (value, *_others) in standing.values.items():
        shown = value_figure(value, unit=version.unit, simulated=plan.simulated, origin="")
        said = MeasuredKind(value.kind).label
        yield PrintedFigure(
            key=_key(_Which.VALUE, version.subject_id, year),
            label=_("%(name)s，%(period)s数值（%(kind)s）")
            % {"name": version.name, "period": _period(value), "kind": said},
            value=shown.printed,
            unit="" if value.number is None else shown.unit,
            as_of=value.as_of,
            source=str(value.ref),
            url=value_url(plan.code, version.subject.code, value.pk),
            simulated=plan.simulated,
        )


def _period(value: Value) -> str:
    if value.whole_year or value.period_start is None or value.period_end is None:
        return _("%d年") % value.year
    return _("%(first)s至%(last)s") % {"first": value.period_start, "last": value.period_end}


def _targets(standing: Standing, plan: Plan) -> Iterator[PrintedFigure]:
    version = standing.version
    url = indicator_url(plan.code, version.subject.code)
    for year, target in standing.targets.items():
        typed = target.typed
        if typed is None or typed.kind is ValueKind.NO_DATA:
            continue
        told = {"name": version.name, "year": year}
        given: dict[str, Any] = {
            "source": str(target.subject.ref), "url": url, "simulated": plan.simulated,
        }  # fmt: skip
        value, unit = _words(typed, version.unit)
        yield PrintedFigure(
            _key(_Which.TARGET, version.subject_id, year), _("%(name)s，%(year)d年目标") % told,
            value, unit, as_of=date(year, 12, 31), **given,
        )  # fmt: skip
        verdict = judge(standing.case, year)
        if verdict.status is not Status.NO_TARGET:
            yield PrintedFigure(
                _key(_Which.STATUS, version.subject_id, year), _("%(name)s，%(year)d年目标判定") % told,
                str(verdict.status.label), as_of=_judged_as_of(standing, verdict), **given,
            )  # fmt: skip


def _words(typed: Typed, unit: str) -> tuple[str, str]:
    """A target as the ledger shows it: the sign stands before the number, the unit behind it."""
    if typed.kind is ValueKind.NUMBER:
        return typed_in_words(replace(typed, unit="")), typed.unit or unit
    return typed_in_words(typed), ""


def _judged_as_of(standing: Standing, verdict: Verdict) -> date | None:
    """The day of the value that was judged: not today, or a status would change every night."""
    if verdict.value is None:
        return None
    return standing.values[verdict.value.year][0].as_of


def _key(which: _Which, indicator_id: int, year: int) -> str:
    return f"{which}_{indicator_id}_{year}"


def _year(key: str) -> int:
    return int(key.rpartition("_")[2])


def _which(key: str) -> _Which:
    return _Which(key.partition("_")[0])
