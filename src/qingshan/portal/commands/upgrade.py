"""Back up, then bring the database to the installed version; set it back when a step fails."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings
from django.utils.timezone import now

from qingshan import __version__
from qingshan.portal.backup.errors import AlreadyRunning, BadBackup, DamagedDatabase
from qingshan.portal.backup.passwords import add_password_argument, password_from
from qingshan.portal.backup.upgrading import UpgradeFailed, upgrade_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_password_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Upgrade; 1 when it failed and the database was set back."""
    try:
        done = upgrade_installation(
            backups=settings.BACKUPS,
            at=now(),
            password=password_from(args),
            say=lambda text: print(f"▸ {text}"),
        )
    except (AlreadyRunning, BadBackup, DamagedDatabase, UpgradeFailed, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"已是版本 {__version__}，数据库更新了 {len(done.steps)} 步。")
    if done.before:
        print(f"升级之前的备份：{done.before.path}")
    for finding in done.chain.findings:
        print(f"审计：[{finding.attack}] {finding.text}", file=sys.stderr)
    return 0 if done.chain.is_sound else 1
