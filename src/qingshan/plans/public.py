"""The ledger of plans.

Callers may read with the queries, and write with the actions, which check rights and keep history.
They may not save a record of the ledger themselves, nor judge a value: verdicts come from here.
"""

from qingshan.plans.actions import (
    add_exclusion_letter,
    add_milestone,
    approve_not_evaluable,
    approve_rebaselining,
    approve_report,
    approve_value,
    assign_target,
    change_report,
    change_value,
    declare_not_evaluable,
    end_responsibility,
    enter_report,
    enter_value,
    make_responsible,
    move_milestone,
    propose_rebaselining,
    revise_milestone,
    send_back_rebaselining,
    send_back_report,
    send_back_value,
    set_money,
    submit_not_evaluable,
    submit_rebaselining,
    submit_report,
    submit_value,
    supply_text,
)
from qingshan.plans.acts import ACTS
from qingshan.plans.consumers import (
    tell_progress_sent_back,
    tell_target_assigned,
    tell_value_approved,
    tell_value_sent_back,
    tell_value_submitted,
)
from qingshan.plans.events import (
    ProgressSentBack,
    TargetAssigned,
    ValueApproved,
    ValueSentBack,
    ValueSubmitted,
)
from qingshan.plans.loading import Loaded, load_catalogue, load_pack
from qingshan.plans.models import Plan
from qingshan.plans.packs import CATALOGUE_FILE, PACK_FOLDERS, Pack, PackError, read_catalogue, read_pack
from qingshan.plans.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.plans.queries import Hit, search, visible_plans
from qingshan.plans.states import ReviewState, Status, WorkState
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import Operator, ResponsibilityRole, ValueKind

__all__ = [
    "ACTS",
    "CATALOGUE_FILE",
    "FAMILIES",
    "PACK_FOLDERS",
    "Hit",
    "Loaded",
    "Operator",
    "Pack",
    "PackError",
    "Plan",
    "ProgressSentBack",
    "ResponsibilityRole",
    "ReviewState",
    "Status",
    "TargetAssigned",
    "Typed",
    "ValueApproved",
    "ValueKind",
    "ValueSentBack",
    "ValueSubmitted",
    "WorkState",
    "add_exclusion_letter",
    "add_milestone",
    "approve_not_evaluable",
    "approve_rebaselining",
    "approve_report",
    "approve_value",
    "assign_target",
    "change_report",
    "change_value",
    "declare_not_evaluable",
    "end_responsibility",
    "enter_report",
    "enter_value",
    "load_catalogue",
    "load_pack",
    "make_responsible",
    "may_change_ref",
    "may_see_ref",
    "move_milestone",
    "propose_rebaselining",
    "read_catalogue",
    "read_pack",
    "revise_milestone",
    "search",
    "send_back_rebaselining",
    "send_back_report",
    "send_back_value",
    "set_money",
    "submit_not_evaluable",
    "submit_rebaselining",
    "submit_report",
    "submit_value",
    "supply_text",
    "tell_progress_sent_back",
    "tell_target_assigned",
    "tell_value_approved",
    "tell_value_sent_back",
    "tell_value_submitted",
    "visible_plans",
]
