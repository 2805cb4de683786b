"""Every read of this room, one function each: who asks (``user``), and as of which day (``on``)."""

from qingshan.funds.queries.bids import BidDetail, bid_detail, bid_for, bids_for, grants_of
from qingshan.funds.queries.errors import NoSuchFunds
from qingshan.funds.queries.money import Funding, entries_for, entry_to_reverse, funding_of, position_for
from qingshan.funds.queries.reserve import (
    Ready,
    ReserveDetail,
    biddable,
    entry_for,
    readiness,
    reserve_detail,
    reserve_for,
)
from qingshan.funds.queries.summary import Amount, Summary, SummaryRow, summary_of
from qingshan.funds.queries.warnings import (
    Watch,
    counted_by_department,
    tasks_of,
    warning_by_key,
    warnings_of,
    watch,
    watch_project,
)

__all__ = [
    "Amount",
    "BidDetail",
    "Funding",
    "NoSuchFunds",
    "Ready",
    "ReserveDetail",
    "Summary",
    "SummaryRow",
    "Watch",
    "bid_detail",
    "bid_for",
    "biddable",
    "bids_for",
    "counted_by_department",
    "entries_for",
    "entry_for",
    "entry_to_reverse",
    "funding_of",
    "grants_of",
    "position_for",
    "readiness",
    "reserve_detail",
    "reserve_for",
    "summary_of",
    "tasks_of",
    "warning_by_key",
    "warnings_of",
    "watch",
    "watch_project",
]
