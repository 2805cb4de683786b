"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from qingshan.accounts.public import User, users_in, users_who_can
from qingshan.assessment.events import AppealAnswered, AppealMade, EvaluationPublished, EvaluatorNamed
from qingshan.assessment.models import Appeal, Evaluation
from qingshan.assessment.policies import CAPABILITIES
from qingshan.assessment.queries import newest_version, score_of
from qingshan.assessment.vocabulary import Purpose
from qingshan.messages.public import notify
from qingshan.plans.public import head_of

__all__ = ["tell_appeal_answered", "tell_appeal_made", "tell_evaluation_published", "tell_evaluator_named"]

_NAMESPACE = uuid.UUID("7a2f1f59-0e0d-4f0c-9d60-6a5a1b9f3d27")


def tell_evaluator_named(event: EvaluatorNamed, *, at: datetime) -> None:
    """Tell somebody that they are to evaluate."""
    evaluation = _evaluation(event.evaluation_id)
    people = User.objects.filter(pk=event.user_id)
    _tell(
        "assessment.named", evaluation, people, {}, None, at, f"named/{event.user_id}/{event.at.isoformat()}"
    )


def tell_evaluation_published(event: EvaluationPublished, *, at: datetime) -> None:
    """Tell the departments that are scored, and who keeps and leads the plan."""
    evaluation = _evaluation(event.evaluation_id)
    version = newest_version(evaluation)
    departments = [one.department_id for one in score_of(evaluation).departments]
    people = {user.pk: user for user in users_in(departments)}
    for verb in ("organise", "publish"):
        district = evaluation.plan.district_id
        people |= {user.pk: user for user in users_who_can(CAPABILITIES[verb], district_id=district)}
    words = {
        "total": version.total if version else "—",
        "grade": (version.grade if version else "") or "—",
        "until": evaluation.appeal_until.isoformat() if evaluation.appeal_until else "—",
    }
    _tell("assessment.published", evaluation, people.values(), words, event.by_id, at, "published")


def tell_appeal_made(event: AppealMade, *, at: datetime) -> None:
    """Tell who answers appeals that one was made."""
    appeal = _appeal(event.appeal_id)
    people = users_who_can(CAPABILITIES["organise"], district_id=appeal.evaluation.plan.district_id)
    words = {"department": str(appeal.department), "code": appeal.code, "reason": appeal.reason}
    _tell("assessment.appealed", appeal.evaluation, people, words, event.by_id, at, f"appeal/{appeal.pk}")


def tell_appeal_answered(event: AppealAnswered, *, at: datetime) -> None:
    """Tell who appealed what became of it."""
    appeal = _appeal(event.appeal_id)
    words = {"outcome": str(appeal.phase.label), "code": appeal.code, "answer": appeal.answer}
    _tell(
        "assessment.answered", appeal.evaluation, [appeal.by], words, event.by_id, at, f"answered/{appeal.pk}"
    )


def _evaluation(pk: int) -> Evaluation:
    return Evaluation.objects.select_related("plan__district").get(pk=pk)


def _appeal(pk: int) -> Appeal:
    return Appeal.objects.select_related("evaluation__plan__district", "department", "by").get(pk=pk)


def _tell(
    template: str,
    evaluation: Evaluation,
    people: Iterable[User],
    words: Mapping[str, str],
    by_id: int | None,
    at: datetime,
    stamp: str,
) -> None:
    told = {
        "plan": str(head_of(plan=evaluation.plan, on=evaluation.on)["short_name"]),
        "purpose": str(Purpose(evaluation.purpose).label),
        "year": str(evaluation.year),
        **words,
    }
    notify(
        template,
        [user for user in people if user.pk != by_id],
        told,
        at=at,
        about=evaluation.ref,
        address=reverse("assessment:evaluation", args=[evaluation.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{evaluation.pk}/{stamp}"),
    )
