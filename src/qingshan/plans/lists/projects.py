"""The list of a plan's projects."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import FigureColumn, Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.plans.lists.columns import DepartmentsColumn
from qingshan.plans.lists.sifting import by_department, department_choices
from qingshan.plans.models import ProjectResponsibility, ProjectVersion
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import PROJECT_KINDS


class ProjectsTable(tables.Table):  # type: ignore[misc]
    """Projects with years, money, departments and progress."""

    label = tables.Column(verbose_name=_("序号"), orderable=False)
    name = TitleColumn(verbose_name=_("项目"), linkify=lambda record: record.url, orderable=False)
    group = tables.Column(verbose_name=_("分组"), orderable=False)
    years = tables.Column(verbose_name=_("年限"), order_by=("start_year", "end_year"))
    investment = FigureColumn(verbose_name=_("总投资"), orderable=True, order_by=("investment_yuan",))
    shares = DepartmentsColumn()
    state = StateColumn(verbose_name=_("状态"))
    progress = FigureColumn(verbose_name=_("进度"))

    class Meta:
        default = ""


class ProjectFilters(filters.FilterSet):  # type: ignore[misc]
    """What projects are sought by."""

    q = WordsFilter(
        field_name="name",
        label=_("名称"),
        widget=SearchInput(attrs={"data-search": ""}),
    )
    group = filters.ChoiceFilter(label=_("分组"), empty_label=_("全部"))
    kind = filters.ChoiceFilter(label=_("载于"), choices=list(PROJECT_KINDS.items()), empty_label=_("全部"))
    state = filters.ChoiceFilter(label=_("状态"), choices=WorkState.choices, empty_label=_("全部"))
    department = filters.ChoiceFilter(label=_("责任单位"), empty_label=_("全部"), method="of_department")

    class Meta:
        model = ProjectVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = dict.fromkeys(self.queryset.order_by("order").values_list("group", flat=True))
        self.filters["group"].extra["choices"] = [(name, name) for name in found if name]
        self.filters["department"].extra["choices"] = department_choices(self.request)

    def of_department(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a department answers for, also by succession."""
        return by_department(rows, ProjectResponsibility, value, self.request)


PROJECTS = Listing(
    name="plans.projects",
    title=pgettext_lazy("several", "项目"),
    table=ProjectsTable,
    filters=ProjectFilters,
    template="plans/listing",
    per_page=50,
    empty=_("没有您可以查看的项目：部门和镇街人员看到的是本单位负责的项目。"),
)
