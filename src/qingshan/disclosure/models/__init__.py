"""The tables of this room, by noun."""

from qingshan.disclosure.models.feedback import Attempt, Feedback, FeedbackMove
from qingshan.disclosure.models.page import Edition, EditionMove, PublicPage

__all__ = ["Attempt", "Edition", "EditionMove", "Feedback", "FeedbackMove", "PublicPage"]
