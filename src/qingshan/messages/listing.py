"""How the inbox is shown and filtered."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column, DateTimeColumn, Table

from qingshan.messages.models import Notice
from qingshan.messages.states import NoticeState
from qingshan.pages.public import Listing, StateColumn, TitleColumn, WordsFilter


class NoticeTable(Table):  # type: ignore[misc]
    """The inbox."""

    subject = TitleColumn(linkify={"viewname": "messages:notice", "args": [A("pk")]})
    phase = StateColumn(verbose_name=_("状态"), order_by="state")
    by = Column(verbose_name=_("发件人"), default=_("系统"), order_by="by__username")
    sent_at = DateTimeColumn(format="Y-m-d H:i")

    class Meta:
        model = Notice
        fields = ("subject", "phase", "by", "sent_at")
        order_by = "-sent_at"
        row_attrs = {"class": lambda record: "unread-row" if record.phase is NoticeState.UNREAD else None}


class NoticeFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the inbox is narrowed by."""

    q = WordsFilter(label=_("标题"), field_name="subject")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=NoticeState.choices)
    receipt = django_filters.ChoiceFilter(
        label=_("签收"), choices=[("waiting", _("待我签收"))], method="by_receipt"
    )

    def by_receipt(self, rows: QuerySet[Notice], _name: str, _value: str) -> QuerySet[Notice]:
        return rows.filter(needs_receipt=True).exclude(state=NoticeState.SIGNED)


INBOX = Listing(
    name="messages.inbox",
    title=_("消息"),
    table=NoticeTable,
    filters=NoticeFilters,
    template="messages/inbox",
    empty=_("还没有消息。任务、期限、作业的变化会送到这里。"),
)
