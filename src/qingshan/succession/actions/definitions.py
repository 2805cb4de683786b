"""Changes of what an indicator of the catalogue means, entered as dated facts with reason and document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from qingshan.accounts.public import require
from qingshan.audit import public as audit
from qingshan.succession import policies
from qingshan.succession.errors import BadOpening, MissingReason, StaleOpening
from qingshan.succession.models import DefinitionChange

__all__ = ["enter_change", "withdraw_change"]

_FACTS = ("year", "kind", "before", "after", "reason", "document")


@transaction.atomic
def enter_change(*, catalogue: Any, facts: Mapping[str, Any], by: Any, at: datetime) -> DefinitionChange:
    """Enter that an indicator is counted otherwise from a year on (登记口径变化).

    Parameters
    ----------
    catalogue : CatalogueIndicator
    facts : mapping
        ``year``, ``kind`` (a `ChangeKind`), ``before``, ``after``, ``reason``, and ``document``.

    Raises
    ------
    MissingReason, BadOpening, Forbidden
    """
    require(by, "plans.edit")
    if not str(facts.get("reason", "")).strip():
        raise MissingReason
    change = DefinitionChange(
        catalogue=catalogue, entered_by=by, entered_at=at, **{name: facts.get(name, "") for name in _FACTS}
    )
    try:
        change.full_clean(exclude=["catalogue", "entered_by", "withdrawn_by"], validate_constraints=False)
    except ValidationError as error:
        raise BadOpening(error.message_dict) from None
    change.save()
    detail = {"catalogue": catalogue.ref, "year": change.year, "reason": change.reason}
    audit.record("succession.enter_change", change.ref, by=by, at=at, detail=detail)
    return change


@transaction.atomic
def withdraw_change(*, change: DefinitionChange, reason: str, by: Any, at: datetime) -> DefinitionChange:
    """Take back a change that was entered by mistake (撤回口径变化); it stays in the list, crossed out.

    Raises
    ------
    MissingReason, StaleOpening
    Forbidden
        Neither who entered it nor a planner of their district.
    """
    policies.require_withdraw(by, change)
    if not reason.strip():
        raise MissingReason
    open_ones = DefinitionChange.objects.filter(pk=change.pk, withdrawn_at__isnull=True)
    if open_ones.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason) != 1:
        raise StaleOpening(str(change._meta.get_field("withdrawn_at").verbose_name))
    change.refresh_from_db()
    audit.record("succession.withdraw_change", change.ref, by=by, at=at, detail={"reason": reason})
    return change
