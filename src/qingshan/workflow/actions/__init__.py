"""Every write of this room, by noun."""

from qingshan.workflow.actions.assignments import BadAssignment, assign, end_assignment, hand_over
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
    "set_deadline",
]
