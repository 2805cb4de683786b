"""The desk, the lists, one paper in full, its texts and its files."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from qingshan.accounts.public import can, needs
from qingshan.documents.public import BadTemplate, MissingFonts
from qingshan.jobs.public import live_jobs_about
from qingshan.kernel.figure import Figure
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import page_or_part, show_list
from qingshan.papers import ledger, policies, queries
from qingshan.papers.comparing import differences
from qingshan.papers.ledger import Compared
from qingshan.papers.links import follow_ups, of_instruction, of_paper
from qingshan.papers.lists import ISSUED, PAPERS, RECEIVED
from qingshan.papers.models import Paper, PaperText
from qingshan.papers.printing.files import FORMS, files_of
from qingshan.papers.printing.sheet import sheet_of
from qingshan.papers.queries import PaperDetail
from qingshan.papers.shapes import MARK, Block, PrintedFigure, Table
from qingshan.papers.states import FROZEN, PaperState
from qingshan.papers.subjects import home_district
from qingshan.papers.views.frame import doors, frame, opened
from qingshan.papers.vocabulary import Freshness


def _tabs(request: HttpRequest, here: str) -> dict[str, Any]:
    return {
        "here": here,
        "may_draft": can(request.user, policies.CAPABILITIES["edit"]),
        "may_issue": can(request.user, policies.CAPABILITIES["issue"]),
    }


@needs("documents.view")
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person."""
    groups = queries.desk(user=request.user)
    context = {"groups": groups, "count": sum(len(one.rows) for one in groups), **_tabs(request, "desk")}
    return page_or_part(request, "papers/desk", context)


@needs("documents.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show every paper the person sees."""
    return show_list(request, PAPERS, queries.papers_for(user=request.user), _tabs(request, "list"))


@needs("documents.view")
def issued(request: HttpRequest) -> HttpResponseBase:
    """Show the register of issued papers."""
    return show_list(request, ISSUED, queries.issues_for(user=request.user), _tabs(request, "issued"))


@needs("documents.view")
def received(request: HttpRequest) -> HttpResponseBase:
    """Show what came to the person's department."""
    rows = queries.parties_received(user=request.user)
    return show_list(request, RECEIVED, rows, _tabs(request, "received"))


@needs("documents.view")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paper."""
    found = opened(request, pk)
    detail = queries.paper_detail(paper=found, user=request.user)
    context = frame(
        found,
        detail=detail,
        doors=doors(request, detail),
        pieces=shown_blocks(detail, request.user),
        figures=[(one, as_figure(one.figure, request.user), _news(one, request)) for one in detail.figures],
        instructions=[(one, follow_ups(request.user, of_instruction(one))) for one in detail.instructions],
        onward=_onward(request, found),
        files=files_of(found) if found.phase in FROZEN else {},
        printing=live_jobs_about(found.ref).exists(),
        frozen=found.phase in FROZEN,
        may_update=found.phase is PaperState.DRAFTING and policies.may(request.user, "edit", found),
    )
    return page_or_part(request, "papers/paper", context)


@needs("documents.view")
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold two texts of a paper side by side: the last two unless others are chosen."""
    found = opened(request, pk)
    every = list(found.texts.select_related("saved_by"))
    after = _text(every, request.GET.get("to"), every[0])
    before = _text(every, request.GET.get("from"), every[min(1, len(every) - 1)])
    context = frame(found, texts=every, before=before, after=after, lines=differences(before, after))
    return page_or_part(request, "papers/texts", context)


def _text(every: list[PaperText], asked: str | None, otherwise: PaperText) -> PaperText:
    return next((one for one in every if str(one.number) == asked), otherwise)


@needs("documents.view")
def file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Hand out a file: the one kept of an issued paper, or a draft set anew."""
    found = opened(request, pk)
    if ending not in FORMS:
        raise Http404
    if found.phase in FROZEN:
        kept = files_of(found).get(ending)
        if kept is None:
            raise Http404
        return redirect("documents:download", kept.pk)
    try:
        made = FORMS[ending](sheet_of(found, beijing_day(timezone.now())))
    except (BadTemplate, MissingFonts) as problem:
        return page_or_part(request, "papers/unset", frame(found, problem=str(problem)), status=503)
    return FileResponse(io.BytesIO(made), as_attachment=True, filename=f"{found.title}.{ending}")


def as_figure(printed: PrintedFigure, user: Any) -> Figure:
    """Return a printed figure as every page shows figures; its link is for those to whom it leads."""
    return Figure(
        None, unit=printed.unit, as_of=printed.as_of, source=printed.label, simulated=printed.simulated,
        origin=printed.url if ledger.may_open(user, printed) else "", text=printed.value,
    )  # fmt: skip


def _onward(request: HttpRequest, paper: Paper) -> list[tuple[str, str]]:
    """Where a paper that came to the person's own department goes on."""
    came = paper.phase in FROZEN and queries.parties_received(user=request.user).filter(paper=paper).exists()
    home = home_district(request.user)
    return follow_ups(request.user, of_paper(paper, home)) if came and home else []


def _news(one: Compared, request: HttpRequest) -> Figure | None:
    """What the ledger has now, where that is something else; for those who may look there."""
    if one.now is None or one.freshness is not Freshness.CHANGED:
        return None
    return as_figure(one.now, request.user) if ledger.may_open(request.user, one.figure) else None


def shown_blocks(detail: PaperDetail, user: Any) -> list[dict[str, Any]]:
    """Return the body as the page shows it: each text in pieces, words and figures by turns."""
    holder = detail.paper.issue if detail.paper.phase in FROZEN else detail.text
    figures: dict[str, Figure | None] = {one.key: as_figure(one, user) for one in holder.printed_figures}
    return [_shown(block, figures) for block in holder.blocks]


def _shown(block: Block, figures: dict[str, Figure | None]) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "table": True,
            "caption": _pieces(block.caption, figures),
            "columns": [_pieces(head, figures) for head in block.columns],
            "rows": [[_pieces(cell, figures) for cell in row] for row in block.rows],
        }
    return {"level": getattr(block, "level", 0), "pieces": _pieces(block.text, figures)}


def _pieces(text: str, figures: dict[str, Figure | None]) -> list[tuple[str, Figure | None]]:
    found: list[tuple[str, Figure | None]] = []
    at = 0
    for marked in MARK.finditer(text):
        found.append((text[at : marked.start()], figures[marked[1]]))
        at = marked.end()
    return [*found, (text[at:], None)]
