"""The lists of papers: those on their way, what went out, what came in."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import DayColumn, DayInput, Listing, StateColumn, TitleColumn, WordsFilter
from qingshan.papers.models import Issue, Paper, PaperParty
from qingshan.papers.states import PaperState
from qingshan.papers.vocabulary import PaperKind

__all__ = ["ISSUED", "PAPERS", "RECEIVED"]

_SEARCH = SearchInput(attrs={"data-search": ""})


def _address(record: Any) -> str:
    return reverse("papers:paper", args=[getattr(record, "paper_id", record.pk)])


class PapersTable(tables.Table):  # type: ignore[misc]
    """Papers, wherever they stand."""

    title = TitleColumn(verbose_name=_("标题"), linkify=_address, orderable=False)
    kind = tables.Column(verbose_name=_("文种"), accessor="get_kind_display", order_by="kind")
    number = tables.Column(verbose_name=_("发文字号"), orderable=False)
    organ = tables.Column(verbose_name=_("发文单位"), accessor="department", orderable=False)
    created_on = DayColumn(verbose_name=_("起草日期"), accessor="created_at__date", order_by="created_at")
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")

    class Meta:
        default = ""
        order_by_field = "sort"


class PaperFilters(filters.FilterSet):  # type: ignore[misc]
    """What papers are sought by."""

    q = WordsFilter(field_name="title", label=_("标题"), widget=_SEARCH)
    kind = filters.ChoiceFilter(label=_("文种"), choices=PaperKind.choices, empty_label=_("全部"))
    state = filters.ChoiceFilter(label=_("状态"), choices=PaperState.choices, empty_label=_("全部"))

    class Meta:
        model = Paper
        fields = ()


class IssuesTable(tables.Table):  # type: ignore[misc]
    """The register of issued papers."""

    number = tables.Column(
        verbose_name=_("发文字号"), accessor="printed_number", order_by=("word", "year", "number")
    )
    title = TitleColumn(verbose_name=_("标题"), linkify=_address, orderable=False)
    kind = tables.Column(verbose_name=_("文种"), accessor="paper__get_kind_display", order_by="paper__kind")
    organ = tables.Column(verbose_name=_("发文机关"))
    recipients = tables.Column(verbose_name=_("主送"), orderable=False)
    issued_on = DayColumn(verbose_name=_("印发日期"))
    issued_by = tables.Column(verbose_name=_("签发人"), orderable=False)
    state = StateColumn(verbose_name=_("状态"), accessor="paper__phase", order_by="paper__state")

    class Meta:
        default = ""
        order_by_field = "sort"

    def render_recipients(self, value: list[str]) -> str:
        return "、".join(value)

    def value_recipients(self, value: list[str]) -> str:
        return "、".join(value)


class IssueFilters(filters.FilterSet):  # type: ignore[misc]
    """What the register is searched by."""

    q = WordsFilter(field_name="title", label=_("标题"), widget=_SEARCH)
    word = filters.CharFilter(label=_("代字"))
    year = filters.NumberFilter(label=_("年份"))
    kind = filters.ChoiceFilter(
        field_name="paper__kind", label=_("文种"), choices=PaperKind.choices, empty_label=_("全部")
    )
    since = filters.DateFilter(field_name="issued_on", lookup_expr="gte", label=_("印发自"), widget=DayInput)
    until = filters.DateFilter(field_name="issued_on", lookup_expr="lte", label=_("印发至"), widget=DayInput)

    class Meta:
        model = Issue
        fields = ()


class ReceivedTable(tables.Table):  # type: ignore[misc]
    """What came to a person's department."""

    number = tables.Column(verbose_name=_("发文字号"), accessor="paper__number", orderable=False)
    title = TitleColumn(verbose_name=_("标题"), accessor="paper__title", linkify=_address, orderable=False)
    organ = tables.Column(verbose_name=_("来文机关"), accessor="paper__issue__organ", orderable=False)
    role = tables.Column(verbose_name=_("送达方式"), accessor="get_role_display", orderable=False)
    issued_on = DayColumn(verbose_name=_("印发日期"), accessor="paper__issue__issued_on")
    department = tables.Column(verbose_name=_("收文单位"), orderable=False)
    received_on = DayColumn(verbose_name=_("签收日期"), accessor="receipt__at__date", order_by="receipt__at")
    received_by = tables.Column(verbose_name=_("签收人"), accessor="receipt__by", orderable=False)

    class Meta:
        default = ""
        order_by_field = "sort"


class ReceivedFilters(filters.FilterSet):  # type: ignore[misc]
    """What received papers are sought by."""

    q = WordsFilter(field_name="paper__title", label=_("标题"), widget=_SEARCH)
    kind = filters.ChoiceFilter(
        field_name="paper__kind", label=_("文种"), choices=PaperKind.choices, empty_label=_("全部")
    )
    received = filters.ChoiceFilter(
        label=_("签收"),
        choices=[("no", _("未签收")), ("yes", _("已签收"))],
        empty_label=_("全部"),
        method="that_are_signed",
    )

    class Meta:
        model = PaperParty
        fields = ()

    def that_are_signed(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is signed for, or what is not."""
        return rows.filter(receipt__isnull=value == "no")


PAPERS = Listing(
    name="papers.papers",
    title=_("公文"),
    table=PapersTable,
    filters=PaperFilters,
    template="papers/list",
    empty=_("还没有公文。可以新建一份，也可以从任务、调度、评估的页面起草。"),
)
ISSUED = Listing(
    name="papers.issued",
    title=_("发文登记"),
    table=IssuesTable,
    filters=IssueFilters,
    template="papers/list",
    empty=_("还没有印发过公文。公文签发后自动登记在这里。"),
)
RECEIVED = Listing(
    name="papers.received",
    title=_("收文"),
    table=ReceivedTable,
    filters=ReceivedFilters,
    template="papers/list",
    empty=_("本单位还没有收到公文。主送、抄送给本单位的公文印发后列在这里。"),
)
