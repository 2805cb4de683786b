"""Real plans as DOCX with merged cells and as PDF with ruled tables score as their texts do."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
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

pytestmark = pytest.mark.shared
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


def docx_of(layout: Layout) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for block in blocks(layout):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        written = document.add_table(rows=len(block), cols=len(block[0]))
        for r, row in enumerate(block):
            for c, box in enumerate(row):
                if box is not None:
                    cell = written.cell(r, c)
                    if (box.wide, box.high) != (1, 1):
                        cell = cell.merge(written.cell(r + box.high - 1, c + box.wide - 1))
                    cell.text = box.text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def pdf_of(layout: Layout, folder: Path) -> bytes:
    typst = pytest.importorskip("typst")
    lines = [
        '#set page(numbering: "1", width: 297mm, height: 210mm)',
        '#set text(size: 8pt, font: ("Noto Serif CJK SC",))',
    ]
    for block in blocks(layout):
        if isinstance(block, str):
            lines += [f"#par[{escaped(block)}]"]
            continue
        cells = ", ".join(
            f"table.cell(colspan: {box.wide}, rowspan: {box.high})[{escaped(box.text)}]"
            for row in block
            for box in row
            if box
        )
        lines.append(f"#table(columns: (1fr,) * {len(block[0])}, {cells})")
    (folder / "plan.typ").write_text("\n\n".join(lines), encoding="utf-8")
    return bytes(typst.compile(str(folder / "plan.typ")))


def escaped(text: str) -> str:
    return "".join("\\" + sign if sign in "\\#$*_`<>@[]~=-+/" else sign for sign in text)


def judge_of(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(judge: ModuleType, gold: Path, text: str, folder: Path) -> dict[str, float]:
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


@pytest.mark.parametrize("plan", ["001", "002"])
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_real_plan_scores_the_same_in_another_kind_of_file(
    plan: str, kind: str, shared_plans: Path, tmp_path: Path
) -> None:
    text = decode(next(shared_plans.glob(f"{plan}_*.txt")).read_bytes())
    layout = lay_out(text)
    data = docx_of(layout) if kind == "docx" else pdf_of(layout, tmp_path)
    judge, gold = judge_of(shared_plans), shared_plans / "gold" / plan
    plain = scores(judge, gold, text, tmp_path)
    other = scores(judge, gold, read_document(data).text, tmp_path)
    assert other == pytest.approx(plain, abs=0.02)
