"""Keeping and dropping saved views."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.pages import actions


class SaveViewForm(forms.Form):
    """Which list, under what name, with which query, and where to go back to."""

    listing = forms.CharField(max_length=60)
    title = forms.CharField(max_length=40)
    query = forms.CharField(max_length=2000, required=False)


@require_POST
@login_required
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is shown now."""
    form = SaveViewForm(request.POST)
    if form.is_valid():
        view = actions.save_view(owner=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("视图“%(title)s”已保存。") % {"title": view.title})
    else:
        messages.error(request, _("视图没有保存：请填写名称，最多 40 个字。"))
    return redirect(_back(request))


@require_POST
@login_required
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a saved view."""
    if actions.drop_view(owner=request.user, view_id=view_id):
        messages.success(request, _("视图已删除。"))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "/"
