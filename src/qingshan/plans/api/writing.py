"""Writing: values and progress. What is written waits for a second person, as on the pages."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from qingshan.kernel.spans import beijing_day
from qingshan.plans import actions, queries
from qingshan.plans.api import schemas as out
from qingshan.plans.api import shown
from qingshan.plans.api.problems import Refusal
from qingshan.plans.api.tokens import writer
from qingshan.plans.queries.entries import value_to_correct
from qingshan.plans.queries.errors import NoSuchRecord

router = Router(tags=["填报"])
_REFUSED = {403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}


@router.post(
    "/plans/{code}/indicators/{indicator_code}/values",
    response={201: out.ValueOut, **_REFUSED},
    summary="录入数值",
)
def enter_value(request: HttpRequest, code: str, indicator_code: str, payload: out.ValueIn) -> Any:
    """Enter a value, and hand it in unless ``submit`` is false."""
    by, at = writer(request), timezone.now()
    day = beijing_day(at)
    plan = queries.plan_for(user=by, code=code, on=day)
    detail = queries.indicator_detail(user=by, plan=plan, code=indicator_code, on=day)
    facts = payload.model_dump(exclude={"corrects", "submit"}, exclude_none=True)
    with transaction.atomic():
        value = actions.enter_value(
            indicator=detail.version.subject,
            facts={**facts, "unit": payload.unit or detail.version.unit},
            corrects=value_to_correct(indicator=detail.version.subject, key=str(payload.corrects or "")),
            by=by,
            at=at,
        )
        if payload.submit:
            actions.submit_value(value=value, by=by, at=at)
    value.refresh_from_db()
    return Status(201, shown.value(value))


_DETAILS: dict[str, Any] = {
    "measures": queries.measure_detail,
    "commitments": queries.commitment_detail,
    "projects": queries.project_detail,
}


@router.post(
    "/plans/{code}/{kind}/{record_code}/reports",
    response={201: out.ReportOut, **_REFUSED},
    summary="填报进展",
)
def enter_report(request: HttpRequest, code: str, kind: str, record_code: str, payload: out.ReportIn) -> Any:
    """Report progress on a measure, commitment or project, and hand it in unless ``submit`` is false."""
    by, at = writer(request), timezone.now()
    day = beijing_day(at)
    if kind not in _DETAILS:
        raise NoSuchRecord(f"{kind}/{record_code}")
    plan = queries.plan_for(user=by, code=code, on=day)
    detail = _DETAILS[kind](user=by, plan=plan, code=record_code, on=day)
    with transaction.atomic():
        report = actions.enter_report(
            subject=detail.version.subject, by=by, at=at, **payload.model_dump(exclude={"submit"})
        )
        if payload.submit:
            actions.submit_report(report=report, by=by, at=at)
    report.refresh_from_db()
    return Status(201, shown.report(report))
