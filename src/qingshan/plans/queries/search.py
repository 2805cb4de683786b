"""Search over names and passages of what somebody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.plans.addresses import (
    commitment_url,
    indicator_url,
    measure_url,
    plan_url,
    project_url,
    provisions_url,
)
from qingshan.plans.models import IndicatorVersion, PlanSource, PlanVersion
from qingshan.plans.queries.measures import commitments_for, measures_for
from qingshan.plans.queries.projects import projects_for
from qingshan.plans.queries.provisions import provisions_for
from qingshan.plans.queries.reach import visible_versions

__all__ = ["Hit", "search"]

AROUND = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; ``before``, ``match`` and ``after`` are the words around it."""

    kind: str
    title: str
    before: str
    match: str
    after: str
    plan: str
    url: str

    @property
    def snippet(self) -> bool:
        """Whether the words around it say more than the title does."""
        return bool(self.match) and f"{self.before}{self.match}{self.after}" not in self.title


def search(*, user: Any, text: str, on: date, limit: int = 50) -> list[Hit]:
    """Return what holds the words, of plans, their records and their source texts.

    Parameters
    ----------
    text : str
        One character is enough, as 水 is a word; nothing finds nothing.
    limit : int
        At most so many of each kind.
    """
    wanted = text.strip()
    if not wanted:
        return []
    plans = {plan.subject_id: plan for plan in visible_versions(user=user, on=on)}
    hits: list[Hit] = []
    for find in (_plans, _indicators, _measures, _commitments, _projects, _provisions, _passages):
        hits += islice(find(user, wanted, on, plans), limit)
    return hits


Plans = dict[int, PlanVersion]


def _plans(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    for plan in plans.values():
        if text in plan.name or text in plan.short_name:
            yield _hit(
                pgettext_lazy("one", "规划"),
                plan.name,
                (plan.name, plan.short_name),
                text,
                plan,
                plan_url(plan.subject.code),
            )


def _indicators(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    rows = IndicatorVersion.objects.on(on).filter(plan_id__in=plans).select_related("subject")
    named = Q(name__icontains=text) | Q(heading__icontains=text) | Q(notes__icontains=text)
    for row in rows.filter(named).order_by("plan_id", "order"):
        url = indicator_url(plans[row.plan_id].subject.code, row.subject.code)
        yield _hit(_("指标"), row.name, (row.name, row.heading, row.notes), text, plans[row.plan_id], url)


def _measures(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    rows = measures_for(user=user, on=on).filter(Q(title__icontains=text) | Q(summary__icontains=text))
    yield from _hits(rows, _("措施"), ("title", "summary"), text, plans, measure_url)


def _commitments(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    rows = commitments_for(user=user, on=on).filter(Q(metric__icontains=text) | Q(topic__icontains=text))
    yield from _hits(rows, _("承诺"), ("metric", "topic"), text, plans, commitment_url)


def _projects(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    rows = projects_for(user=user, on=on).filter(Q(name__icontains=text) | Q(content__icontains=text))
    yield from _hits(rows, _("项目"), ("name", "content"), text, plans, project_url)


def _provisions(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    rows = provisions_for(user=user, on=on)
    named = Q(name__icontains=text) | Q(wording__icontains=text) | Q(zone__icontains=text)
    for row in rows.filter(named).iterator(chunk_size=200):
        plan = plans[row.plan_id]
        address = f"{provisions_url(plan.subject.code)}?{urlencode({'q': text})}"
        told = (row.name, row.wording, row.zone)
        yield _hit(row.get_kind_display(), row.name or row.wording, told, text, plan, address)


def _hits(
    rows: Any, kind: Any, fields: tuple[str, str], text: str, plans: Plans, address: Callable[[str, str], str]
) -> Iterator[Hit]:
    for row in rows.iterator(chunk_size=200):
        plan = plans.get(row.plan_id)
        if plan is not None:
            told = tuple(getattr(row, name) for name in fields)
            yield _hit(kind, told[0], told, text, plan, address(plan.subject.code, row.subject.code))


def _passages(user: Any, text: str, on: date, plans: Plans) -> Iterator[Hit]:
    for source in PlanSource.objects.filter(plan_id__in=plans, text__contains=text):
        plan, place = plans[source.plan_id], source.text.find(text)
        while place >= 0:
            yield _hit(_("原文"), source.title, (source.text[max(0, place - AROUND) :],), text, plan,
                       plan_url(plan.subject.code))  # fmt: skip
            place = source.text.find(text, place + len(text))


def _hit(kind: Any, title: str, told: tuple[str, ...], text: str, plan: PlanVersion, url: str) -> Hit:
    for words in told:
        place = words.lower().find(text.lower())
        if place >= 0:
            end = place + len(text)
            return Hit(
                str(kind),
                title,
                words[max(0, place - AROUND) : place],
                words[place:end],
                words[end : end + AROUND],
                plan.short_name,
                url,
            )
    return Hit(str(kind), title, "", "", "", plan.short_name, url)
