"""May this person do this to that paper?

A paper belongs to its issuing department, or to a district's government. On its way it is seen by who may
draft, check or issue there, and by the departments it was laid before for co-signing: while they are asked,
and what they answered until there is a later text. Once issued it is seen by those of its issuer, its
recipients and its co-signers who may see papers.

A department's own voice (an opinion, a receipt) is given by its own people only: whoever keeps a whole
district's papers does not sign for somebody else's department.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from qingshan.accounts.public import Forbidden, can, recall, record_named, requiring, scope_of
from qingshan.accounts.public import require as require_right
from qingshan.areas.public import Department, lineage_of
from qingshan.kernel.refs import Ref
from qingshan.papers.models import Opinion, Paper, PaperParty, PaperText
from qingshan.papers.states import FROZEN, OpinionState

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "Forbidden",
    "may",
    "may_change_ref",
    "may_draft",
    "may_see_ref",
    "own_departments",
    "reached",
    "require",
    "require_at",
    "require_voice",
    "seen_by",
    "speaks_for",
    "voice_of",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "documents.view",
    "edit": "documents.edit",
    "check": "papers.check",
    "issue": "papers.issue",
}
#: Whose attachments follow a paper's rights.
FAMILIES = ("papers.paper",)
_BY_HAND = ("edit", "check", "issue")


def seen_by(user: Any) -> QuerySet[Paper]:
    """Return the papers somebody sees."""
    reach = {verb: scope_of(user, capability=name) for verb, name in CAPABILITIES.items()}
    here = {"district": "district", "departments": "department"}
    party = {"district": "department__district", "departments": "department"}
    at_work = Q(pk__in=())
    for verb in _BY_HAND:
        at_work |= reach[verb].rows(**here)
    asked = Exists(_laid_before().filter(reach["view"].rows(**party), paper=OuterRef("pk")))
    named = Exists(PaperParty.objects.filter(reach["view"].rows(**party), paper=OuterRef("pk")))
    issued = Q(state__in=FROZEN) & (reach["view"].rows(**here) | Q(named))
    return Paper.objects.filter(at_work | Q(asked) | issued)


def _laid_before() -> QuerySet[Opinion]:
    """The opinions that open a paper on its way: asked for or given, on the text that holds now."""
    later = PaperText.objects.filter(paper=OuterRef("paper"), number__gt=OuterRef("text_number"))
    return Opinion.objects.exclude(state=OpinionState.LAPSED).exclude(Exists(later))


def reached(user: Any, verb: str) -> Q:
    """Return the filter for the papers of the organs for which somebody may do something by hand."""
    reach = scope_of(user, capability=CAPABILITIES[verb])
    return reach.rows(district="district", departments="department")


def may(user: Any, verb: str, paper: Paper) -> bool:
    """Return whether somebody may do something to a paper, as far as rights go."""
    if verb == "view":
        return recall(("papers", user.pk, paper.pk), lambda: seen_by(user).filter(pk=paper.pk).exists())
    return can(user, CAPABILITIES[verb], district_id=paper.district_id, department_ids=_departments(paper))


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


def may_draft(user: Any, district_id: int, department: Department | None) -> bool:
    """Return whether somebody drafts papers for an organ: a department, or (None) a district's government."""
    departments = (department.pk,) if department else ()
    return can(user, CAPABILITIES["edit"], district_id=district_id, department_ids=departments)


def require_at(user: Any, verb: str, district_id: int, department: Department | None, what: str) -> None:
    """Refuse unless somebody may do something for an organ; None is the system itself."""
    if user is not None:
        departments = (department.pk,) if department else ()
        require_right(
            user, CAPABILITIES[verb], district_id=district_id, department_ids=departments, what=what
        )


def own_departments(user: Any) -> frozenset[int]:
    """Return the departments somebody speaks for: their own, and those whose duties came to it."""
    own = getattr(user, "department_id", None)
    if own is None:
        return frozenset()
    return recall(("papers.own", user.pk), lambda: frozenset(lineage_of([own], timezone.localdate())))


def speaks_for(user: Any, department: Department) -> bool:
    """Return whether somebody gives a department's opinions and receipts: one of its own, with the right."""
    return department.pk in own_departments(user) and any(
        can(
            user,
            CAPABILITIES[verb],
            district_id=department.district_id,
            department_ids=(department.pk,),
        )
        for verb in ("edit", "issue")
    )


def voice_of(user: Any) -> Q:
    """Return the filter for rows of a department somebody speaks for (opinions, parties): `speaks_for`."""
    edit, issue = (
        scope_of(user, capability=CAPABILITIES[verb]).rows(
            district="department__district", departments="department"
        )
        for verb in ("edit", "issue")
    )
    return Q(department__in=own_departments(user)) & (edit | issue)


def require_voice(user: Any, department: Department) -> None:
    """Refuse who does not speak for a department.

    Raises
    ------
    Forbidden
    """
    if not speaks_for(user, department):
        raise Forbidden(CAPABILITIES["edit"], str(department))


def _departments(paper: Paper) -> tuple[int, ...]:
    return (paper.department_id,) if paper.department_id else ()


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a record of this room."""
    paper = _paper_of(ref)
    return paper is not None and may(user, "view", paper)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a paper: who drafts it, until it is issued."""
    paper = _paper_of(ref)
    return paper is not None and paper.phase not in FROZEN and may(user, "edit", paper)


def _paper_of(ref: Ref) -> Paper | None:
    found: Paper | None = record_named(ref, {"paper": Paper.objects})
    return found
