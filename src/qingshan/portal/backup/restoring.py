"""Bringing a backup back: checked first, the database in one step, then the files."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.portal.backup import databases
from qingshan.portal.backup.archive import unpacked
from qingshan.portal.backup.errors import BadBackup
from qingshan.portal.backup.layout import DATABASE, put_back
from qingshan.portal.backup.making import Made, make_backup
from qingshan.portal.backup.manifest import Manifest

__all__ = ["Restored", "restore_backup"]

_UNPACKING = "restoring-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Parameters
    ----------
    manifest : Manifest
        Of the backup; every table and file was compared with it.
    safety : Made or None
        The backup of what was there before.
    replaced : list of str
        Files that differed and are kept beside.
    chain : Report
        The audit after the restore.
    """

    manifest: Manifest
    safety: Made | None
    replaced: list[str]
    chain: audit.Report


def restore_backup(
    path: Path, *, at: datetime, password: str | None = None, safety_in: Path | None
) -> Restored:
    """Replace database and files of this installation by those of a backup (恢复).

    The whole file is read and checked before anything is touched. The database changes in one
    transaction: killed at any moment, it is the old one or the new one.

    Parameters
    ----------
    safety_in : Path or None
        Folder for a backup of what is there now; None makes none.

    Raises
    ------
    BadBackup, WrongPassword, CannotRestore
        Nothing was touched.
    DamagedDatabase
        The safety backup cannot be made of what is there; nothing was touched.
    """
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{_UNPACKING}*"):  # of a restore that was killed
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=home, prefix=_UNPACKING) as name:
        folder = Path(name)
        manifest = unpacked(path, folder, password)
        databases.require_known(manifest.database)
        safety = _safety(safety_in, at, password)
        replaced = put_back(folder)  # files first: the database must never name one that is not there
        databases.present().load(folder / DATABASE, manifest.database)
        _compare(manifest)
    if databases.pending_migrations():  # the backup is of an earlier version of the program
        call_command("migrate", interactive=False, verbosity=0)
    audit.seal()
    audit.sign_restored(day=beijing_day(at), at=at)
    _note(path, manifest, at)
    return Restored(manifest, safety, replaced, audit.verify())


def _safety(folder: Path | None, at: datetime, password: str | None) -> Made | None:
    if folder is None or not databases.has_data():
        return None
    return make_backup(to=folder, at=at, password=password, beginning="before-restore-")


def _compare(manifest: Manifest) -> None:
    found, wanted = databases.present().tables(), manifest.database.tables
    if wrong := sorted(name for name in wanted if found.get(name) != wanted[name]):
        raise BadBackup(f"恢复后核对不符：表 {wrong[0]}。")


@transaction.atomic
def _note(path: Path, manifest: Manifest, at: datetime) -> None:
    detail = {"file": path.name, "made_at": manifest.made_at, "version": manifest.version}
    audit.record("portal.restore", Ref("portal", "backup", manifest.made_at), by=None, at=at, detail=detail)
