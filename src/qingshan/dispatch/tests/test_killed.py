"""A round loses no event when its worker is killed; `tools/soak_dispatch.py` kills it twenty times."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from qingshan.dispatch.tests.killing import NOTICES, REPORTS, STEPS, House, killed_round


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database of its own, of the kind the tests run on; killing must meet real files and servers."""
    address = os.environ.get("QINGSHAN_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite://{tmp_path}/killed.sqlite3"
        return
    import psycopg

    name = f"killed_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlsplit(address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class TestKilledWorker:
    def test_every_notice_of_a_round_is_there_once_after_three_kills(
        self, database: str, tmp_path: Path
    ) -> None:
        fell, found = killed_round(House(database, tmp_path, kills=3), dice=random.Random(20261122))
        assert len(fell) == 3
        assert 0 < fell[0] < STEPS  # within the round; the last ones may fall on its closing
        assert found["notices"] == NOTICES
        assert (found["undelivered"], found["spread"]) == (0, found["announced"])
        assert (found["round"], set(found["rows"]), found["reports"]) == ("closed", {"accepted"}, REPORTS)
