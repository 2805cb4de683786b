"""Reading districts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qingshan.areas.models import District, DistrictSuccession, DistrictVersion
from qingshan.areas.queries.trees import Node, arranged, below, earlier


def districts_under(district: District | int, on: date) -> frozenset[int]:
    """Return the numbers of a district, of all below it on a day, and of those merged into any of them.

    Records attached to a town that was merged away are therefore still found under its county.
    """
    top = district if isinstance(district, int) else district.pk
    return earlier(DistrictSuccession, below(DistrictVersion, {top}, on), on)


def find_district(code: str, on: date | None = None) -> District | None:
    """Return the district that has a code now, or had it on a day; None when there is none."""
    if on is None:
        return District.objects.filter(code=code).first()
    held = DistrictVersion.objects.on(on).filter(code=code).select_related("subject").first()
    return held.subject if held else None


def district_on(district: District | int, on: date) -> DistrictVersion | None:
    """Return the version that holds on a day; None when the district did not exist then."""
    subject = district if isinstance(district, int) else district.pk
    found: DistrictVersion | None = (
        DistrictVersion.objects.on(on).filter(subject_id=subject).select_related("subject", "parent").first()
    )
    return found


def district_names(ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the names that districts bore on a day; those that did not exist are left out."""
    return dict(
        DistrictVersion.objects.on(on).filter(subject_id__in=set(ids)).values_list("subject_id", "name")
    )


def district_path(district: District | int, on: date) -> tuple[DistrictVersion, ...]:
    """Return the versions from the top (province) down to a district, on a day."""
    path: list[DistrictVersion] = []
    step = district_on(district, on)
    while step is not None and step.subject_id not in {seen.subject_id for seen in path}:
        path.insert(0, step)
        step = district_on(step.parent_id, on) if step.parent_id else None
    return tuple(path)


def district_tree(
    on: date, *, top: District | int | None = None, deepest: int = 5
) -> tuple[Node[DistrictVersion], ...]:
    """Return the tree of districts on a day, by code.

    Parameters
    ----------
    on : date
        The day.
    top : District or int, optional
        Only this district and those below it.
    deepest : int
        Lowest level shown (3 stops at counties).
    """
    rows = DistrictVersion.objects.on(on).filter(subject__level__lte=deepest)
    if top is not None:
        rows = rows.filter(
            subject_id__in=below(DistrictVersion, {top if isinstance(top, int) else top.pk}, on)
        )
    return tuple(arranged(rows.select_related("subject").order_by("code")))
