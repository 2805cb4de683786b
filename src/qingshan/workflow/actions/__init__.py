"""Every write of this room, by noun."""

from qingshan.workflow.actions.assignments import (
    BadAssignment,
    assign,
    end_assignment,
    hand_over,
    may_be_undone,
    undo_hand_over,
)
from qingshan.workflow.actions.calendars import NothingNew, load_calendar
from qingshan.workflow.actions.deadlines import (
    BadDeadline,
    StaleDeadline,
    end_deadline,
    extend_deadline,
    set_deadline,
)

__all__ = [
    "BadAssignment",
    "BadDeadline",
    "NothingNew",
    "StaleDeadline",
    "assign",
    "end_assignment",
    "end_deadline",
    "extend_deadline",
    "hand_over",
    "load_calendar",
    "may_be_undone",
    "set_deadline",
    "undo_hand_over",
]
