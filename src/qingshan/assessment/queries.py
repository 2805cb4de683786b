"""Reading evaluations: lists with rights, one in full, what was published, and what it teaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingshan.accounts.public import scope_of
from qingshan.assessment import policies
from qingshan.assessment.facts import facts_of
from qingshan.assessment.models import Appeal, Evaluation, Evaluator, Recommendation, ScoreVersion
from qingshan.assessment.reckoning import Scored, reckoned, scored_of
from qingshan.assessment.scoring.changes import Comparison, compared
from qingshan.assessment.states import SHOWN, STORED
from qingshan.assessment.vocabulary import Purpose
from qingshan.kernel.refs import Ref
from qingshan.papers import public as papers
from qingshan.plans import public as plans
from qingshan.workflow.public import described

__all__ = [
    "Advice",
    "NoSuchEvaluation",
    "Trail",
    "appeals_for",
    "completion_table",
    "evaluation_for",
    "evaluations_for",
    "latest_evaluation",
    "lessons_of",
    "linked_for",
    "newest_version",
    "own_departments",
    "plans_to_evaluate",
    "published_evaluations",
    "recommendations_of",
    "report_drafted",
    "score_of",
    "since_last",
    "trail_of",
]


class NoSuchEvaluation(LookupError):
    """There is no such evaluation, or the asker may not see it: the answer is the same."""


def evaluations_for(*, user: Any) -> QuerySet[Any]:
    """Return the evaluations somebody sees: published ones of their plans, and those they work on."""
    seen = Q(state__in=SHOWN) & scope_of(user).rows(district="plan__district")
    for verb in ("organise", "publish"):
        seen |= _whole(user, verb)
    named = Evaluator.objects.filter(evaluation=OuterRef("pk"), user=user, until_at__isnull=True)
    seen |= Q(Exists(named)) & _whole(user, "evaluate")
    return Evaluation.objects.filter(seen).select_related("plan__district")


def _whole(user: Any, verb: str) -> Q:
    return scope_of(user, capability=policies.CAPABILITIES[verb]).whole_rows(district="plan__district")


def evaluation_for(*, user: Any, pk: int) -> Evaluation:
    """Return one evaluation that somebody may see.

    Raises
    ------
    NoSuchEvaluation
    """
    found = Evaluation.objects.select_related("plan__district", "created_by").filter(pk=pk).first()
    if found is None or not policies.may(user, "view", found):
        raise NoSuchEvaluation(pk)
    return found


def plans_to_evaluate(*, user: Any, on: date) -> list[Any]:
    """Return the plans, as they stood on a day, of which somebody may organise an evaluation."""
    scope = scope_of(user, capability=policies.CAPABILITIES["organise"])
    return [
        version
        for version in plans.visible_versions(user=user, on=on)
        if scope.everything or version.subject.district_id in scope.whole_district_ids
    ]


def newest_version(evaluation: Evaluation) -> ScoreVersion | None:
    """Return the stored version that counts; None before anything was frozen."""
    rows = evaluation.versions.select_related("evaluation__plan__district", "by", "appeal")
    return rows.order_by("-number").first()


def linked_for(*, user: Any, scored: Scored, on: date) -> Scored:
    """Return a score whose rows lead to the ledger only where somebody sees the record.

    A published sheet is read whole by everybody who sees the plan; not every record of it is theirs to open.
    """
    refs = {one.ref for rows in scored.rows.values() for one in rows}
    seen = {str(ref) for ref in described(user, [Ref.read(ref) for ref in refs if ref], on)}
    rows = {
        kind: tuple(one if one.ref in seen else replace(one, url="") for one in held)
        for kind, held in scored.rows.items()
    }
    return replace(scored, rows=rows)


def score_of(evaluation: Evaluation, number: int | None = None) -> Scored:
    """Return what an evaluation scores: the stored sheet once frozen, else one reckoned from the ledger now.

    Parameters
    ----------
    number : int, optional
        An earlier stored version.

    Raises
    ------
    UnusableScheme
        Not frozen yet, and the scheme cannot score these rows.
    NoSuchEvaluation
        There is no version of that number.
    """
    if number is not None:
        chosen = (
            evaluation.versions.select_related("evaluation__plan__district").filter(number=number).first()
        )
        if chosen is None:
            raise NoSuchEvaluation(number)
        return scored_of(chosen)
    if evaluation.phase in STORED and (version := newest_version(evaluation)) is not None:
        return scored_of(version)
    return reckoned(evaluation, facts_of(evaluation))


@dataclass(frozen=True, slots=True)
class Trail:
    """A stored version, and what it changed against the one before it."""

    version: ScoreVersion
    changed: Comparison | None
    appeal: Appeal | None


def trail_of(evaluation: Evaluation) -> list[Trail]:
    """Return every stored version with what it changed and why, newest first."""
    rows = evaluation.versions.select_related(
        "evaluation__plan__district", "by", "appeal__department", "appeal__by", "appeal__answered_by"
    )
    found: list[Trail] = []
    before: Scored | None = None
    for version in rows.order_by("number"):
        now = scored_of(version)
        changed = compared(before.whole, now.whole) if before else None
        found.append(Trail(version, changed, version.appeal))
        before = now
    return found[::-1]


def published_evaluations(plan: plans.Plan) -> list[Evaluation]:
    """Return the published evaluations of a plan, newest first; rights are the caller's."""
    rows = Evaluation.objects.filter(plan=plan, state__in=SHOWN).select_related("plan__district")
    return list(rows.order_by("-on", "-pk"))


