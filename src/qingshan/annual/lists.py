"""The lists of this room: annual plans, and the rows of one."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.annual import queries
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.states import AnnualState
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.annual.wording import title_of
from qingshan.areas.public import department_names
from qingshan.kernel.figure import Figure
from qingshan.pages.public import (
    DayColumn,
    FigureColumn,
    Listing,
    NoteColumn,
    StateColumn,
    TitleColumn,
    WordsFilter,
    as_of,
)

__all__ = ["ANNUALS", "ROWS", "dress_annuals", "dress_rows", "weight_figure"]


class AnnualsTable(tables.Table):  # type: ignore[misc]
    """Annual plans, the newest first."""

    name = TitleColumn(
        verbose_name=_("年度计划"),
        linkify=lambda record: reverse("annual:annual", args=[record.pk]),
        orderable=False,
        empty_values=(),
    )
    year = tables.Column(verbose_name=_("年度"), empty_values=())
    district = tables.Column(verbose_name=_("辖区"), orderable=False)
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")
    published_on = DayColumn(verbose_name=_("发布日期"))

    class Meta:
        default = ""
        order_by_field = "sort"

    def render_year(self, record: AnnualPlan) -> str:
        """A year is a name and not grouped by thousands."""
        return str(record.year)


class AnnualFilters(filters.FilterSet):  # type: ignore[misc]
    """What annual plans are sought by."""

    year = filters.ChoiceFilter(label=_("年度"), empty_label=_("全部"))
    state = filters.ChoiceFilter(label=_("状态"), choices=AnnualState.choices, empty_label=_("全部"))

    class Meta:
        model = AnnualPlan
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = self.queryset.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in dict.fromkeys(years)]


ANNUALS = Listing(
    name="annual.annuals",
    title=_("年度计划"),
    table=AnnualsTable,
    filters=AnnualFilters,
    template="annual/list",
    empty=_("还没有年度计划。规划管理员可以从一部规划一步起草；征求单位意见后，本单位的人员会在这里看到。"),
)


def dress_annuals(request: HttpRequest) -> Any:
    """Return what puts the plan's name on the rows of a page."""
    day = as_of(request)

    def put_on(rows: list[Any]) -> None:
        for row in rows:
            row.name = title_of(row, day)

    return put_on


class RowsTable(tables.Table):  # type: ignore[misc]
    """Rows of an annual plan."""

    code = tables.Column(verbose_name=_("序号"), accessor="subject__code", order_by="subject__number")
    name = TitleColumn(
        verbose_name=_("事项"),
        linkify=lambda record: reverse("annual:row", args=[record.subject.annual_id, record.subject.number]),
        orderable=False,
    )
    kind = tables.Column(
        verbose_name=_("类别"),
        accessor="subject__get_kind_display",
        orderable=False,
        attrs={"td": {"class": "short"}},
    )
    goal = NoteColumn(verbose_name=_("年度目标"), orderable=False)
    basis = StateColumn(verbose_name=_("依据"), accessor="ground", orderable=False)
    lead_name = tables.Column(verbose_name=_("牵头单位"), orderable=False, empty_values=())
    due_on = DayColumn(verbose_name=_("完成期限"))
    weight = FigureColumn(verbose_name=_("权重"), accessor="weight_figure")
    stand = StateColumn(verbose_name=_("牵头单位意见"), orderable=False, empty_values=())

    class Meta:
        default = ""
        order_by_field = "sort"

    def value_goal(self, record: AnnualRowVersion) -> str:
        """The whole text in a workbook."""
        return record.goal


class RowFilters(filters.FilterSet):  # type: ignore[misc]
    """What rows are sought by."""

    q = WordsFilter(field_name="name", label=_("事项"), widget=SearchInput(attrs={"data-search": ""}))
    kind = filters.ChoiceFilter(
        field_name="subject__kind", label=_("类别"), choices=RowKind.choices, empty_label=_("全部")
    )
    basis = filters.ChoiceFilter(label=_("依据"), choices=Basis.choices, empty_label=_("全部"))
    department = filters.ChoiceFilter(label=_("单位"), empty_label=_("全部"), method="of_department")
    included = filters.ChoiceFilter(
        label=_("列入计划"), choices=[("yes", _("列入")), ("no", _("未列入"))], empty_label=_("全部"),
        method="that_is_in",
    )  # fmt: skip

    class Meta:
        model = AnnualRowVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = self.queryset.values_list("lead_id", "joint")
        ids = {pk for lead, joint in rows for pk in (lead, *joint) if pk}
        names = department_names(ids, as_of(self.request))
        self.filters["department"].extra["choices"] = sorted(names.items(), key=lambda pair: pair[1])

    def of_department(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a department leads or joins in, also by succession."""
        return queries.of_department(rows, int(value), as_of(self.request))

    def that_is_in(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is in the plan, or what is not."""
        return rows.filter(included=value == "yes")


ROWS = Listing(
    name="annual.rows",
    title=_("年度计划事项"),
    table=RowsTable,
    filters=RowFilters,
    template="annual/rows",
    empty=_("没有您可以查看的事项：部门和镇街人员看到的是本单位牵头和配合的事项。"),
    per_page=50,
)


def dress_rows(request: HttpRequest) -> Any:
    """Return what puts lead, basis, weight and the lead's word on the rows of a page."""
    day = as_of(request)

    def put_on(rows: list[Any]) -> None:
        said = queries.voices(rows=rows, on=day)
        for row in rows:
            lead = next((voice for voice in said[row.subject_id] if voice.leads), None)
            row.lead_name = lead.name if lead else ""
            row.stand = lead.stand if lead else None
            row.ground = Basis(row.basis)
            row.weight_figure = weight_figure(row, day)

    return put_on


def weight_figure(row: AnnualRowVersion, on: date) -> Figure:
    """Return what a row weighs, as it is shown."""
    simulated = row.subject.annual.district.simulated
    return Figure(row.weight, as_of=on, source=str(_("年度计划")), simulated=simulated)
