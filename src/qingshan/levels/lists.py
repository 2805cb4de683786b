"""The lists of submissions: those that go up, and those that come in."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.levels.models import Submission
from qingshan.levels.states import SubmissionState
from qingshan.pages.public import DayColumn, Listing, StateColumn, TitleColumn, WordsFilter

__all__ = ["INCOMING", "OUTGOING"]


class SubmissionsTable(tables.Table):  # type: ignore[misc]
    """Submissions with their day, receiver and state."""

    plan_name = TitleColumn(
        verbose_name=_("规划"), linkify=lambda record: reverse("levels:submission", args=[record.pk])
    )
    as_of = DayColumn(verbose_name=_("数据截至"))
    district = tables.Column(verbose_name=_("报送辖区"), accessor="district__name")
    to_district = tables.Column(verbose_name=_("受理辖区"), accessor="to_district__name")
    partner = tables.Column(verbose_name=_("对方装置"), accessor="partner__name", orderable=False)
    call = tables.Column(verbose_name=_("报送要求"), accessor="call__title", orderable=False)
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")

    class Meta:
        default = ""
        order_by_field = "sort"


class OutgoingTable(SubmissionsTable):
    """What goes up: the district is one's own."""

    class Meta(SubmissionsTable.Meta):
        sequence = ("plan_name", "as_of", "to_district", "partner", "call", "state", "district")


class SubmissionFilters(filters.FilterSet):  # type: ignore[misc]
    """What submissions are sought by."""

    q = WordsFilter(field_name="plan_name", label=_("规划"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(label=_("状态"), choices=SubmissionState.choices, empty_label=_("全部"))
    year = filters.ChoiceFilter(label=_("年度"), field_name="as_of__year", empty_label=_("全部"))

    class Meta:
        model = Submission
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = sorted({day.year for day in self.queryset.order_by().values_list("as_of", flat=True)})
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in reversed(years)]


OUTGOING = Listing(
    name="levels.outgoing",
    title=_("我的报送"),
    table=OutgoingTable,
    filters=SubmissionFilters,
    template="levels/outgoing",
    empty=_("还没有报送。点“拟报”，选择规划、受理单位和数据截至日期。"),
)
INCOMING = Listing(
    name="levels.incoming",
    title=_("收到的报送"),
    table=SubmissionsTable,
    filters=SubmissionFilters,
    template="levels/incoming",
    empty=_("还没有下级报送。可以“发出报送要求”，或“导入报送包”。"),
)
