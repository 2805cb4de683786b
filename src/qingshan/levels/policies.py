"""May this person do this to that submission, call or partner?

A submission is the lower district's until it is handed up; who sees the whole plan of either district then
sees it. Decisions are of who reviews for the receiving district, and of nobody below it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, record_named, requiring, scope_of
from qingshan.accounts.public import require as require_right
from qingshan.kernel.refs import Ref
from qingshan.levels.models import Call, CalledDistrict, Submission
from qingshan.levels.states import CHANGEABLE, SubmissionState

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "MOVES",
    "Forbidden",
    "calls_made",
    "calls_seen",
    "may",
    "may_call",
    "may_change_ref",
    "may_see_call",
    "may_see_ref",
    "received",
    "require",
    "require_call",
    "require_submit",
    "require_trust",
    "seen",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {"submit": "levels.submit", "review": "levels.review", "trust": "levels.trust"}
#: What is read is what the ledger shows, as a whole.
VIEW = "plans.view"

#: Move of the flow -> verb.
MOVES = {
    "submit": "submit",
    "withdraw": "submit",
    "accept": "review",
    "send_back": "review",
    "lock": "review",
    "unlock": "review",
}

#: Whose attachments follow the rights of this room.
FAMILIES = ("levels.submission",)

_PRIVATE = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)


def may(user: Any, verb: str, submission: Submission) -> bool:
    """Return whether somebody may view, submit or review a submission."""
    if verb == "view":
        return _may_view(user, submission)
    return can(user, CAPABILITIES[verb], district_id=_where(verb, submission))


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


def require_submit(user: Any, district_id: int, what: str) -> None:
    """Refuse who may not report for a district."""
    require_right(user, CAPABILITIES["submit"], district_id=district_id, what=what)


def require_call(user: Any, district_id: int, what: str) -> None:
    """Refuse who may not ask districts below this one to report."""
    require_right(user, CAPABILITIES["review"], district_id=district_id, what=what)


def require_trust(user: Any, what: str) -> None:
    """Refuse who may not say which installations are believed."""
    require_right(user, CAPABILITIES["trust"], what=what)


def seen(user: Any) -> Q:
    """Return the condition on `Submission` for what somebody sees."""
    view, submit = scope_of(user, capability=VIEW), scope_of(user, capability=CAPABILITIES["submit"])
    review = scope_of(user, capability=CAPABILITIES["review"])
    handed_up = view.whole_rows(district="district") | review.rows(district="to_district")
    return (handed_up & ~Q(state__in=_PRIVATE)) | (submit.rows(district="district") & Q(from_outside=False))


def received(user: Any) -> Q:
    """Return the condition on `Submission` for what reports to districts of somebody."""
    view, review = scope_of(user, capability=VIEW), scope_of(user, capability=CAPABILITIES["review"])
    return view.whole_rows(district="to_district") | review.rows(district="to_district")


def calls_made(user: Any) -> Q:
    """Return the condition on `Call` for those made by districts that somebody reads or reviews for."""
    view, review = scope_of(user, capability=VIEW), scope_of(user, capability=CAPABILITIES["review"])
    return view.whole_rows(district="district") | review.rows(district="district")


def _may_view(user: Any, submission: Submission) -> bool:
    if not submission.from_outside and may(user, "submit", submission):
        return True
    if submission.phase in _PRIVATE:
        return False
    scope = scope_of(user, capability=VIEW)
    whole = scope.everything or submission.district_id in scope.whole_district_ids
    return whole or may(user, "review", submission)


def _where(verb: str, submission: Submission) -> int:
    return submission.district_id if verb == "submit" else submission.to_district_id


def may_call(user: Any, call: Call) -> bool:
    """Return whether somebody may urge and close a call."""
    return can(user, CAPABILITIES["review"], district_id=call.district_id)


def may_see_call(user: Any, call: Call) -> bool:
    """Return whether somebody sees a call: who made it, and who is asked."""
    return Call.objects.filter(calls_seen(user), pk=call.pk).exists()


def calls_seen(user: Any) -> Q:
    """Return the condition on `Call` for what somebody sees: who made it, and who is asked."""
    submit = scope_of(user, capability=CAPABILITIES["submit"])
    asked = CalledDistrict.objects.all()
    if not submit.everything:
        asked = asked.filter(district__in=submit.district_ids)
    return calls_made(user) | Q(pk__in=asked.values("call_id"))


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a submission."""
    found = _found(ref)
    return found is not None and may(user, "view", found)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a submission: who reports, while it is with them."""
    found = _found(ref)
    return (
        found is not None
        and not found.from_outside
        and found.phase in CHANGEABLE
        and may(user, "submit", found)
    )


def _found(ref: Ref) -> Submission | None:
    found: Submission | None = record_named(ref, {"submission": Submission.objects})
    return found
