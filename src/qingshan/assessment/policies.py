"""May this person do this to that evaluation?

An evaluation is its plan's district's. Once published it is seen by whoever sees the plan; before that by who
organises or publishes such, and by those who are named to evaluate. Being named opens one evaluation and no
other: a third party with a log-in reads the ledger, writes its findings there, and changes nothing else.
"""

from __future__ import annotations

from typing import Any

from qingshan.accounts.public import Forbidden, can, record_named, requiring
from qingshan.accounts.public import require as require_right
from qingshan.assessment.models import Appeal, ConductFact, Evaluation, Evaluator, Finding, OwnScheme
from qingshan.assessment.states import OPEN, SHOWN, AppealState
from qingshan.kernel.refs import Ref

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "Forbidden",
    "is_named",
    "may",
    "may_appeal_for",
    "may_change_ref",
    "may_see_ref",
    "require",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "plans.view",
    "organise": "assessment.organise",
    "evaluate": "assessment.evaluate",
    "publish": "assessment.publish",
    "appeal": "assessment.appeal",
}

#: Whose attachments follow an evaluation's rights.
FAMILIES = (
    "assessment.evaluation",
    "assessment.finding",
    "assessment.fact",
    "assessment.appeal",
    "assessment.scheme",
)


def may(user: Any, verb: str, evaluation: Evaluation) -> bool:
    """Return whether somebody may do something to an evaluation; ``evaluate`` only where they are named."""
    if verb == "view":
        return _sees(user, evaluation)
    if verb == "enter":  # what both who organises and who evaluates may enter: facts, advice, conclusions
        return any(may(user, one, evaluation) for one in ("evaluate", "organise"))
    if not _can(user, verb, evaluation):
        return False
    return verb != "evaluate" or is_named(user, evaluation)


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, {**CAPABILITIES, "enter": CAPABILITIES["evaluate"]})


def require_for_plan(user: Any, plan: Any) -> None:
    """Refuse who may not organise evaluations of a plan."""
    if user is not None:
        require_right(user, CAPABILITIES["organise"], district_id=plan.district_id, what=str(plan))


def is_named(user: Any, evaluation: Evaluation) -> bool:
    """Return whether somebody is named to evaluate here, now."""
    return Evaluator.objects.filter(evaluation=evaluation, user=user, until_at__isnull=True).exists()


def may_appeal_for(user: Any, evaluation: Evaluation, department_id: int) -> bool:
    """Return whether somebody may appeal in the name of a department."""
    return can(
        user,
        CAPABILITIES["appeal"],
        district_id=evaluation.plan.district_id,
        department_ids=frozenset({department_id}),
    )


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a record of this room."""
    record = record_named(ref, _TABLES)
    if isinstance(record, OwnScheme):
        return can(user, CAPABILITIES["view"], district_id=record.district_id)
    return record is not None and may(user, "view", _evaluation(record))


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a record of this room, while it is open.

    To a finding, a fact or an appeal: who entered it. To the evaluation: who evaluates or organises.
    """
    record = record_named(ref, _TABLES)
    if record is None:
        return False
    if isinstance(record, OwnScheme):
        return can(user, CAPABILITIES["organise"], district_id=record.district_id)
    if isinstance(record, Appeal):
        return record.by_id == user.pk and record.phase is AppealState.MADE
    evaluation = _evaluation(record)
    if evaluation.phase not in OPEN or not may(user, "enter", evaluation):
        return False
    return isinstance(record, Evaluation) or record.by_id == user.pk


def _sees(user: Any, evaluation: Evaluation) -> bool:
    if evaluation.phase in SHOWN and _can(user, "view", evaluation):
        return True
    return any(may(user, verb, evaluation) for verb in ("organise", "publish", "evaluate"))


def _can(user: Any, verb: str, evaluation: Evaluation) -> bool:
    return can(user, CAPABILITIES[verb], district_id=evaluation.plan.district_id)


_TABLES = {
    "evaluation": Evaluation.objects,
    "finding": Finding.objects,
    "fact": ConductFact.objects,
    "appeal": Appeal.objects,
    "scheme": OwnScheme.objects,
}


def _evaluation(record: Any) -> Evaluation:
    return record if isinstance(record, Evaluation) else record.evaluation
