"""The list of a plan's commitments."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayColumn, DayInput, Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.plans.lists.columns import DepartmentsColumn
from qingshan.plans.lists.sifting import by_department, department_choices
from qingshan.plans.models import CommitmentResponsibility, CommitmentVersion
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import COMMITMENT_KINDS


class CommitmentsTable(tables.Table):  # type: ignore[misc]
    """Commitments with what they demand, by when, and of whom."""

    metric = TitleColumn(verbose_name=_("承诺"), linkify=lambda record: record.url, orderable=False)
    topic = tables.Column(verbose_name=_("事项"), orderable=False)
    words = tables.Column(verbose_name=_("要求"), orderable=False)
    scope = tables.Column(verbose_name=_("范围"), orderable=False)
    due_on = DayColumn(verbose_name=_("期限"))
    shares = DepartmentsColumn()
    state = StateColumn(verbose_name=_("状态"))

    class Meta:
        default = ""


class CommitmentFilters(filters.FilterSet):  # type: ignore[misc]
    """What commitments are sought by."""

    q = WordsFilter(
        field_name="metric",
        label=_("承诺"),
        widget=SearchInput(attrs={"data-search": ""}),
    )
    kind = filters.ChoiceFilter(
        label=_("类型"), choices=list(COMMITMENT_KINDS.items()), empty_label=_("全部")
    )
    state = filters.ChoiceFilter(label=_("状态"), choices=WorkState.choices, empty_label=_("全部"))
    due_by = filters.DateFilter(
        field_name="due_on", lookup_expr="lte", label=_("期限不晚于"), widget=DayInput
    )
    department = filters.ChoiceFilter(label=_("责任单位"), empty_label=_("全部"), method="of_department")

    class Meta:
        model = CommitmentVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["department"].extra["choices"] = department_choices(self.request)

    def of_department(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a department answers for, also by succession."""
        return by_department(rows, CommitmentResponsibility, value, self.request)


COMMITMENTS = Listing(
    name="plans.commitments",
    title=pgettext_lazy("several", "承诺"),
    table=CommitmentsTable,
    filters=CommitmentFilters,
    template="plans/listing",
    empty=_("没有您可以查看的承诺：部门和镇街人员看到的是本单位负责的承诺。"),
)
