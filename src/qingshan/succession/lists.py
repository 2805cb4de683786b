"""The list of openings."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.succession.models import Opening
from qingshan.succession.states import OpeningState

__all__ = ["OPENINGS"]


class OpeningsTable(tables.Table):  # type: ignore[misc]
    """Openings with the plan they continue, the period to come and where they stand."""

    name = TitleColumn(
        verbose_name=_("新规划"), linkify=lambda record: reverse("succession:opening", args=[record.pk])
    )
    plan = tables.Column(verbose_name=_("上一轮规划"), accessor="plan__code", order_by="plan__code")
    district = tables.Column(verbose_name=_("辖区"), accessor="plan__district", orderable=False)
    period = tables.Column(verbose_name=_("规划期"), order_by="period_from", empty_values=())
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")
    made_by = tables.Column(verbose_name=_("拟定人"), orderable=False)

    class Meta:
        default = ""
        order_by_field = "sort"

    def render_period(self, record: Opening) -> str:
        """Print both years."""
        return f"{record.period_from}—{record.period_to}"

    value_period = render_period


class OpeningFilters(filters.FilterSet):  # type: ignore[misc]
    """What openings are sought by."""

    q = WordsFilter(field_name="name", label=_("名称"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(
        field_name="state", label=_("状态"), choices=OpeningState.choices, empty_label=_("全部")
    )

    class Meta:
        model = Opening
        fields = ()


OPENINGS = Listing(
    name="succession.openings",
    title=_("下一轮规划"),
    table=OpeningsTable,
    filters=OpeningFilters,
    template="succession/list",
    empty=_("还没有接续方案。规划实施后期，可以从上面的规划开启下一轮。"),
)
