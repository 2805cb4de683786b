"""Schedules, and events that could not be delivered: for whoever manages background work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.jobs import actions
from qingshan.jobs.forms import WhenForm
from qingshan.jobs.models import Delivery, Schedule
from qingshan.jobs.policies import MANAGE
from qingshan.jobs.queries import abandoned_deliveries, health
from qingshan.jobs.queries import schedules as all_schedules
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import answer_form, page_or_part


@needs(MANAGE)
def schedules(request: HttpRequest) -> HttpResponse:
    """Show when what is queued by itself."""
    return page_or_part(request, "jobs/schedules", {"schedules": all_schedules()})


@needs(MANAGE)
def schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Change when a schedule comes due."""
    found = get_object_or_404(Schedule, pk=schedule_id)
    return answer_form(
        request,
        WhenForm(request.POST or None, initial={"when": found.when}),
        lambda given: actions.change_schedule(
            schedule=found, when=given["when"], by=request.user, at=timezone.now()
        ),
        template="jobs/schedule",
        context={"schedule": found},
        done=reverse("jobs:schedules"),
        said=_("已修改。"),
    )


@require_POST
@needs(MANAGE)
def switch_schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Pause a schedule, or let it run again."""
    found = get_object_or_404(Schedule, pk=schedule_id)
    enabled = request.POST.get("enabled") == "1"
    actions.set_schedule_enabled(schedule=found, enabled=enabled, by=request.user, at=timezone.now())
    messages.success(request, _("已启用。") if enabled else _("已停用。"))
    return redirect("jobs:schedules")


@require_POST
@needs(MANAGE)
def run_schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Queue a schedule's job at once."""
    found = get_object_or_404(Schedule, pk=schedule_id)
    job = actions.run_now(schedule=found, by=request.user, at=timezone.now())
    return redirect("jobs:job", job.pk)


@needs(MANAGE)
def events(request: HttpRequest) -> HttpResponse:
    """Show the deliveries that were given up."""
    context = {"deliveries": abandoned_deliveries()[:200], "health": health(at=timezone.now())}
    return page_or_part(request, "jobs/events", context)


@require_POST
@needs(MANAGE)
def retry_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Try an abandoned delivery again."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    try:
        actions.retry_delivery(delivery=found, by=request.user, at=timezone.now())
        messages.success(request, _("将重新送达。"))
    except IllegalMove:
        messages.warning(request, _("这一条不在已放弃之列。"))
    return redirect("jobs:events")
