"""Plans small enough to read at a glance, and makers of the files they may come in."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
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
        document.add_paragraph("")  # in Word a document never ends with a table
        data = io.BytesIO()
        document.save(data)
        return data.getvalue()

    return make


def _add_table(document: object, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")  # type: ignore[attr-defined]
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


@pytest.fixture(scope="session")
def soffice() -> str:
    """The program of LibreOffice; ``./qs --apt test`` brings it, and the pipeline must have it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice must be there in CI: ./qs --apt test brings it")
        pytest.skip("LibreOffice is not installed: ./qs --apt test brings it")
    return program


@pytest.fixture(scope="session")
def convert(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, bytes]]:
    """Convert files by LibreOffice, all in one run: its start costs more than the pages."""

    def run(files: Mapping[str, bytes], *, source: str, target: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("office")
        paths = [folder / f"{name}.{source}" for name in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", target, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return {name: (folder / f"{name}.{target}").read_bytes() for name in files}

    return run
