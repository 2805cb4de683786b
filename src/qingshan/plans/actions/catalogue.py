"""The indicator catalogue: entered once, revised with a reason, used by every plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qingshan.accounts.public import require
from qingshan.kernel.spans import beijing_day
from qingshan.plans.actions.records import entered, first_version, identity, next_version
from qingshan.plans.models import CatalogueIndicator, CatalogueIndicatorVersion


@transaction.atomic
def add_catalogue_indicator(
    *, code: str, facts: Mapping[str, Any], valid_from: date, by: Any, at: datetime, reason: str = ""
) -> CatalogueIndicator:
    """Enter an indicator of the catalogue (新增目录指标).

    Parameters
    ----------
    facts : mapping
        Fields of `CatalogueIndicatorVersion`; lists are given one item a line.
    """
    require(by, "plans.edit")
    found = identity(CatalogueIndicator, code=code)
    first_version(CatalogueIndicatorVersion, found, facts, valid_from=valid_from, by=by, at=at, reason=reason)
    entered("plans.add_catalogue_indicator", found.ref, by=by, at=at, code=code)
    return found


@transaction.atomic
def revise_catalogue_indicator(
    *,
    catalogue: CatalogueIndicator,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> CatalogueIndicatorVersion:
    """Change a definition (修订指标定义); the definition of earlier days stays what it was."""
    require(by, "plans.edit")
    return next_version(
        CatalogueIndicatorVersion, catalogue, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_catalogue_indicator",
    )  # fmt: skip
