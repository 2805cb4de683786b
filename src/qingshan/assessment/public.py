"""Evaluations of a plan.

Callers may read what was published, set evaluations up and move them on through the actions, and learn of
them by events. They may not save an evaluation themselves, nor score: a score comes from here, with each of
its points explained.
"""

from qingshan.assessment.actions import (
    add_fact,
    add_scheme,
    answer_appeal,
    cancel_evaluation,
    close_evaluation,
    create_evaluation,
    draft_report,
    freeze_evaluation,
    go_on_evaluating,
    make_appeal,
    name_evaluator,
    pass_on_recommendation,
    preview_evaluation,
    publish_evaluation,
    recommend_target,
    record_finding,
    release_evaluator,
    set_zones,
    thaw_evaluation,
    withdraw_fact,
    write_conclusion,
)
from qingshan.assessment.acts import ACTS
from qingshan.assessment.consumers import (
    tell_appeal_answered,
    tell_appeal_made,
    tell_evaluation_published,
    tell_evaluator_named,
)
from qingshan.assessment.errors import AssessmentRefusal
from qingshan.assessment.events import AppealAnswered, AppealMade, EvaluationPublished, EvaluatorNamed
from qingshan.assessment.models import (
    Appeal,
    ConductFact,
    Evaluation,
    Evaluator,
    Finding,
    OwnScheme,
    Recommendation,
    ScoreVersion,
)
from qingshan.assessment.names import names_of
from qingshan.assessment.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.assessment.queries import (
    NoSuchEvaluation,
    completion_table,
    evaluation_for,
    evaluations_for,
    latest_evaluation,
    lessons_of,
    published_evaluations,
    score_of,
    trail_of,
)
from qingshan.assessment.report import figure_now
from qingshan.assessment.states import AppealState, EvaluationState
from qingshan.assessment.vocabulary import EvaluatorKind, ListName, Opinion, Purpose
from qingshan.assessment.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "Appeal",
    "AppealAnswered",
    "AppealMade",
    "AppealState",
    "AssessmentRefusal",
    "ConductFact",
    "Evaluation",
    "EvaluationPublished",
    "EvaluationState",
    "Evaluator",
    "EvaluatorKind",
    "EvaluatorNamed",
    "Finding",
    "ListName",
    "NoSuchEvaluation",
    "Opinion",
    "OwnScheme",
    "Purpose",
    "Recommendation",
    "ScoreVersion",
    "add_fact",
    "add_scheme",
    "answer_appeal",
    "cancel_evaluation",
    "close_evaluation",
    "completion_table",
    "create_evaluation",
    "draft_report",
    "evaluation_for",
    "evaluations_for",
    "figure_now",
    "freeze_evaluation",
    "go_on_evaluating",
    "latest_evaluation",
    "lessons_of",
    "make_appeal",
    "may_change_ref",
    "may_see_ref",
    "name_evaluator",
    "names_of",
    "pass_on_recommendation",
    "preview_evaluation",
    "publish_evaluation",
    "published_evaluations",
    "recommend_target",
    "record_finding",
    "release_evaluator",
    "score_of",
    "set_zones",
    "tell_appeal_answered",
    "tell_appeal_made",
    "tell_evaluation_published",
    "tell_evaluator_named",
    "thaw_evaluation",
    "trail_of",
    "waiting",
    "withdraw_fact",
    "write_conclusion",
]
