"""Bring a backup back; checks the whole file before it touches anything."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from qingshan.portal.backup import databases
from qingshan.portal.backup.archive import checked
from qingshan.portal.backup.errors import AlreadyRunning, BadBackup, CannotRestore, DamagedDatabase
from qingshan.portal.backup.passwords import add_password_argument, password_from
from qingshan.portal.backup.restoring import Restored, restore_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, help="the backup file")
    parser.add_argument("--check", action="store_true", help="only read and check the file")
    parser.add_argument("--yes", action="store_true", help="replace the data that are here now")
    parser.add_argument(
        "--without-safety-copy", action="store_true", help="do not back up first what is here now"
    )
    add_password_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Check or restore; 1 when the file is not good or nothing may be replaced."""
    try:
        if args.check:
            return _check(args)
        if not args.yes and databases.has_data():
            print("本机已有数据，恢复会用备份替换它。确认请加 --yes。", file=sys.stderr)
            return 1
        done = restore_backup(
            args.file,
            at=now(),
            password=password_from(args),
            safety_in=None if args.without_safety_copy else settings.BACKUPS,
        )
    except DamagedDatabase as problem:
        print(
            f"没有恢复：{problem}\n现有数据库无法先行备份；确认放弃它请加 --yes --without-safety-copy。",
            file=sys.stderr,
        )
        return 1
    except (AlreadyRunning, BadBackup, CannotRestore, OSError) as problem:
        print(f"没有恢复：{problem}", file=sys.stderr)
        return 1
    return _tell(done)


def _check(args: argparse.Namespace) -> int:
    manifest = checked(args.file, password_from(args))
    print(f"备份完好：{manifest.made_at}，版本 {manifest.version}，{manifest.database.vendor}")
    return 0


def _tell(done: Restored) -> int:
    print(f"已恢复到 {done.manifest.made_at} 的备份，逐表核对一致。请重新启动服务。")
    if done.safety:
        print(f"恢复之前的数据备份在 {done.safety.path}")
    for path in done.replaced:
        print(f"已替换 {path}，原件以 .before-restore 保留")
    for text in done.chain.notices:
        print(f"审计：{text}")
    for finding in done.chain.findings:
        print(f"审计：[{finding.attack}] {finding.text}", file=sys.stderr)
    return 0 if done.chain.is_sound else 1
