"""The list of jobs, and one job with its progress."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import can
from qingshan.jobs import actions
from qingshan.jobs.listing import JOBS
from qingshan.jobs.models import Job
from qingshan.jobs.policies import MANAGE, require_move, visible_jobs
from qingshan.jobs.queries import health
from qingshan.jobs.states import JOB_FLOW, LIVE
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import page_or_part, show_list


@login_required
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Show the jobs this person may see; to whoever manages them, how the workers are."""
    manages = can(request.user, MANAGE)
    context = {"manages": manages, "health": health(at=timezone.now()) if manages else None}
    return show_list(request, JOBS, visible_jobs(request.user), context)


@login_required
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show one job; its fragment asks for itself again while the job lives."""
    found = get_object_or_404(visible_jobs(request.user), pk=job_id)
    return page_or_part(request, "jobs/job", _shown(request, found))


def _shown(request: HttpRequest, found: Job) -> dict[str, object]:
    moves = JOB_FLOW.moves_from(found.state)
    return {
        "job": found,
        "live": found.phase in LIVE,
        "may_cancel": ("cancel" in moves or "stop" in moves) and not found.cancel_requested,
        "may_requeue": "requeue" in moves,
        "manages": can(request.user, MANAGE),
    }


@require_POST
@login_required
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Cancel a job, or ask it to stop."""
    found = get_object_or_404(visible_jobs(request.user), pk=job_id)
    require_move(request.user, found)
    try:
        actions.cancel(job=found, by=request.user, at=timezone.now())
        messages.success(request, _("已请求取消。"))
    except (IllegalMove, actions.StaleJob):
        messages.warning(request, _("作业的状态刚刚变了，请看最新情况后再操作。"))
    return redirect("jobs:job", job_id)


@require_POST
@login_required
def requeue(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a failed job try again."""
    found = get_object_or_404(visible_jobs(request.user), pk=job_id)
    require_move(request.user, found)
    try:
        actions.requeue(job=found, by=request.user, at=timezone.now())
        messages.success(request, _("已重新排队。"))
    except (IllegalMove, actions.StaleJob):
        messages.warning(request, _("作业的状态刚刚变了，或者同样的作业正在进行；没有重新排队。"))
    return redirect("jobs:job", job_id)
