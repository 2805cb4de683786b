"""Evaluations by a third party: findings, score, publication, appeals (评估)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qingshan.assessment import public as assessment
from qingshan.plans import public as plans
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each evaluation."""
    story = stage.told("evaluations")
    return (_evaluation(stage, story, row) for row in story["evaluations"])


def _evaluation(stage: Stage, story: dict[str, Any], told: dict[str, Any]) -> Course:
    keeper, publisher = stage.people[story["keeper"]], stage.people[story["publisher"]]
    evaluator = stage.people[story["evaluator"]]
    at = yield stage.hours.on_or_after(told["organised_on"])
    made = assessment.create_evaluation(
        plan=stage.plan, purpose=assessment.Purpose(told["purpose"]), year=told["year"], on=told["on"],
        scheme=told["scheme"], evaluator_kind=assessment.EvaluatorKind.THIRD_PARTY,
        evaluator_name=story["evaluator_name"], evaluators=[evaluator], by=keeper, at=at,
    )  # fmt: skip
    at = yield stage.hours.on_or_after(told["concluded_on"])
    _conclude(made, told, evaluator, at)
    at = yield stage.hours.on_or_after(told["frozen_on"])
    assessment.preview_evaluation(evaluation=made, by=evaluator, at=at)
    assessment.freeze_evaluation(evaluation=made, by=keeper, at=at)
    at = yield stage.hours.on_or_after(told["published_on"])
    assessment.publish_evaluation(evaluation=made, appeal_until=told["appeal_until"], by=publisher, at=at)
    yield from _appeals(stage, made, told, keeper)
    if told["recommended"]:
        yield from _recommendations(stage, made, told, keeper, publisher)
    at = yield stage.hours.on_or_after(told["closed_on"])
    assessment.close_evaluation(evaluation=made, by=publisher, at=at)


def _conclude(made: assessment.Evaluation, told: dict[str, Any], evaluator: Any, at: Any) -> None:
    for row in told["findings"]:
        assessment.record_finding(
            evaluation=made, kind=assessment.ListName(row["list"]), code=row["code"],
            opinion=assessment.Opinion(row["opinion"]), reason=row["reason"], by=evaluator, at=at,
        )  # fmt: skip
    assessment.write_conclusion(evaluation=made, **told["conclusion"], by=evaluator, at=at)
    for row in told["recommended"]:
        indicator = made.plan.indicators.get(code=row["code"])
        unit = indicator.versions.current().get().unit
        typed = plans.typed_from({"kind": "number", "operator": ">=", "value": row["value"], "unit": unit})
        assessment.recommend_target(
            evaluation=made, code=row["code"], year=row["year"], typed=typed, reason=row["reason"],
            by=evaluator, at=at,
        )  # fmt: skip


def _appeals(stage: Stage, made: assessment.Evaluation, told: dict[str, Any], keeper: Any) -> Course:
    waiting = []
    for row in told["appeals"]:
        at = yield stage.hours.on_or_after(row["on"])
        department = stage.today_of(stage.departments[row["department"]], row["on"])
        appeal = assessment.make_appeal(
            evaluation=made, department=department, kind=row["list"], code=row["code"], reason=row["reason"],
            by=stage.people[row["by"]], at=at,
        )  # fmt: skip
        waiting.append((appeal, row))
    for appeal, row in waiting:
        at = yield stage.hours.on_or_after(row["answered_on"])
        assessment.answer_appeal(
            appeal=appeal, upheld=row["upheld"], answer=row["answer"], correction=row["correction"],
            by=keeper, at=at,
        )  # fmt: skip


def _recommendations(
    stage: Stage, made: assessment.Evaluation, told: dict[str, Any], keeper: Any, decider: Any
) -> Course:
    """What the evaluators recommend becomes proposals in the ledger; here the leader sends them back."""
    at = yield stage.hours.on_or_after(told["passed_on"])
    proposals = []
    for one in made.recommendations.all():
        proposal = assessment.pass_on_recommendation(recommendation=one, by=keeper, at=at)
        proposals.append(plans.submit_adjustment(proposal=proposal, by=keeper, at=at))
    at = yield stage.hours.on_or_after(told["refused"]["on"])
    for proposal in proposals:
        plans.send_back_adjustment(proposal=proposal, by=decider, at=at, note=told["refused"]["note"])
