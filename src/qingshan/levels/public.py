"""Between levels.

Callers may read what was reported of a plan (`submissions_of`, `latest_accepted`), ask up to which day its
upper level has locked it (`locked_until`), and learn of moves by events. They may not make or move a
submission: people of the two levels do, or a signed package.
"""

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
from qingshan.levels.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.levels.queries.submissions import latest_accepted, locked_until, submissions_of
from qingshan.levels.snapshots import Snapshot, read_snapshot
from qingshan.levels.states import SubmissionState
from qingshan.levels.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "CallMade",
    "CallUrged",
    "Edition",
    "LevelsRefusal",
    "Snapshot",
    "Submission",
    "SubmissionMoved",
    "SubmissionState",
    "latest_accepted",
    "locked_until",
    "may_change_ref",
    "may_see_ref",
    "read_snapshot",
    "submissions_of",
    "tell_call_late",
    "tell_call_made",
    "tell_call_near",
    "tell_call_urged",
    "tell_submission_moved",
    "waiting",
]
