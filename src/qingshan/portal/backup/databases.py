"""The two kinds of database behind one small port: take a snapshot, load one, tell its state."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from qingshan.portal.backup.errors import CannotRestore, DamagedDatabase
from qingshan.portal.backup.manifest import DatabaseState, TableState
from qingshan.portal.backup.postgresql import PostgreSQL
from qingshan.portal.backup.sqlite import SQLite

__all__ = ["DatabasePort", "has_data", "pending_migrations", "present", "require_known"]


class DatabasePort(Protocol):
    """What a kind of database must be able to do."""

    def snapshot(self, folder: Path) -> DatabaseState:
        """Write the database as of one instant into a folder, while others go on writing."""

    def load(self, folder: Path, state: DatabaseState) -> None:
        """Replace the database by a snapshot: wholly, or, when killed in between, not at all."""

    def tables(self) -> dict[str, TableState]:
        """State of every table now."""


def present() -> DatabasePort:
    """The database of this installation."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def has_data() -> bool:
    """Whether there is a database with tables in it.

    Raises
    ------
    DamagedDatabase
        What is there cannot be read as one.
    """
    try:
        return "django_migrations" in connection.introspection.table_names()
    except DatabaseError as problem:
        raise DamagedDatabase(f"数据库无法读取：{problem}。") from problem


def require_known(state: DatabaseState) -> None:
    """Refuse a backup that this installation cannot take.

    Raises
    ------
    CannotRestore
        Another kind of database, or made by a later version of the program.
    """
    if state.vendor != connection.vendor:
        raise CannotRestore(
            f"备份来自 {state.vendor} 数据库，本机配置的是 {connection.vendor}；"
            "请按备份的种类设置 QINGSHAN_DATABASE_URL。"
        )
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = sorted(f"{app}.{name}" for app, name in state.migrations if (app, name) not in on_disk)
    if unknown:
        raise CannotRestore(f"备份由更新的版本制作（本版本没有 {unknown[0]}）；请先升级程序，再恢复。")


def pending_migrations() -> list[Migration]:
    """What the program has and the database has not yet, in order."""
    executor = MigrationExecutor(connection)
    return [found for found, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
