"""Tables of the room of funds."""

from qingshan.funds.models.bid import BidItem, BidStep, GrantBid
from qingshan.funds.models.money import MoneyEntry
from qingshan.funds.models.reserve import ReadinessCheck, ReserveEntry, ReserveStep, ReserveVersion
from qingshan.funds.models.warning import RaisedWarning

__all__ = [
    "BidItem",
    "BidStep",
    "GrantBid",
    "MoneyEntry",
    "RaisedWarning",
    "ReadinessCheck",
    "ReserveEntry",
    "ReserveStep",
    "ReserveVersion",
]
