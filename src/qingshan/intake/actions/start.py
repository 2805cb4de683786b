"""Taking a document in: it is read first, and kept only when it could be read as a plan."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import District
from qingshan.audit import public as audit
from qingshan.documents import public as documents
from qingshan.intake import policies
from qingshan.intake.carrying import carried_over
from qingshan.intake.checking import recheck
from qingshan.intake.errors import MixedWorlds, SameDocument, UnreadableFile
from qingshan.intake.models import Finding, Intake
from qingshan.intake.states import INTAKE_FLOW, IntakeState
from qingshan.intake.taking import Draft, drafts_of, head_of, outline_of
from qingshan.jobs import public as jobs
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.plans.public import Plan
from qingshan.reading import public as reading

#: Longer texts are read by a job. The longest plan known has a fifth of it and takes half a second.
LONGEST_AT_ONCE = 300_000


def start(
    *,
    data: bytes,
    file_name: str,
    district: District,
    by: Any,
    at: datetime,
    plan: Plan | None = None,
    previous: Intake | None = None,
) -> Intake:
    """Take in a plan document (导入规划文本): read it, keep the original, make its findings for review.

    Parameters
    ----------
    data : bytes
        The file as it came: DOCX, PDF with text, HTML, TXT; .doc and .wps where LibreOffice is installed.
    district : District
        Where the plan holds.
    plan : Plan, optional
        A plan of the ledger of which this is another, corrected edition.
    previous : Intake, optional
        The review of the edition before; its plan is taken, and its head.

    Returns
    -------
    Intake
        In state REVIEWING, or READING where the text is long and a job reads it.

    Raises
    ------
    UnreadableFile
        Encrypted, scanned, a bomb, with macros, broken, too long, empty, or no plan. Nothing was kept.
    SameDocument
        The same file is under review in the district.
    MixedWorlds
        The plan is of another world than the district.
    Forbidden
    """
    plan = plan or (previous.plan if previous else None)
    policies.require_decide(by, district.pk, district.name)
    if plan is not None:
        policies.require_decide(by, plan.district_id, plan.code)
        if plan.simulated != district.simulated:
            raise MixedWorlds
    digest = hashlib.sha256(data).hexdigest()
    _refuse_twice(digest, district)
    try:
        document = reading.read_document(data)
    except reading.Unreadable as error:
        raise UnreadableFile(error.code, str(error)) from error
    long = len(document.text) > LONGEST_AT_ONCE
    found = None if long else reading.extract(document.text)
    with transaction.atomic():
        intake = Intake.objects.create(
            district=district,
            plan=plan,
            previous=previous,
            state=IntakeState.READING if long else IntakeState.REVIEWING,
            file_name=file_name[-200:],
            media=document.kind,
            sha256=digest,
            text=document.text,
            simulated=district.simulated,
            started_at=at,
            started_by=by,
        )
        if found is None:
            jobs.enqueue("intake.read", {"intake": intake.pk}, about=intake.ref, by=by, at=at)
        else:
            _keep(intake, found, at)
        audit.record(
            "intake.start", intake.ref, by=by, at=at,
            detail={"file": file_name[-200:], "sha256": digest, "characters": len(document.text)},
        )  # fmt: skip
        _attach(intake, data, file_name, by, at)  # last: a file in the store is not taken back with the rest
    return intake


def _refuse_twice(digest: str, district: District) -> None:
    same = Intake.objects.filter(sha256=digest, district=district).exclude(state=IntakeState.WITHDRAWN)
    if (pk := same.values_list("pk", flat=True).first()) is not None:
        raise SameDocument(pk)


def _attach(intake: Intake, data: bytes, file_name: str, by: Any, at: datetime) -> None:
    try:
        documents.attach(
            ContentFile(data, name=file_name), to=intake.ref, by=by, at=at, title=_("规划原件"),
            web_pages=intake.media == "html",
        )  # fmt: skip
    except documents.RefusedFile as refused:
        raise UnreadableFile("refused", str(refused)) from refused


@transaction.atomic
def finish_reading(*, intake: Intake, at: datetime) -> Intake:
    """Make the findings of a long document; the job of `start` calls it."""
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if not INTAKE_FLOW.allows(held.state, "read"):
        return held  # withdrawn meanwhile, or done by an earlier try
    _keep(held, reading.extract(held.text), at)
    held.state = INTAKE_FLOW.after(held.state, "read")
    held.save(update_fields=["state"])
    audit.record(
        "intake.finish_reading", held.ref, by=None, at=at, detail={"findings": held.findings.count()}
    )
    return held


def _keep(intake: Intake, found: reading.Findings, at: datetime) -> None:
    head = head_of(found, intake.district)
    intake.outline, intake.found_head = outline_of(found), head
    intake.head = _known_head(intake, at) or head
    intake.save(update_fields=["outline", "found_head", "head"])
    drafts = drafts_of(found, catalogue=plans.catalogue_by_name(on=beijing_day(at)))
    if intake.previous is not None:
        drafts = carried_over(drafts, intake.previous)
    Finding.objects.bulk_create(_finding(intake, n, one) for n, one in enumerate(drafts, start=1))
    recheck(intake=intake, at=at)


def _known_head(intake: Intake, at: datetime) -> dict[str, Any] | None:
    """For another edition: what the edition before said of the plan, or the ledger does."""
    if intake.previous is not None:
        return dict(intake.previous.head)
    if intake.plan is not None:
        return plans.head_of(plan=intake.plan, on=beijing_day(at))
    return None


def _finding(intake: Intake, order: int, one: Draft) -> Finding:
    return Finding(
        intake=intake,
        kind=one.kind,
        order=order,
        start=one.span[0],
        end=one.span[1],
        confidence=one.confidence,
        rule=one.rule,
        flags=list(one.flags),
        found=one.found,
        facts=one.facts,
    )
