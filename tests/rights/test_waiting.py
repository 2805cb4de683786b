"""What each person of the town finds in the inbox beside their tasks; a stranger finds nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from tests.rights.town import PEOPLE, Town

from qingshan.pages.public import waiting_for

TOLD = yaml.safe_load(Path(__file__).with_name("waiting.yaml").read_text(encoding="utf-8"))

#: What a label holds of the day of the run.
DAYS = re.compile(r"\d{4}年\d{1,2}月|\d{4}-\d\d-\d\d")

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("town")]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_finds_what_waits_for_them_and_nothing_else(town: Town, who: str) -> None:
    found = waiting_for(town.people[who], timezone.localdate())
    told = [DAYS.sub("…", f"{one.label} {one.count}") for one in found]
    assert sorted(told) == sorted(TOLD.get(who, []))


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_opens_for_whom_it_is_shown(town: Town, who: str, client: object) -> None:
    client.force_login(town.people[who], backend="qingshan.accounts.backends.PasswordBackend")  # type: ignore[attr-defined]
    for one in waiting_for(town.people[who], timezone.localdate()):
        assert client.get(one.url).status_code == 200, one.url  # type: ignore[attr-defined]
