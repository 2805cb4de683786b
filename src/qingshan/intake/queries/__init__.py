"""Every read of the review, one function each."""

from qingshan.intake.queries.conflicts import conflicts_for
from qingshan.intake.queries.preview import DifferenceRow, Preview, Problem, preview

__all__ = ["DifferenceRow", "Preview", "Problem", "conflicts_for", "preview"]
