"""The list of tasks."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.forms import SearchInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import department_names, lineage_of
from qingshan.pages.public import DayColumn, Listing, StateColumn, TitleColumn, WordsFilter, as_of
from qingshan.tasks import queries
from qingshan.tasks.models import TaskParty, TaskVersion
from qingshan.tasks.policies import HELD_NOW
from qingshan.tasks.states import OPEN, TaskState
from qingshan.tasks.vocabulary import PartyRole, TaskSource

_PRESSED = [("overdue", _("已逾期")), ("soon", _("一周内到期")), ("listed", _("挂牌督办"))]


class TasksTable(tables.Table):  # type: ignore[misc]
    """Tasks with their lead, deadline and state."""

    code = tables.Column(verbose_name=_("编号"), accessor="subject__code", order_by="subject__code")
    title = TitleColumn(
        verbose_name=_("任务"),
        linkify=lambda record: reverse("tasks:task", args=[record.subject.code]),
        orderable=False,
    )
    source = tables.Column(verbose_name=_("来源"), accessor="subject__get_source_display", orderable=False)
    lead = tables.Column(verbose_name=_("牵头单位"), orderable=False, empty_values=())
    due_on = DayColumn(verbose_name=_("办结期限"))
    state = StateColumn(verbose_name=_("状态"), accessor="subject__phase", order_by="subject__state")
    pressed = StateColumn(verbose_name=_("提示"), orderable=False, empty_values=())

    class Meta:
        default = ""
        order_by_field = "sort"


class TaskFilters(filters.FilterSet):  # type: ignore[misc]
    """What tasks are sought by."""

    q = WordsFilter(field_name="title", label=_("任务"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(
        field_name="subject__state", label=_("状态"), choices=TaskState.choices, empty_label=_("全部")
    )
    source = filters.ChoiceFilter(
        field_name="subject__source", label=_("来源"), choices=TaskSource.choices, empty_label=_("全部")
    )
    department = filters.ChoiceFilter(label=_("单位"), empty_label=_("全部"), method="of_department")
    pressed = filters.ChoiceFilter(
        label=_("提示"), choices=_PRESSED, empty_label=_("全部"), method="that_press"
    )

    class Meta:
        model = TaskVersion
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["department"].extra["choices"] = _departments(self.request)

    def of_department(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a department leads or joins in, also by succession."""
        day = as_of(self.request)
        parties = TaskParty.objects.filter(HELD_NOW, department_id__in=lineage_of([int(value)], day))
        return rows.filter(subject_id__in=parties.values("task_id"))

    def that_press(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is late, soon due, or listed."""
        day = as_of(self.request)
        if value == "listed":
            return rows.filter(subject_id__in=queries.listed_ids())
        still = Q(subject__state__in=(*OPEN, TaskState.IN_REVIEW))
        late = Q(due_on__lt=day) if value == "overdue" else Q(due_on__gte=day, due_on__lte=day + queries.SOON)
        return rows.filter(still & late)


def _departments(request: HttpRequest) -> list[tuple[int, str]]:
    """The departments that have tasks the person sees."""
    day = as_of(request)
    seen = queries.tasks_for(user=request.user).values("subject_id")
    held = TaskParty.objects.filter(HELD_NOW, task_id__in=seen)
    found = department_names(set(held.values_list("department_id", flat=True)), day)
    return sorted(found.items(), key=lambda pair: pair[1])


TASKS = Listing(
    name="tasks.tasks",
    title=_("任务"),
    table=TasksTable,
    filters=TaskFilters,
    template="tasks/list",
    empty=_("还没有任务。规划措施、领导批示、会议纪要、来函都可以在“新建任务”中拟定。"),
)


def dress(request: HttpRequest) -> Any:
    """Return what puts the lead and the warning on the rows of a page."""
    day = as_of(request)

    def put_on(rows: list[Any]) -> None:
        leads = TaskParty.objects.filter(
            HELD_NOW, task_id__in=[row.subject_id for row in rows], role=PartyRole.LEAD
        )
        of = dict(leads.values_list("task_id", "department_id"))
        names = department_names(set(of.values()), day)
        listed = queries.listed_ids()
        for row in rows:
            row.lead = names.get(of.get(row.subject_id, 0), "")
            row.pressed = queries.pressed(row, day, listed)

    return put_on
