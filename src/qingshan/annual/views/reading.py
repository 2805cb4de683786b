"""The list of annual plans, one of them, its rows, a row in full; editions side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingshan.accounts.public import can, needs
from qingshan.annual import actions, policies, queries
from qingshan.annual.comparing import compared, editions_of
from qingshan.annual.lists import ANNUALS, ROWS, dress_annuals, dress_rows, weight_figure
from qingshan.annual.models import AnnualPlan, AnnualRowVersion, RowRequest
from qingshan.annual.standing import by_department
from qingshan.annual.states import EDITABLE, HEARD, AnnualState, RequestState
from qingshan.annual.views.departments import has_page
from qingshan.annual.views.frame import Door, doors, frame, opened
from qingshan.annual.vocabulary import Basis, Stand
from qingshan.annual.wording import in_words
from qingshan.history.public import steps
from qingshan.jobs.public import live_jobs_about
from qingshan.kernel.figure import Figure
from qingshan.pages.public import as_of, new_token, page_or_part, show_list, today
from qingshan.papers.public import papers_about
from qingshan.tasks.public import PartShare, part_shares, progress_of
from qingshan.workflow.public import described


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the annual plans the person may see."""
    context = {"may_draft": can(request.user, policies.CAPABILITIES["edit"])}
    rows = queries.annuals_for(user=request.user)
    return show_list(request, ANNUALS, rows, context, dress=dress_annuals(request))


@needs("plans.view")
def annual(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an annual plan: how far each department has come, who is silent, what waits for an answer."""
    found = opened(request, pk)
    day = as_of(request)
    rows = list(queries.versions_for(user=request.user, annual=found, on=day))
    negotiating = found.phase in (AnnualState.NEGOTIATING, AnnualState.TO_PUBLISH)
    everything = policies.sees_all(request.user, found)
    context = frame(
        request,
        found,
        actions=doors(request, found),
        departments=by_department(rows, day),
        day=day,
        published=found.phase in (AnnualState.PUBLISHED, AnnualState.CLOSED),
        targets=sum(row.included and not row.subject.what.is_work for row in rows),
        work=sum(row.included and row.subject.what.is_work for row in rows),
        proposed=sum(row.included and row.basis == Basis.PROPOSED for row in rows),
        leaderless=sum(row.included and row.lead_id is None for row in rows),
        silent=queries.silent(rows=rows, on=day) if negotiating and everything else {},
        asks_for_words=negotiating,
        requests=[(one, in_words(one)) for one in queries.open_requests(annual=found, user=request.user)],
        may_answer=_may_answer(request, found),
        waiting=len(actions.waiting_rows(found)),
        making=live_jobs_about(found.ref),
        moves=found.moves.select_related("by"),
        papers=papers_about(ref=found.ref, user=request.user),
        own=_own(request, found),
    )
    return page_or_part(request, "annual/annual", context)


def _may_answer(request: HttpRequest, annual: AnnualPlan) -> bool:
    verb = "publish" if annual.phase is AnnualState.PUBLISHED else "edit"
    return annual.phase in HEARD and policies.may(request.user, verb, annual)


def _own(request: HttpRequest, annual: AnnualPlan) -> str:
    """The page of the person's own department; none for who comes from outside, as a third party does."""
    department = getattr(request.user, "department_id", None)
    if department is None or not has_page(request.user, annual, department, as_of(request)):
        return ""
    return reverse("annual:department", args=[annual.pk, department])


@needs("plans.view")
def rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """List the rows of an annual plan."""
    found = opened(request, pk)
    given = queries.versions_for(user=request.user, annual=found, on=as_of(request))
    context = frame(request, found, actions=doors(request, found))
    return show_list(request, ROWS, given, context, dress=dress_rows(request))


@needs("plans.view")
def row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one row: what is asked, what departments said, its task, its history."""
    found, day = opened(request, pk), as_of(request)
    detail = queries.row_detail(user=request.user, annual=found, number=number, on=day)
    version = detail.version
    spoken = policies.may_answer_for(request.user, found, version.department_ids)
    history = AnnualRowVersion.objects.filter(subject=version.subject, valid_from__lte=day)
    context = frame(
        request,
        found,
        actions=_row_doors(request, found, version, bool(spoken)),
        detail=detail,
        row=version,
        basis=Basis(version.basis),
        weight=weight_figure(version, day),
        origin=described(request.user, [version.subject.source], day).get(version.subject.source),
        requests=[_request_shown(request, found, one, spoken) for one in detail.requests],
        parts=_parts(request, found, detail.task),
        percent=progress_of(tasks=[detail.task.subject])[detail.task.subject_id] if detail.task else None,
        may_accept=found.phase in HEARD and _unsettled(detail.voices, spoken),
        steps=steps(history),
        once=new_token(),
    )
    return page_or_part(request, "annual/row", context)


def _parts(request: HttpRequest, annual: AnnualPlan, task: Any) -> list[tuple[PartShare, Figure | None]]:
    """The parts of the row's task that the person sees, each with what it weighs of it today."""
    shares = part_shares(task=task.subject, user=request.user) if task else []
    simulated, told = annual.district.simulated, _("年度计划")
    return [
        (one, None if one.weight is None else Figure(one.weight, "", today(), told, simulated))
        for one in shares
    ]


def _unsettled(voices: list[queries.Voice], spoken: frozenset[int]) -> bool:
    """Whether a department the person speaks for has still to accept the row."""
    open_ = (Stand.SILENT, Stand.REFUSED)
    return any(one.department_id in spoken and one.stand in open_ for one in voices)


def _row_doors(request: HttpRequest, annual: AnnualPlan, row: AnnualRowVersion, speaks: bool) -> list[Door]:
    words = [annual.pk, row.subject.number]
    keeps = policies.may(request.user, "edit", annual)
    found = []
    if keeps and annual.phase in EDITABLE:
        found.append(Door(_("修改"), reverse("annual:revise_row", args=words), primary=True))
    if speaks and annual.phase in HEARD:
        found.append(Door(pgettext("annual plan", "申请调整"), reverse("annual:ask", args=words)))
    elif keeps and annual.phase is AnnualState.PUBLISHED:
        found.append(Door(_("提出调整"), reverse("annual:ask", args=words)))
    return found


def _request_shown(
    request: HttpRequest, annual: AnnualPlan, one: RowRequest, spoken: frozenset[int]
) -> dict[str, Any]:
    """A request with its words, and whether the person may answer it or take it back."""
    waits = one.phase is RequestState.ASKED
    own = one.asked_by_id == request.user.pk or one.department_id in spoken
    return {
        "request": one,
        "words": in_words(one),
        "may_answer": waits and _may_answer(request, annual) and one.asked_by_id != request.user.pk,
        "may_take_back": waits and own,
    }


@needs("plans.view")
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the editions of a published plan, and two of them side by side."""
    found = opened(request, pk)
    known = editions_of(annual=found)
    given = {name: request.GET.get(name, "") for name in ("from", "to")}
    numbers = [int(word) for word in given.values() if word.isdecimal()]
    chosen = numbers if len(numbers) == 2 else [one.number for one in known[-2:]]
    own = policies.own_departments(request.user, found)
    context = frame(
        request,
        found,
        editions=known,
        chosen=chosen,
        differences=compared(annual=found, numbers=chosen, departments=own) if len(chosen) == 2 else [],
    )
    return page_or_part(request, "annual/editions", context)
