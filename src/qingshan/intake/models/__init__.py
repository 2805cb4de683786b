"""Tables of the review."""

from qingshan.intake.models.conflict import Conflict
from qingshan.intake.models.decision import DecidedFinding, Decision
from qingshan.intake.models.finding import Finding
from qingshan.intake.models.intake import Intake

__all__ = ["Conflict", "DecidedFinding", "Decision", "Finding", "Intake"]
