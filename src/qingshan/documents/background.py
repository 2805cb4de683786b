"""Long papers are set in the background and attached to their owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.documents.actions import attach
from qingshan.documents.models import DocumentKind
from qingshan.documents.rendering.docx import render_docx
from qingshan.documents.rendering.pdf import MissingFonts, render_pdf
from qingshan.documents.rendering.templates import BadTemplate, find_template
from qingshan.jobs.public import GiveUp, Progress, job_kind
from qingshan.kernel.refs import Ref

_RENDER = {".pdf": render_pdf, ".docx": render_docx}


@job_kind("documents.render", title=gettext_lazy("生成公文"))
def render(payload: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Render a template and attach the paper.

    Parameters
    ----------
    payload : mapping
        ``template`` (file name), ``context`` (JSON), ``owner`` (``room.kind/key``), ``file_name``
        (its ending, ``.pdf`` or ``.docx``, says what is made) and ``title``.

    Raises
    ------
    GiveUp
        The template is wrong, or this machine has no fonts: trying again would not help.
    """
    name = str(payload["file_name"])
    progress.step(0, 2, _("排版"))
    try:
        made = _RENDER["." + name.rpartition(".")[2]](find_template(payload["template"]), payload["context"])
    except (BadTemplate, MissingFonts) as problem:
        raise GiveUp(str(problem)) from problem
    progress.step(1, 2, _("存为附件"))
    # Run twice after a crash, it may attach twice: a second copy is better than none.
    document = attach(
        ContentFile(made, name),
        to=Ref.read(payload["owner"]),
        by=None,
        at=now(),
        title=payload["title"],
        kind=DocumentKind.PAPER,
    )
    return {"document": document.pk, "address": reverse("documents:document", args=[document.pk])}
