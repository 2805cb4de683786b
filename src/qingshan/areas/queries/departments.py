"""Reading departments: the tree of a day, names in the wild, and whose duties came to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qingshan.areas.errors import AmbiguousName
from qingshan.areas.models import (
    Department,
    DepartmentSuccession,
    DepartmentVersion,
    District,
    DistrictVersion,
)
from qingshan.areas.names import plain, spellings
from qingshan.areas.queries.districts import district_path, districts_under
from qingshan.areas.queries.trees import Node, arranged, below, earlier, later


def department_on(department: Department | int, on: date) -> DepartmentVersion | None:
    """Return the version that holds on a day; None when the department did not exist then."""
    subject = department if isinstance(department, int) else department.pk
    found: DepartmentVersion | None = (
        DepartmentVersion.objects.on(on)
        .filter(subject_id=subject)
        .select_related("subject", "district", "parent")
        .first()
    )
    return found


def department_names(ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the names that departments bore on a day; those that did not exist are left out."""
    return _names(DepartmentVersion.objects.on(on).filter(subject_id__in=set(ids)))


def department_names_in(district: District | int, on: date) -> dict[int, str]:
    """Return the departments of a district and of all below it that exist on a day, and their names then."""
    return _names(DepartmentVersion.objects.on(on).filter(district_id__in=districts_under(district, on)))


def _names(versions: Any) -> dict[int, str]:
    return dict(versions.order_by().values_list("subject_id", "name"))


def departments_in(district: District | int, on: date) -> tuple[Department, ...]:
    """Return the departments of a district and of all below it that exist on a day, by name."""
    return tuple(
        Department.objects.filter(
            pk__in=DepartmentVersion.objects.on(on)
            .filter(district_id__in=districts_under(district, on))
            .values("subject_id")
        ).order_by("district__code", "name")
    )


def department_tree(district: District | int, on: date) -> tuple[Node[DepartmentVersion], ...]:
    """Return the departments of one district (not of those below it) as a tree, on a day."""
    where = district if isinstance(district, int) else district.pk
    rows = DepartmentVersion.objects.on(on).filter(district_id=where).select_related("subject")
    return tuple(arranged(rows.order_by("kind", "name")))


def departments_under(departments: Iterable[int], on: date) -> frozenset[int]:
    """Return the numbers of departments and of all that stand below them on a day."""
    return below(DepartmentVersion, departments, on)


def lineage_of(departments: Iterable[int], on: date) -> frozenset[int]:
    """Return the numbers of departments and of all whose duties have come to them by a day.

    A duty keeps the department it was given to; whoever asks for "the duties of B" asks for the duties
    of ``lineage_of({B}, on)``. So a merger rewrites nothing, and a page as of the day before shows what
    held the day before.
    """
    return earlier(DepartmentSuccession, departments, on)


def current_departments(department: Department | int, on: date) -> tuple[Department, ...]:
    """Return who has a department's duties on a day: itself, its followers, or nobody."""
    start = department if isinstance(department, int) else department.pk
    ids = later(DepartmentSuccession, {start}, on)
    return tuple(Department.objects.filter(pk__in=ids).order_by("name"))


def find_departments(name: str, district: District | int, on: date) -> tuple[Department, ...]:
    """Return all departments that answer to a printed name, looking from one district.

    Looked for in turn, and the first place with an answer decides: the district itself, those below it,
    those above it from near to far; names of that day before earlier names. For an earlier name the
    answer is whoever has the duties on that day.
    """
    if not plain(name):
        return ()
    rings = tuple(_rings(district, on))
    for versions in (DepartmentVersion.objects.on(on), DepartmentVersion.objects.filter(valid_from__lte=on)):
        for around, ids in rings:
            held = versions.filter(_answers_to(name, around), district_id__in=ids)
            found = {
                heir.pk: heir
                for subject in held.values_list("subject_id", flat=True)
                for heir in current_departments(subject, on)
            }
            if found:
                return tuple(found.values())
    return ()


def find_department(name: str, district: District | int, on: date) -> Department | None:
    """Return the one department that answers to a printed name (市生态环境局, 生态环境分局 …), or None.

    Raises
    ------
    AmbiguousName
        Several answer to it; the person must choose.
    """
    found = find_departments(name, district, on)
    if len(found) > 1:
        raise AmbiguousName(
            _("“%(name)s”对应多个单位：%(all)s。请写全称。")
            % {"name": name, "all": "、".join(one.name for one in found)},
            tuple(one.pk for one in found),
        )
    return found[0] if found else None


def _answers_to(name: str, around: str) -> Q:
    found = Q()
    for spelling in spellings(name, around):
        found |= Q(lookup__contains=f"\n{spelling}\n")
    return found


def _rings(district: District | int, on: date) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the places to look in, near to far, each with the name of the district it belongs to."""
    path = district_path(district, on)
    if not path:
        return
    here = path[-1]
    yield here.name, frozenset({here.subject_id})
    yield here.name, below(DistrictVersion, {here.subject_id}, on) - {here.subject_id}
    for above in reversed(path[:-1]):
        yield above.name, frozenset({above.subject_id})
