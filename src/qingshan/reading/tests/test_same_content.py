"""Real plans as DOCX with merged cells, and as the PDF LibreOffice makes of it, score as their texts do.

The documents are written once a run, and one run of LibreOffice prints them all.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from qingshan.reading.layout import Layout, lay_out
from qingshan.reading.lines import Role
from qingshan.reading.public import as_json, extract, read_document
from qingshan.reading.tables.columns import align, columns_of, data_rows
from qingshan.reading.tables.grid import Grid
from qingshan.reading.text import decode

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("libreoffice")]
PLANS = ("001", "002")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = {
    "indicators": "indicators",
    "projects": "projects",
    "commitments": "targets",
    "duties": "duties",
    "zoning": "zoning",
}


@dataclass
class Box:
    """One cell of a table to be written: its words and the cells it covers."""

    text: str
    wide: int = 1
    high: int = 1


def blocks(layout: Layout) -> Iterator[str | list[list[Box | None]]]:
    """Yield lines and tables in reading order; contents pages and page numbers are left to the writer."""
    place = 0
    for grid in layout.grids:
        yield from prose(layout, place, grid.span[0])
        yield table(grid)
        place = grid.span[1]
    yield from prose(layout, place, len(layout.source))


def prose(layout: Layout, start: int, end: int) -> Iterator[str]:
    for line in layout.lines:
        if (
            start <= line.start < end
            and line.text
            and line.role not in (Role.CONTENTS, Role.PAGE, Role.TABLE)
        ):
            yield layout.source[line.start : line.end].strip()


def table(grid: Grid) -> list[list[Box | None]]:
    """Lay the rows out in columns, empty cells of groups and attributes merged with the one above."""
    columns = columns_of(grid)
    rows: list[list[Box | None]] = [[Box(column.head) for column in columns]]
    above: dict[int, Box] = {}
    for printed in data_rows(grid):
        placed = align(columns, printed)
        slipped = bool(placed.misfits) or any(len(cells) > 1 for cells in placed.cells)
        row: list[Box | None] = []
        if slipped:  # a slipped row is printed as it is, cell after cell
            row = [Box(cell.text) for cell in printed][: len(columns)]
            row += [Box("") for _ in range(len(columns) - len(row))]
            above = {}
        for c in range(0 if slipped else len(columns), 0) or range(len(row), len(columns)):
            text = placed.text(c)
            if c in placed.spread and row and isinstance(spread := above.get(-1), Box):
                spread.wide += 1
                row.append(None)
                continue
            if not text and columns[c].kind in ("group", "attribute", "years") and c in above:
                above[c].high += 1
                row.append(None)
                continue
            box = Box(text)
            above[c] = above[-1] = box
            row.append(box)
        rows.append(row)
    return rows


def docx_of(layout: Layout, title: str, *, ruled: bool = True) -> bytes:
    """Write a plan as a clerk would: tables whose heads repeat, a running head, page numbers."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = title
    _with_field(document.sections[0].footer.paragraphs[0], "PAGE")
    for block in blocks(layout):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            style = "Table Grid" if ruled else None
            _write(document.add_table(len(block), len(block[0]), style=style), block, repeat=ruled)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _with_field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()._r
    for kind in ("begin", "separate", "end"):
        mark = run.makeelement(f"{W}fldChar", {f"{W}fldCharType": kind})
        run.append(mark)
        if kind == "begin":
            words = run.makeelement(f"{W}instrText", {})
            words.text = name
            run.append(words)


def _write(table: Any, block: list[list[Box | None]], *, repeat: bool) -> None:
    places = [list(row.cells) for row in table.rows]
    if repeat:
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(head.makeelement(f"{W}tblHeader", {}))
    for r, row in enumerate(block):
        for c, box in enumerate(row):
            if box is not None:
                cell = places[r][c]
                if (box.wide, box.high) != (1, 1):
                    cell = cell.merge(places[r + box.high - 1][c + box.wide - 1])
                cell.text = box.text


def judge_of(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(plans: Path, plan: str, text: str, folder: Path) -> dict[str, float]:
    """Return F1 of every kind by the judge of the issue."""
    judge, gold = judge_of(plans), plans / "gold" / plan
    (folder / "text.txt").write_text(text, encoding="utf-8")
    source = judge.Text(folder / "text.txt")
    found: dict[str, Any] = as_json(extract(text))
    result = {}
    for kind, name in KINDS.items():
        wanted = yaml.safe_load((gold / f"{name}.yaml").read_text(encoding="utf-8"))
        if kind in ("indicators", "projects"):
            result[kind] = getattr(judge, kind)(found[kind], wanted)["rows"]["f1"]
        elif kind == "commitments":
            result[kind] = judge.commitments(found[kind], wanted, source)["rows"]["f1"]
        else:
            rows, key = (
                (wanted["duties"], "code") if kind == "duties" else (wanted.get("zones") or [], "effect")
            )
            result[kind] = judge.anchored(found[kind], rows, source, lambda g, f, key=key: g[key] == f[key])[
                "f1"
            ]
    return result


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    return {plan: decode(next((shared / "plans").glob(f"{plan}_*.txt")).read_bytes()) for plan in PLANS}


@pytest.fixture(scope="module")
def documents(texts: dict[str, str]) -> dict[str, bytes]:
    """Each plan as DOCX."""
    return {plan: docx_of(lay_out(text), f"规划文本 {plan}") for plan, text in texts.items()}


@pytest.fixture(scope="module")
def printed(
    texts: dict[str, str], documents: dict[str, bytes], convert: Callable[..., dict[str, bytes]]
) -> dict[str, bytes]:
    """Each plan as PDF, and 002 once more without lines around its cells."""
    bare = docx_of(lay_out(texts["002"]), "规划文本", ruled=False)
    return convert({**documents, "002-unruled": bare}, source="docx", target="pdf")


@pytest.fixture(scope="module")
def plain(
    shared: Path, texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    """What each plan scores as text."""
    folder = tmp_path_factory.mktemp("plain")
    return {plan: scored(shared / "plans", plan, text, folder) for plan, text in texts.items()}


class TestSameContent:
    @pytest.mark.parametrize("plan", PLANS)
    def test_a_docx_with_merged_cells_scores_as_the_text(
        self,
        plan: str,
        shared: Path,
        documents: dict[str, bytes],
        plain: dict[str, dict[str, float]],
        tmp_path: Path,
    ) -> None:
        found = scored(shared / "plans", plan, read_document(documents[plan]).text, tmp_path)
        assert found == pytest.approx(plain[plan], abs=0.02)

    @pytest.mark.parametrize("plan", PLANS)
    def test_a_pdf_by_libreoffice_scores_as_the_text(
        self,
        plan: str,
        shared: Path,
        printed: dict[str, bytes],
        plain: dict[str, dict[str, float]],
        tmp_path: Path,
    ) -> None:
        found = scored(shared / "plans", plan, read_document(printed[plan]).text, tmp_path)
        assert found == pytest.approx(plain[plan], abs=0.02)

    def test_a_pdf_whose_tables_have_no_lines_scores_as_the_text(
        self, shared: Path, printed: dict[str, bytes], plain: dict[str, dict[str, float]], tmp_path: Path
    ) -> None:
        text = read_document(printed["002-unruled"]).text
        assert scored(shared / "plans", "002", text, tmp_path) == pytest.approx(plain["002"], abs=0.02)
