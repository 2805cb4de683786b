"""Flows, assignment and hand-over, deadlines, and the Chinese working-day calendar.

Callers may compute days and terms, assign and hand over, set and change deadlines: each about a
record named by its `Ref`. They have checked their own rights before: this room does not know what
the records are. They may not write its tables.
"""

from qingshan.kernel.flow import Flow, IllegalMove
from qingshan.workflow.actions import (
    BadAssignment,
    BadDeadline,
    NothingNew,
    StaleDeadline,
    assign,
    end_assignment,
    end_deadline,
    extend_deadline,
    hand_over,
    load_calendar,
    set_deadline,
    undo_hand_over,
)
from qingshan.workflow.calendar_files import BadCalendar, read_arrangement
from qingshan.workflow.events import DeadlineNear, DeadlinePassed, DeskHandedOver
from qingshan.workflow.models import Assignment, Deadline, DeadlineChange, HandOver
from qingshan.workflow.queries import (
    Holder,
    assigned_to,
    assignments_of,
    deadlines_of,
    hand_overs_of,
    holders,
    holders_of_each,
    running_deadlines,
    working_calendar,
)
from qingshan.workflow.states import DEADLINE_FLOW, DeadlineState
from qingshan.workflow.subjects import Subject, described, register_subjects
from qingshan.workflow.terms import BadTerm, Term, TermUnit, last_day
from qingshan.workflow.working_days import DayKind, Due, Mark, WorkingCalendar, YearNotLoaded

__all__ = [
    "DEADLINE_FLOW",
    "Assignment",
    "BadAssignment",
    "BadCalendar",
    "BadDeadline",
    "BadTerm",
    "DayKind",
    "Deadline",
    "DeadlineChange",
    "DeadlineNear",
    "DeadlinePassed",
    "DeadlineState",
    "DeskHandedOver",
    "Due",
    "Flow",
    "HandOver",
    "Holder",
    "IllegalMove",
    "Mark",
    "NothingNew",
    "StaleDeadline",
    "Subject",
    "Term",
    "TermUnit",
    "WorkingCalendar",
    "YearNotLoaded",
    "assign",
    "assigned_to",
    "assignments_of",
    "deadlines_of",
    "described",
    "end_assignment",
    "end_deadline",
    "extend_deadline",
    "hand_over",
    "hand_overs_of",
    "holders",
    "holders_of_each",
    "last_day",
    "load_calendar",
    "read_arrangement",
    "register_subjects",
    "running_deadlines",
    "set_deadline",
    "undo_hand_over",
    "working_calendar",
]
