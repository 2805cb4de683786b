"""Evaluations of a plan."""

from qingshan.assessment.acts import ACTS

__all__ = ["ACTS"]
