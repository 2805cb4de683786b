"""The list of feedback."""

from __future__ import annotations

from datetime import date, datetime

import django_filters as filters
import django_tables2 as tables
from django.forms import SearchInput
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingshan.disclosure.models import Feedback
from qingshan.disclosure.states import FeedbackState
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Listing, NoteColumn, StateColumn, TitleColumn, WordsFilter
from qingshan.pages.templatetags.figures import day


class _DayOfInstantColumn(tables.Column):  # type: ignore[misc]
    """A column of instants, shown as the days they fall on in Beijing."""

    def render(self, value: datetime) -> SafeString:
        return day(beijing_day(value))

    def value(self, value: datetime | None) -> date | None:
        return beijing_day(value) if value else None


class FeedbackTable(tables.Table):  # type: ignore[misc]
    """What the public sent in; who sent it is in no column."""

    number = TitleColumn(
        verbose_name=_("编号"), linkify=lambda record: reverse("disclosure:feedback", args=[record.number])
    )
    text = NoteColumn(verbose_name=_("反映内容"), orderable=False)
    concerns = NoteColumn(verbose_name=_("涉及事项"), orderable=False)
    plan = tables.Column(verbose_name=_("规划"), accessor="page__plan__code", orderable=False)
    received_at = _DayOfInstantColumn(verbose_name=_("收到日期"))
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by="state")
    answered_at = _DayOfInstantColumn(verbose_name=_("答复日期"))

    class Meta:
        default = ""
        order_by_field = "sort"


class FeedbackFilters(filters.FilterSet):  # type: ignore[misc]
    """What feedback is sought by."""

    q = WordsFilter(field_name="text", label=_("反映内容"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(
        field_name="state", label=_("状态"), choices=FeedbackState.choices, empty_label=_("全部")
    )

    class Meta:
        model = Feedback
        fields = ()


FEEDBACK = Listing(
    name="disclosure.feedback",
    title=_("公众反馈"),
    table=FeedbackTable,
    filters=FeedbackFilters,
    template="disclosure/feedback_list",
    empty=_("还没有公众反馈。公开页开放后，公众可以在页上反映情况，每件都会成为一项任务。"),
)
