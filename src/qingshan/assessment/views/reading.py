"""The list; an evaluation's sheet, its points, its trail, its workbook; and the completion tables."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.assessment import policies, queries
from qingshan.assessment.errors import UnusableScheme
from qingshan.assessment.explained import share_of_total, sum_in_words
from qingshan.assessment.lists import EVALUATIONS, dress
from qingshan.assessment.models import Evaluation
from qingshan.assessment.queries import NoSuchEvaluation
from qingshan.assessment.reckoning import Scored
from qingshan.assessment.shown import comparison_shown, department_sheet, sheet_shown, total_shown
from qingshan.assessment.states import OPEN, SHOWN
from qingshan.assessment.views.frame import doors, frame, opened
from qingshan.assessment.workbook import sheets_of
from qingshan.pages.public import as_of, page_or_part, show_list, write_workbook
from qingshan.papers.public import papers_about
from qingshan.plans import public as plans

_REFUSED_PAGE = "assessment/unusable"


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the evaluations the person may see."""
    rows = queries.evaluations_for(user=request.user)
    organises = bool(queries.plans_to_evaluate(user=request.user, on=as_of(request)))
    seen = plans.visible_versions(user=request.user, on=as_of(request))
    return show_list(
        request, EVALUATIONS, rows, {"may_organise": organises, "plans": seen}, dress=dress(request)
    )


@needs("plans.view")
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation: its sheet with the three lists, the departments, what is written about it."""
    one = opened(request, pk)
    try:
        scored = queries.linked_for(user=request.user, scored=queries.score_of(one), on=as_of(request))
    except UnusableScheme as refused:
        return _unusable(request, one, refused)
    context = frame(
        request,
        one,
        doors=doors(request, one, scored),
        sheet=sheet_shown(one, scored),
        share_in_words=share_of_total(scored.scheme),
        lessons=queries.lessons_of(one),
        facts=one.facts.filter(withdrawn_at__isnull=True).select_related("department", "by"),
        recommendations=queries.recommendations_of(one),
        evaluators=one.evaluators.filter(until_at__isnull=True).select_related("user"),
        moves=one.moves.select_related("by"),
        open=one.phase in OPEN,
        may_enter=policies.may(request.user, "enter", one),
        may_organise=policies.may(request.user, "organise", one),
        shown=one.phase in SHOWN,
        papers=papers_about(ref=one.ref, user=request.user),
    )
    return page_or_part(request, "assessment/evaluation", context)


@needs("plans.view")
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain every point of the plan's sheet, or of one department's."""
    one = opened(request, pk)
    try:
        scored = queries.score_of(one, _number(request))
        scored = queries.linked_for(user=request.user, scored=scored, on=as_of(request))
    except UnusableScheme as refused:
        return _unusable(request, one, refused)
    except NoSuchEvaluation:
        raise Http404 from None
    chosen = _department(request, scored)
    sheet = chosen.sheet if chosen else scored.whole
    context = frame(
        request,
        one,
        sheet=sheet_shown(one, scored, chosen.sheet if chosen else None),
        steps=sum_in_words(sheet),
        chosen=chosen,
        departments=scored.departments,
        number=_number(request),
    )
    return page_or_part(request, "assessment/points", context)


def _number(request: HttpRequest) -> int | None:
    given = request.GET.get("version", "")
    return int(given) if given.isdecimal() else None


def _department(request: HttpRequest, scored: Scored) -> Any:
    given = request.GET.get("department", "")
    if not given:
        return None
    found = department_sheet(scored, int(given)) if given.isdecimal() else None
    if found is None:
        raise Http404
    return found


@needs("plans.view")
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stored versions with what changed each, the appeals, and the last evaluation beside."""
    one = opened(request, pk)
    try:
        scored = queries.score_of(one)
    except UnusableScheme as refused:
        return _unusable(request, one, refused)
    since = queries.since_last(one, scored)
    context = frame(
        request,
        one,
        doors=doors(request, one, scored),
        versions=[
            (each, comparison_shown(one, each.changed) if each.changed else None, _total(one, each))
            for each in queries.trail_of(one)
        ],
        appeals=queries.appeals_for(user=request.user, evaluation=one),
        since=(since[0], comparison_shown(one, since[1])) if since else None,
    )
    return page_or_part(request, "assessment/trail", context)


def _total(one: Evaluation, each: queries.Trail) -> Any:
    return total_shown(one, each.version)


@needs("plans.view")
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the sheet as a workbook."""
    one = opened(request, pk)
    try:
        scored = queries.score_of(one)
    except UnusableScheme as refused:
        return _unusable(request, one, refused)
    notes = [
        _("评估方案：%(name)s（SHA-256 %(digest)s）")
        % {"name": one.scheme_name, "digest": one.scheme_sha256},
        _("状态：%s") % one.phase.label,
    ]
    if one.plan.simulated:
        notes.append(_("模拟数据，不属于任何真实地区"))
    file = write_workbook(sheets_of(one, scored), as_of=one.on, notes=notes)
    name = f"{plans.head_of(plan=one.plan, on=one.on)['short_name']}-{one.year}-{_('评分表')}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


@needs("plans.view")
def completion(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Show how each table of a plan's indicators ended, or stands on the as-of date."""
    day = as_of(request)
    found = [
        one for one in plans.visible_versions(user=request.user, on=day) if one.subject.code == plan_code
    ]
    if not found:
        raise Http404
    (version,) = found
    tables = queries.completion_table(version.subject, day)
    context = {"plan": version, "tables": tables, "on": day, "simulated": version.subject.simulated}
    return page_or_part(request, "assessment/completion", context)


def _unusable(request: HttpRequest, one: Evaluation, refused: UnusableScheme) -> HttpResponse:
    """Say why nothing can be reckoned; the way on is another scheme or another entry."""
    context = frame(request, one, why=str(refused), doors=doors(request, one, None))
    return page_or_part(request, _REFUSED_PAGE, context)
