"""Make a backup of database, attachments, audit heads and keys, beside running work."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from qingshan.portal.backup.errors import AlreadyRunning, BadBackup, DamagedDatabase
from qingshan.portal.backup.making import Made, make_backup, prune
from qingshan.portal.backup.passwords import add_password_argument, password_from


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--to", type=Path, help="folder for the backup (default: backups in the data folder)")
    parser.add_argument("--keep", type=int, metavar="N", help="afterwards delete all but the newest N")
    add_password_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Make it; 1 when there is none, or when attachments in it are missing or damaged."""
    folder = args.to or settings.BACKUPS
    try:
        made = make_backup(to=folder, at=now(), password=password_from(args))
    except (AlreadyRunning, BadBackup, DamagedDatabase, OSError) as problem:
        print(f"没有完成备份：{problem}", file=sys.stderr)
        return 1
    _tell(made)
    if args.keep:
        for path in prune(folder, keep=max(1, args.keep)):
            print(f"已删除旧备份 {path.name}")
    for missing in made.problems:
        print(f"注意：{missing}", file=sys.stderr)
    return 1 if made.problems else 0


def _tell(made: Made) -> None:
    tables = made.manifest.database.tables.values()
    size = -(-made.path.stat().st_size // 1024)
    print(f"已备份并核对：{made.path}（{size:,} KB）")
    print(
        f"  数据库 {len(tables)} 张表、{sum(table.rows for table in tables):,} 行；"
        f"附件 {len(made.manifest.database.named_files):,} 个"
    )
