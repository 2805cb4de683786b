"""The lists, one submission with its tables, and how two of them differ."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from qingshan.accounts.public import capabilities_of, needs
from qingshan.levels.lists import INCOMING, OUTGOING
from qingshan.levels.models import Edition, Submission
from qingshan.levels.policies import CAPABILITIES, may_see_call
from qingshan.levels.queries.submissions import (
    NoSuchSubmission,
    SubmissionDetail,
    differences,
    earlier_editions,
    incoming_for,
    reported_below,
    submission_detail,
    submissions_from,
)
from qingshan.levels.views.frame import doors, frame, opened, tabs
from qingshan.levels.views.sheets import sheets
from qingshan.pages.public import as_of, page_or_part, show_list


@needs("plans.view")
def outgoing(request: HttpRequest) -> HttpResponseBase:
    """Show what goes up from the person's districts."""
    context = {"tabs": tabs(request), "may": _may(request)}
    return show_list(request, OUTGOING, submissions_from(user=request.user), context)


@needs("plans.view")
def incoming(request: HttpRequest) -> HttpResponseBase:
    """Show what comes in to the person's districts, and what was last accepted of each lower plan."""
    reported = reported_below(user=request.user, on=as_of(request))
    context = {"tabs": tabs(request), "may": _may(request), "reported": reported}
    return show_list(request, INCOMING, incoming_for(user=request.user), context)


def _may(request: HttpRequest) -> dict[str, bool]:
    held = capabilities_of(request.user)
    return {verb: capability in held for verb, capability in CAPABILITIES.items()}


@needs("plans.view")
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one submission: its tables, remarks, steps, and how it differs from the last one."""
    found = opened(request, pk)
    detail = _detail(found, request.GET.get("edition", ""))
    others = _others(request, found, detail)
    before = _before(others, request.GET.get("against", ""))
    rows = differences(before=before, after=detail.snapshot) if before else []
    context = frame(
        found,
        detail=detail,
        doors=doors(request, found),
        sees_call=_sees_call(request, found),
        sheets=sheets(detail.snapshot, detail.remarks),
        others=others,
        before=before,
        differences=rows,
    )
    return page_or_part(request, "levels/submission", context)


def _sees_call(request: HttpRequest, found: Submission) -> bool:
    """Whether the page of the call it answers is there for the person: it is for who reports or reviews."""
    if found.call is None or capabilities_of(request.user).isdisjoint(
        {CAPABILITIES["submit"], CAPABILITIES["review"]}
    ):
        return False
    return may_see_call(request.user, found.call)


def _detail(found: Submission, asked: str) -> SubmissionDetail:
    try:
        return submission_detail(submission=found, number=int(asked) if asked.isdecimal() else None)
    except NoSuchSubmission:
        raise Http404 from None


def _others(request: HttpRequest, found: Submission, detail: SubmissionDetail) -> list[Edition]:
    """What was handed up before the version that is shown."""
    shown = detail.edition
    if shown is not None and shown.number > 1:
        number = shown.number
    else:
        number = 10**6 if shown is None else 1
    own = {one.pk for one in detail.editions if one.number < number}
    return [
        one
        for one in earlier_editions(submission=found, user=request.user)
        if one.pk in own or (one.submission_id != found.pk and one.submission.as_of <= found.as_of)
    ]


def _before(others: list[Edition], asked: str) -> Any:
    if asked == "none":
        return None
    chosen = next((one for one in others if str(one.pk) == asked), None)
    return chosen or (others[0] if others else None)
