"""Where a plan holds and who is named in it: districts and departments that a pack needs."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from qingshan.areas import public as areas
from qingshan.areas.public import Department, DepartmentKind, District, DistrictKind
from qingshan.kernel.codes import division_parent
from qingshan.kernel.spans import beijing_day
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.packs.shapes import Level, Pack, Place
from qingshan.plans.packs.words import DepartmentKind as NamedKind

#: Zones have no national code; these are ours (the division around them, a hyphen, letters).
ZONE_CODES = {"阳江高新区": "441700-GX"}

_KINDS = {
    NamedKind.DEPARTMENT: DepartmentKind.BUREAU,
    NamedKind.GOVERNMENT: DepartmentKind.GOVERNMENT,
    NamedKind.ENTERPRISE: DepartmentKind.ENTERPRISE,
    NamedKind.OTHER: DepartmentKind.OTHER,
}


def district_of(pack: Pack, *, valid_from: date, at: datetime) -> District:
    """Return the district of a plan, entering it where it is not there yet.

    Raises
    ------
    LedgerRefusal
        A zone that has no code of its own, neither national nor ours.
    """
    named = pack.plan.district
    if pack.plan.level is not Level.ZONE:
        above = division_parent(named.code)
        parent = areas.find_district(above) if above else None
        return areas.ensure_district(
            code=named.code, name=named.name, parent=parent, valid_from=valid_from, at=at
        )
    code = ZONE_CODES.get(named.name)
    if code is None:
        raise LedgerRefusal(
            _("“%(zone)s”没有行政区划代码；请先在辖区管理中为它新建功能区（如 %(code)s-GX）。")
            % {"zone": named.name, "code": named.code}
        )
    return areas.ensure_district(
        code=code, name=named.name, kind=DistrictKind.FUNCTIONAL, parent=areas.find_district(named.code),
        valid_from=valid_from, at=at,
    )  # fmt: skip


def departments_of(
    pack: Pack, district: District, *, valid_from: date, at: datetime, look: bool = False
) -> dict[str, Department]:
    """Return the departments that a plan names, by the name it uses, entering those not there yet.

    Parameters
    ----------
    look : bool
        Take a department of the district that answers to a shorter name (县水利局 for 青川县水利局), as a
        bureau's own plan means it. The packs of the house name theirs in full.
    """
    return {
        one.name: (_answering(one.name, district, at) if look else None)
        or areas.ensure_department(
            name=one.name, district=district, kind=_KINDS[one.kind], aliases=one.aliases,
            valid_from=valid_from, at=at,
        )
        for one in pack.plan.departments
    }  # fmt: skip


def _answering(name: str, district: District, at: datetime) -> Department | None:
    """The one department of exactly this district that answers to a name; None where it is not clear."""
    found = [
        one
        for one in areas.find_departments(name, district, beijing_day(at))
        if one.district_id == district.pk
    ]
    return found[0] if len(found) == 1 else None


def placed(place: Place | None) -> dict[str, object]:
    """Return a place as the columns hold it."""
    if place is None:
        return {}
    return {
        "place_start": place.start,
        "place_end": place.end,
        "place_anchor": place.anchor,
        "place_document": place.document,
    }
