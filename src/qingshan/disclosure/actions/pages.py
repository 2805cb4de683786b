"""Setting up a plan's public page, and switching it on and off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.accounts.public import can
from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.disclosure import policies
from qingshan.disclosure.errors import MissingReason, NothingPublished
from qingshan.disclosure.models import PublicPage
from qingshan.disclosure.states import EditionState
from qingshan.plans.public import Plan

__all__ = ["close_page", "open_page", "set_up_page"]


@transaction.atomic
def set_up_page(
    *, plan: Plan, office: Department, by: Any, at: datetime, takes_feedback: bool = True
) -> PublicPage:
    """Make or change the page of a plan (设置公开页); it stays shut until an edition is published.

    Parameters
    ----------
    office : Department
        Takes in the feedback that concerns no department's record.

    Raises
    ------
    Forbidden
        Who may not prepare it in the plan's district.
    """
    if by is not None and not can(by, policies.CAPABILITIES["prepare"], district_id=plan.district_id):
        raise policies.Forbidden(policies.CAPABILITIES["prepare"], plan.code)
    page, _made = PublicPage.objects.update_or_create(
        plan=plan, defaults={"office": office, "takes_feedback": takes_feedback, "changed_at": at}
    )
    detail = {"office": office.pk, "takes_feedback": takes_feedback}
    audit.record("disclosure.set_up", page.ref, by=by, at=at, detail=detail)
    return page


@transaction.atomic
def open_page(*, page: PublicPage, by: Any, at: datetime) -> PublicPage:
    """Switch a page on (开放公开页).

    Raises
    ------
    Forbidden
    NothingPublished
        No edition stands to be read.
    """
    policies.require(by, "approve", page)
    if not page.editions.filter(state=EditionState.PUBLISHED).exists():
        raise NothingPublished
    return _switch(page, to=True, at=at, by=by, reason="")


@transaction.atomic
def close_page(*, page: PublicPage, by: Any, at: datetime, reason: str) -> PublicPage:
    """Switch a page off (关闭公开页): for the public it is gone at once, with all its editions and data.

    Who prepares a page may do it too: what turns out wrong at night need not wait for the leader.

    Raises
    ------
    Forbidden, MissingReason
    """
    if not policies.may(by, "prepare", page):
        policies.require(by, "approve", page)
    if not reason.strip():
        raise MissingReason
    return _switch(page, to=False, at=at, by=by, reason=reason)


def _switch(page: PublicPage, *, to: bool, at: datetime, by: Any, reason: str) -> PublicPage:
    PublicPage.objects.filter(pk=page.pk).update(is_open=to, changed_at=at)
    if to:
        audit.record("disclosure.open", page.ref, by=by, at=at)
    else:
        audit.record("disclosure.close", page.ref, by=by, at=at, detail={"reason": reason})
    page.refresh_from_db()
    return page
