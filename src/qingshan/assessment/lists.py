"""The list of evaluations."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.assessment import queries
from qingshan.assessment.models import Evaluation
from qingshan.assessment.shown import total_shown
from qingshan.assessment.states import STORED, EvaluationState
from qingshan.assessment.vocabulary import Purpose
from qingshan.pages.public import DayColumn, FigureColumn, Listing, StateColumn, TitleColumn
from qingshan.plans import public as plans


class EvaluationsTable(tables.Table):  # type: ignore[misc]
    """Evaluations with their total and grade."""

    plan_name = TitleColumn(
        verbose_name=_("规划"),
        linkify=lambda record: reverse("assessment:evaluation", args=[record.pk]),
        orderable=False,
        empty_values=(),
    )
    year = tables.Column(verbose_name=_("年度"))
    purpose = tables.Column(verbose_name=_("类型"), accessor="get_purpose_display", order_by="purpose")
    evaluator_name = tables.Column(verbose_name=_("评估单位"), orderable=False)
    on = DayColumn(verbose_name=_("数据截至"))
    total = FigureColumn(verbose_name=_("总分"))
    grade = tables.Column(verbose_name=_("等级"), orderable=False, empty_values=())
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")

    class Meta:
        default = ""
        order_by_field = "sort"


class EvaluationFilters(filters.FilterSet):  # type: ignore[misc]
    """What evaluations are sought by."""

    plan = filters.ChoiceFilter(label=_("规划"), empty_label=_("全部"))
    purpose = filters.ChoiceFilter(label=_("类型"), choices=Purpose.choices, empty_label=_("全部"))
    state = filters.ChoiceFilter(label=_("状态"), choices=EvaluationState.choices, empty_label=_("全部"))
    year = filters.NumberFilter(label=_("年度"))

    class Meta:
        model = Evaluation
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seen = queries.evaluations_for(user=self.request.user)
        found = {one.plan_id: _name(one) for one in seen}
        self.filters["plan"].extra["choices"] = sorted(found.items(), key=lambda pair: pair[1])


def _name(evaluation: Evaluation) -> str:
    return str(plans.head_of(plan=evaluation.plan, on=evaluation.on)["short_name"])


EVALUATIONS = Listing(
    name="assessment.evaluations",
    title=_("评估考核"),
    table=EvaluationsTable,
    filters=EvaluationFilters,
    template="assessment/list",
    empty=_("还没有评估。由规划管理员组织：选定规划、评估类型、数据截至日期、评估方案和评估单位。"),
)


def dress(request: HttpRequest) -> Any:
    """Return what puts names and totals on the rows of a page."""

    def put_on(rows: list[Any]) -> None:
        for row in rows:
            row.plan_name = _name(row)
            version = queries.newest_version(row) if row.phase in STORED else None
            row.total = total_shown(row, version)
            row.grade = version.grade if version else ""

    return put_on