def latest_evaluation(
    plan: plans.Plan, purpose: Purpose | None = None, on: date | None = None
) -> Evaluation | None:
    """Return the last evaluation of a plan that was published by a day.

    Parameters
    ----------
    purpose : Purpose, optional
        Yearly, mid-term or final; without it whichever.
    on : date, optional
        What is published later is not known yet.
    """
    for one in published_evaluations(plan):
        if purpose is not None and one.purpose != purpose:
            continue
        if on is None or (one.published_on is not None and one.published_on <= on):
            return one
    return None


def lessons_of(evaluation: Evaluation) -> list[str]:
    """Return what an evaluation teaches the next plan, one lesson each (经验和教训)."""
    return [line.strip() for line in evaluation.lessons.splitlines() if line.strip()]


def since_last(evaluation: Evaluation, scored: Scored) -> tuple[Evaluation, Comparison] | None:
    """Return the published evaluation before this one, of the same plan, and what changed since.

    None where there is none. Schemes may differ: that is said by who shows it.
    """
    for one in published_evaluations(evaluation.plan):
        earlier = (one.year, one.on, one.pk) < (evaluation.year, evaluation.on, evaluation.pk)
        version = newest_version(one) if earlier else None
        if version is not None:
            return one, compared(scored_of(version).whole, scored.whole)
    return None


def completion_table(plan: plans.Plan, on: date) -> list[plans.CompletionTable]:
    """Return how each table of a plan's indicators ended or stands on a day (完成情况表)."""
    return plans.completion_tables(plan=plan, on=on)


def own_departments(user: Any, evaluation: Evaluation, scored: Scored) -> Iterable[Any]:
    """Return the departments of the sheet in whose name somebody may appeal."""
    return [one for one in scored.departments if policies.may_appeal_for(user, evaluation, one.department_id)]


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommended target in words, and the proposal made of it, if one was made."""

    row: Recommendation
    words: str
    url: str


def recommendations_of(evaluation: Evaluation) -> list[Advice]:
    """Return the targets an evaluation would have changed."""
    code = evaluation.plan.code
    return [
        Advice(one, plans.typed_in_words(plans.typed_from(one.typed)), plans.indicator_url(code, one.code))
        for one in evaluation.recommendations.select_related("by")
    ]


def report_drafted(evaluation: Evaluation) -> papers.Paper | None:
    """Return the report drafted on an evaluation, unless it was withdrawn; rights are the caller's."""
    if not evaluation.paper_ref:
        return None
    found = papers.Paper.objects.filter(pk=Ref.read(evaluation.paper_ref).key)
    return found.exclude(state=papers.PaperState.WITHDRAWN).first()


def appeals_for(*, user: Any, evaluation: Evaluation) -> list[Appeal]:
    """Return the appeals somebody sees: all for who organises, publishes or evaluates, else their own."""
    rows = evaluation.appeals.select_related("department", "by", "answered_by")
    if any(policies.may(user, verb, evaluation) for verb in ("organise", "publish", "evaluate")):
        return list(rows)
    return [one for one in rows if policies.may_appeal_for(user, evaluation, one.department_id)]
