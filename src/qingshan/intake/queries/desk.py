"""What the review's pages ask again and again: how far it has come, who did what, where one left off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qingshan.intake import policies
from qingshan.intake.models import Conflict, DecidedFinding, Decision, Finding, Intake
from qingshan.intake.states import ConflictState, FindingState
from qingshan.intake.vocabulary import Move

__all__ = [
    "Companion",
    "companions",
    "counts_of",
    "last_steps",
    "may_undo",
    "reviews_for",
    "where_left_off",
]

#: Who took a step within this time is taken to be at work on the review still.
_AT_WORK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else at work on the same review."""

    name: str
    at: datetime


def counts_of(intake: Intake) -> dict[str, dict[str, int]]:
    """Return how many findings of each kind stand in each state, and conflicts under ``conflict``."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Finding.objects.filter(intake=intake).exclude(state=FindingState.REPLACED)
    for kind, state, count in rows.values_list("kind", "state").annotate(Count("pk")).order_by():
        found[kind][state] = count
    conflicts = Conflict.objects.filter(intake=intake).values_list("state").annotate(Count("pk")).order_by()
    found["conflict"] = dict(conflicts)
    return dict(found)


def last_steps(findings: Iterable[Finding]) -> dict[int, DecidedFinding]:
    """Return what was last done to each finding, with who did it."""
    keys = [one.pk for one in findings]
    steps = DecidedFinding.objects.filter(finding__in=keys, version=F("finding__version"))
    return {one.finding_id: one for one in steps.select_related("decision__by")}


def where_left_off(intake: Intake, user: Any) -> Finding | None:
    """Return the open finding after the one that somebody last decided, else the first that is open."""
    waiting = Finding.objects.filter(intake=intake, state=FindingState.OPEN)
    last = (
        Finding.objects.filter(decided__decision__intake=intake, decided__decision__by=user)
        .order_by("-decided__decision__number")
        .first()
    )
    if last is not None:
        after = waiting.filter(kind=last.kind, order__gte=last.order).exclude(pk=last.pk).first()
        if after is not None:
            return after
    return waiting.first()


def companions(intake: Intake, *, but: Any, now: datetime) -> list[Companion]:
    """Return who else took a step in this review within a quarter of an hour, the latest first."""
    steps = Decision.objects.filter(intake=intake, at__gte=now - _AT_WORK, by__isnull=False).exclude(by=but)
    newest = steps.filter(by=OuterRef("by")).order_by("-number").values("pk")[:1]
    rows = steps.filter(pk=Subquery(newest)).select_related("by").order_by("-at")
    return [Companion(str(one.by), one.at) for one in rows]


def may_undo(intake: Intake, user: Any) -> bool:
    """Whether somebody has a step of theirs left to undo, as `actions.undo` sees it."""
    steps = Decision.objects.filter(intake=intake, by=user, undone_by__isnull=True)
    last = steps.exclude(move__in=(Move.UNDO, Move.ENTER)).order_by("-number").first()
    return last is not None and not last.touched.filter(finding__state=FindingState.ENTERED).exists()


def reviews_for(user: Any) -> QuerySet[Intake]:
    """Return the reviews somebody may see, the latest first, each with how far it has come.

    Annotated: ``all_count``, ``open_count``, ``done_count``, ``accepted_count``, ``entered_count``, and
    ``conflict_count``, the conflicts that wait to be settled.
    """
    standing = Finding.objects.filter(intake=OuterRef("pk")).exclude(state=FindingState.REPLACED)
    conflicts = Conflict.objects.filter(intake=OuterRef("pk"), state=ConflictState.OPEN)
    return (
        Intake.objects.filter(policies.visible(user))
        .select_related("district", "plan", "started_by", "previous")
        .defer("text", "outline", "found_head")
        .annotate(
            all_count=_number_of(standing),
            open_count=_number_of(standing.filter(state=FindingState.OPEN)),
            done_count=_number_of(standing.exclude(state=FindingState.OPEN)),
            accepted_count=_number_of(standing.filter(state=FindingState.ACCEPTED)),
            entered_count=_number_of(standing.filter(state=FindingState.ENTERED)),
            conflict_count=_number_of(conflicts),
        )
    )


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("intake").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
