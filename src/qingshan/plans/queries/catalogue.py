"""The indicator catalogue as it stood on a day, and which plans use an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.history.public import Step
from qingshan.plans.models import CatalogueIndicator, CatalogueIndicatorVersion, IndicatorVersion
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.history import steps_until
from qingshan.plans.queries.reach import visible_versions

__all__ = ["CatalogueEntry", "catalogue_by_code", "catalogue_by_name", "catalogue_entries", "catalogue_entry"]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A definition, the indicators of plans that use it, and its history."""

    version: CatalogueIndicatorVersion
    used_by: list[IndicatorVersion]
    steps: list[Step]


def catalogue_entries(*, on: date) -> QuerySet[Any]:
    """Return the definitions of a day; everybody may read them."""
    found: QuerySet[Any] = CatalogueIndicatorVersion.objects.on(on)
    return found.select_related("subject").order_by("subject_id")


def catalogue_by_code(*, on: date) -> dict[str, CatalogueIndicator]:
    """Return the catalogue's entries by code."""
    return {row.subject.code: row.subject for row in catalogue_entries(on=on)}


def catalogue_by_name(*, on: date) -> dict[str, str]:
    """Return the code of every name and alias of the catalogue; a name of two entries is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for row in catalogue_entries(on=on):
        for name in {row.name, *row.aliases.splitlines()}:
            if found.setdefault(name, row.subject.code) != row.subject.code:
                twice.add(name)
    return {name: code for name, code in found.items() if name not in twice}


def catalogue_entry(*, user: Any, code: str, on: date) -> CatalogueEntry:
    """Return one definition with its users among the plans this person sees.

    Raises
    ------
    NoSuchRecord
        The catalogue has no such code on that day.
    """
    version = catalogue_entries(on=on).filter(subject__code=code).first()
    if version is None:
        raise NoSuchRecord(code)
    plans = [plan.subject_id for plan in visible_versions(user=user, on=on)]
    used = IndicatorVersion.objects.on(on).filter(catalogue=version.subject, plan_id__in=plans)
    return CatalogueEntry(
        version=version,
        used_by=list(used.select_related("subject", "plan").order_by("plan__code", "order")),
        steps=steps_until(CatalogueIndicatorVersion, version.subject, on),
    )
