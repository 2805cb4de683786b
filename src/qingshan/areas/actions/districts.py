"""Writing districts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas import errors
from qingshan.areas.actions import versions
from qingshan.areas.kinds import DistrictKind, SuccessionKind
from qingshan.areas.models import DepartmentVersion, District, DistrictSuccession, DistrictVersion
from qingshan.areas.models.district import FICTIONAL
from qingshan.areas.queries.trees import below
from qingshan.audit import public as audit
from qingshan.history import public as history
from qingshan.kernel.codes import BadCode, division_level, division_parent

_OWN_CODE = re.compile(r"(?P<around>[0-9]{6})-[A-Z][A-Z0-9]{0,7}")


@transaction.atomic
def create_district(
    *,
    code: str,
    name: str,
    parent: District | None = None,
    kind: DistrictKind = DistrictKind.DIVISION,
    short_name: str = "",
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> District:
    """Enter a district (新增辖区).

    Raises
    ------
    BadDistrictCode
        Not 6, 9 or 12 digits; for a functional area not six digits, a hyphen and capital letters.
    CodeTaken
        Another district has the code.
    FictionMixed
        A fictional district (codes beginning with 99) below a real one, or the reverse.
    """
    level = _level(code, kind)
    simulated = code.startswith(FICTIONAL)
    if parent is not None and parent.simulated != simulated:
        raise errors.FictionMixed(_("虚构辖区与真实辖区不能互为上下级：%s、%s。") % (parent.name, name))
    if District.objects.filter(code=code).exists():
        raise errors.CodeTaken(_("区划代码 %s 已被使用。") % code)
    district = District.objects.create(code=code, name=name, kind=kind, level=level, simulated=simulated)
    DistrictVersion.objects.create(
        subject=district,
        code=code,
        name=name,
        short_name=short_name,
        parent=parent,
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
    )
    audit.record("areas.create_district", district.ref, by=by, at=at, detail={"code": code, "name": name})
    return district


@transaction.atomic
def ensure_district(*, code: str, name: str, at: datetime, by: Any = None, **more: Any) -> District:
    """Return the district with this code, entering it first where it is not there yet."""
    found = District.objects.filter(code=code).first()
    return found or create_district(code=code, name=name, at=at, by=by, **more)


@transaction.atomic
def revise_district(
    *,
    district: District,
    changes: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> DistrictVersion:
    """Change name, short name, code or superior of a district from a day on (变更辖区).

    Parameters
    ----------
    changes : mapping
        Some of ``code``, ``name``, ``short_name``, ``parent``.
    seen : int, optional
        Number of the version the writer saw.

    Raises
    ------
    StaleVersion
        A newer version than ``seen`` is there.
    HasEnded, LoopInTree, CodeTaken, BadDistrictCode, FictionMixed
        See their words.
    """
    held = _newest(district)
    if seen is not None and seen != held.number:
        raise history.StaleVersion(DistrictVersion.objects.get(subject=district, number=seen), held)
    _check_parent(district, changes.get("parent"), valid_from)
    if (code := changes.get("code", held.code)) != held.code:
        _check_new_code(code, district)
    version = versions.revise(held, changes=changes, valid_from=valid_from, by=by, at=at, reason=reason)
    if version.pk != held.pk:
        district.code, district.name = version.code, version.name
        district.level = _level(version.code, DistrictKind(district.kind))
        district.save(update_fields=["code", "name", "level"])
        audit.record(
            "areas.revise_district",
            district.ref,
            by=by,
            at=at,
            detail={"version": version.number, "name": version.name, "reason": reason},
        )
    return version


@transaction.atomic
def merge_districts(
    *,
    districts: Sequence[District],
    into: District,
    on: date,
    by: Any,
    at: datetime,
    document: str = "",
    note: str = "",
) -> None:
    """Merge districts into another (撤并辖区): what stood below them stands below it from that day.

    Departments keep their district; merge or move them by their own actions.
    """
    for district in districts:
        _end(district, into, SuccessionKind.MERGED, on=on, by=by, at=at, document=document, note=note)


@transaction.atomic
def dissolve_district(
    *,
    district: District,
    on: date,
    successor: District | None = None,
    by: Any,
    at: datetime,
    document: str = "",
    note: str = "",
) -> None:
    """Dissolve a district (撤销辖区); without a successor only when nothing stands below it."""
    _end(district, successor, SuccessionKind.DISSOLVED, on=on, by=by, at=at, document=document, note=note)


@transaction.atomic
def load_divisions(rows: Iterable[tuple[str, str]], *, valid_from: date, by: Any, at: datetime) -> int:
    """Enter national divisions from a code list; those already there stay as they are.

    Parameters
    ----------
    rows : iterable of (code, name)
        In any order. A row whose superior is in neither the list nor the database stands at the top.

    Returns
    -------
    int
        How many were entered.

    Raises
    ------
    BadDistrictCode
        A code is not a division code; nothing is entered then.
    """
    known = dict(District.objects.values_list("code", "pk"))
    fresh = [
        District(code=code, name=name, level=_level(code, DistrictKind.DIVISION), simulated=False)
        for code, name in sorted(dict(rows).items())
        if code not in known
    ]
    District.objects.bulk_create(fresh, batch_size=500)
    known |= dict(District.objects.filter(code__in=[one.code for one in fresh]).values_list("code", "pk"))
    DistrictVersion.objects.bulk_create(
        [
            DistrictVersion(
                subject_id=known[one.code],
                code=one.code,
                name=one.name,
                parent_id=known.get(division_parent(one.code) or ""),
                valid_from=valid_from,
                recorded_at=at,
                recorded_by=by,
                reason=_("区划代码表载入"),
            )
            for one in fresh
        ],
        batch_size=500,
    )
    if fresh:
        last = District(pk=known[fresh[-1].code])
        audit.record("areas.load_divisions", last.ref, by=by, at=at, detail={"entered": len(fresh)})
    return len(fresh)


def _level(code: str, kind: DistrictKind) -> int:
    if kind == DistrictKind.FUNCTIONAL:
        found = _OWN_CODE.fullmatch(code)
        if found is None:
            raise errors.BadDistrictCode(
                _("功能区代码“%s”应为所在行政区六位代码加连字符和大写字母，如 441700-GX。") % code
            )
        return min(division_level(found["around"]) + 1, 5)
    try:
        return division_level(code)
    except BadCode as error:
        raise errors.BadDistrictCode(_("“%s”不是行政区划代码，应为 6、9 或 12 位数字。") % code) from error


def _check_new_code(code: str, district: District) -> None:
    _level(code, DistrictKind(district.kind))
    if code.startswith(FICTIONAL) != district.simulated:
        raise errors.FictionMixed(_("虚构辖区的代码以 99 开头，真实辖区不用；“%s”不能这样改。") % code)
    if District.objects.filter(code=code).exclude(pk=district.pk).exists():
        raise errors.CodeTaken(_("区划代码 %s 已被使用。") % code)


def _check_parent(district: District, parent: District | None, on: date) -> None:
    if parent is None:
        return
    if parent.pk in below(DistrictVersion, {district.pk}, on):
        raise errors.LoopInTree(_("“%s”在“%s”之下，不能作它的上级。") % (parent.name, district.name))
    if parent.simulated != district.simulated:
        raise errors.FictionMixed(
            _("虚构辖区与真实辖区不能互为上下级：%s、%s。") % (parent.name, district.name)
        )


def _newest(district: District) -> DistrictVersion:
    found: DistrictVersion | None = DistrictVersion.objects.current().filter(subject=district).first()
    if found is None:
        raise errors.HasEnded(_("“%s”已撤并，不能再变更。") % district.name)
    return found


def _end(
    district: District,
    into: District | None,
    kind: SuccessionKind,
    *,
    on: date,
    by: Any,
    at: datetime,
    document: str,
    note: str,
) -> None:
    held = _newest(district)
    children = list(DistrictVersion.objects.current().filter(parent=district).select_related("subject"))
    staying = DepartmentVersion.objects.current().filter(district=district).exists()
    if into is None and (children or staying):
        raise errors.StillHasMembers(_("“%s”之下还有辖区或单位，请先调整，或指定承接辖区。") % district.name)
    if into is not None:
        _newest(into)
        _check_merge(district, into, on)
    for child in children:
        revise_district(
            district=child.subject, changes={"parent": into}, valid_from=max(on, child.valid_from),
            by=by, at=at, reason=_("上级辖区撤并：%s") % district.name,
        )  # fmt: skip
    versions.end(held, on=on)
    DistrictSuccession.objects.create(
        earlier=district, later=into, on=on, kind=kind,
        document=document, note=note, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    detail = {"into": str(into.ref) if into else "", "on": on.isoformat(), "document": document}
    audit.record(f"areas.{kind}_district", district.ref, by=by, at=at, detail=detail)


def _check_merge(district: District, into: District, on: date) -> None:
    if into.simulated != district.simulated:
        raise errors.FictionMixed(_("虚构辖区与真实辖区不能合并：%s、%s。") % (into.name, district.name))
    if into.pk in below(DistrictVersion, {district.pk}, on):
        raise errors.LoopInTree(_("“%s”在“%s”之下，请先调整它的上级。") % (into.name, district.name))
