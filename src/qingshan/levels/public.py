"""Between levels."""

from qingshan.levels.acts import ACTS

__all__ = ["ACTS"]
