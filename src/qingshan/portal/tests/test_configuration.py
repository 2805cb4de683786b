"""Settings of an installation."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from qingshan.portal import configuration as conf


class TestSecretKey:
    def test_it_is_made_once_and_only_this_user_reads_it(self, tmp_path: Path) -> None:
        first = conf.secret_key(tmp_path)
        assert conf.secret_key(tmp_path) == first
        assert len(first) >= 64
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


class TestDatabase:
    def test_sqlite_is_the_default_and_waits_at_begin(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("QINGSHAN_DATABASE_URL", raising=False)
        found = conf.database(tmp_path)
        assert found["NAME"] == tmp_path / "qingshan.sqlite3"
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"  # type: ignore[index]

    def test_an_address_is_read_with_its_escapes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("QINGSHAN_DATABASE_URL", "postgresql://qs:p%40ss@db:5433/qingshan")
        found = conf.database(tmp_path)
        assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
            "qs",
            "p@ss",
            "db",
            "5433",
            "qingshan",
        )
        assert found["OPTIONS"] == {"options": conf.POSTGRESQL_OPTIONS}

    def test_an_address_may_say_how_to_connect(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QINGSHAN_DATABASE_URL", "postgresql://db/qingshan?sslmode=verify-full&options=")
        assert conf.database(tmp_path)["OPTIONS"] == {"options": "", "sslmode": "verify-full"}

    def test_another_kind_of_database_is_refused_by_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("QINGSHAN_DATABASE_URL", "mysql://x/y")
        with pytest.raises(ValueError, match="mysql"):
            conf.database(tmp_path)


class TestTable:
    def test_every_setting_is_named_once_and_explained(self) -> None:
        names = [setting.name for setting in conf.SETTINGS]
        assert len(names) == len(set(names))
        assert all(setting.purpose for setting in conf.SETTINGS)

    def test_a_setting_nobody_declared_cannot_be_read(self) -> None:
        with pytest.raises(KeyError):
            conf.value("QINGSHAN_NO_SUCH_THING")
