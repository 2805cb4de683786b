"""Money of projects.

Callers may read what a plan's and a project's money looks like on a day, and which warnings stand. They may
not enter money past this room: the ledger's received and paid amounts are sums of its entries.
"""

from qingshan.funds.actions import keeps_line, raise_warnings
from qingshan.funds.acts import ACTS
from qingshan.funds.consumers import tell_bid_moved, tell_reserve_moved, tell_warning_raised
from qingshan.funds.errors import FundsRefusal
from qingshan.funds.events import BidMoved, ReserveMoved, WarningRaised
from qingshan.funds.models import GrantBid, MoneyEntry, ReserveEntry
from qingshan.funds.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.funds.queries import Amount, Funding, Summary, SummaryRow, funding_of, summary_of, warnings_of
from qingshan.funds.states import BidState, ReserveState
from qingshan.funds.subjects import names_of, subjects_of
from qingshan.funds.vocabulary import EntryKind, Rule, SourceLevel
from qingshan.funds.waiting import waiting
from qingshan.funds.watching import FundsWarning

__all__ = [
    "ACTS",
    "FAMILIES",
    "Amount",
    "BidMoved",
    "BidState",
    "EntryKind",
    "Funding",
    "FundsRefusal",
    "FundsWarning",
    "GrantBid",
    "MoneyEntry",
    "ReserveEntry",
    "ReserveMoved",
    "ReserveState",
    "Rule",
    "SourceLevel",
    "Summary",
    "SummaryRow",
    "WarningRaised",
    "funding_of",
    "keeps_line",
    "may_change_ref",
    "may_see_ref",
    "names_of",
    "raise_warnings",
    "subjects_of",
    "summary_of",
    "tell_bid_moved",
    "tell_reserve_moved",
    "tell_warning_raised",
    "waiting",
    "warnings_of",
]
