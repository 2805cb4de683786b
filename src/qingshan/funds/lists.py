"""The lists of this room: reserve, bids, entries."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import department_names
from qingshan.funds.figures import money_figure
from qingshan.funds.models import BidItem, GrantBid, MoneyEntry, ReserveVersion
from qingshan.funds.queries import readiness
from qingshan.funds.states import BidState, ReserveState
from qingshan.funds.vocabulary import BidLevel, EntryKind, Priority
from qingshan.pages.public import (
    DayColumn,
    FigureColumn,
    Listing,
    StateColumn,
    TitleColumn,
    WordsFilter,
    as_of,
)

__all__ = ["BIDS", "ENTRIES", "RESERVE", "dress_bids", "dress_entries", "dress_reserve"]


class _Table(tables.Table):  # type: ignore[misc]
    class Meta:
        default = ""
        order_by_field = "sort"


class ReserveTable(_Table):
    """Projects of the reserve."""

    code = tables.Column(verbose_name=_("编号"), accessor="subject__code", order_by="subject__code")
    name = TitleColumn(
        verbose_name=_("项目"),
        linkify=lambda record: reverse("funds:entry", args=[record.subject.code]),
        orderable=False,
    )
    field = tables.Column(verbose_name=_("领域"), orderable=False)
    department = tables.Column(verbose_name=_("申报单位"), orderable=False, empty_values=())
    estimated = FigureColumn(verbose_name=_("估算投资"))
    ready = tables.Column(verbose_name=_("前期工作"), orderable=False, empty_values=())
    priority = tables.Column(verbose_name=_("优先级"), accessor="get_priority_display", orderable=False)
    state = StateColumn(verbose_name=_("状态"), accessor="subject__phase", order_by="subject__state")


class ReserveFilters(filters.FilterSet):  # type: ignore[misc]
    """What projects of the reserve are sought by."""

    q = WordsFilter(field_name="name", label=_("项目"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(
        field_name="subject__state", label=_("状态"), choices=ReserveState.choices, empty_label=_("全部")
    )
    priority = filters.ChoiceFilter(label=_("优先级"), choices=Priority.choices, empty_label=_("全部"))

    class Meta:
        model = ReserveVersion
        fields = ()


RESERVE = Listing(
    name="funds.reserve",
    title=_("项目储备库"),
    table=ReserveTable,
    filters=ReserveFilters,
    template="funds/reserve",
    empty=_("储备库还没有项目。点“申报储备项目”，写明内容、估算投资和前期工作。"),
)


def dress_reserve(request: HttpRequest) -> Any:
    """Return what puts department, estimate and readiness on the rows of a page."""
    day = as_of(request)

    def put_on(rows: list[Any]) -> None:
        names = department_names({row.subject.department_id for row in rows}, day)
        ready = readiness([row.subject_id for row in rows], day)
        for row in rows:
            row.department = names.get(row.subject.department_id, "")
            row.estimated = money_figure(
                row.estimated_yuan, on=row.valid_from, source=gettext("申报单位估算"),
                simulated=row.subject.district.simulated,
            )  # fmt: skip
            done = [str(one.matter.label) for one in ready[row.subject_id] if one.done]
            row.ready = "、".join(done) or _("尚无")

    return put_on


class BidsTable(_Table):
    """Bids for grants."""

    code = tables.Column(verbose_name=_("编号"))
    call = TitleColumn(
        verbose_name=_("专项资金"), linkify=lambda record: reverse("funds:bid", args=[record.code])
    )
    level = tables.Column(verbose_name=_("层级"), accessor="get_level_display", order_by="level")
    department = tables.Column(verbose_name=_("申报单位"), orderable=False, empty_values=(), accessor="of")
    deadline_on = DayColumn(verbose_name=_("申报截止"))
    asked = FigureColumn(verbose_name=_("申请"))
    granted = FigureColumn(verbose_name=_("下达"))
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")


class BidFilters(filters.FilterSet):  # type: ignore[misc]
    """What bids are sought by."""

    q = WordsFilter(field_name="call", label=_("专项资金"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(label=_("状态"), choices=BidState.choices, empty_label=_("全部"))
    level = filters.ChoiceFilter(label=_("层级"), choices=BidLevel.choices, empty_label=_("全部"))

    class Meta:
        model = GrantBid
        fields = ()


BIDS = Listing(
    name="funds.bids",
    title=_("专项资金申报"),
    table=BidsTable,
    filters=BidFilters,
    template="funds/bids",
    empty=_("还没有申报。收到中央、省级、市级申报通知后，点“拟定申报”，从储备库或规划项目中选项目。"),
)


def dress_bids(request: HttpRequest) -> Any:
    """Return what puts department, amount asked and amount granted on the rows of a page."""
    day = as_of(request)

    def put_on(rows: list[Any]) -> None:
        names = department_names({row.department_id for row in rows}, day)
        asked: dict[int, int] = {}
        for item in BidItem.objects.filter(bid__in=rows):
            asked[item.bid_id] = asked.get(item.bid_id, 0) + item.asked_yuan
        for row in rows:
            simulated = row.district.simulated
            row.of = names.get(row.department_id, "")
            row.asked = money_figure(
                asked.get(row.pk), on=row.deadline_on, source=gettext("申报单位"), simulated=simulated
            )
            row.granted = money_figure(
                row.granted_yuan, on=row.granted_on or day, source=row.grant_number, simulated=simulated,
                missing=gettext("没有下达"),
            )  # fmt: skip

    return put_on


class EntriesTable(_Table):
    """Receipts and payments."""

    on = DayColumn(verbose_name=_("日期"))
    project = TitleColumn(verbose_name=_("项目"), orderable=False, accessor="project_name", empty_values=(),
                          linkify=lambda record: record.page)  # fmt: skip
    kind = tables.Column(verbose_name=_("类别"), accessor="get_kind_display", order_by="kind")
    year = tables.Column(verbose_name=_("资金年度"))
    funds = tables.Column(verbose_name=_("资金来源"))
    amount = FigureColumn(verbose_name=_("金额"))
    voucher = tables.Column(verbose_name=_("凭证号"), orderable=False)
    bid = tables.Column(verbose_name=_("专项资金"), orderable=False)
    purpose = tables.Column(verbose_name=_("用途"), orderable=False)
    remark = tables.Column(verbose_name=_("说明"), orderable=False, empty_values=())


class EntryFilters(filters.FilterSet):  # type: ignore[misc]
    """What entries are sought by."""

    voucher = WordsFilter(
        field_name="voucher", label=_("凭证号"), widget=SearchInput(attrs={"data-search": ""})
    )
    kind = filters.ChoiceFilter(label=_("类别"), choices=EntryKind.choices, empty_label=_("全部"))
    year = filters.NumberFilter(label=_("资金年度"))

    class Meta:
        model = MoneyEntry
        fields = ()


ENTRIES = Listing(
    name="funds.entries",
    title=_("资金流水"),
    table=EntriesTable,
    filters=EntryFilters,
    template="funds/entries",
    empty=_("还没有资金流水。在项目的资金页登记到位和支付，或用 Excel 一次导入。"),
)


def dress_entries(names: dict[int, tuple[str, str]], *, simulated: bool) -> Any:
    """Return what puts the project, the amount and what became of it on the rows of a page.

    Parameters
    ----------
    names : dict
        Project -> its name and the page of its money.
    """

    def put_on(rows: list[Any]) -> None:
        for row in rows:
            row.project_name, row.page = names.get(row.project_id, (str(row.project), ""))
            row.amount = money_figure(
                row.amount_yuan,
                on=row.on,
                source=gettext("凭证 %s") % (row.voucher or "—"),
                simulated=simulated,
            )
            row.remark = _remark(row)

    return put_on


def _remark(row: MoneyEntry) -> Any:
    if row.reverses_id:
        return _("冲销：%s") % row.reason
    taken_back = getattr(row, "reversed_by", None)
    if taken_back is not None:
        return _("已于 %s 冲销") % taken_back.on
    return _("台账结转") if row.carried else ""
