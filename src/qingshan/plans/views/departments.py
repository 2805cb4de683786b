"""What one department answers for, over all plans one may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, page_or_part
from qingshan.plans import queries
from qingshan.plans.addresses import commitment_url, measure_url, project_url
from qingshan.plans.figures import progress_figure


@needs("plans.view")
def my_department(request: HttpRequest) -> HttpResponse:
    """Lead to one's own department; say what to do when one has none."""
    own = queries.my_department(request.user)
    if own is None:
        return page_or_part(request, "plans/no_department", {})
    return redirect("plans:department", own)


@needs("plans.view")
def department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Show a department's indicators, measures, commitments and projects, the overdue first."""
    found = queries.department_page(user=request.user, department_id=department_id, on=as_of(request))
    return page_or_part(request, "plans/department", {"page": found, **_shown(found)})


def _shown(page: queries.DepartmentPage) -> dict[str, Any]:
    """The department's name on the day, and its work with the addresses of the pages."""
    return {
        "name": page.version.name if page.version else page.department.name,
        "simulated": page.department.district.simulated,
        "projects": [
            (one, project_url(one.plan.code, one.subject.code), progress_figure(one)) for one in page.projects
        ],
        "measures": [(one, measure_url(one.plan.code, one.subject.code)) for one in page.measures],
        "commitments": [(one, commitment_url(one.plan.code, one.subject.code)) for one in page.commitments],
        "overdue": [(one, commitment_url(one.plan.code, one.subject.code)) for one in page.overdue],
    }
