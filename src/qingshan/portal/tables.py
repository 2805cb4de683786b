"""The tables of this edition, made at once where there are none (docs/decisions/0053)."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor

__all__ = ["make_tables"]


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make all tables, do what our migrations do besides, and note every migration as done; all or nothing.

    The database must hold none of the tables.
    """
    executor = MigrationExecutor(connection)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        editor.create_model(executor.recorder.Migration)
        for key, migration in executor.loader.disk_migrations.items():
            executor.recorder.record_applied(*key)
            if migration.__module__.startswith("qingshan."):
                for operation in migration.operations:
                    if isinstance(operation, RunPython):  # triggers; the models are those of this edition
                        operation.code(cast(Any, apps), editor)
