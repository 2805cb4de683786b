"""PDF by typst, with Chinese fonts embedded."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from qingshan.documents.rendering.templates import BadTemplate, find_template
from qingshan.documents.rendering.words import plain

__all__ = ["FONTS", "MissingFonts", "known_fonts", "render_pdf"]

#: Families of which one each must be there: body (serif) and headings (sans).
FONTS = (("Noto Serif CJK SC", "Source Han Serif SC"), ("Noto Sans CJK SC", "Source Han Sans SC"))


class MissingFonts(RuntimeError):
    """This machine has no Chinese fonts for printing; the words name the package that brings them."""


def render_pdf(template: Path, context: Mapping[str, Any]) -> bytes:
    """Fill a typst template in and return the PDF.

    Parameters
    ----------
    template : Path
        A ``.typ`` file; it reads the context with ``#let data = json(bytes(sys.inputs.data))``,
        and the house's layout with ``#import "paper.typ": *``. It sees no other file.
    context : mapping
        Texts, whole numbers, decimals, days, figures, and lists and mappings of them.

    Raises
    ------
    MissingFonts
        No Chinese fonts on this machine.
    BadTemplate
        The template cannot be read or set.
    """
    _require_fonts()
    with tempfile.TemporaryDirectory(prefix="qingshan-paper-") as folder:
        # A folder of its own: the template sees itself and the layout, and no other file of this machine.
        main = Path(folder) / "main.typ"
        try:
            shutil.copyfile(find_template("paper.typ"), Path(folder) / "paper.typ")
            shutil.copyfile(template, main)
            data = json.dumps(plain(context), ensure_ascii=False)
            return bytes(typst.compile(main, root=Path(folder), sys_inputs={"data": data}))
        except (typst.TypstError, OSError) as problem:
            text = _("模板“%(name)s”无法排版：%(why)s")
            raise BadTemplate(text % {"name": template.name, "why": problem}) from problem


def _require_fonts() -> None:
    if not all(known_fonts().intersection(families) for families in FONTS):
        raise MissingFonts(
            _("本机没有可用于排版的中文字体。请安装 fonts-noto-cjk（apt install fonts-noto-cjk）后重试。")
        )


@functools.cache
def known_fonts() -> frozenset[str]:
    """Families of fonts on this machine; asked once a process, for it reads them all."""
    return frozenset(typst.Fonts().families())
