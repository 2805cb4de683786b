"""Triggers by which the database itself refuses to change what was issued.

They stop a mistaken query and an application that was broken into; whoever administers the database can
drop them, and that is found out by the digest each issue carries. What is simulated may be removed wholly,
for the fictional county goes as it came, but not changed either.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.papers.states import PAPER_FLOW, PaperState

__all__ = ["install", "remove"]

_SAYS = "an issued paper never changes"

_REAL = "NOT OLD.simulated"
_ISSUED, _ARCHIVED = PaperState.ISSUED.value, PAPER_FLOW.after(PaperState.ISSUED, "archive").value
_OUT = f"OLD.state IN ('{_ISSUED}', '{_ARCHIVED}')"
_KEPT = ("title", "kind", "district_id", "simulated", "about", "created_at")
_CHANGES = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)
_DEPARTMENT = "COALESCE(NEW.department_id, 0) <> COALESCE(OLD.department_id, 0)"
#: After the issue only one move is left.
_MOVES = f"(NEW.state <> OLD.state AND NOT (OLD.state = '{_ISSUED}' AND NEW.state = '{_ARCHIVED}'))"
_REAL_ISSUE = "EXISTS (SELECT 1 FROM papers_issue WHERE paper_id = OLD.paper_id AND NOT simulated)"

#: Name, moment, table, and the condition under which it refuses.
_GUARDS = (
    ("papers_issue_no_change", "UPDATE", "papers_issue", ""),
    ("papers_issue_no_delete", "DELETE", "papers_issue", _REAL),
    ("papers_text_no_change", "UPDATE", "papers_papertext", ""),
    ("papers_text_no_delete", "DELETE", "papers_papertext", _REAL_ISSUE),
    (
        "papers_paper_no_change",
        "UPDATE",
        "papers_paper",
        f"{_OUT} AND ({_CHANGES} OR {_DEPARTMENT} OR {_MOVES})",
    ),
    ("papers_paper_no_delete", "DELETE", "papers_paper", f"{_OUT} AND {_REAL}"),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, anew where they are already there."""
    remove(connection)
    written = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, [statement for guard in _GUARDS for statement in written(*guard)])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests that must empty the tables."""
    on = connection.vendor == "postgresql"
    drops = [
        f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on else "") for name, _, table, _ in _GUARDS
    ]
    _run(connection, drops)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(name: str, moment: str, table: str, condition: str) -> list[str]:
    when = f" WHEN {condition}" if condition else ""
    return [
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ]


def _postgresql(name: str, moment: str, table: str, condition: str) -> list[str]:
    # A condition with a sub-query is not allowed in WHEN; it stands in the function instead.
    refuse = f"RAISE EXCEPTION '{_SAYS}';"
    body = f"IF {condition} THEN {refuse} END IF;" if condition else refuse
    result = "OLD" if moment == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN {result}; END $$",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
