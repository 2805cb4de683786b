"""The review of a plan document, and its acceptance into the ledger.

Callers may take in a document with `start`, decide on its findings, settle its conflicts and `enter` what was
accepted; all of these check rights and keep who did what. They may not save a finding or a decision
themselves: what was found never changes, and decisions are only added.
"""

from qingshan.intake.actions import (
    Entered,
    Part,
    accept,
    accept_above,
    add,
    edit,
    edit_head,
    enter,
    finish_reading,
    merge,
    reject,
    reopen,
    reopen_conflict,
    reopen_review,
    settle,
    split,
    start,
    undo,
    withdraw,
)
from qingshan.intake.acts import ACTS
from qingshan.intake.consumers import (
    check_after_assignment,
    check_after_entering,
    check_after_revision,
    tell_findings_entered,
)
from qingshan.intake.errors import (
    BadFacts,
    IntakeRefusal,
    MissingReason,
    MixedWorlds,
    NoSuchIntake,
    NothingToEnter,
    NothingToUndo,
    NotNow,
    SameDocument,
    StaleConflict,
    StaleFinding,
    StaleHead,
    UnreadableFile,
)
from qingshan.intake.events import FindingsEntered
from qingshan.intake.facts import in_words
from qingshan.intake.fields import HEAD_FIELDS, Field, Holds, fields_of
from qingshan.intake.models import Conflict, DecidedFinding, Decision, Finding, Intake
from qingshan.intake.names import names_of
from qingshan.intake.packing import IncompletePack
from qingshan.intake.policies import FAMILIES, may_change_ref, may_decide, may_see, may_see_ref
from qingshan.intake.queries import DifferenceRow, Preview, Problem, conflicts_for, preview
from qingshan.intake.states import ConflictState, FindingState, IntakeState
from qingshan.intake.vocabulary import ConflictScope, FindingKind, Move, Outcome, Side

__all__ = [
    "ACTS",
    "FAMILIES",
    "HEAD_FIELDS",
    "BadFacts",
    "Conflict",
    "ConflictScope",
    "ConflictState",
    "DecidedFinding",
    "Decision",
    "DifferenceRow",
    "Entered",
    "Field",
    "Finding",
    "FindingKind",
    "FindingState",
    "FindingsEntered",
    "Holds",
    "IncompletePack",
    "Intake",
    "IntakeRefusal",
    "IntakeState",
    "MissingReason",
    "MixedWorlds",
    "Move",
    "NoSuchIntake",
    "NotNow",
    "NothingToEnter",
    "NothingToUndo",
    "Outcome",
    "Part",
    "Preview",
    "Problem",
    "SameDocument",
    "Side",
    "StaleConflict",
    "StaleFinding",
    "StaleHead",
    "UnreadableFile",
    "accept",
    "accept_above",
    "add",
    "check_after_assignment",
    "check_after_entering",
    "check_after_revision",
    "conflicts_for",
    "edit",
    "edit_head",
    "enter",
    "fields_of",
    "finish_reading",
    "in_words",
    "may_change_ref",
    "may_decide",
    "may_see",
    "may_see_ref",
    "merge",
    "names_of",
    "preview",
    "reject",
    "reopen",
    "reopen_conflict",
    "reopen_review",
    "settle",
    "split",
    "start",
    "tell_findings_entered",
    "undo",
    "withdraw",
]
