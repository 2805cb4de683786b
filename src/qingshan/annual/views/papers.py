"""The annual plan as the draft of an official paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.annual import policies
from qingshan.annual.paper import draft_notice
from qingshan.annual.states import HEARD
from qingshan.annual.views.frame import frame, opened
from qingshan.pages.public import AlreadySubmitted, as_of, new_token, once, page_or_part
from qingshan.papers.public import PaperRefusal


@needs("plans.edit")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the notice that lays the annual plan down, with its tables and figures."""
    annual = opened(request, pk)
    policies.require(request.user, "edit", annual)
    context = frame(request, annual, once=new_token(), may_draft=annual.phase in HEARD)
    if request.method != "POST" or annual.phase not in HEARD:
        status = 200 if request.method != "POST" else 422
        return page_or_part(request, "annual/paper", context, status=status)
    try:
        with once(request):
            made = draft_notice(annual=annual, on=as_of(request), by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份表单已经提交过，没有重复办理。"))
        return redirect(reverse("annual:annual", args=[pk]))
    except PaperRefusal as refused:
        context["refused"] = str(refused)
        return page_or_part(request, "annual/paper", context, status=422)
    messages.success(request, _("公文草稿已拟定，请在公文中校核、会签、签发。"))
    return redirect(reverse("papers:paper", args=[made.pk]))
