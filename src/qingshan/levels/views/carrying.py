"""Packages on their way: made for the other installation, and taken in from it."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.levels import actions
from qingshan.levels.actions import Imported
from qingshan.levels.errors import LevelsRefusal
from qingshan.levels.forms import PackageForm
from qingshan.levels.views.frame import REFUSALS, frame, may_export, opened
from qingshan.levels.vocabulary import PackageKind
from qingshan.pages.public import answer_form, page_or_part


@needs("levels.submit", "levels.review")
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what the package will hold; make it and hand it over."""
    found = opened(request, pk)
    if request.method != "POST":
        if not may_export(request.user, found):
            raise Http404
        packages = found.packages.select_related("partner", "by")
        return page_or_part(request, "levels/export", frame(found, packages=packages))
    make = actions.export_receipt if found.from_outside else actions.export_submission
    try:
        made = make(submission=found, by=request.user, at=timezone.now())
    except LevelsRefusal as refused:
        messages.error(request, str(refused))
        return redirect("levels:submission", pk)
    return FileResponse(io.BytesIO(made.data), as_attachment=True, filename=made.file_name)


@needs("levels.submit", "levels.review")
def receive(request: HttpRequest) -> HttpResponse:
    """Take a package in, or say in one sentence why it is refused."""
    form = PackageForm(request.POST or None, request.FILES or None)

    def act(data: Any) -> Imported:
        return actions.import_package(data=data["file"].read(), by=request.user, at=timezone.now())

    def done(result: Imported | None) -> str:
        if result is None:
            return reverse("levels:incoming")
        messages.info(request, _told(result))
        return reverse("levels:submission", args=[result.submission.pk])

    return answer_form(
        request, form, act, template="levels/receive", refusals=REFUSALS, done=done,
        context={"title": _("导入报送包"), "submit": _("核验并导入"), "cancel": reverse("levels:incoming")},
        said=_("签名、内容和序号核验无误。"),
    )  # fmt: skip


def _told(result: Imported) -> str:
    if result.kind is PackageKind.SUBMISSION:
        return _("已收到下级报送，请核对后受理或退回，并导出回执包交还对方。")
    if result.steps == 0:
        return _("对方已收到本件，尚未办理。")
    return _("已按回执更新，共 %d 步。") % result.steps
