"""Drawing up a task, changing what it asks, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, can
from qingshan.areas.public import Department, District
from qingshan.audit import public as audit
from qingshan.history import public as history
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import policies
from qingshan.tasks.actions import deadlines, parts
from qingshan.tasks.errors import BadTask, MissingReason, MixedWorlds, StaleTask
from qingshan.tasks.models import Task, TaskParty, TaskVersion
from qingshan.tasks.queries import current_terms
from qingshan.tasks.states import REVISABLE, TaskState
from qingshan.tasks.vocabulary import PartyRole, TaskSource

__all__ = ["TERMS", "create_task", "revise_task", "set_parties"]

#: What a version of a task may be given.
TERMS = ("title", "content", "evidence_wanted", "weight_hundredths", "starts_on", "due_on")
_TRIES = 5


@transaction.atomic
def create_task(
    *,
    district: District,
    source: TaskSource,
    terms: Mapping[str, Any],
    lead: Department,
    by: Any,
    at: datetime,
    joint: Iterable[Department] = (),
    source_ref: Ref | None = None,
    source_title: str = "",
    source_by: str = "",
    source_on: date | None = None,
    parent: Task | None = None,
) -> Task:
    """Draw up a task (拟定任务); it is nobody's news until it is assigned.

    Parameters
    ----------
    terms : mapping
        ``title``, ``starts_on``, ``due_on``; and ``content``, ``evidence_wanted`` (a demand a line),
        ``weight_hundredths``.
    lead, joint : Department
        Who leads, and who joins in. The lead is not among the joint ones.
    parent : Task
        The task of which this is a part: it ends no later, and closes after it.

    Raises
    ------
    Forbidden
        Who may not assign in this district.
    BadTask
        A field does not hold what it may.
    MixedWorlds
        A department of the other world, simulated or real.
    """
    if by is not None and not can(by, policies.CAPABILITIES["assign"], district_id=district.pk):
        raise Forbidden(policies.CAPABILITIES["assign"], str(district))
    found = _checked(terms)
    _within(found, parent)
    others = [one for one in joint if one.pk != lead.pk]
    day = beijing_day(at)
    task = _numbered(
        district=district, year=found["starts_on"].year, source=TaskSource(source),
        source_ref=str(source_ref or ""), source_title=source_title, source_by=source_by, source_on=source_on,
        parent=parent, created_by=by, created_at=at,
    )  # fmt: skip
    TaskVersion.objects.create(subject=task, **found, valid_from=day, recorded_at=at, recorded_by=by)
    _enter_parties(task, lead, others, day)
    audit.record("tasks.create", task.ref, by=by, at=at, detail={"code": task.code, "source": task.source})
    return task


def _numbered(*, district: District, year: int, **facts: Any) -> Task:
    """Enter a task under the next number of its district and year; two writers at once both get one."""
    begin = f"{district.code}-{year}-"
    for _try in range(_TRIES):
        last = (
            Task.objects.filter(code__startswith=begin)
            .order_by("-code")
            .values_list("code", flat=True)
            .first()
        )
        number = int(last.rpartition("-")[2]) + 1 if last else 1
        try:
            with transaction.atomic():
                return Task.objects.create(code=f"{begin}{number:05d}", district=district, **facts)
        except IntegrityError:
            continue
    raise StaleTask(begin)


@transaction.atomic
def revise_task(
    *, task: Task, seen: int, changes: Mapping[str, Any], by: Any, at: datetime, reason: str
) -> TaskVersion:
    """Change what a task asks (修改任务要求), on top of the version the writer saw; its open parts follow.

    Raises
    ------
    MissingReason, BadTask, BusyParts, Forbidden
    StaleTask
        The task is under review, closed or cancelled.
    StaleVersion
        Somebody changed it meanwhile; it carries both versions.
    """
    policies.require(by, "assign", task)
    if task.phase not in REVISABLE:
        raise StaleTask(str(task.phase.label))
    if task.phase is not TaskState.DRAFT and not reason.strip():
        raise MissingReason
    return revised(task, seen, changes, by=by, at=at, reason=reason)


def revised(
    task: Task, seen: int, changes: Mapping[str, Any], *, by: Any, at: datetime, reason: str
) -> TaskVersion:
    """Enter the next version, and those of the parts that follow; the caller has asked for the right."""
    held = current_terms(task)
    if held.number != seen:
        raise history.StaleVersion(TaskVersion.objects.get(subject=task, number=seen), held)
    merged = _checked({**{name: getattr(held, name) for name in TERMS}, **changes})
    _within(merged, task.parent)
    day = max(beijing_day(at), held.valid_from)
    changed = sorted(history.differences(held, merged))
    after = history.revise(held, changes=merged, valid_from=day, by=by, at=at, reason=reason)
    if changed:
        detail = {"version": after.number, "fields": changed, "reason": reason}
        audit.record("tasks.revise", task.ref, by=by, at=at, detail=detail)
        deadlines.follow(task, held.due_on, after, by=by, at=at, reason=reason)
        for terms, wanted in parts.new_terms(task, held, after):
            revised(terms.subject, terms.number, wanted, by=by, at=at, reason=reason)
    return after


@transaction.atomic
def set_parties(
    *, task: Task, lead: Department, joint: Iterable[Department], by: Any, at: datetime, reason: str
) -> None:
    """Give a task to other departments (调整任务单位); who had it keeps it in the history.

    Its open parts go with it, but for those that other departments have.

    Raises
    ------
    MissingReason, MixedWorlds, BusyParts, Forbidden, StaleTask
    """
    policies.require(by, "assign", task)
    if task.phase not in REVISABLE:
        raise StaleTask(str(task.phase.label))
    if not reason.strip():
        raise MissingReason
    day, others = beijing_day(at), [one for one in joint if one.pk != lead.pk]
    detail = {"lead": lead.pk, "joint": [one.pk for one in others], "reason": reason}
    for one in (*parts.of_same_parties(task), task):
        TaskParty.objects.filter(task=one, valid_to__isnull=True).update(valid_to=day)
        _enter_parties(one, lead, others, day)
        audit.record("tasks.set_parties", one.ref, by=by, at=at, detail=detail)


def _enter_parties(task: Task, lead: Department, joint: Iterable[Department], day: date) -> None:
    for department in (lead, *joint):
        if department.district.simulated != task.district.simulated:
            raise MixedWorlds
    TaskParty.objects.bulk_create(
        [TaskParty(task=task, department=lead, role=PartyRole.LEAD, valid_from=day)]
        + [TaskParty(task=task, department=one, role=PartyRole.JOINT, valid_from=day) for one in joint]
    )


def _checked(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms as the table holds them.

    Raises
    ------
    BadTask
        Each field that does not hold what it may, under its label.
    """
    probe = TaskVersion(**{name: terms[name] for name in TERMS if name in terms})
    left = [field.name for field in TaskVersion._meta.fields if field.name not in TERMS]
    wrong: dict[str, list[str]] = {}
    try:
        probe.clean_fields(exclude=left)
    except ValidationError as error:
        wrong = {_label(name): told for name, told in error.message_dict.items()}
    if not wrong and probe.due_on < probe.starts_on:
        told = _("%(due)s 早于开始日期 %(start)s") % {"due": probe.due_on, "start": probe.starts_on}
        wrong[_label("due_on")] = [told]
    if wrong:
        raise BadTask(wrong)
    return {name: getattr(probe, name) for name in TERMS}


def _label(name: str) -> str:
    return str(TaskVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _within(terms: Mapping[str, Any], parent: Task | None) -> None:
    """A part ends no later than the whole."""
    if parent is not None and terms["due_on"] > (last := current_terms(parent).due_on):
        told = _("%(due)s 晚于上级任务 %(code)s 的期限 %(last)s")
        raise BadTask(
            {_label("due_on"): [told % {"due": terms["due_on"], "code": parent.code, "last": last}]}
        )
