"""SQLite: its own backup function copies a consistent state, in and out, beside running writers."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from qingshan.portal.backup.errors import DamagedDatabase
from qingshan.portal.backup.manifest import DatabaseState, TableState

__all__ = ["SQLite"]

_FILE = "database.sqlite3"
_PATIENCE_S = 60


class SQLite:
    """The database is a file."""

    def snapshot(self, folder: Path) -> DatabaseState:
        """Copy the file as of one instant, and check the copy.

        Raises
        ------
        DamagedDatabase
            SQLite finds the copy inconsistent.
        """
        with _opened(_live()) as live, _opened(folder / _FILE) as copy:
            try:
                live.backup(copy)  # all pages in one step: others may write, and are not in it
            except sqlite3.DatabaseError as problem:
                raise DamagedDatabase(f"数据库文件无法读取：{problem}。请用最近的备份恢复。") from problem
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            _require_sound(copy)
            return DatabaseState(
                vendor="sqlite",
                migrations=list(copy.execute("SELECT app, name FROM django_migrations ORDER BY app, name")),
                tables=dict(_tables(copy)),
                named_files=_named_files(copy),
            )

    def load(self, folder: Path, state: DatabaseState) -> None:
        """Copy the snapshot over the live file in one transaction of SQLite."""
        connection.close()
        _live().parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy_over(folder / _FILE)
        except sqlite3.OperationalError:
            raise
        except (
            sqlite3.DatabaseError
        ):  # what lies there is no database any more: the reason for many a restore
            _put_aside()
            _copy_over(folder / _FILE)

    def tables(self) -> dict[str, TableState]:
        with _opened(_live()) as live:
            return dict(_tables(live))


def _live() -> Path:
    return Path(connection.settings_dict["NAME"])


def _copy_over(snapshot: Path) -> None:
    with _opened(snapshot) as copy, _opened(_live()) as live:
        _require_sound(copy)
        live.execute("PRAGMA journal_mode=WAL")
        copy.backup(live)
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_aside() -> None:
    for path in (_live(), Path(f"{_live()}-wal"), Path(f"{_live()}-shm")):
        if path.exists():
            path.replace(f"{path}.damaged")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as opened:
        yield opened


def _require_sound(copy: sqlite3.Connection) -> None:
    [(answer, *_)] = copy.execute("PRAGMA integrity_check(1)").fetchmany(1)
    if answer != "ok":
        raise DamagedDatabase(f"数据库文件损坏：{answer}。请用最近的备份恢复。")
    if broken := copy.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedDatabase(f"数据库中有失去所指的记录：表 {broken[0]} 第 {broken[1]} 行。")


def _tables(opened: sqlite3.Connection) -> Iterator[tuple[str, TableState]]:
    names = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    opened.execute("BEGIN")  # one instant for all tables
    for (name,) in names:
        yield name, _digest(opened, name)
    opened.execute("COMMIT")


def _digest(opened: sqlite3.Connection, table: str) -> TableState:
    rows, content = 0, hashlib.sha256()
    key = ", ".join(f'"{name}"' for name in _key_of(opened, table)) or "rowid"
    for row in opened.execute(f'SELECT * FROM "{table}" ORDER BY {key}'):  # noqa: S608 - a name from the catalogue
        rows += 1
        content.update(repr(row).encode("utf-8", "surrogatepass"))
    return TableState(rows, content.hexdigest())


def _key_of(opened: sqlite3.Connection, table: str) -> list[str]:
    columns = opened.execute("SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [table])
    return [name for name, _ in columns]


def _named_files(copy: sqlite3.Connection) -> list[str]:
    found = copy.execute("SELECT DISTINCT sha256 FROM documents_documentversion ORDER BY sha256")
    return [sha256 for (sha256,) in found]
