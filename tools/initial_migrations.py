"""Write the first migration of rooms anew, with constraints and indexes where their tables are made.

    python tools/initial_migrations.py ROOM [ROOM ...]     writes them anew (before the first release only)
    python tools/initial_migrations.py --check             exit 1 when one could be shorter

Django writes each constraint and index as a step of its own; each step draws the whole house anew, and on
SQLite copies the table. Two hundred and ninety such steps made the first start three times as slow.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "qingshan"


def main() -> int:
    """Fold the first migrations of some rooms, or say which are not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="*")
    parser.add_argument("--check", action="store_true", help="write nothing; say what could be shorter")
    asked = parser.parse_args()
    _import_django()
    rooms = asked.rooms or [
        path.parents[1].name for path in sorted(ROOMS.glob("*/migrations/0001_initial.py"))
    ]
    unfolded = [room for room in rooms if _fold(room, write=not asked.check)]
    if asked.check and unfolded:
        print(f"run python tools/initial_migrations.py {' '.join(unfolded)}", file=sys.stderr)
        return 1
    return 0


def _import_django() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.portal.settings")
    importlib.import_module("django").setup()


def _fold(room: str, *, write: bool) -> bool:
    """Move what belongs to a table into its making; return whether there was anything to move."""
    from django.db.migrations.writer import MigrationWriter

    module = importlib.import_module(f"qingshan.{room}.migrations.0001_initial")
    migration = module.Migration("0001_initial", room)
    kept = _folded(migration.operations)
    if len(kept) == len(migration.operations):
        return False
    if write:
        migration.operations = kept
        writer = MigrationWriter(migration, include_header=False)
        written = Path(str(module.__file__))
        written.write_text(writer.as_string(), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "-q", written], check=True)
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", written], check=True)
    return True


def _folded(operations: list[Any]) -> list[Any]:
    from django.db.migrations import AddConstraint, AddIndex, CreateModel

    made: dict[str, Any] = {}
    kept: list[Any] = []
    for operation in operations:
        if isinstance(operation, CreateModel):
            made[operation.name_lower] = operation
        table = made.get(getattr(operation, "model_name_lower", ""))
        if table is not None and isinstance(operation, AddConstraint) and _knows(table, operation.constraint):
            table.options.setdefault("constraints", []).append(operation.constraint)
        elif table is not None and isinstance(operation, AddIndex) and _knows(table, operation.index):
            table.options.setdefault("indexes", []).append(operation.index)
        else:
            kept.append(operation)
    return kept


def _knows(table: Any, wanted: Any) -> bool:
    """Whether a table is made with all the columns that something speaks of."""
    names = {name for name, _field in table.fields}
    words = _words(wanted)
    return bool(words) and words <= names


def _words(wanted: Any) -> set[str]:
    """The fields that a constraint or an index speaks of."""
    from django.db.models import F, Q

    found = {name.lstrip("-") for name in getattr(wanted, "fields", ())}
    waiting = [*getattr(wanted, "expressions", ()), getattr(wanted, "condition", None)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Q):
            waiting += one.children
        elif isinstance(one, tuple):
            found.add(str(one[0]).split("__")[0])
            waiting.append(one[1])
        elif isinstance(one, F):
            found.add(cast(Any, one).name.split("__")[0])
        elif hasattr(one, "get_source_expressions"):
            waiting += one.get_source_expressions()
    return found


if __name__ == "__main__":
    sys.exit(main())
