"""The indicator catalogue from its data file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.models import CatalogueIndicator, CatalogueIndicatorVersion
from qingshan.plans.packs.shapes import CatalogueEntry

#: From this day on the shipped definitions hold; they are older than any plan in the ledger.
FIRST_DAY = date(2010, 1, 1)


@transaction.atomic
def load_catalogue(entries: Iterable[CatalogueEntry], *, at: datetime) -> dict[str, CatalogueIndicator]:
    """Enter the catalogue (载入指标目录), or bring it up to date, and return it by code."""
    desk = Desk(day=FIRST_DAY, at=at)
    found = {entry.code: _put(desk, entry) for entry in entries}
    if found and (desk.counts["entered"] or desk.counts["revised"]):
        last = next(reversed(found.values()))
        audit.record("plans.load_catalogue", last.ref, by=None, at=at, detail=dict(desk.counts))
    return found


def _put(desk: Desk, entry: CatalogueEntry) -> CatalogueIndicator:
    facts = {
        "name": entry.name,
        "aliases": "\n".join(entry.aliases),
        "direction": entry.direction,
        "unit": entry.unit,
        "definition": entry.definition,
        "formula_words": entry.formula_words,
        "formula_symbols": entry.formula_symbols,
        "data_departments": "\n".join(entry.data_source_departments),
        "standards": "\n".join(entry.standards),
        "rules": "\n".join(entry.rules),
        "notes": "\n".join(entry.notes),
    }
    found: CatalogueIndicator = desk.put(
        CatalogueIndicator, CatalogueIndicatorVersion, {"code": entry.code}, facts, within={}
    )
    return found
