"""Every write of this room, by noun."""

from qingshan.tasks.actions.making import create_task, revise_task, set_parties
from qingshan.tasks.actions.moves import (
    accept_task,
    answer_change,
    ask_change,
    assign_task,
    cancel_task,
    close_task,
    reopen_task,
    send_back_task,
    submit_task,
)
from qingshan.tasks.actions.reports import report_on_task
from qingshan.tasks.actions.splitting import split_by_quarter
from qingshan.tasks.actions.supervision import (
    answer_supervision,
    delegate_task,
    lift_supervision,
    supervise_task,
)

__all__ = [
    "accept_task",
    "answer_change",
    "answer_supervision",
    "ask_change",
    "assign_task",
    "cancel_task",
    "close_task",
    "create_task",
    "delegate_task",
    "lift_supervision",
    "reopen_task",
    "report_on_task",
    "revise_task",
    "send_back_task",
    "set_parties",
    "split_by_quarter",
    "submit_task",
    "supervise_task",
]
