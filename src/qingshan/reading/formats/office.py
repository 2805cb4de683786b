""".doc and .wps through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from qingshan.reading.errors import Unreadable
from qingshan.reading.formats.docx import read_docx

__all__ = ["read_office"]

_PATIENCE_S = 120


def read_office(data: bytes) -> str:
    """Convert an old word-processor file to DOCX and read that."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable("missing_helper", ".doc/.wps", "LibreOffice")
    with tempfile.TemporaryDirectory(prefix="qingshan-reading-") as folder:
        source = Path(folder) / "plan.doc"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_S)  # noqa: S603 - no shell, own file name
            return read_docx((Path(folder) / "plan.docx").read_bytes())
        except (subprocess.SubprocessError, OSError) as problem:
            raise Unreadable("conversion_failed", type(problem).__name__) from problem
