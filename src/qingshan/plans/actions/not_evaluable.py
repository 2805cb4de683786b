"""Years left out of account: declared with evidence, approved by a second person, changed when sent back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions import reviews
from qingshan.plans.actions.records import checked, entered
from qingshan.plans.errors import BadFacts, MissingEvidence
from qingshan.plans.events import NotEvaluableSentBack
from qingshan.plans.locks import require_open
from qingshan.plans.models import Indicator, NotEvaluable


@transaction.atomic
def declare_not_evaluable(
    *,
    indicator: Indicator,
    year: int,
    reason: str,
    evidence: str,
    by: Any,
    at: datetime,
    document: str = "",
    known_on: date | None = None,
) -> NotEvaluable:
    """Propose to leave a year out of account (提出不予评估); it holds once approved.

    Raises
    ------
    MissingEvidence
        Neither evidence nor a document is given.
    LockedDay
        The upper level has locked the year, or the day from which it is known.
    """
    policies.require(by, "enter_value", indicator)
    facts = {
        "year": year, "reason": reason, "evidence": evidence, "document": document,
        "known_on": known_on or beijing_day(at),
    }  # fmt: skip
    require_open(indicator.plan, date(year, 12, 31), facts["known_on"])
    statement = NotEvaluable.objects.create(
        indicator=indicator, entered_by=by, entered_at=at, **_founded(facts)
    )
    entered("plans.declare_not_evaluable", statement.ref, by=by, at=at, year=year, reason=reason)
    return statement


@transaction.atomic
def change_not_evaluable(
    *, statement: NotEvaluable, year: int, reason: str, evidence: str, by: Any, at: datetime
) -> NotEvaluable:
    """Change a statement that is not under review (修改不予评估申请).

    Raises
    ------
    MissingEvidence
        Neither evidence nor a document is given.
    NotChangeable
        It was submitted, approved or taken back.
    LockedDay
        The upper level has locked the year, or the day from which it is known.
    """
    policies.require(by, "enter_value", statement)
    require_open(statement.indicator.plan, date(year, 12, 31), statement.known_on)
    facts = {"year": year, "reason": reason, "evidence": evidence, "document": statement.document}
    reviews.change(statement, _founded(facts))
    entered("plans.change_not_evaluable", statement.ref, by=by, at=at, fields=["evidence", "reason", "year"])
    return statement


def _founded(facts: dict[str, Any]) -> dict[str, Any]:
    """A year is left out for a reason, and on evidence."""
    if not facts["reason"].strip():
        raise BadFacts({_("理由"): [_("必填")]})
    if not (facts["evidence"].strip() or facts["document"].strip()):
        raise MissingEvidence(_("请写明依据或附上依据文件。"))
    return checked(NotEvaluable, facts)


@transaction.atomic
def submit_not_evaluable(*, statement: NotEvaluable, by: Any, at: datetime) -> NotEvaluable:
    """Hand it to a second person (提交审核)."""
    return reviews.submit(statement, verb="enter_value", action="plans.submit_not_evaluable", by=by, at=at)


@transaction.atomic
def approve_not_evaluable(*, statement: NotEvaluable, by: Any, at: datetime, note: str = "") -> NotEvaluable:
    """Leave the year out of account (批准不予评估); needs the right to approve plans, not only values.

    Raises
    ------
    LockedDay
        The upper level has locked the year, or the day from which it is known, since it was declared.
    """
    require_open(statement.indicator.plan, date(statement.year, 12, 31), statement.known_on)
    return reviews.approve(
        statement, verb="approve", action="plans.approve_not_evaluable", by=by, at=at, note=note
    )


@transaction.atomic
def send_back_not_evaluable(*, statement: NotEvaluable, by: Any, at: datetime, note: str) -> NotEvaluable:
    """Give it back to who entered it, saying why (退回)."""
    reviews.send_back(
        statement, verb="approve", action="plans.send_back_not_evaluable", by=by, at=at, note=note
    )
    announce(
        NotEvaluableSentBack(
            statement.pk, statement.indicator_id, statement.year, statement.entered_by_id, note, at
        ),
        at=at,
    )
    return statement
