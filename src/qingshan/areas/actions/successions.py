"""Merging, splitting and dissolving departments. Duties are not touched: readers follow the successions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas import errors
from qingshan.areas.actions import versions
from qingshan.areas.actions.departments import newest, revise_department
from qingshan.areas.kinds import SuccessionKind
from qingshan.areas.models import Department, DepartmentSuccession, DepartmentVersion, Post
from qingshan.areas.queries.trees import below
from qingshan.audit import public as audit


@dataclass(frozen=True, slots=True)
class _Order:
    """One decision to end departments: the day, its paper, and who enters it."""

    kind: SuccessionKind
    on: date
    by: Any
    at: datetime
    document: str
    note: str


@transaction.atomic
def merge_departments(
    *,
    departments: Sequence[Department],
    into: Department,
    on: date,
    by: Any,
    at: datetime,
    document: str = "",
    note: str = "",
) -> None:
    """Merge departments into another (单位合并): from that day it has their duties and their sections.

    Raises
    ------
    HasEnded
        One of them was merged or dissolved before.
    LoopInTree
        A department would be merged into itself or into one below it.
    TooEarly
        The day lies before a department's last change.
    FictionMixed
        Real and fictional departments.
    """
    order = _Order(SuccessionKind.MERGED, on, by, at, document, note)
    for department in departments:
        _end(department, (into,), order)


@transaction.atomic
def split_department(
    *,
    department: Department,
    into: Sequence[Department],
    on: date,
    by: Any,
    at: datetime,
    document: str = "",
    note: str = "",
) -> None:
    """Split a department (单位分设): it ends, and each of the others sees its duties.

    Where a department goes on and only hands over some work, nothing ends: enter the new department and
    give it those duties.
    """
    _end(department, tuple(into), _Order(SuccessionKind.SPLIT, on, by, at, document, note))


@transaction.atomic
def dissolve_department(
    *,
    department: Department,
    on: date,
    successor: Department | None = None,
    by: Any,
    at: datetime,
    document: str = "",
    note: str = "",
) -> None:
    """Dissolve a department (撤销单位), with or without somebody who takes its duties.

    Raises
    ------
    StillHasMembers
        Nobody follows, and sections stand below it.
    """
    heirs = (successor,) if successor else ()
    _end(department, heirs, _Order(SuccessionKind.DISSOLVED, on, by, at, document, note))


def _end(department: Department, heirs: tuple[Department, ...], order: _Order) -> None:
    held = newest(department)
    _check(department, heirs, order.on)
    _hand_down(department, heirs, order)
    versions.end(held, on=order.on)
    Department.objects.filter(pk=department.pk).update(ended_on=order.on)
    department.ended_on = order.on
    for heir in heirs or (None,):
        DepartmentSuccession.objects.create(
            earlier=department,
            later=heir,
            on=order.on,
            kind=order.kind,
            document=order.document,
            note=order.note,
            recorded_at=order.at,
            recorded_by=order.by,
        )
    detail = {
        "into": "、".join(str(heir.ref) for heir in heirs),
        "on": order.on.isoformat(),
        "document": order.document,
    }
    audit.record(f"areas.{order.kind}_department", department.ref, by=order.by, at=order.at, detail=detail)


def _check(department: Department, heirs: tuple[Department, ...], on: date) -> None:
    for heir in heirs:
        if newest(heir).valid_from > on and not _existed(heir, on):
            raise errors.HasEnded(_("“%s”在 %s 尚未设立，不能承接。") % (heir.name, on))
        if heir.pk in below(DepartmentVersion, {department.pk}, on):
            raise errors.LoopInTree(
                _("“%s”就是它自己或在它之下，不能承接“%s”。") % (heir.name, department.name)
            )
        if heir.district.simulated != department.district.simulated:
            raise errors.FictionMixed(_("虚构单位与真实单位不能合并：%s。") % heir.name)


def _existed(department: Department, on: date) -> bool:
    return DepartmentVersion.objects.on(on).filter(subject=department).exists()


def _hand_down(department: Department, heirs: tuple[Department, ...], order: _Order) -> None:
    """Put what stands below a department under its heir; several heirs leave the choice to a person."""
    sections = list(DepartmentVersion.objects.current().filter(parent=department).select_related("subject"))
    if sections and len(heirs) != 1:
        raise errors.StillHasMembers(
            _("“%s”之下还有 %s 个单位，请先调整它们的上级。") % (department.name, len(sections))
        )
    for section in sections:
        revise_department(
            department=section.subject,
            changes={"parent": heirs[0]},
            valid_from=max(order.on, section.valid_from),
            by=order.by,
            at=order.at,
            reason=_("上级单位撤并：%s") % department.name,
        )
    # Who held a post of the ended department held it until that day, and no longer.
    for post in Post.objects.filter(department=department):
        post.holdings.filter(to_on__isnull=True, from_on__lte=order.on).update(to_on=order.on)
