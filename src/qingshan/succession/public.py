"""From one plan to the next."""

from qingshan.succession.acts import ACTS

__all__ = ["ACTS"]
