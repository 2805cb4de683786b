"""PostgreSQL: each table copied in one snapshot, loaded into a schema that our own migrations make.

Needs no client programs on the machine, and a backup made on one release of PostgreSQL is restored
on another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, sql
from psycopg.errors import OutOfMemory

from qingshan.audit import public as audit
from qingshan.portal.backup.errors import BadBackup, CannotRestore
from qingshan.portal.backup.manifest import DatabaseState, TableState
from qingshan.portal.tables import make_tables

__all__ = ["PostgreSQL"]

_FOLDER = "tables"
#: Values are written the same way whatever the server's or the user's habits are.
_PLAIN = (
    "SET LOCAL TIME ZONE 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)


class PostgreSQL:
    """The database is a server."""

    def snapshot(self, folder: Path) -> DatabaseState:
        """Copy every table as of one instant."""
        (folder / _FOLDER).mkdir()
        with _one_instant() as raw:
            names = _table_names()
            columns = {name: _columns(raw, name) for name in names}
            return DatabaseState(
                vendor="postgresql",
                migrations=_rows(raw, "SELECT app, name FROM django_migrations ORDER BY app, name"),
                tables={
                    name: _copied_out(raw, name, columns[name], folder / _FOLDER / name) for name in names
                },
                columns=columns,
                sequences=_sequences(raw, names),
                named_files=[
                    sha256
                    for (sha256,) in _rows(
                        raw, "SELECT DISTINCT sha256 FROM documents_documentversion ORDER BY sha256"
                    )
                ],
            )

    def load(self, folder: Path, state: DatabaseState) -> None:
        """Drop our tables, make them anew as they were, fill them: all in one transaction.

        Raises
        ------
        BadBackup
            What was loaded is not what the manifest says; nothing is changed then.
        CannotRestore
            The server has too few locks for so many tables at once; nothing is changed then.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            _drop(sorted({*_table_names(), *state.tables} & set(connection.introspection.table_names())))
            _migrate_to(state.migrations)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            raw = _raw()
            with audit.guards_lifted():
                _empty(_table_names())
                for name in state.tables:
                    _copied_in(raw, name, state.columns[name], folder / _FOLDER / name)
            _set_sequences(raw, state.sequences)
            found = _states(raw, state.columns)
            if wrong := [name for name in state.tables if found[name] != state.tables[name]]:
                raise BadBackup(f"恢复后核对不符：表 {wrong[0]}。数据库没有改动。")

    def tables(self) -> dict[str, TableState]:
        with _one_instant() as raw:
            return _states(raw, {name: _columns(raw, name) for name in _table_names()})


def _raw() -> Connection[Any]:
    connection.ensure_connection()
    raw: Connection[Any] = connection.connection
    return raw


@contextmanager
def _one_instant() -> Iterator[Connection[Any]]:
    """A connection of its own that sees one instant, and writes values plainly."""
    wrapper = connection.copy()
    try:
        wrapper.ensure_connection()
        raw: Connection[Any] = wrapper.connection
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for statement in _PLAIN:
            raw.execute(statement)
        yield raw
        raw.execute("COMMIT")
    finally:
        wrapper.close()


def _rows(raw: Connection[Any], query: str | sql.Composed, values: list[Any] | None = None) -> list[Any]:
    return raw.execute(query, values).fetchall()


def _table_names() -> list[str]:
    """Our own tables; others may live in the same database and are left alone."""
    ours = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    there = set(connection.introspection.table_names())
    return sorted((ours | {"django_migrations"}) & there)


def _columns(raw: Connection[Any], table: str) -> list[str]:
    """The columns by name: their order on the disk depends on how the tables came about."""
    found = _rows(
        raw,
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY column_name COLLATE \"C\"",
        [table],
    )
    return [name for (name,) in found]


def _key(raw: Connection[Any], table: str) -> list[str]:
    found = _rows(
        raw,
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = ANY(i.indkey) WHERE i.indrelid = to_regclass(quote_ident(%s)) AND i.indisprimary"
        " ORDER BY array_position(i.indkey::int2[], a.attnum)",
        [table],
    )
    return [name for (name,) in found]


def _copied_out(raw: Connection[Any], table: str, columns: list[str], path: Path | None) -> TableState:
    rows, content = 0, hashlib.sha256()
    query = sql.SQL("COPY (SELECT {columns} FROM {table} ORDER BY {key}) TO STDOUT").format(
        columns=_listed(columns),
        table=sql.Identifier(table),
        key=_listed(_key(raw, table) or columns),
    )
    with raw.cursor() as cursor, cursor.copy(query) as copy:
        file = None if path is None else path.open("wb")
        try:
            for block in copy:
                data = bytes(block)
                rows += data.count(b"\n")  # a line feed inside a value is written as \n
                content.update(data)
                if file is not None:
                    file.write(data)
        finally:
            if file is not None:
                file.close()
    return TableState(rows, content.hexdigest())


def _states(raw: Connection[Any], columns: dict[str, list[str]]) -> dict[str, TableState]:
    for statement in _PLAIN:
        raw.execute(statement)
    return {name: _copied_out(raw, name, found, None) for name, found in columns.items()}


def _copied_in(raw: Connection[Any], table: str, columns: list[str], path: Path) -> None:
    query = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table), columns=_listed(columns)
    )
    with raw.cursor() as cursor, cursor.copy(query) as copy, path.open("rb") as file:
        while block := file.read(1024 * 1024):
            copy.write(block)


def _sequences(raw: Connection[Any], tables: list[str]) -> dict[str, tuple[int, bool]]:
    found = {}
    owned = _rows(
        raw,
        "SELECT t.relname, a.attname, s.oid::regclass::text FROM pg_class s"
        " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
        " JOIN pg_class t ON t.oid = d.refobjid"
        " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
        " WHERE s.relkind = 'S' AND t.relname = ANY(%s) AND t.relnamespace = current_schema()::regnamespace",
        [tables],
    )
    for table, column, sequence in owned:
        query = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.SQL(sequence))
        [(last, used)] = _rows(raw, query)
        found[f"{table}.{column}"] = (last, used)
    return found


def _set_sequences(raw: Connection[Any], sequences: dict[str, tuple[int, bool]]) -> None:
    for name, (last, used) in sequences.items():
        table, _, column = name.rpartition(".")
        raw.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)", [table, column, last, used]
        )


def _listed(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def _drop(tables: list[str]) -> None:
    if not tables:
        return
    try:
        _raw().execute(sql.SQL("DROP TABLE {} CASCADE").format(_listed(tables)))
    except OutOfMemory as problem:  # of locks: each table, index and sequence takes one
        raise CannotRestore(
            "数据库服务器的锁表不够一次替换全部数据表；数据库没有改动。"
            "请停止其他大事务，或把 max_locks_per_transaction 调到 256 并重启数据库，再恢复。"
        ) from problem


def _empty(tables: list[str]) -> None:
    """Take away what migrations put in: the backup has its own."""
    _raw().execute(sql.SQL("TRUNCATE {}").format(_listed(tables)))


def _migrate_to(wanted: list[tuple[str, str]]) -> None:
    """Make the tables as they were, with the migrations that had been applied then."""
    executor = MigrationExecutor(connection)
    graph, known = executor.loader.graph, set(wanted)
    if known == set(executor.loader.disk_migrations):
        make_tables(connection)
        return
    ends = [
        node
        for node in wanted
        if not any(child.key in known and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]
    # Checked at once: rows that a migration enters must not keep the next from changing the table.
    _raw().execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor.migrate(ends)
