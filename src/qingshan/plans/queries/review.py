"""What waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from qingshan.accounts.public import scope_of
from qingshan.plans import policies
from qingshan.plans.models import NotEvaluable, ProgressReport, Rebaselining, Value
from qingshan.plans.states import ReviewState

__all__ = ["ToReview", "to_review"]


@dataclass(frozen=True, slots=True)
class ToReview:
    """What somebody may approve and did not enter, oldest first."""

    values: list[Value]
    not_evaluable: list[NotEvaluable]
    reports: list[ProgressReport]
    rebaselinings: list[Rebaselining]

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.values) + len(self.not_evaluable) + len(self.reports) + len(self.rebaselinings)


def to_review(*, user: Any) -> ToReview:
    """Return what waits for this person's approval now."""
    indicator, project = "indicator__plan__district", "project__plan__district"
    return ToReview(
        values=_waiting(user, Value, "approve_value", indicator, "indicator__plan"),
        not_evaluable=_waiting(user, NotEvaluable, "approve", indicator, "indicator__plan"),
        reports=_reports(user),
        rebaselinings=_waiting(user, Rebaselining, "approve", project, "project__plan"),
    )


def _waiting(user: Any, model: Any, verb: str, district: str, related: str) -> list[Any]:
    scope = scope_of(user, capability=policies.CAPABILITIES[verb])
    if scope.nothing:
        return []
    rows: QuerySet[Any] = model.objects.filter(scope.rows(district=district), state=ReviewState.SUBMITTED)
    return list(
        rows.exclude(entered_by_id=user.pk)
        .select_related(related, "entered_by")
        .order_by("submitted_at", "id")
    )


def _reports(user: Any) -> list[ProgressReport]:
    found = [
        report
        for subject in ("measure", "project", "commitment")
        for report in _waiting(user, ProgressReport, "edit", f"{subject}__plan__district", f"{subject}__plan")
    ]
    return sorted(found, key=lambda report: (report.submitted_at, report.pk))
