"""Issued papers are set beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.documents.public import BadTemplate, MissingFonts
from qingshan.jobs.public import GiveUp, Progress, job_kind
from qingshan.papers.actions.issuing import PRINT_JOB
from qingshan.papers.models import Paper
from qingshan.papers.printing.files import keep_files


@job_kind(PRINT_JOB, title=gettext_lazy("排印公文"))
def print_paper(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Set the DOCX and the PDF of an issued paper, and keep them.

    Raises
    ------
    GiveUp
        The bureau's template is wrong, or this machine has no fonts: trying again would not help.
    """
    paper = Paper.objects.select_related("issue").get(pk=payload["paper"])
    progress.step(0, 1, _("排版"))
    try:
        kept = keep_files(paper, at=timezone.now())
    except (BadTemplate, MissingFonts) as problem:
        raise GiveUp(str(problem)) from problem
    progress.step(1, 1)
    return {"files": len(kept), "address": reverse("papers:paper", args=[paper.pk])}
