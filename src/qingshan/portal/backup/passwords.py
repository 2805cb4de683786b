"""Where the password of a backup comes from: a file, never the command line that others can see."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings

from qingshan.portal.backup.errors import WrongPassword

__all__ = ["add_password_argument", "password_from", "read_password"]


def add_password_argument(parser: argparse.ArgumentParser) -> None:
    """Declare ``--password-file``."""
    parser.add_argument(
        "--password-file",
        type=Path,
        help="file whose first line is the password (default: QINGSHAN_BACKUP_PASSWORD_FILE)",
    )


def password_from(args: argparse.Namespace) -> str | None:
    """Read the password.

    Raises
    ------
    WrongPassword
        The file's first line is empty.
    OSError
        The file cannot be read.
    """
    return read_password(args.password_file or settings.BACKUP_PASSWORD_FILE or None)


def read_password(path: Path | str | None) -> str | None:
    """Read the first line of a password file; None where none is named."""
    if path is None:
        return None
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise WrongPassword(f"口令文件 {path} 的第一行是空的。")
    return lines[0].strip()
