"""Assigned work.

Callers may draw up, assign, press and read tasks, and learn of their moves by events. They may not save a
task themselves, nor close one past its review: who reported never closes.
"""

from qingshan.tasks.actions import (
    accept_task,
    answer_change,
    answer_supervision,
    ask_change,
    assign_task,
    cancel_task,
    close_task,
    create_task,
    delegate_task,
    lift_supervision,
    reopen_task,
    report_on_task,
    revise_task,
    send_back_task,
    set_parties,
    split_by_quarter,
    submit_task,
    supervise_task,
)
from qingshan.tasks.acts import ACTS
from qingshan.tasks.consumers import (
    tell_supervision_answered,
    tell_task_late,
    tell_task_moved,
    tell_task_near,
    tell_task_supervised,
)
from qingshan.tasks.errors import TaskRefusal
from qingshan.tasks.events import SupervisionAnswered, TaskMoved, TaskReported, TaskSupervised
from qingshan.tasks.links import TaskLink, register_links
from qingshan.tasks.load import OpenTask, open_tasks
from qingshan.tasks.models import Supervision, Task, TaskReport, TaskVersion
from qingshan.tasks.names import names_of
from qingshan.tasks.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.tasks.queries import (
    Inbox,
    NoSuchTask,
    TaskDetail,
    current_terms,
    inbox,
    listed_tasks,
    may_be_quartered,
    parts_of,
    people_who_work,
    progress_of,
    task_detail,
    task_for,
    tasks_about,
    tasks_for,
)
from qingshan.tasks.shares import PartShare, part_shares
from qingshan.tasks.slips import figure_of
from qingshan.tasks.states import SupervisionState, TaskState
from qingshan.tasks.subjects import subjects_of
from qingshan.tasks.tallies import TaskTally, task_tally
from qingshan.tasks.vocabulary import PartyRole, SupervisionKind, TaskSource

__all__ = [
    "ACTS",
    "FAMILIES",
    "Inbox",
    "NoSuchTask",
    "OpenTask",
    "PartShare",
    "PartyRole",
    "Supervision",
    "SupervisionAnswered",
    "SupervisionKind",
    "SupervisionState",
    "Task",
    "TaskDetail",
    "TaskLink",
    "TaskMoved",
    "TaskRefusal",
    "TaskReport",
    "TaskReported",
    "TaskSource",
    "TaskState",
    "TaskSupervised",
    "TaskTally",
    "TaskVersion",
    "accept_task",
    "answer_change",
    "answer_supervision",
    "ask_change",
    "assign_task",
    "cancel_task",
    "close_task",
    "create_task",
    "current_terms",
    "delegate_task",
    "figure_of",
    "inbox",
    "lift_supervision",
    "listed_tasks",
    "may_be_quartered",
    "may_change_ref",
    "may_see_ref",
    "names_of",
    "open_tasks",
    "part_shares",
    "parts_of",
    "people_who_work",
    "progress_of",
    "register_links",
    "reopen_task",
    "report_on_task",
    "revise_task",
    "send_back_task",
    "set_parties",
    "split_by_quarter",
    "subjects_of",
    "submit_task",
    "supervise_task",
    "task_detail",
    "task_for",
    "task_tally",
    "tasks_about",
    "tasks_for",
    "tell_supervision_answered",
    "tell_task_late",
    "tell_task_moved",
    "tell_task_near",
    "tell_task_supervised",
]
