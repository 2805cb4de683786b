"""``migrate``, which makes the tables of an empty database at once."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections

from qingshan.portal.tables import make_tables

#: Asked for one of these, somebody wants the steps themselves.
_STEPS = (
    "app_label",
    "fake",
    "fake_initial",
    "plan",
    "run_syncdb",
    "check_unapplied",
    "prune",
    "step_by_step",
)


class Command(migrate.Command):
    """Bring the database to this edition: step by step where it holds something, at once where it is empty.

    Django draws all models anew for each table it adds; with a hundred and fifty tables a first start would
    wait many times as long as the tables themselves take. That both ways end in the same tables is held
    by ``portal/tests/test_migrations.py``.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Add a way to see the migrations themselves at work."""
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Run every migration, also on an empty database."
        )

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Take the short way where there is one."""
        connection = connections[options["database"]]
        if any(options.get(step) for step in _STEPS) or connection.introspection.table_names():
            return super().handle(*args, **options)
        make_tables(connection)
        emit_post_migrate_signal(
            options["verbosity"], options["interactive"], connection.alias, apps=apps, plan=[]
        )
        return None
