"""Between levels.

Callers may read what was reported of a plan (`submissions_of`, `latest_accepted`), ask up to which day its
upper level has locked it (`locked_until`), and learn of moves by events. They may call for, make and move a
submission in the name of people of the two levels, by the actions that ask for their rights; what another
installation sent moves by a signed package alone.
"""

from qingshan.levels.actions import (
    accept_submission,
    close_call,
    draft_submission,
    lock_submission,
    make_call,
    revise_submission,
    send_back_submission,
    submit_submission,
)
from qingshan.levels.acts import ACTS
from qingshan.levels.consumers import (
    tell_call_late,
    tell_call_made,
    tell_call_near,
    tell_call_urged,
    tell_submission_moved,
)
from qingshan.levels.errors import LevelsRefusal
from qingshan.levels.events import CallMade, CallUrged, SubmissionMoved
from qingshan.levels.models import Edition, Submission
from qingshan.levels.names import names_of
from qingshan.levels.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.levels.queries.submissions import latest_accepted, locked_until, submissions_of
from qingshan.levels.snapshots import Snapshot, read_snapshot
from qingshan.levels.states import SubmissionState
from qingshan.levels.vocabulary import Section
from qingshan.levels.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "CallMade",
    "CallUrged",
    "Edition",
    "LevelsRefusal",
    "Section",
    "Snapshot",
    "Submission",
    "SubmissionMoved",
    "SubmissionState",
    "accept_submission",
    "close_call",
    "draft_submission",
    "latest_accepted",
    "lock_submission",
    "locked_until",
    "make_call",
    "may_change_ref",
    "may_see_ref",
    "names_of",
    "read_snapshot",
    "revise_submission",
    "send_back_submission",
    "submissions_of",
    "submit_submission",
    "tell_call_late",
    "tell_call_made",
    "tell_call_near",
    "tell_call_urged",
    "tell_submission_moved",
    "waiting",
]
