"""What every test may ask for: a throw-away home, the cast, and the shared real data where it is present."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent

# Before Django reads its settings: tests never touch a real installation.
os.environ["QINGSHAN_HOME"] = tempfile.mkdtemp(prefix="qingshan-test-")
Path(os.environ["QINGSHAN_HOME"], "static").mkdir()
os.environ["DJANGO_SETTINGS_MODULE"] = "qingshan.portal.settings"
os.environ.setdefault("QINGSHAN_DEBUG", "0")
os.environ["QINGSHAN_STRICT_TEMPLATES"] = "1"
os.environ.setdefault("QINGSHAN_ALLOWED_HOSTS", "*")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # Playwright keeps a loop in the test thread; the ORM is used there
)

# Before any other conftest imports a model, and after the environment above is set.
django.setup()

# A real password hash is slow on purpose; a test that enters ten people would wait a second for nothing.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse to run where groups of tests fall apart: each worker would build their house for itself."""
    if config.getoption("loadgroup", default=False):
        grouped = [item for item in items if item.get_closest_marker("xdist_group")]
        if not all("@" in item.nodeid for item in grouped):
            raise pytest.UsageError("pytest-xdist keeps no groups with this pytest; see requirements/dev.in")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans and data beside the project (``../shared``)."""
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        if os.environ.get("CI"):
            pytest.fail("the folder ../shared with the real plans and data must be present in CI")
        pytest.skip("the folder ../shared with the real plans and data is not here")
    return folder


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of the kind the tests run on: in a real file, on a real server."""
    address = os.environ.get("QINGSHAN_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite://{tmp_path}/own.sqlite3"
        return
    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def undone(db: None) -> Callable[[], AbstractContextManager[None]]:
    """Take back what is written inside, so that one record serves many tries."""

    @contextmanager
    def taken_back() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return taken_back


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, made from the models: the migrations take a minute and have a test of their own.

    It is without the triggers of the rooms, which would refuse to let tests empty its tables; the rooms' own
    tests put them there.
    """
    from django.db import connection  # Django may be imported only once the home above is set
    from django.db.migrations.recorder import MigrationRecorder

    from qingshan.audit import guards as audit_guards
    from qingshan.papers import guards as paper_guards

    with django_db_blocker.unblock():
        MigrationRecorder(connection).ensure_schema()  # a backup says which migrations its tables come from
        audit_guards.remove(connection)
        paper_guards.remove(connection)
