"""A first start loads everything once and shows each log-in once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingshan.accounts.models import User
from qingshan.plans.public import visible_plans
from qingshan.portal import first_run

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("county")]

ON = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def migrations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The test database is up to date; what was asked for is kept."""
    asked: list[str] = []
    monkeypatch.setattr(first_run, "call_command", lambda name, **_: asked.append(name))
    return asked


def seen_by(username: str) -> set[str]:
    return {
        card.version.subject.code for card in visible_plans(user=User.objects.get(username=username), on=ON)
    }


class TestAnEmptyStart:
    def test_it_makes_the_three_administrators_and_nothing_else(self, migrations: list[str]) -> None:
        logins = first_run.prepare(say=lambda text: None, empty=True)
        assert [login.username for login in logins] == ["system", "security", "audit"]
        assert all(login.one_time for login in logins)
        assert migrations == ["migrate"]
        assert seen_by("system") == set()

    def test_the_second_start_makes_nothing(self) -> None:
        first_run.prepare(say=lambda text: None, empty=True)
        assert first_run.prepare(say=lambda text: None, empty=False) == []
        assert "沿用已有的用户" in first_run.welcome("http://127.0.0.1:8000", [])


class TestADemonstration:
    def test_it_loads_real_plans_and_the_county_for_different_eyes(
        self, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        logins = {login.username: login for login in first_run.prepare(say=lambda text: None, empty=False)}
        assert not logins["lin"].one_time
        assert logins["planner"].one_time
        assert User.objects.get(username="lin").check_password(logins["lin"].password)
        assert User.objects.get(username="planner").must_change_password
        real = {"taishan-2021", "jiangmen-2019", "yangjiang-hightech-2021", "lianzhou-2021"}
        assert seen_by("planner") == seen_by("leader") == real
        assert seen_by("lin") == {"qingluan-2025", "qingluan-campaign-2025"}
        assert seen_by("zhou") == set()
        told = first_run.welcome("http://127.0.0.1:8000", list(logins.values()))
        assert all(login.password in told for login in logins.values())


class TestBeforeTheFirstStart:
    def test_a_command_says_how_to_begin(self, tmp_path: Path) -> None:
        env = {name: found for name, found in os.environ.items() if name != "QINGSHAN_DATABASE_URL"}
        asked = [sys.executable, "-m", "qingshan", "audit", "verify"]
        done = subprocess.run(
            asked, env={**env, "QINGSHAN_HOME": str(tmp_path)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "qingshan init" in done.stderr
        assert "Traceback" not in done.stderr
