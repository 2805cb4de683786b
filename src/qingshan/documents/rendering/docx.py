"""DOCX by template: the bureau lays the paper out in its word processor, we fill it in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from qingshan.documents.rendering.templates import BadTemplate
from qingshan.documents.rendering.words import day, figure

__all__ = ["render_docx"]


def render_docx(template: Path, context: Mapping[str, Any]) -> bytes:
    """Fill a DOCX template in and return the file.

    Parameters
    ----------
    template : Path
        A ``.docx`` with places such as ``{{ title }}``, ``{{ health | figure }}``,
        ``{{ written_on | day }}`` and ``{%tr for row in rows %}``; see `find_template`.
    context : mapping
        What the places are filled with.

    Raises
    ------
    BadTemplate
        The file is no DOCX, names a place that the context does not have, or reaches for more
        than values: a template is data of the bureau, and runs in a sandbox.
    """
    made = io.BytesIO()
    try:
        paper = DocxTemplate(template)
        paper.render(dict(context), jinja_env=_environment())
        paper.save(made)
    except (TemplateError, PackageNotFoundError, BadZipFile, KeyError) as problem:
        text = _("模板“%(name)s”无法填写：%(why)s")
        raise BadTemplate(text % {"name": template.name, "why": problem}) from problem
    return made.getvalue()


def _environment() -> SandboxedEnvironment:
    # Values are escaped: a title with < or & must not break the file's XML.
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.filters.update(figure=figure, day=day)
    return environment
