"""The list of a plan's measures."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayColumn, FigureColumn, Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.plans.lists.columns import DepartmentsColumn
from qingshan.plans.lists.sifting import by_department, department_choices
from qingshan.plans.models import MeasureResponsibility, MeasureVersion
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import MEASURE_ROLES


class MeasuresTable(tables.Table):  # type: ignore[misc]
    """Measures with departments, state and progress."""

    label = tables.Column(verbose_name=_("编号"), orderable=False)
    title = TitleColumn(verbose_name=_("措施"), linkify=lambda record: record.url, orderable=False)
    role = tables.Column(verbose_name=_("性质"), orderable=False, accessor="get_role_display")
    shares = DepartmentsColumn()
    state = StateColumn(verbose_name=_("状态"))
    progress = FigureColumn(verbose_name=_("进度"))
    reported_on = DayColumn(verbose_name=_("最近报告"))

    class Meta:
        default = ""
        order_by_field = "sort"


class MeasureFilters(filters.FilterSet):  # type: ignore[misc]
    """What measures are sought by."""

    q = WordsFilter(
        field_name="title",
        label=_("标题"),
        widget=SearchInput(attrs={"data-search": ""}),
    )
    state = filters.ChoiceFilter(label=_("状态"), choices=WorkState.choices, empty_label=_("全部"))
    role = filters.ChoiceFilter(label=_("性质"), choices=list(MEASURE_ROLES.items()), empty_label=_("全部"))
    department = filters.ChoiceFilter(label=_("责任单位"), empty_label=_("全部"), method="of_department")

    class Meta:
        model = MeasureVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["department"].extra["choices"] = department_choices(self.request)

    def of_department(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a department answers for, also by succession."""
        return by_department(rows, MeasureResponsibility, value, self.request)


MEASURES = Listing(
    name="plans.measures",
    title=pgettext_lazy("several", "措施"),
    table=MeasuresTable,
    filters=MeasureFilters,
    template="plans/listing",
    empty=_("没有您可以查看的措施：部门和镇街人员看到的是本单位负责的措施。"),
)
