"""Money of projects.

Callers may read what a plan's and a project's money looks like on a day, and which warnings stand; and take
the steps of reserve, bids and entries by the same actions as people, which ask for the rights. They may not
enter money past this room: the ledger's received and paid amounts are sums of its entries.
"""

from qingshan.funds.actions import (
    Asked,
    admit_entry,
    draft_bid,
    enter_money,
    grant_bid,
    keeps_line,
    propose_again,
    propose_entry,
    raise_warnings,
    record_readiness,
    refuse_bid,
    reverse_money,
    review_entry,
    send_back_entry,
    shortlist_bid,
    submit_bid,
    take_into_plan,
    withdraw_entry,
)
from qingshan.funds.acts import ACTS
from qingshan.funds.consumers import tell_bid_moved, tell_reserve_moved, tell_warning_raised
from qingshan.funds.errors import FundsRefusal
from qingshan.funds.events import BidMoved, ReserveMoved, WarningRaised
from qingshan.funds.models import GrantBid, MoneyEntry, ReserveEntry
from qingshan.funds.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.funds.queries import Amount, Funding, Summary, SummaryRow, funding_of, summary_of, warnings_of
from qingshan.funds.states import BidState, ReserveState
from qingshan.funds.subjects import names_of, subjects_of
from qingshan.funds.vocabulary import EntryKind, Readiness, Rule, SourceLevel
from qingshan.funds.waiting import waiting
from qingshan.funds.watching import FundsWarning

__all__ = [
    "ACTS",
    "FAMILIES",
    "Amount",
    "Asked",
    "BidMoved",
    "BidState",
    "EntryKind",
    "Funding",
    "FundsRefusal",
    "FundsWarning",
    "GrantBid",
    "MoneyEntry",
    "Readiness",
    "ReserveEntry",
    "ReserveMoved",
    "ReserveState",
    "Rule",
    "SourceLevel",
    "Summary",
    "SummaryRow",
    "WarningRaised",
    "admit_entry",
    "draft_bid",
    "enter_money",
    "funding_of",
    "grant_bid",
    "keeps_line",
    "may_change_ref",
    "may_see_ref",
    "names_of",
    "propose_again",
    "propose_entry",
    "raise_warnings",
    "record_readiness",
    "refuse_bid",
    "reverse_money",
    "review_entry",
    "send_back_entry",
    "shortlist_bid",
    "subjects_of",
    "submit_bid",
    "summary_of",
    "take_into_plan",
    "tell_bid_moved",
    "tell_reserve_moved",
    "tell_warning_raised",
    "waiting",
    "warnings_of",
    "withdraw_entry",
]
