"""The annual plan."""

from qingshan.annual.acts import ACTS

__all__ = ["ACTS"]
