"""One's own notices: inbox, one notice, receipts of what one sent, preferences."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.kernel.flow import IllegalMove
from qingshan.messages import actions, queries
from qingshan.messages.forms import PreferencesForm
from qingshan.messages.listing import INBOX
from qingshan.pages.public import answer_form, page_or_part, show_list


@login_required
def inbox(request: HttpRequest) -> HttpResponseBase:
    """Show one's notices."""
    return show_list(request, INBOX, queries.inbox(request.user))


@login_required
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show one notice; opening it is reading it."""
    user: Any = request.user
    found = get_object_or_404(queries.inbox(user), pk=notice_id)
    found = actions.mark_read(notice=found, by=user, at=timezone.now())
    return page_or_part(request, "messages/notice", {"notice": found})


@require_POST
@login_required
def sign(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Sign for a notice."""
    user: Any = request.user
    found = get_object_or_404(queries.inbox(user), pk=notice_id)
    try:
        actions.sign_receipt(notice=found, by=user, at=timezone.now())
        messages.success(request, _("已签收。"))
    except IllegalMove:
        messages.info(request, _("这条消息此前已经签收。"))
    return redirect("messages:notice", notice_id)


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read that is not to be signed for."""
    user: Any = request.user
    count = actions.mark_all_read(by=user, at=timezone.now())
    messages.success(request, _("%(count)s 条消息已标为已读；需要签收的不在其中。") % {"count": count})
    return redirect("messages:inbox")


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change how one wishes to be told."""
    user: Any = request.user
    kept = queries.preferences_of(user)
    return answer_form(
        request,
        PreferencesForm(request.POST or None, instance=kept),
        lambda given: actions.set_preferences(user=user, at=timezone.now(), **given),
        template="messages/preferences",
        context={"address": user.email},
        done=reverse("messages:preferences"),
        said=_("已保存；此前等待发送的消息不受影响。"),
    )


@login_required
def sent(request: HttpRequest) -> HttpResponse:
    """Show what one sent to others, and how many have it."""
    return page_or_part(request, "messages/sent", {"batches": queries.sent_by(request.user)})


@login_required
def receipts(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Show who has read and signed for what one sent."""
    user: Any = request.user
    found = list(queries.receipts(batch).filter(by=user))
    if not found:
        raise Http404
    return page_or_part(request, "messages/receipts", {"notices": found, "first": found[0]})
