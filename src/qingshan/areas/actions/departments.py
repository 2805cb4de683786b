"""Writing departments: entering and changing them. Who follows whom is in ``successions``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qingshan.areas import errors
from qingshan.areas.actions import versions
from qingshan.areas.kinds import DepartmentKind
from qingshan.areas.models import Department, DepartmentVersion, District
from qingshan.areas.names import lookup_text, plain
from qingshan.areas.queries.trees import below
from qingshan.audit import public as audit
from qingshan.history import public as history


@transaction.atomic
def create_department(
    *,
    name: str,
    district: District,
    kind: DepartmentKind = DepartmentKind.BUREAU,
    parent: Department | None = None,
    short_name: str = "",
    aliases: Sequence[str] = (),
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Department:
    """Enter a department (新增单位).

    Raises
    ------
    NameTaken
        Another department of the district answers to one of the names.
    FictionMixed
        The superior lies in a real district and this one in a fictional one, or the reverse.
    """
    _lock(district)
    lookup = _checked_lookup(district, name, short_name, aliases, apart_from=None)
    _check_parent(None, parent, district, valid_from)
    department = Department.objects.create(name=plain(name), district=district)
    DepartmentVersion.objects.create(
        subject=department,
        name=plain(name),
        short_name=short_name,
        aliases=list(aliases),
        lookup=lookup,
        kind=kind,
        district=district,
        parent=parent,
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
    )
    audit.record("areas.create_department", department.ref, by=by, at=at, detail={"name": department.name})
    return department


@transaction.atomic
def ensure_department(
    *, name: str, district: District, at: datetime, by: Any = None, **more: Any
) -> Department:
    """Return the department of exactly this district that answers to a name; enter it where there is none."""
    current = DepartmentVersion.objects.current().filter(district=district)
    found = current.filter(lookup__contains=f"\n{plain(name)}\n").select_related("subject").first()
    return found.subject if found else create_department(name=name, district=district, at=at, by=by, **more)


@transaction.atomic
def revise_department(
    *,
    department: Department,
    changes: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> DepartmentVersion:
    """Change a department from a day on (变更单位).

    Parameters
    ----------
    changes : mapping
        Some of ``name``, ``short_name``, ``aliases``, ``kind``, ``district``, ``parent``.
    seen : int, optional
        Number of the version the writer saw.

    Raises
    ------
    StaleVersion
        A newer version than ``seen`` is there.
    HasEnded, NameTaken, LoopInTree, FictionMixed
        See their words.
    """
    held = newest(department)
    if seen is not None and seen != held.number:
        raise history.StaleVersion(DepartmentVersion.objects.get(subject=department, number=seen), held)
    version = versions.revise(
        held,
        changes=_completed(department, held, changes, valid_from),
        valid_from=valid_from,
        by=by,
        at=at,
        reason=reason,
    )
    if version.pk != held.pk:
        department.name, department.district = version.name, version.district
        department.save(update_fields=["name", "district"])
        detail = {"version": version.number, "name": version.name, "reason": reason}
        audit.record("areas.revise_department", department.ref, by=by, at=at, detail=detail)
    return version


def rename_department(
    *,
    department: Department,
    name: str,
    on: date,
    by: Any,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> DepartmentVersion:
    """Give a department another name from a day on (单位更名). Its earlier name is still found."""
    return revise_department(
        department=department, changes={"name": name}, valid_from=on, by=by, at=at, reason=reason, seen=seen
    )


def newest(department: Department) -> DepartmentVersion:
    """Return the version in force until further notice.

    Raises
    ------
    HasEnded
        The department was merged or dissolved.
    """
    found: DepartmentVersion | None = (
        DepartmentVersion.objects.current().filter(subject=department).select_related("district").first()
    )
    if found is None:
        raise errors.HasEnded(_("“%s”已撤并，不能再变更。") % department.name)
    return found


def _completed(
    department: Department, held: DepartmentVersion, changes: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """Return the changes with what follows from them, checked."""
    after = dict(changes)
    if "name" in after:
        after["name"] = plain(after["name"])
    words = {key: after.get(key, getattr(held, key)) for key in ("name", "short_name", "aliases")}
    district = after.get("district", held.district)
    _lock(district)
    after["lookup"] = _checked_lookup(
        district, words["name"], words["short_name"], words["aliases"], apart_from=department
    )
    _check_parent(department, after.get("parent", held.parent), district, on)
    return after


def _lock(district: District) -> None:
    """Let two writers of one district's names come one after the other."""
    District.objects.select_for_update().get(pk=district.pk)


def _checked_lookup(
    district: District,
    name: str,
    short_name: str,
    aliases: Sequence[str],
    *,
    apart_from: Department | None,
) -> str:
    lookup = lookup_text([name, short_name, *aliases])
    clash = Q()
    for line in lookup.split("\n")[1:-1]:
        clash |= Q(lookup__contains=f"\n{line}\n")
    if not clash:
        raise errors.NameTaken(_("单位名称不能为空。"))
    others = DepartmentVersion.objects.current().filter(clash, district=district)
    if apart_from is not None:
        others = others.exclude(subject=apart_from)
    if (other := others.first()) is not None:
        raise errors.NameTaken(
            _("“%(district)s”已有单位“%(other)s”使用同样的名称或称谓；“%(name)s”请另写。")
            % {"district": district.name, "other": other.name, "name": name}
        )
    return lookup


def _check_parent(
    department: Department | None, parent: Department | None, district: District, on: date
) -> None:
    if parent is None:
        return
    if department is not None and parent.pk in below(DepartmentVersion, {department.pk}, on):
        raise errors.LoopInTree(_("“%s”在“%s”之下，不能作它的上级。") % (parent.name, department.name))
    if parent.district.simulated != district.simulated:
        raise errors.FictionMixed(_("虚构单位与真实单位不能互为上下级：%s。") % parent.name)
