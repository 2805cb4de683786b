"""Let the database look at how its tables are filled, so that it enters them by the right index.

Without that look SQLite takes an officer's 2,000 measures out of 100,000 by reading the plan's whole index
(19 ms) instead of going by the officer's duties (4 ms). PostgreSQL looks by itself (autovacuum); asking it
as well does no harm. A sample of each index is enough: with it the look takes milliseconds.
"""

from __future__ import annotations

from django.db import connection

__all__ = ["refresh_statistics"]

_ROWS_LOOKED_AT = 1_000


def refresh_statistics() -> None:
    """Refresh what the database knows of its tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
