"""Every write of this room, by noun."""

from qingshan.assessment.actions.appeals import answer_appeal, make_appeal
from qingshan.assessment.actions.entering import (
    add_fact,
    pass_on_recommendation,
    recommend_target,
    record_finding,
    withdraw_fact,
    write_conclusion,
)
from qingshan.assessment.actions.making import (
    add_scheme,
    create_evaluation,
    name_evaluator,
    release_evaluator,
    set_zones,
)
from qingshan.assessment.actions.moves import (
    cancel_evaluation,
    close_evaluation,
    freeze_evaluation,
    go_on_evaluating,
    preview_evaluation,
    publish_evaluation,
    thaw_evaluation,
)
from qingshan.assessment.actions.reporting import draft_report

__all__ = [
    "add_fact",
    "add_scheme",
    "answer_appeal",
    "cancel_evaluation",
    "close_evaluation",
    "create_evaluation",
    "draft_report",
    "freeze_evaluation",
    "go_on_evaluating",
    "make_appeal",
    "name_evaluator",
    "pass_on_recommendation",
    "preview_evaluation",
    "publish_evaluation",
    "recommend_target",
    "record_finding",
    "release_evaluator",
    "set_zones",
    "thaw_evaluation",
    "withdraw_fact",
    "write_conclusion",
]
