"""What a backup says about itself: the last member of the archive, by which all others are checked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from qingshan.portal.backup.errors import BadBackup

__all__ = ["FORMAT", "DatabaseState", "FileState", "Manifest", "TableState"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileState:
    """A member of the archive: bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableState:
    """A table: how many rows, and the SHA-256 of all of them in the order of their key."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The database at one instant.

    Parameters
    ----------
    vendor : str
        ``sqlite`` or ``postgresql``; a backup is restored into the kind it was made from.
    migrations : list of (app, name)
        What had been applied.
    tables : mapping
        Every table with its state.
    columns, sequences : mapping
        PostgreSQL only: columns of each table in the order of the copy; ``table.column`` with the
        last value of its sequence and whether it was used.
    named_files : list of str
        SHA-256 of every attachment the database names.
    """

    vendor: str
    migrations: list[tuple[str, str]]
    tables: dict[str, TableState]
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)
    named_files: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a backup (备份清单)."""

    made_at: str
    version: str
    database: DatabaseState
    files: dict[str, FileState]
    format: int = FORMAT

    def written(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        """Read it back.

        Raises
        ------
        BadBackup
            It is of a later format, or no manifest at all.
        """
        try:
            found: dict[str, Any] = json.loads(data)
            if found["format"] != FORMAT:
                raise BadBackup(f"备份的格式是 {found['format']}，本版本只认得 {FORMAT}；请先升级程序。")
            return cls(
                made_at=found["made_at"],
                version=found["version"],
                database=_database(found["database"]),
                files={name: FileState(**state) for name, state in found["files"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            if isinstance(problem, BadBackup):
                raise
            raise BadBackup("备份清单无法识别。") from problem


def _database(found: dict[str, Any]) -> DatabaseState:
    return DatabaseState(
        vendor=found["vendor"],
        migrations=[(app, name) for app, name in found["migrations"]],
        tables={name: TableState(**state) for name, state in found["tables"].items()},
        columns=found["columns"],
        sequences={name: (last, used) for name, (last, used) in found["sequences"].items()},
        named_files=found["named_files"],
    )
