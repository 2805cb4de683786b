"""How the list of audit entries is shown and filtered."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import A, Column, DateTimeColumn, Table

from qingshan.audit.public import Asked, Entry, actions_known, detail_of, entries
from qingshan.pages.public import DayInput, Listing, NoteColumn, TitleColumn
from qingshan.portal.auditing.acts import name_of

__all__ = ["RECORDS", "shown_detail"]


def shown_detail(entry: Entry) -> str:
    """The detail of an entry in one line, without what is empty."""
    found = detail_of(entry).items()
    return "；".join(f"{name}：{value}" for name, value in found if value not in ("", None, [], {}))


class EntryTable(Table):  # type: ignore[misc]
    """The list of entries."""

    at = DateTimeColumn(verbose_name=_("时间"), format="Y-m-d H:i:s", order_by=("at", "id"))
    actor_name = Column(verbose_name=_("操作者"), default=_("系统"))
    action = Column(verbose_name=_("操作"))
    subject = TitleColumn(
        verbose_name=_("对象"),
        order_by=("family", "key"),
        linkify={"viewname": "audit:trail", "args": [A("subject")]},
    )
    ref = Column(verbose_name=_("对象编号"), accessor="subject", orderable=False)
    detail = NoteColumn(verbose_name=_("内容"), default="", orderable=False)
    seq = Column(verbose_name=_("链上序号"), accessor="record__seq", default=_("待封存"))

    class Meta:
        order_by = "-at"

    def render_subject(self, record: Entry) -> str:
        return getattr(record, "subject_name", "") or str(record.subject)

    def value_subject(self, record: Entry) -> str:
        return self.render_subject(record)

    def render_action(self, value: str) -> str:
        return name_of(value)

    def value_action(self, value: str) -> str:
        return name_of(value)

    def render_detail(self, record: Entry) -> str:
        found: str = self.columns["detail"].column.render(shown_detail(record))
        return found

    def value_detail(self, record: Entry) -> str:
        return shown_detail(record)


class EntryFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of entries is narrowed by."""

    action = django_filters.ChoiceFilter(
        label=_("操作"),
        choices=lambda: [(name, name_of(name)) for name in actions_known()],
        method="by_action",
    )
    actor = django_filters.CharFilter(label=_("操作者"), method="by_actor")
    subject = django_filters.CharFilter(label=_("对象（类别/编号）"), method="by_subject")
    first_on = django_filters.DateFilter(label=_("自"), method="by_first_day", widget=DayInput())
    last_on = django_filters.DateFilter(
        label=pgettext_lazy("filter", "至"), method="by_last_day", widget=DayInput()
    )

    def by_action(self, rows: QuerySet[Entry], _name: str, action: str) -> QuerySet[Entry]:
        return rows & entries(Asked(action=action))

    def by_actor(self, rows: QuerySet[Entry], _name: str, actor: str) -> QuerySet[Entry]:
        return rows & entries(Asked(actor=actor))

    def by_subject(self, rows: QuerySet[Entry], _name: str, subject: str) -> QuerySet[Entry]:
        return rows & entries(Asked(subject=subject))

    def by_first_day(self, rows: QuerySet[Entry], _name: str, day: date) -> QuerySet[Entry]:
        return rows & entries(Asked(first_on=day))

    def by_last_day(self, rows: QuerySet[Entry], _name: str, day: date) -> QuerySet[Entry]:
        return rows & entries(Asked(last_on=day))


RECORDS = Listing(
    name="audit.records",
    title=_("审计记录"),
    table=EntryTable,
    filters=EntryFilters,
    template="audit/records",
    empty=_("还没有审计记录。每一次登录和改动都会记在这里。"),
)
