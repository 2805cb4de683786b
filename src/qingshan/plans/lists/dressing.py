"""What the columns of a page of rows need besides the record: who answers, progress, address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from qingshan.plans.addresses import commitment_url, measure_url, project_url
from qingshan.plans.figures import progress_figure, years_in_words
from qingshan.plans.models import ProjectResponsibility
from qingshan.plans.queries import with_shares
from qingshan.plans.queries.projects import investment_figure
from qingshan.plans.targets import typed_in_words


def dressed(plan: Any, on: date) -> Callable[[list[Any]], None]:
    """Return what dresses a page of measures, commitments or projects of a plan."""

    def dress(rows: list[Any]) -> None:
        kind = type(rows[0]).__name__ if rows else ""
        with_shares(rows, on, ProjectResponsibility if kind == "ProjectVersion" else None)
        for row in rows:
            row.progress = progress_figure(row)
            row.url = _ADDRESSES[kind](plan.subject.code, row.subject.code)
            if kind == "CommitmentVersion":
                row.words = typed_in_words(row.typed) if row.typed else ""
            elif kind == "ProjectVersion":
                row.years, row.investment = years_in_words(row), investment_figure(row, plan)

    return dress


_ADDRESSES: dict[str, Callable[[str, str], str]] = {
    "MeasureVersion": measure_url,
    "CommitmentVersion": commitment_url,
    "ProjectVersion": project_url,
}
