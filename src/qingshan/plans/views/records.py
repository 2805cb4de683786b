"""Indicators, measures, commitments and projects: entered by hand, and changed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import as_of
from qingshan.plans import actions, policies, queries
from qingshan.plans.forms.records import (
    AddTargetForm,
    CommitmentForm,
    IndicatorForm,
    MeasureForm,
    ProjectForm,
    RecordForm,
)
from qingshan.plans.queries import entries
from qingshan.plans.views.answering import answered
from qingshan.plans.views.frame import opened


@dataclass(frozen=True, slots=True)
class Record:
    """What differs between the four kinds of record.

    ``rows`` finds their versions for a person; ``argument`` is how the action calls the record.
    """

    form: type[RecordForm]
    rows: Callable[..., Any]
    add: Callable[..., Any]
    revise: Callable[..., Any]
    argument: str
    add_title: str | Promise
    revise_title: str | Promise
    listed_at: str


RECORDS = {
    "indicator": Record(
        IndicatorForm,
        queries.indicators_for,
        actions.add_listed_indicator,
        actions.revise_indicator,
        "indicator",
        gettext_lazy("新增指标"),
        gettext_lazy("修改指标"),
        "plans:indicators",
    ),
    "measure": Record(
        MeasureForm,
        queries.measures_for,
        actions.add_measure,
        actions.revise_measure,
        "measure",
        gettext_lazy("新增章节或措施"),
        gettext_lazy("修改措施"),
        "plans:measure_tree",
    ),
    "commitment": Record(
        CommitmentForm,
        queries.commitments_for,
        actions.add_commitment,
        actions.revise_commitment,
        "commitment",
        gettext_lazy("新增承诺"),
        gettext_lazy("修改承诺"),
        "plans:commitments",
    ),
    "project": Record(
        ProjectForm,
        queries.projects_for,
        actions.add_project,
        actions.revise_project,
        "project",
        gettext_lazy("新增项目"),
        gettext_lazy("修改项目"),
        "plans:projects",
    ),
}


@needs("plans.edit")
def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Enter an indicator, measure, commitment or project by hand."""
    plan, known, day = opened(request, code), RECORDS[kind], as_of(request)
    policies.require(request.user, "edit", plan.subject)
    place = entries.next_place(known.rows(user=request.user, plan=plan, on=day))
    above = request.GET.get("in", "")
    form = known.form(
        request.POST or None,
        find_measure=entries.finder_of_measures(plan),
        initial={
            "valid_from": beijing_day(timezone.now()),
            "order": place,
            "counts_as": place,
            "parent": above,
            "measure": above,
        },
    )

    def act(data: Any) -> Any:
        return known.add(
            plan=plan.subject,
            code=data["code"],
            facts=form.facts(),
            valid_from=data["valid_from"],
            by=request.user,
            at=timezone.now(),
        )

    def done(record: Any) -> str:
        shown = record is not None and form.cleaned_data["valid_from"] <= day
        return reverse(f"plans:{kind}", args=[code, record.code]) if shown else listed

    listed = reverse(known.listed_at, args=[code])
    return answered(
        request, plan, form, act, title=known.add_title, subtitle=plan.name, back=listed, done=done
    )


@needs("plans.edit")
def revise(request: HttpRequest, code: str, kind: str, record_code: str) -> HttpResponse:
    """Change an indicator, measure, commitment or project from a day on; the former version stays."""
    plan, known = opened(request, code), RECORDS[kind]
    policies.require(request.user, "edit", plan.subject)
    rows = known.rows(user=request.user, plan=plan, on=as_of(request))
    held = entries.named(rows, record_code)
    form = known.form(
        request.POST or None,
        find_measure=entries.finder_of_measures(plan),
        held=held,
        initial={"valid_from": beijing_day(timezone.now())},
    )

    def act(data: Any) -> Any:
        return known.revise(
            **{known.argument: held.subject},
            changes=form.facts(),
            seen=data["seen_version"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
            valid_from=data["valid_from"],
        )

    back = reverse(f"plans:{kind}", args=[code, record_code])
    return answered(request, plan, form, act, title=known.revise_title, subtitle=str(held), back=back)


@needs("plans.edit")
def add_target(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Enter what an indicator shall be in one more year."""
    plan = opened(request, code)
    indicator = entries.indicator_version(
        user=request.user, plan=plan, code=indicator_code, on=as_of(request)
    )
    policies.require(request.user, "edit", indicator.subject)
    form = AddTargetForm(
        request.POST or None,
        initial={
            "year": plan.period_to,
            "unit": indicator.unit,
            "valid_from": beijing_day(timezone.now()),
        },
    )

    def act(data: Any) -> Any:
        return actions.add_target(
            indicator=indicator.subject,
            year=data["year"],
            facts=form.facts(),
            valid_from=data["valid_from"],
            by=request.user,
            at=timezone.now(),
        )

    back = reverse("plans:indicator", args=[code, indicator_code])
    return answered(request, plan, form, act, title=_("新增目标"), subtitle=indicator.name, back=back)
