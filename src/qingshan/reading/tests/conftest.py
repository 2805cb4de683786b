"""Plans small enough to read at a glance, and makers of the files they may come in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qingshan.reading.tests.plan_files import docx_of

SMALL = (Path(__file__).parent / "plans" / "small.txt").read_text(encoding="utf-8")


@pytest.fixture
def small() -> str:
    """A whole plan in forty lines."""
    return SMALL


@pytest.fixture
def make_docx() -> Callable[[str], bytes]:
    """Write a text as DOCX: tabbed lines become a real table, an empty group cell is merged upwards."""
    pytest.importorskip("docx")
    return docx_of


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
