"""Money of projects."""

from qingshan.funds.acts import ACTS

__all__ = ["ACTS"]
