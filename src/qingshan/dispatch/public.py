"""Dispatch rounds."""

from qingshan.dispatch.acts import ACTS

__all__ = ["ACTS"]
