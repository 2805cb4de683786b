"""Plans small enough to read at a glance, and makers of the files they may come in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = (Path(__file__).parent / "plans" / "small.txt").read_text(encoding="utf-8")


@pytest.fixture
def small() -> str:
    """A whole plan in forty lines."""
    return SMALL


@pytest.fixture
def make_docx() -> Callable[[str], bytes]:
    """Write a text as DOCX: tabbed lines become a real table, an empty group cell is merged upwards."""
    docx = pytest.importorskip("docx")

    def make(text: str) -> bytes:
        document = docx.Document()
        rows: list[list[str]] = []
        for line in [*text.split("\n"), ""]:
            if "\t" in line:
                rows.append(line.split("\t"))
                continue
            if rows:
                _add_table(document, rows)
                rows = []
            if line.strip():
                document.add_paragraph(line)
        data = io.BytesIO()
        document.save(data)
        return data.getvalue()

    return make


def _add_table(document: object, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)  # type: ignore[attr-defined]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
            elif r > 1 and c == next(i for i, head in enumerate(rows[0]) if head in ("类别", "任务")):
                table.cell(r - 1, c).merge(table.cell(r, c))


@pytest.fixture
def shared_plans() -> Path:
    """The real plans beside the project, where they are present."""
    folder = Path(__file__).resolve().parents[5] / "shared" / "plans"
    if not folder.exists():
        pytest.skip("no ../shared/plans beside the project")
    return folder
