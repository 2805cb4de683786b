"""The county loaded once for a file of tests, beside a real plan.

Tests are marked ``django_db``: what one of them writes is taken back, down to the loaded county.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from qingshan.accounts.models import User
from qingshan.plans import public as plans
from qingshan.plans import queries
from qingshan.simulation.public import LoadedCounty, load_county

AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
ON = date(2026, 11, 21)


def rows_by_table() -> Counter[str]:
    """How many rows each table holds, the audit's apart."""
    tables = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label != "audit"]
    return Counter({one._meta.label: one._default_manager.count() for one in tables})


@dataclass(frozen=True)
class County:
    """What was there before, what loading brought, and how to ask for it."""

    before: Counter[str]
    loaded: LoadedCounty
    documents: Path

    @property
    def plan(self) -> Any:
        return plans.Plan.objects.get(code="qingluan-2025")

    def person(self, username: str) -> User:
        return User.objects.get(username=username)

    def as_of(self, day: date = ON, *, user: str = "lin") -> Any:
        return queries.plan_for(user=self.person(user), code="qingluan-2025", on=day)

    def indicators(self, day: date = ON) -> dict[str, Any]:
        rows = queries.indicator_rows(user=self.person("lin"), plan=self.as_of(day), on=day)
        return {row.code: row for row in rows}

    def rows_now(self) -> Counter[str]:
        return rows_by_table()

    def files_now(self) -> set[str]:
        return {path.name for path in self.documents.rglob("*") if path.is_file()}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def county(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[County]:
    documents = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=documents), taken_back():
        catalogue = plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=AT)
        plans.load_pack(plans.read_pack(plans.PACK_FOLDERS["002"]), catalogue=catalogue, at=AT)
        before = rows_by_table()
        yield County(before, load_county(at=AT), documents)


@pytest.fixture
def county_with_files(county: County, tmp_path: Path) -> Iterator[County]:
    """The county with a copy of its files, for a test that lets them go: the disk takes nothing back."""
    copy = tmp_path / "documents"
    shutil.copytree(county.documents, copy)
    with override_settings(MEDIA_ROOT=copy):
        yield replace(county, documents=copy)
