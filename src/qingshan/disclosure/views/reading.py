"""What everybody reads: all public plans, a plan's newest edition, earlier ones, questions and answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qingshan.disclosure import queries
from qingshan.disclosure.models import Edition, Feedback
from qingshan.disclosure.queries import OpenPage
from qingshan.disclosure.shown import tables
from qingshan.disclosure.states import SHOWN, EditionState
from qingshan.disclosure.views.outside import answered, stamp_of

_ANSWERS_ON_PAGE = 5


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All plans that have a public page."""
    found = queries.open_pages()
    stamp = "|".join(stamp_of(one) for one in found)
    changed = max((one.page.changed_at for one in found), default=timezone.now())
    cards = [
        {"page": one.page, "edition": one.edition, "content": one.edition.content, "tables": _tally(one)}
        for one in found
        if one.edition is not None
    ]
    return answered(
        request, f"overview|{stamp}", changed,
        lambda: render(request, "disclosure/overview.html", {"cards": cards}),
    )  # fmt: skip


def _tally(found: OpenPage) -> list[Any]:
    return [table for table in tables(found.edition.content if found.edition else None) if table.tally]


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The newest edition of a plan."""
    found = queries.open_page(code)
    return _edition_page(request, found, found.edition)


@require_safe
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One edition, at the address it keeps."""
    found = queries.open_page(code)
    return _edition_page(request, found, queries.shown_edition(found.page, number))


def _edition_page(request: HttpRequest, found: OpenPage, shown: Edition | None) -> HttpResponse:
    counts = queries.counts_of(Feedback.objects.filter(page=found.page))

    def make() -> HttpResponse:
        context = {
            "page": found.page,
            "plan": found.page.plan,
            "edition": shown,
            "content": shown.content if shown else None,
            "tables": tables(shown.content if shown else None),
            "data": data_addresses(found, shown),
            "newest": shown is not None and shown == found.edition,
            "answers": queries.answered_publicly(found.page)[:_ANSWERS_ON_PAGE],
            "counts": counts,
        }
        return render(request, "disclosure/plan.html", context)

    stamp = stamp_of(found, "edition", shown.pk if shown else "", shown.state if shown else "", counts)
    return answered(request, stamp, queries.counts_changed_at(found.page), make)


def data_addresses(found: OpenPage, shown: Edition | None) -> dict[str, Any]:
    """Return where the data of an edition are: at its own address, which stays, not at that of the newest."""
    if shown is None or shown.content is None:
        return {}
    where = [found.page.plan.code, shown.number]
    return {
        "json": reverse("disclosure:edition_json", args=where),
        "csv": [
            (table["title"], reverse("disclosure:edition_csv", args=[*where, table["part"]]))
            for table in shown.content["parts"]
        ],
    }


@require_safe
def editions(request: HttpRequest, code: str) -> HttpResponse:
    """Every edition there was; of one taken down that it was, and why it went."""
    found = queries.open_page(code)
    context = {
        "page": found.page,
        "plan": found.page.plan,
        "editions": queries.shown_editions(found.page),
        "shown": SHOWN,
        "withdrawn": EditionState.WITHDRAWN,
    }
    return answered(
        request, stamp_of(found, "editions"), found.page.changed_at,
        lambda: render(request, "disclosure/editions.html", context),
    )  # fmt: skip


@require_safe
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Questions of the public with their answers, without who asked."""
    found = queries.open_page(code)
    counts = queries.counts_of(Feedback.objects.filter(page=found.page))
    context = {
        "page": found.page,
        "plan": found.page.plan,
        "answers": queries.answered_publicly(found.page),
        "counts": counts,
    }
    return answered(
        request, stamp_of(found, "answers", counts), queries.counts_changed_at(found.page),
        lambda: render(request, "disclosure/answers.html", context),
    )  # fmt: skip
