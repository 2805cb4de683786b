"""The list of rounds, one round, a row, the comparison with the last round, the bulletin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.dispatch import papers, policies, queries
from qingshan.dispatch.figures import ChapterFigures, DepartmentFigures, RoundFigures
from qingshan.dispatch.lists import ROUNDS, dress
from qingshan.dispatch.models import Round
from qingshan.dispatch.queries.figures import bearing_of
from qingshan.dispatch.rules import rules
from qingshan.dispatch.states import REPORTABLE, PartState, RoundState, RowState
from qingshan.dispatch.views.frame import doors, frame, opened, opened_row
from qingshan.kernel.figure import Figure
from qingshan.pages.public import as_of, page_or_part, show_list
from qingshan.papers.public import papers_about
from qingshan.plans.public import WorkState

__all__ = ["bulletin", "compare", "listed", "one", "row"]


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the rounds the person may see."""
    rows = queries.rounds_for(user=request.user)
    seen = queries.parts_seen(user=request.user)
    context = {"may_open": can(request.user, policies.CAPABILITIES["run"][0])}
    return show_list(request, ROUNDS, rows, context, dress=dress(request, seen))


@dataclass(frozen=True, slots=True)
class Line:
    """A department on the page of a round: its figures, and how many of its rows stand where."""

    held: DepartmentFigures
    url: str
    counts: list[tuple[str, int]]


@needs("plans.view")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round: departments with bars and counts, chapters, what is behind."""
    found = opened(request, pk)
    figures = queries.figures_of(found, as_of(request))
    seen = {part.pk for part in queries.parts_for(user=request.user, found=found)}
    counts = _counts(found)
    lines = [
        Line(
            held,
            reverse("dispatch:part", args=[pk, held.part_id]),
            [(str(state.label), counts[held.part_id][state]) for state in RowState],
        )
        for held in figures.departments
        if held.part_id in seen
    ]
    context = frame(
        request, found, doors=doors(request, found), figures=figures, lines=lines,
        states=[state.label for state in RowState],
        chapters=[(one, _mean(one, figures, found)) for one in figures.chapters],
        totals=[(state, figures.count(state)) for state in PartState if figures.count(state)],
        closing=queries.closing_in_force(found),
        closings=found.closings.select_related("by", "reopened_by"),
        papers=papers_about(ref=found.ref, user=request.user),
        may_press=found.phase is RoundState.OPEN and policies.may(request.user, "press", found),
    )  # fmt: skip
    return page_or_part(request, "dispatch/round", context)


def _counts(found: Round) -> dict[int, Counter[RowState]]:
    counts: dict[int, Counter[RowState]] = {part.pk: Counter() for part in found.parts.all()}
    for row in found.rows.all():
        counts[row.part_id][row.phase] += 1
    return counts


def _mean(chapter: ChapterFigures, figures: RoundFigures, found: Round) -> Figure:
    return Figure(
        Decimal(chapter.mean) if chapter.mean else None, "%", as_of=figures.day,
        source=_("%(told)d / %(total)d 项已报进度的平均") % {"told": chapter.told, "total": chapter.total},
        simulated=found.simulated, missing=_("尚无进度"), places=1,
    )  # fmt: skip


@needs("plans.view")
def row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Show one row: what stood before, what is said, every saying and step, findings."""
    found = opened_row(request, pk, row)
    may_review = policies.may(request.user, "review", found) and found.round.phase is RoundState.OPEN
    context = frame(
        request, found.round, row=found, sayings=found.sayings.select_related("by"),
        moves=found.moves.select_related("by"),
        findings=found.findings.select_related("found_by", "decided_by"),
        bearing=bearing_of(found, found.round.ends_on),
        part_url=reverse("dispatch:part", args=[pk, found.part_id]),
        before=_work_state(found.before_state), now=_work_state(found.work_state),
        may_report=found.phase in REPORTABLE and found.round.phase is RoundState.OPEN
        and policies.may(request.user, "report", found),
        may_decide=may_review and found.phase is RowState.SUBMITTED,
        may_find=found.phase is RowState.ACCEPTED and policies.may(request.user, "review", found),
        may_confirm=policies.may(request.user, "decide", found),
    )  # fmt: skip
    return page_or_part(request, "dispatch/row", context)


def _work_state(word: str) -> WorkState | None:
    return WorkState(word) if word else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Something of this round beside the same of the last: number, number before, difference."""

    label: Any
    now: int
    before: int

    @property
    def change(self) -> int:
        """More or less than last time."""
        return self.now - self.before


@needs("plans.view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show this round beside the last one of its kind."""
    found = opened(request, pk)
    _whole_only(request, found)
    figures = queries.figures_of(found, as_of(request))
    previous = queries.previous_of(found)
    context = frame(request, found, figures=figures, previous=previous)
    if previous is not None:
        before_round, before = previous
        context |= {
            "states": [
                Compared(state, figures.count(state), before.count(state))
                for state in PartState
                if state is not PartState.PENDING
            ],
            "sums": [
                Compared(label, figures.total(name), before.total(name))
                for name, label in (
                    ("rows", _("应报事项")), ("reported", _("已报事项")), ("accepted", _("采纳事项")),
                    ("late", _("迟报事项")), ("sent_back", _("退回次数")), ("behind", _("进度滞后事项")),
                )
            ],
            "departments": [
                (one, held)
                for one in figures.departments
                if (held := before.of(one.department_id)) is not None
            ],
            "chapters": _chapters_beside(found, figures, before_round, before),
        }  # fmt: skip
    return page_or_part(request, "dispatch/compare", context)


def _chapters_beside(
    found: Round, figures: RoundFigures, before_round: Round, before: RoundFigures
) -> list[tuple[str, Figure, Figure]]:
    held = {one.name: one for one in before.chapters}
    return [
        (one.name, _mean(one, figures, found), _mean(held[one.name], before, before_round))
        for one in figures.chapters
        if one.name in held
    ]


@needs("plans.view")
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the bulletin as it would be drafted now, or as the closing has it, and the letters due by rule."""
    found = opened(request, pk)
    _whole_only(request, found)
    held = rules()
    figures = queries.figures_of(found, as_of(request))
    shown = papers.Figures(found, queries.closing_in_force(found), figures)
    blocks = papers.bulletin_blocks(shown, queries.previous_of(found), held)
    context = frame(
        request, found, blocks=papers.as_shown(blocks, shown), closed=found.phase is RoundState.CLOSED,
        letters=papers.letters_due(found, figures, held),
        papers=papers_about(ref=found.ref, user=request.user),
    )  # fmt: skip
    return page_or_part(request, "dispatch/bulletin", context)


def _whole_only(request: HttpRequest, found: Round) -> None:
    """Pages that name every department are not there for who sees one."""
    if not policies.sees_whole(request.user, found):
        raise Http404
