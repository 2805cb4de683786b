"""The list of rounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count
from django.forms import SearchInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.dispatch.models import Round, Row
from qingshan.dispatch.states import REPORTABLE, RoundState, RowState
from qingshan.dispatch.vocabulary import Period
from qingshan.pages.public import DayColumn, Listing, StateColumn, TitleColumn, WordsFilter

__all__ = ["ROUNDS", "dress"]


class RoundsTable(tables.Table):  # type: ignore[misc]
    """Rounds with their deadline, state and how much of them is reported and accepted."""

    period_name = TitleColumn(
        verbose_name=_("周期"),
        linkify=lambda record: reverse("dispatch:round", args=[record.pk]),
        order_by=("ends_on",),
    )
    plan_name = tables.Column(verbose_name=_("规划"))
    due_on = DayColumn(verbose_name=_("填报期限"))
    state = StateColumn(verbose_name=_("状态"), accessor="phase", order_by=("state",))
    rows_told = tables.Column(verbose_name=_("已报 / 应报"), orderable=False, empty_values=())
    accepted = tables.Column(verbose_name=_("已采纳"), orderable=False, empty_values=())

    class Meta:
        default = ""
        order_by_field = "sort"


class RoundFilters(filters.FilterSet):  # type: ignore[misc]
    """What rounds are sought by."""

    q = WordsFilter(field_name="plan_name", label=_("规划"), widget=SearchInput(attrs={"data-search": ""}))
    state = filters.ChoiceFilter(label=_("状态"), choices=RoundState.choices, empty_label=_("全部"))
    period = filters.ChoiceFilter(label=_("周期"), choices=Period.choices, empty_label=_("全部"))

    class Meta:
        model = Round
        fields = ()


ROUNDS = Listing(
    name="dispatch.rounds",
    title=_("调度"),
    table=RoundsTable,
    filters=RoundFilters,
    template="dispatch/list",
    empty=_("还没有调度。规划管理员可以“发起调度”，或在其中设定按月、按季自动发起。"),
)


def dress(request: HttpRequest, parts: Any) -> Any:
    """Return what puts the counts on the rows of a page; ``parts`` are those the person sees."""

    def put_on(rows: list[Any]) -> None:
        held = Row.objects.filter(round__in=[one.pk for one in rows], part__in=parts).order_by()
        of: dict[int, Counter[str]] = defaultdict(Counter)
        for found, state, number in held.values_list("round", "state").annotate(number=Count("pk")):
            of[found][state] += number
        for one in rows:
            counts = of[one.pk]
            one.rows_told = (
                f"{counts.total() - sum(counts[state] for state in REPORTABLE)} / {counts.total()}"
            )
            one.accepted = counts[RowState.ACCEPTED] + counts[RowState.FALSE]

    return put_on
