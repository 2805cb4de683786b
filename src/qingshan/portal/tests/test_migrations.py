"""An empty database gets the tables of the models, whether step by step by the migrations or at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.portal import configuration

pytestmark = pytest.mark.django_db

#: What is asked of each kind of database; the first column is the table's name.
_SCHEMA = {
    "sqlite": {
        "columns": 'SELECT t.name, c.name, c.type, c."notnull", c.pk'
        " FROM sqlite_master t, pragma_table_info(t.name) c",
        "indexes": """SELECT t.name, i."unique", i.partial,"""
        " (SELECT group_concat(name) FROM pragma_index_info(i.name))"
        " FROM sqlite_master t, pragma_index_list(t.name) i",
        "references": 'SELECT t.name, k."from", k."table", k."to"'
        " FROM sqlite_master t, pragma_foreign_key_list(t.name) k",
        "checks": "SELECT name, (length(sql) - length(replace(sql, ' CHECK ', ''))) FROM sqlite_master"
        " WHERE type = 'table'",
    },
    "postgresql": {
        "columns": "SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,"
        " numeric_scale, is_nullable FROM information_schema.columns WHERE table_schema = 'public'"
        # a table of Django's own that nothing uses: its migrations take our width of keys, its model its own
        " AND table_name <> 'auth_group_permissions'",
        "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "constraints": "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    },
}
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture(params=["step by step", "at once"])
def migrated(
    request: pytest.FixtureRequest, own_database: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database that `migrate` made."""
    way = ["--step-by-step"] if request.param == "step by step" else []
    given = {"QINGSHAN_HOME": str(tmp_path), "QINGSHAN_DATABASE_URL": own_database}
    for words in (way, ["--check"]):  # nothing is left to be done
        asked = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", *words]
        subprocess.run(asked, env={**os.environ, **given}, check=True)
    monkeypatch.setenv("QINGSHAN_DATABASE_URL", own_database)
    made = connection.copy()
    made.settings_dict["NAME"] = configuration.database(tmp_path)["NAME"]
    yield made
    made.close()


def test_they_make_the_tables_of_the_models_and_the_triggers_of_the_rooms(
    migrated: BaseDatabaseWrapper,
) -> None:
    for what, asked in _SCHEMA[connection.vendor].items():
        assert _told(migrated, asked) == _told(connection, asked), what
    triggers = {name for (name,) in _told(migrated, _TRIGGERS[connection.vendor])}
    assert {"audit_record_no_change", "papers_issue_no_change", "papers_paper_no_delete"} <= triggers


def _told(asked: BaseDatabaseWrapper, question: str) -> list[Any]:
    with asked.cursor() as cursor:
        cursor.execute(question)
        return sorted((row for row in cursor.fetchall() if row[0] != "django_migrations"), key=repr)
