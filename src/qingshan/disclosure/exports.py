"""An edition as open data (开放数据): CSV a part, JSON whole. Written from the frozen content alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.disclosure.models import Edition
from qingshan.disclosure.vocabulary import Part
from qingshan.pages.public import safe_text

__all__ = ["as_csv", "as_json", "head_lines", "table_of", "table_rows"]


def table_of(content: Mapping[str, Any], part: Part) -> Mapping[str, Any] | None:
    """Return one part of a content; None where it was not made public."""
    return next((table for table in content["parts"] if table["part"] == part.value), None)


def as_json(edition: Edition) -> str:
    """Return an edition as JSON: the content, with its number, days and digest.

    Decimal figures stay text (``"92.4"``), so that no reader's floats change them.
    """
    content = edition.content or {}
    told = {
        "edition": edition.number,
        "published_at": edition.published_at.isoformat() if edition.published_at else None,
        "sha256": edition.digest,
        **content,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_csv(edition: Edition, part: Part) -> str:
    """Return a part of an edition as CSV, headed by lines that begin with ``#`` and say what it is.

    A figure takes three columns (value, unit, as-of day), and a fourth where its source is told. No cell
    starts a formula.

    Raises
    ------
    KeyError
        The part was not made public.
    """
    table = table_of(edition.content or {"parts": []}, part)
    if table is None:
        raise KeyError(part.value)
    with translation.override("zh-hans"):
        file = io.StringIO()
        write = csv.writer(file)
        for line in head_lines(edition, str(part.label)):
            write.writerow([f"# {line}"])
        for row in table_rows(table):
            write.writerow([safe_text(cell) for cell in row])
    return file.getvalue()


def head_lines(edition: Edition, part: str) -> list[str]:
    """Return what stands above the data: plan, edition, as-of day, terms of use, mark of a simulation."""
    content = edition.content or {}
    plan = content["plan"]
    lines = [
        f"{plan['name']}　{part}",
        _("第 %(number)s 版，数据截至 %(day)s") % {"number": edition.number or "—", "day": content["as_of"]},
    ]
    if content["terms"]:
        lines.append(_("使用条件：%s") % content["terms"])
    if plan["simulated"]:
        lines.append(_("模拟数据：属于虚构的县，不是任何真实地区的规划、数据或人员。"))
    return lines


def table_rows(table: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield a part as rows of text, the heading first."""
    columns = [(column["key"], column["label"], _kind(table, column["key"])) for column in table["columns"]]
    sourced = {key for key, _label, kind in columns if kind == "figure" and _has_sources(table, key)}
    yield [
        _("编号"), _("名称"), _("类别"),
        *(word for key, label, kind in columns for word in _heads(label, kind, sourced=key in sourced)),
    ]  # fmt: skip
    for row in table["rows"]:
        cells: Sequence[str] = [
            word
            for key, _label, kind in columns
            for word in _cells(row["cells"].get(key), kind, sourced=key in sourced)
        ]
        yield [row["code"], row["name"], row["group"], *cells]


def _kind(table: Mapping[str, Any], key: str) -> str:
    return str(next(row["cells"][key]["kind"] for row in table["rows"] if key in row["cells"]))


def _has_sources(table: Mapping[str, Any], key: str) -> bool:
    return any("source" in row["cells"].get(key, {}) for row in table["rows"])


def _heads(label: str, kind: str, *, sourced: bool) -> list[str]:
    if kind == "figure":
        return [label, _("%s单位") % label, _("%s截至") % label, *([_("%s来源") % label] if sourced else [])]
    return [label, _("%s说明") % label] if kind == "state" else [label]


def _cells(cell: Mapping[str, Any] | None, kind: str, *, sourced: bool) -> list[str]:
    if kind == "figure":
        width = 4 if sourced else 3
        if cell is None:
            return [""] * width
        value = cell["number"] if cell["number"] is not None else cell["text"] or cell["missing"]
        return [value, cell["unit"], cell["as_of"] or "", cell.get("source", "")][:width]
    if kind == "state":
        return [cell["label"], cell["why"]] if cell else ["", ""]
    if cell is None:
        return [""]
    return [(cell["day"] or "") if kind == "day" else cell["text"]]
