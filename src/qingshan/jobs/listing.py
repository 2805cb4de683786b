"""How the list of jobs is shown and filtered."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column, DateTimeColumn, Table

from qingshan.jobs.kinds import KINDS
from qingshan.jobs.models import Job
from qingshan.jobs.states import JobState
from qingshan.pages.public import Listing, NoteColumn, StateColumn, TitleColumn, WordsFilter


class JobTable(Table):  # type: ignore[misc]
    """The list of jobs."""

    title = TitleColumn(linkify={"viewname": "jobs:job", "args": [A("pk")]})
    phase = StateColumn(verbose_name=_("状态"), order_by="state")
    by = Column(default=_("系统"), order_by="by__username")
    queued_at = DateTimeColumn(format="Y-m-d H:i:s")
    finished_at = DateTimeColumn(format="Y-m-d H:i:s", default="")
    message = NoteColumn(default="")
    error = NoteColumn(verbose_name=_("错误"), accessor="trouble", order_by="error", default="")

    class Meta:
        model = Job
        fields = ("title", "phase", "by", "queued_at", "finished_at", "message", "error")
        order_by = "-queued_at"


class JobFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of jobs is narrowed by."""

    q = WordsFilter(label=_("名称"), field_name="title")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=JobState.choices)
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=lambda: sorted((kind.name, kind.title) for kind in KINDS.values())
    )
    whose = django_filters.ChoiceFilter(
        label=_("发起"), choices=[("people", _("用户提交")), ("system", _("系统定时"))], method="by_whom"
    )

    def by_whom(self, rows: QuerySet[Job], _name: str, whose: str) -> QuerySet[Job]:
        return rows.filter(by__isnull=whose == "system")


JOBS = Listing(
    name="jobs.jobs",
    title=_("后台作业"),
    table=JobTable,
    filters=JobFilters,
    template="jobs/jobs",
    empty=_("还没有后台作业。导出、导入、评估等耗时的操作会在这里显示进度。"),
)
