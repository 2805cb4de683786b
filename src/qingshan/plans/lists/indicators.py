"""The list of a plan's indicators."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import SearchInput
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import FigureColumn, Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.plans.lists.columns import DepartmentsColumn
from qingshan.plans.models import IndicatorVersion
from qingshan.plans.queries.indicators import IndicatorRow, TargetCell
from qingshan.plans.states import Status
from qingshan.plans.vocabulary import ATTRIBUTES, TABLE_KINDS


class StatusColumn(StateColumn):
    """The verdict, with its method behind it."""

    def render(self, value: Status, record: IndicatorRow) -> SafeString:  # type: ignore[override]
        return format_html('<span title="{}">{}</span>', record.method, super().render(value))


class TargetsColumn(tables.Column):  # type: ignore[misc]
    """The targets by year, as an official would write them."""

    def render(self, value: dict[int, TargetCell]) -> SafeString:
        return format_html("{}", gettext("；").join(self._words(value)))

    def value(self, value: dict[int, TargetCell]) -> str:
        return gettext("；").join(self._words(value))

    def _words(self, cells: dict[int, TargetCell]) -> list[str]:
        """Years that ask for the same are told together: ``2020、2025年 ≥20%``."""
        alike = groupby(cells.items(), key=lambda pair: pair[1].words)
        return [
            gettext("%(years)s年 %(words)s")
            % {"years": gettext("、").join(str(year) for year, _cell in group), "words": words}
            for words, group in alike
        ]


#: A cell that is never broken.
SHORT = {"td": {"class": "short"}}


class IndicatorsTable(tables.Table):  # type: ignore[misc]
    """Indicators with baseline, targets, the latest value and the verdict."""

    name = TitleColumn(verbose_name=_("指标"), linkify=lambda record: record.url, orderable=False)
    category = tables.Column(verbose_name=_("类别"), orderable=False, attrs=SHORT)
    attribute_label = tables.Column(verbose_name=_("属性"), orderable=False, attrs=SHORT)
    baseline = FigureColumn(verbose_name=_("基准"))
    targets = TargetsColumn(verbose_name=_("目标"), orderable=False)
    latest = FigureColumn(verbose_name=_("最新数值"))
    latest_year = tables.Column(verbose_name=_("数值年度"), orderable=False)
    status = StatusColumn(verbose_name=_("判定"), orderable=False)
    shares = DepartmentsColumn()

    class Meta:
        default = ""


class IndicatorFilters(filters.FilterSet):  # type: ignore[misc]
    """What indicators are sought by; the verdict is computed and sifted afterwards."""

    q = WordsFilter(
        field_name="name",
        label=_("名称"),
        widget=SearchInput(attrs={"data-search": ""}),
    )
    category = filters.ChoiceFilter(label=_("类别"), empty_label=_("全部"))
    attribute = filters.ChoiceFilter(label=_("属性"), choices=list(ATTRIBUTES.items()), empty_label=_("全部"))
    table = filters.ChoiceFilter(
        field_name="subject__table__kind",
        label=_("指标表"),
        choices=list(TABLE_KINDS.items()),
        empty_label=_("全部"),
    )
    status = filters.ChoiceFilter(
        label=_("判定"), choices=Status.choices, empty_label=_("全部"), method="keep_all"
    )

    class Meta:
        model = IndicatorVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = dict.fromkeys(self.queryset.values_list("category", flat=True))
        self.filters["category"].extra["choices"] = [(name, name or _("未分类")) for name in found]

    def keep_all(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Leave the rows: `rows_shown` sifts them by verdict."""
        return rows


def rows_shown(request: HttpRequest, rows: list[IndicatorRow]) -> list[IndicatorRow]:
    """Keep the indicators whose verdict was asked for."""
    wanted = request.GET.get("status", "")
    return [row for row in rows if row.status == wanted] if wanted in Status.values else rows


INDICATORS = Listing(
    name="plans.indicators",
    title=pgettext_lazy("several", "指标"),
    table=IndicatorsTable,
    filters=IndicatorFilters,
    template="plans/indicators",
    per_page=100,
    empty=_("本规划没有登记指标；印刷文本缺少指标表的，见总览页的缺失说明。可在编制档案页用 Excel 导入。"),
)
