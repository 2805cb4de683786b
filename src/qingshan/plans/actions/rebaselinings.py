"""Re-baselining: new years, money or content of a project, proposed by one person and approved by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.history.public import StaleVersion
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions import reviews
from qingshan.plans.actions.projects import years_in_order
from qingshan.plans.actions.records import checked, entered, newest, next_version, read_version
from qingshan.plans.errors import BadFacts, MissingReason
from qingshan.plans.events import ProjectRebaselined, RebaseliningSentBack
from qingshan.plans.models import Project, ProjectVersion, Rebaselining
from qingshan.plans.models.project import BASELINE_FIELDS


@transaction.atomic
def propose_rebaselining(
    *,
    project: Project,
    changes: Mapping[str, Any],
    seen: int,
    reason: str,
    by: Any,
    at: datetime,
    valid_from: date | None = None,
    document: str = "",
) -> Rebaselining:
    """Propose new years, money or content of a project (提出项目调整).

    Parameters
    ----------
    changes : mapping
        Some of `BASELINE_FIELDS`; what is left out stays.

    Raises
    ------
    BadFacts
        Nothing would change, or the years are not in order.
    StaleVersion
        The project has changed since the page was loaded.
    """
    policies.require(by, "report_project", project)
    proposed = _proposed(project, changes, seen, reason)
    proposal = Rebaselining.objects.create(
        project=project, seen=seen, reason=reason, document=document,
        valid_from=valid_from or beijing_day(at), entered_by=by, entered_at=at, **proposed,
    )  # fmt: skip
    entered("plans.propose_rebaselining", proposal.ref, by=by, at=at, fields=sorted(proposed), reason=reason)
    return proposal


@transaction.atomic
def change_rebaselining(
    *,
    proposal: Rebaselining,
    changes: Mapping[str, Any],
    seen: int,
    reason: str,
    by: Any,
    at: datetime,
    valid_from: date | None = None,
) -> Rebaselining:
    """Change a re-baselining that is not under review (修改项目调整申请); it then stands on the version seen.

    Parameters
    ----------
    changes : mapping
        Some of `BASELINE_FIELDS`: all that is proposed now. What was proposed before and is left out stays
        as the project has it.

    Raises
    ------
    BadFacts
        Nothing would change, or the years are not in order.
    StaleVersion
        The project has changed since the page was loaded.
    NotChangeable
        It was submitted, approved or taken back.
    """
    policies.require(by, "report_project", proposal)
    proposed = _proposed(proposal.project, changes, seen, reason)
    facts = {"seen": seen, "reason": reason, "valid_from": valid_from or proposal.valid_from}
    reviews.change(proposal, {**_NOTHING_PROPOSED, **proposed, **facts})
    entered("plans.change_rebaselining", proposal.ref, by=by, at=at, fields=sorted(proposed), reason=reason)
    return proposal


_NOTHING_PROPOSED: dict[str, Any] = dict.fromkeys(BASELINE_FIELDS) | {"content": ""}


def _proposed(project: Project, changes: Mapping[str, Any], seen: int, reason: str) -> dict[str, Any]:
    """What is proposed, on top of the version that holds."""
    if not reason.strip():
        raise MissingReason
    held, last = read_version(ProjectVersion, project, seen), newest(ProjectVersion, project)
    if held.number != last.number:
        raise StaleVersion(held, last)
    cleaned = checked(ProjectVersion, {name: changes[name] for name in BASELINE_FIELDS if name in changes})
    if not any(getattr(held, name) != found for name, found in cleaned.items()):
        raise BadFacts({_("调整内容"): [_("与现行内容相同")]})
    years_in_order(cleaned.get("start_year", held.start_year), cleaned.get("end_year", held.end_year))
    return cleaned


@transaction.atomic
def submit_rebaselining(*, proposal: Rebaselining, by: Any, at: datetime) -> Rebaselining:
    """Hand a re-baselining to a second person (提交审核)."""
    return reviews.submit(proposal, verb="report_project", action="plans.submit_rebaselining", by=by, at=at)


@transaction.atomic
def approve_rebaselining(*, proposal: Rebaselining, by: Any, at: datetime, note: str = "") -> ProjectVersion:
    """Approve a re-baselining; the project's next version carries it and its approver (批准项目调整).

    Raises
    ------
    StaleVersion
        The project has changed since the proposal was written.
    """
    reviews.approve(proposal, verb="approve", action="plans.approve_rebaselining", by=by, at=at, note=note)
    changes = {
        name: getattr(proposal, name) for name in BASELINE_FIELDS if getattr(proposal, name) not in (None, "")
    }
    version = next_version(
        ProjectVersion, proposal.project, {**changes, "approved_by": by}, seen=proposal.seen,
        valid_from=proposal.valid_from, by=proposal.entered_by, at=at, reason=proposal.reason,
        action="plans.rebaseline_project",
    )  # fmt: skip
    announce(ProjectRebaselined(proposal.project_id, proposal.pk, getattr(by, "pk", None), at), at=at)
    return version


@transaction.atomic
def send_back_rebaselining(*, proposal: Rebaselining, by: Any, at: datetime, note: str) -> Rebaselining:
    """Give a re-baselining back to who proposed it, saying why (退回)."""
    reviews.send_back(
        proposal, verb="approve", action="plans.send_back_rebaselining", by=by, at=at, note=note
    )
    announce(RebaseliningSentBack(proposal.pk, proposal.project_id, proposal.entered_by_id, note, at), at=at)
    return proposal
