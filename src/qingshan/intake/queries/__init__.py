"""Every read of the review, one function each."""

from qingshan.intake.queries.conflicts import conflicts_for

__all__ = ["conflicts_for"]
