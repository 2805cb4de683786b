"""The drill: back up, wipe, restore, compare; and again with a kill at the wrong moment.

Each installation is real: a data folder, a database of its own, and the commands run as programs.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from qingshan.portal.backup.archive import checked
from qingshan.portal.backup.manifest import Manifest, TableState

WRITER = Path(__file__).with_name("drill_writer.py")
#: A restore is itself in the audit, so these two differ by what it adds.
ADDED_TO = {"audit_record", "audit_entry"}


@dataclass
class Installation:
    """One bureau's machine."""

    home: Path
    address: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "QINGSHAN_HOME": str(self.home),
            "QINGSHAN_DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "qingshan.portal.settings",
        }

    def start(self, *words: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def call(self, *words: object) -> str:
        """Run one of our commands, which must succeed."""
        done = self.run("-m", "qingshan", *words)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def create(self, like: "Installation | None" = None) -> None:
        """Make home and database, empty or like those of another."""
        if self.address:
            template = f'TEMPLATE "{like.database}"' if like else ""
            _on_server(self.address, f'CREATE DATABASE "{self.database}" {template}')
        if like is not None:
            shutil.copytree(like.home, self.home)
            return
        done = self.run("-m", "django", "migrate", "-v", "0")
        assert done.returncode == 0, done.stderr

    @property
    def database(self) -> str:
        """Its name on the server."""
        return urlsplit(self.address).path[1:]

    def wipe(self) -> None:
        """Everything is gone: data folder and database; of PostgreSQL an empty one is made by hand."""
        shutil.rmtree(self.home)
        if self.address:
            self.drop()
            _on_server(self.address, f'CREATE DATABASE "{self.database}"')

    def drop(self) -> None:
        """Take its database off the server."""
        _on_server(self.address, f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def backup(self, to: Path, *words: object) -> Manifest:
        before = set(to.glob("qingshan-*"))
        self.call("backup", "--to", to, *words)
        [made] = set(to.glob("qingshan-*")) - before
        self.last = made
        return checked(made, None) if not words else Manifest("", "", None, {})

    def write_until_killed(self, at_least: int, *, meanwhile=lambda: None, size: int = 20_000) -> list[str]:
        """Write, do something meanwhile, kill the writer with SIGKILL; return what it said was committed."""
        writer = self.start(WRITER, 0, size)
        said = [writer.stdout.readline().strip() for _ in range(at_least)]
        assert all(said), writer.stderr.read()
        meanwhile()
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate(timeout=30)
        return [*said, *(line for line in rest.splitlines(keepends=False) if len(line) == 64)]

    def files(self) -> set[str]:
        return {path.name for path in (self.home / "documents").glob("??/*")}


def _on_server(address: str, statement: str) -> None:
    with psycopg.connect(f"{address.rpartition('/')[0]}/postgres", autocommit=True) as server:
        server.execute(statement)


def _new(kind: str, folder: Path) -> Installation:
    if kind == "sqlite":
        return Installation(folder / "home", "")
    server = os.environ["QINGSHAN_DATABASE_URL"]
    return Installation(folder / "home", f"{server.rpartition('/')[0]}/drill_{uuid.uuid4().hex[:12]}")


#: The kind of database that the tests run on; the other run drills the other kind.
KIND = "postgresql" if os.environ.get("QINGSHAN_DATABASE_URL", "").startswith("postgres") else "sqlite"


@pytest.fixture(scope="module", params=[KIND])
def fresh(request, tmp_path_factory):
    """An installation just set up, of which each test gets a copy."""
    made = _new(request.param, tmp_path_factory.mktemp("fresh"))
    made.create()
    yield made
    if made.address:
        made.drop()


@pytest.fixture
def bureau(fresh, tmp_path):
    made = _new("postgresql" if fresh.address else "sqlite", tmp_path)
    made.create(like=fresh)
    yield made
    if made.address:
        made.drop()


@pytest.fixture
def backups(tmp_path):
    return tmp_path / "another disk"


def assert_same_but_for_the_restore(before: Manifest, after: Manifest, restores: int = 1) -> None:
    one, other = before.database.tables, after.database.tables
    assert {n: t for n, t in one.items() if n not in ADDED_TO} == {
        n: t for n, t in other.items() if n not in ADDED_TO
    }
    assert [other[n].rows - one[n].rows for n in sorted(ADDED_TO)] == [restores, restores]
    assert before.database.named_files == after.database.named_files


class TestDrill:
    def test_after_a_kill_in_mid_write_everything_committed_comes_back(self, bureau, backups):
        committed = bureau.write_until_killed(15)
        bureau.call("audit", "sign")
        before = bureau.backup(backups)
        assert set(committed) <= set(before.database.named_files)
        made = bureau.last
        bureau.wipe()
        out = bureau.call("restore", made)
        assert "逐表核对一致" in out
        after = bureau.backup(backups)
        assert_same_but_for_the_restore(before, after)
        assert set(before.database.named_files) <= bureau.files()
        assert "审计链完整" in bureau.call("audit", "verify")
        # work goes on: keys and sequences continue where they were
        assert bureau.run(WRITER, 3, 1000).returncode == 0
        assert "审计链完整" in bureau.call("audit", "verify")

    def test_a_backup_beside_running_work_is_one_instant(self, bureau, backups):
        committed = bureau.write_until_killed(5, meanwhile=lambda: bureau.backup(backups))
        manifest = checked(bureau.last, None)
        names = {name.rpartition("/")[2] for name in manifest.files if name.startswith("documents/")}
        assert set(manifest.database.named_files) <= names
        assert set(committed[:5]) <= set(manifest.database.named_files)
        tables = manifest.database.tables
        assert tables["documents_document"].rows == tables["documents_documentversion"].rows
        # put back beside what was written since: older database, known to be older
        out = bureau.call("restore", bureau.last, "--yes")
        assert "恢复之前的数据备份在" in out
        assert "从备份恢复" in bureau.call("audit", "verify")
        assert_same_but_for_the_restore(manifest, bureau.backup(backups))

    def test_an_encrypted_backup_needs_its_password(self, bureau, backups, tmp_path):
        assert bureau.run(WRITER, 2, 1000).returncode == 0
        right, wrong = tmp_path / "right", tmp_path / "wrong"
        right.write_text("青山常在 2026\n")
        wrong.write_text("猜的\n")
        bureau.backup(backups, "--password-file", right)
        bureau.wipe()
        for refused in (["--password-file", wrong], []):
            done = bureau.run("-m", "qingshan", "restore", bureau.last, *refused)
            assert done.returncode == 1
            assert "口令" in done.stderr
        bureau.call("restore", bureau.last, "--password-file", right)
        assert len(bureau.files()) == 2


class TestKilled:
    def test_a_backup_killed_half_way_is_no_backup(self, bureau, backups):
        assert bureau.run(WRITER, 4, 8_000_000).returncode == 0
        making = bureau.start("-m", "qingshan", "backup", "--to", backups)
        wait_until(lambda: any(path.stat().st_size > 0 for path in backups.glob("*.part")))
        making.send_signal(signal.SIGKILL)
        making.communicate(timeout=30)
        assert list(backups.glob("*.qsbackup")) == []
        assert len(bureau.backup(backups).database.named_files) == 4
        assert list(backups.glob("*.part")) == list(backups.glob("snapshot-*")) == []

    def test_a_restore_killed_half_way_leaves_the_old_or_the_new(self, bureau, backups):
        assert bureau.run(WRITER, 20, 10_000).returncode == 0
        old = bureau.backup(backups)
        wanted = bureau.last
        assert bureau.run(WRITER, 5, 10_000).returncode == 0
        bureau.call("audit", "sign")
        new = bureau.backup(backups)
        for delay_s in (0.0, 0.05, 0.2):
            restoring = bureau.start("-m", "qingshan", "restore", wanted, "--yes", "--without-safety-copy")
            wait_until(lambda: any(bureau.home.glob("restoring-*/database")))
            time.sleep(delay_s)
            restoring.send_signal(signal.SIGKILL)
            restoring.communicate(timeout=30)
            assert documents(bureau.backup(backups)) in (documents(old), documents(new))
        bureau.call("restore", wanted, "--yes")
        assert documents(bureau.backup(backups)) == documents(old)
        assert list(bureau.home.glob("restoring-*")) == []
        assert "审计链完整" in bureau.call("audit", "verify")


class TestRestore:
    def test_it_replaces_nothing_without_a_word(self, bureau, backups):
        bureau.backup(backups)
        done = bureau.run("-m", "qingshan", "restore", bureau.last)
        assert done.returncode == 1
        assert "--yes" in done.stderr

    def test_a_file_that_is_not_good_touches_nothing(self, bureau, backups):
        assert bureau.run(WRITER, 2, 1000).returncode == 0
        before = bureau.backup(backups)
        bad = backups / "bad.qsbackup"
        bad.write_bytes(bureau.last.read_bytes()[:-100])
        done = bureau.run("-m", "qingshan", "restore", bad, "--yes")
        assert done.returncode == 1
        assert "损坏或被截断" in done.stderr
        assert bureau.run("-m", "qingshan", "restore", bad, "--check").returncode == 1
        assert "备份完好" in bureau.call("restore", bureau.last, "--check")
        assert bureau.backup(backups).database.tables == before.database.tables

    def test_a_damaged_attachment_is_told_and_the_rest_is_kept(self, bureau, backups):
        assert bureau.run(WRITER, 2, 1000).returncode == 0
        one, other = sorted((bureau.home / "documents").glob("??/*"))
        one.chmod(0o600)
        one.write_bytes(b"x")
        other.unlink()
        done = bureau.run("-m", "qingshan", "backup", "--to", backups)
        assert done.returncode == 1
        assert f"{one.name} 的内容已被改动" in done.stderr
        assert f"{other.name} 不在存储目录中" in done.stderr
        assert len(list(backups.glob("*.qsbackup"))) == 1

    def test_only_the_newest_are_kept_when_asked(self, bureau, backups):
        bureau.backup(backups)
        bureau.call("backup", "--to", backups, "--keep", 1)
        assert len(list(backups.glob("*.qsbackup"))) == 1


#: An upgrade whose step does half its work and then fails.
FAILING_UPGRADE = """
import sys, django
django.setup()
from django.db import connection
from qingshan.cli import main
from qingshan.portal.backup import upgrading
def fails(*args, **options):
    connection.cursor().execute("DELETE FROM django_session")
    connection.cursor().execute("ALTER TABLE documents_document ADD COLUMN half_done integer")
    raise RuntimeError("no such column")
upgrading.call_command = fails
sys.exit(main(["upgrade"]))
"""


class TestUpgrade:
    @pytest.fixture
    def behind(self, bureau):
        """An installation that lacks the last step of the audit."""
        assert bureau.run(WRITER, 3, 1000).returncode == 0
        assert bureau.run("-m", "django", "migrate", "audit", "0001", "-v", "0").returncode == 0
        return bureau

    def test_it_backs_up_first_and_then_brings_the_database_up_to_date(self, behind):
        out = behind.call("upgrade")
        assert "更新了 1 步" in out
        [made] = (behind.home / "backups").glob("before-upgrade-*")
        assert ("audit", "0002_guards") not in checked(made, None).database.migrations
        assert "更新了 0 步" in behind.call("upgrade")

    def test_a_failed_step_sets_the_database_back(self, behind, backups):
        before = behind.backup(backups)
        done = behind.run("-c", FAILING_UPGRADE)
        assert done.returncode == 1
        assert "no such column" in done.stderr
        assert "已恢复到升级之前" in done.stderr
        assert behind.backup(backups).database == before.database
        assert "更新了 1 步" in behind.call("upgrade")


def test_a_damaged_sqlite_file_is_replaced_and_kept_aside(bureau, backups):
    if bureau.address:
        pytest.skip("the database is no file of ours")
    assert bureau.run(WRITER, 2, 1000).returncode == 0
    before = bureau.backup(backups)
    path = bureau.home / "qingshan.sqlite3"
    path.write_bytes(b"\x00not a database" * 500)
    assert "数据库" in bureau.run("-m", "qingshan", "backup", "--to", backups).stderr
    refused = bureau.run("-m", "qingshan", "restore", bureau.last, "--yes")
    assert refused.returncode == 1
    assert "--without-safety-copy" in refused.stderr
    bureau.call("restore", bureau.last, "--yes", "--without-safety-copy")
    assert path.with_name("qingshan.sqlite3.damaged").exists()
    assert_same_but_for_the_restore(before, bureau.backup(backups))


def documents(manifest: Manifest) -> TableState:
    return manifest.database.tables["documents_documentversion"]


def wait_until(is_so, within_s: float = 60.0) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)
