"""Every write of this room, one function each. All are keyword-only, ask `policies`, and are audited."""

from qingshan.levels.actions.calls import close_call, make_call, urge_call
from qingshan.levels.actions.drafting import draft_submission, revise_submission
from qingshan.levels.actions.moves import (
    accept_submission,
    lock_submission,
    send_back_submission,
    submit_submission,
    unlock_submission,
    withdraw_submission,
)
from qingshan.levels.actions.sending import Exported, export_receipt, export_submission
from qingshan.levels.actions.taking_in import Imported, import_package
from qingshan.levels.actions.trust import register_partner, revoke_partner

__all__ = [
    "Exported",
    "Imported",
    "accept_submission",
    "close_call",
    "draft_submission",
    "export_receipt",
    "export_submission",
    "import_package",
    "lock_submission",
    "make_call",
    "register_partner",
    "revise_submission",
    "revoke_partner",
    "send_back_submission",
    "submit_submission",
    "unlock_submission",
    "urge_call",
    "withdraw_submission",
]
