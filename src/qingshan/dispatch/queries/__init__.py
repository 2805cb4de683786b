"""Every read of this room, one function each: who asks (``user``), and as of which day (``on``)."""

from qingshan.dispatch.queries.conduct import Conduct, Evidence, conduct_of
from qingshan.dispatch.queries.figures import closing_in_force, figures_of, previous_of, round_figures
from qingshan.dispatch.queries.pressing import Pressed, pressed_in
from qingshan.dispatch.queries.reports import origin_of_report, row_of_report
from qingshan.dispatch.queries.rounds import (
    NoSuchFinding,
    NoSuchRound,
    PartView,
    finding_for,
    part_for,
    parts_for,
    parts_seen,
    round_for,
    rounds_for,
    row_for,
    rows_for,
    rows_to_review,
)

__all__ = [
    "Conduct",
    "Evidence",
    "NoSuchFinding",
    "NoSuchRound",
    "PartView",
    "Pressed",
    "closing_in_force",
    "conduct_of",
    "figures_of",
    "finding_for",
    "origin_of_report",
    "part_for",
    "parts_for",
    "parts_seen",
    "pressed_in",
    "previous_of",
    "round_figures",
    "round_for",
    "rounds_for",
    "row_for",
    "row_of_report",
    "rows_for",
    "rows_to_review",
]
