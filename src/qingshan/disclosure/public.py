"""The public side."""

from qingshan.disclosure.acts import ACTS

__all__ = ["ACTS"]
