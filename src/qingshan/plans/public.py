"""The ledger of plans.

Callers may read with the queries, and write with the actions, which check rights and keep history.
They may not save a record of the ledger themselves, nor judge a value: verdicts come from here.
"""

from qingshan.plans.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.plans.queries import Hit, search, visible_plans

__all__ = ["FAMILIES", "Hit", "may_change_ref", "may_see_ref", "search", "visible_plans"]
