"""Triggers by which the database itself refuses to change what the audit holds.

They stop a mistaken query and an application that was broken into. Whoever administers the
database can drop them; that is found by ``qingshan audit verify``, which is why there is a chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection as default
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["install", "lifted", "remove"]

_SAYS = "the audit is append-only"
_TABLES = ("audit_record", "audit_entry")

#: A record may change once, from unsealed to sealed.
_RECORD_CHANGES = "OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.id <> OLD.id"
_JOINS_SEALED = "EXISTS (SELECT 1 FROM audit_record WHERE id = NEW.record_id AND seq IS NOT NULL)"

#: Name, moment, table, and the condition under which it refuses.
_ROW_GUARDS = (
    ("audit_record_no_delete", "DELETE", "audit_record", ""),
    ("audit_record_no_change", "UPDATE", "audit_record", _RECORD_CHANGES),
    ("audit_entry_no_delete", "DELETE", "audit_entry", ""),
    ("audit_entry_no_change", "UPDATE", "audit_entry", ""),
    ("audit_entry_no_late_comer", "INSERT", "audit_entry", _JOINS_SEALED),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, anew where they are already there."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: before a restore, and for tests that must empty the tables."""
    if connection.vendor == "postgresql":
        drops = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, _, table, _ in _ROW_GUARDS]
        drops += [f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}" for table in _TABLES]
    else:
        drops = [f"DROP TRIGGER IF EXISTS {name}" for name, *_ in _ROW_GUARDS]
    _run(connection, drops)


@contextmanager
def lifted() -> Iterator[None]:
    """Let a restore fill the tables anew; the triggers are back when it is done."""
    remove(default)
    yield
    install(default)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(name: str, moment: str, table: str, condition: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {moment} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"


def _postgresql(name: str, moment: str, table: str, condition: str) -> list[str]:
    # A condition with a sub-query is not allowed in WHEN; it stands in the function instead.
    body = (
        f"IF {condition} THEN RAISE EXCEPTION '{_SAYS}'; END IF;"
        if condition
        else f"RAISE EXCEPTION '{_SAYS}';"
    )
    result = "OLD" if moment == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN {result}; END $$",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _no_truncate(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_record_no_delete()"
    )


_SQLITE = [_sqlite(*guard) for guard in _ROW_GUARDS]
_POSTGRESQL = [
    *(statement for guard in _ROW_GUARDS for statement in _postgresql(*guard)),
    *(_no_truncate(table) for table in _TABLES),
]
