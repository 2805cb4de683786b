"""Holding an uploaded table against its columns: what a heading is called, what is wrong with a cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingshan.pages.workbooks.reading import UploadedTable

__all__ = ["Column", "Problem", "heading_among", "in_every_language", "no_rows", "strange_headings"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one cell: where, in which column, what stands there, what may."""

    address: str
    column: str
    found: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, how a cell is read, whether it must be filled.

    ``allowed`` is what the template and an error say may stand in it.
    """

    heading: Any
    field: str
    read: Callable[[str], Any]
    allowed: Any
    required: bool = False

    def among(self, headings: Collection[str]) -> str | None:
        """Return how a table calls this column; None when it is not there."""
        return heading_among(headings, self.heading)


def heading_among(headings: Collection[str], words: Any) -> str | None:
    """Return which of a table's headings are these words in any language; None when there is none."""
    return next((one for one in in_every_language(words) if one in headings), None)


def in_every_language(words: Any) -> frozenset[str]:
    """Return some words of the interface in each of its languages; a workbook outlives a change of it."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(words))
    return frozenset(found)


def strange_headings(table: UploadedTable, wanted: Iterable[Any]) -> list[Problem]:
    """Name each heading of a table that is none of the wanted words, and the words there are."""
    words = list(wanted)
    known: frozenset[str] = frozenset().union(*(in_every_language(one) for one in words))
    told = _("没有这一列；可用的列：%s") % "、".join(str(one) for one in words)
    return [Problem(_("第1行"), one, one, told) for one in table.headings if one not in known]


def no_rows(table: UploadedTable) -> list[Problem]:
    """Say of a table without rows that it needs one."""
    return [] if table.rows else [Problem(_("第2行"), "", "", _("至少一行数据"))]
