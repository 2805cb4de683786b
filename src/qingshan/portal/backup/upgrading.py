"""Taking an installation to the version of the program that is now installed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command

from qingshan.audit import public as audit
from qingshan.portal.backup import databases
from qingshan.portal.backup.archive import unpacked
from qingshan.portal.backup.layout import DATABASE
from qingshan.portal.backup.making import Made, make_backup

__all__ = ["UpgradeFailed", "Upgraded", "upgrade_installation"]


class UpgradeFailed(RuntimeError):
    """The database could not be brought up to date; it was set back to what it was before."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: the backup made before (None for a new database), the steps, the audit after."""

    before: Made | None
    steps: tuple[str, ...]
    chain: audit.Report


def upgrade_installation(
    *, backups: Path, at: datetime, password: str | None = None, say: Callable[[str], None]
) -> Upgraded:
    """Back the installation up, bring its database up to date, and check the audit (升级).

    Raises
    ------
    UpgradeFailed
        A step failed. The database is as it was; the backup remains.
    """
    steps = tuple(f"{migration.app_label}.{migration.name}" for migration in databases.pending_migrations())
    if not steps:
        return Upgraded(None, (), audit.verify())
    before = None
    if databases.has_data():
        say("升级前备份")
        before = make_backup(to=backups, at=at, password=password, beginning="before-upgrade-")
    say(f"更新数据库结构，共 {len(steps)} 步")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as problem:
        if before is not None:
            _set_back(before, password)
        raise UpgradeFailed(f"升级失败：{problem}。数据库已恢复到升级之前。") from problem
    audit.seal()
    return Upgraded(before, steps, audit.verify())


def _set_back(before: Made, password: str | None) -> None:
    """The database alone: an upgrade does not touch files."""
    with tempfile.TemporaryDirectory(dir=before.path.parent, prefix="upgrade-") as name:
        manifest = unpacked(before.path, Path(name), password)
        databases.present().load(Path(name) / DATABASE, manifest.database)
