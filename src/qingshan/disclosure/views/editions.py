"""Preparing an edition, looking at it as everybody will, deciding on it, taking it along as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs
from qingshan.disclosure import actions, policies, queries
from qingshan.disclosure.choice import Choice
from qingshan.disclosure.content import codes_of, content_of
from qingshan.disclosure.errors import DisclosureRefusal
from qingshan.disclosure.evaluations import evaluations_of
from qingshan.disclosure.exports import head_lines, table_rows
from qingshan.disclosure.forms.desk import PrepareForm
from qingshan.disclosure.models import Edition
from qingshan.disclosure.shown import tables
from qingshan.disclosure.states import EDITION_FLOW, EditionState
from qingshan.disclosure.views.frame import EDITION_VERBS, doors_of_edition, known_move, place_of
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import (
    MovePage,
    NoteForm,
    ReasonForm,
    Sheet,
    answer_form,
    page_or_part,
    today,
    write_workbook,
)
from qingshan.plans.public import progress_of

REFUSALS = (DisclosureRefusal, IllegalMove)


@needs("plans.edit")
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Tick what the next edition tells; begins from the edition in work, else from the last one."""
    place = place_of(request, code)
    if place.page is None:
        raise queries.NoSuchPage(code)
    policies.require(request.user, "prepare", place.page)
    page = place.page
    held = queries.edition_in_work(page) or queries.current_edition(page)
    in_work = held is not None and held.phase is EditionState.PREPARING
    day = held.as_of if held is not None and in_work else today()
    progress = progress_of(plan=place.plan, on=today())
    form = PrepareForm(
        request.POST or None,
        codes=codes_of(progress, evaluations_of(place.plan, today())),
        choice=held.chosen if held else Choice(),
        on=day,
        initial={"note": held.note if held is not None and in_work else ""},
    )

    def act(data: Any) -> Edition:
        return actions.prepare_edition(
            page=page, as_of=data["as_of"], choice=form.choice(), note=data["note"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="disclosure/prepare",
        context=place.frame(title=_("选择公开项目")),
        done=lambda made: reverse("disclosure:preview", args=[made.pk]) if made else place.frame()["cancel"],
        said=_("已保存。下面就是公众将看到的内容，请核对后提请批准。"), refusals=REFUSALS,
    )  # fmt: skip


@needs("plans.edit", "plans.approve")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition as the public will see it, or sees it; one being prepared as the ledger tells it now."""
    edition = queries.edition_for(user=request.user, pk=pk)
    place = place_of(request, edition.page.plan.code)
    content = edition.content or content_of(
        progress_of(plan=place.plan, on=edition.as_of),
        edition.chosen,
        evaluations_of(place.plan, edition.as_of),
    )
    waits = edition.phase is EditionState.TO_APPROVE
    context = place.frame(
        edition=edition,
        content=content,
        tables=tables(content),
        moves=edition.moves.select_related("by"),
        doors=doors_of_edition(request, edition),
        updates=queries.updates_of(edition, edition.as_of if waits else today()) if edition.content else [],
        waits=waits,
        own=waits and request.user.pk in (edition.prepared_by_id, edition.submitted_by_id),
    )
    return page_or_part(request, "disclosure/preview", context)


@needs("plans.edit", "plans.approve")
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    """An edition as a workbook, one sheet a part."""
    edition = queries.edition_for(user=request.user, pk=pk)
    if not edition.content:
        raise Http404
    parts = edition.content["parts"]
    sheets = [Sheet(table["title"], _rows(table)) for table in parts]
    file = write_workbook(sheets, as_of=edition.as_of, notes=head_lines(edition, ""))
    name = f"{edition.page.plan.code}-{edition.as_of:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def _rows(table: Any) -> Iterator[list[str]]:
    yield from table_rows(table)


STEPS: dict[str, MovePage] = {
    "submit": MovePage(
        NoteForm, actions.submit_edition, gettext_lazy("已提请批准；内容已固定，批准前不再变化。")
    ),
    "send_back": MovePage(ReasonForm, actions.send_back_edition, gettext_lazy("已退回准备人。")),
    "publish": MovePage(NoteForm, actions.publish_edition, gettext_lazy("已批准公开，公众现在可以看到。")),
    "withdraw": MovePage(ReasonForm, actions.withdraw_edition, gettext_lazy("这一版已撤下。")),
    "discard": MovePage(NoteForm, actions.discard_edition, gettext_lazy("已放弃这一版。")),
}


@needs("plans.edit", "plans.approve")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make a move of an edition, after it is confirmed on its page."""
    verb = known_move(move, EDITION_VERBS)
    edition = queries.edition_for(user=request.user, pk=pk)
    policies.require(request.user, verb, edition.page)
    if request.method != "POST" and not EDITION_FLOW.allows(edition.phase, move):
        raise Http404
    place = place_of(request, edition.page.plan.code)
    made, title = STEPS[move], EDITION_FLOW.label(move)
    here = reverse("disclosure:preview", args=[pk])
    return answer_form(
        request,
        made.filled(request),
        lambda data: made.act(edition=edition, by=request.user, at=timezone.now(), note=data["note"]),
        template="disclosure/form",
        context=place.frame(title=title, submit=title, edition=edition, cancel=here),
        done=here,
        said=str(made.said),
        refusals=REFUSALS,
    )
