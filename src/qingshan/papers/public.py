"""Official papers."""

from qingshan.papers.acts import ACTS

__all__ = ["ACTS"]
