"""The town, made once for all tests of this folder and put back after each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.rights.marks import mark
from tests.rights.town import Town, build


@pytest.fixture(scope="package")
def whole_town(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Everything of town.py, in a transaction that is rolled back after the last of them."""
    kept: Path = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.fixture(scope="module")
def marked_town(whole_town: Town, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town with the marked records laid on it, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        marked = replace(whole_town, known=dict(whole_town.known))
        mark(marked)
        yield marked
        transaction.set_rollback(True)


@pytest.fixture
def town(whole_town: Town, db: None) -> Town:
    """The town; ``db`` undoes what a test changes in it."""
    return whole_town
