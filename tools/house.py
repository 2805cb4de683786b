"""A whole installation in a temporary folder, for browser tests, screenshots and load benchmarks.

It is what ``./qs run`` starts: the same commands, the same two processes, its own database.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

import psycopg
from psycopg import sql
from tools.fictional_plan import plan_text

PATIENCE_S = 120


@dataclass
class House:
    """An installation that lives as long as its ``with`` block.

    Its database is SQLite in its folder; where ``QINGSHAN_DATABASE_URL`` names a PostgreSQL server
    (``tools/pg.py``), it is a database of its own there.

    Parameters
    ----------
    environment : mapping
        Settings on top of those of a fresh installation.
    prepare : str
        Python run once inside the installation before it serves; what it prints last, as JSON, is ``told``.
    """

    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: str = ""
    worker: bool = True

    def __enter__(self) -> House:
        with contextlib.ExitStack() as ends:  # what was begun is ended, also when the start fails half-way
            self._begin(ends)
            self._ends = ends.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    def _begin(self, ends: contextlib.ExitStack) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="qingshan-house-"))
        ends.callback(shutil.rmtree, self.home, ignore_errors=True)
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "qingshan.portal.settings",
            "QINGSHAN_HOME": str(self.home),
            "QINGSHAN_PUBLIC_URL": self.address,
            **self.environment,
        }
        if self.env.get("QINGSHAN_DATABASE_URL", "").startswith("postgres"):
            self.env["QINGSHAN_DATABASE_URL"] = ends.enter_context(
                _own_database(self.env["QINGSHAN_DATABASE_URL"])
            )
        self.log: IO[bytes] = ends.enter_context((self.home / "log.txt").open("wb"))
        self.told = self.run_python(self.prepare) if self.prepare else None
        self.processes: list[subprocess.Popen[bytes]] = []
        ends.callback(self._stop)
        self.processes.append(self.start("serve", "--port", str(self.port)))
        if self.worker:
            self.processes.append(self.start("worker"))
        self._wait()

    def _stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command of the installation in the background."""
        return subprocess.Popen(
            [sys.executable, "-m", "qingshan", *words], env=self.env, stdout=self.log, stderr=self.log
        )

    def run(self, *words: str) -> str:
        """Run a command of the installation to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "qingshan", *words],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def run_python(self, source: str) -> object:
        """Run Python inside the installation; return its last printed line, read as JSON, or None."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{source}"],
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=2):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.1)
        self.log.flush()
        raise RuntimeError((self.home / "log.txt").read_text(encoding="utf-8", errors="replace")[-4000:])


@contextlib.contextmanager
def _own_database(server: str) -> Iterator[str]:
    """Make a database on a server, yield its address, and drop it."""
    name = f"house_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chromium_path() -> str:
    """Return the system's Chromium.

    Raises
    ------
    RuntimeError
        There is none; ``./qs test`` names what apt must bring.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("no Chromium on this machine; run: ./qs --apt test")


#: A browser that talks to nobody but us.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]

#: Run inside a fresh installation: the real plans, the fictional county and their people, as after the first
#: start, but with passwords that need not be changed, and a plan document that waits to be reviewed.
#: ``House.told`` then says who can log in, and codes of the county that pages are looked up by.
PREPARE_DEMONSTRATION = (
    f"PLAN = {plan_text('青峦县云岭片区')!r}"
    + """
import json
from datetime import timedelta
from django.utils import timezone
from qingshan.accounts.actions.users import change_password
from qingshan.accounts.passwords import one_time_password
from qingshan.accounts.public import User
from qingshan.annual.public import AnnualPlan
from qingshan.areas.public import find_department
from qingshan.assessment.public import Evaluation
from qingshan.dispatch import public as dispatch
from qingshan.intake.public import accept_above, start
from qingshan.plans.public import plan_of_code
from qingshan.portal.first_run import prepare
from qingshan.simulation.public import county_district
from qingshan.tasks import public as tasks

now = timezone.now()
passwords = {}
for login in prepare(say=lambda text: None, empty=False):
    passwords[login.username] = login.password
    if login.one_time:
        passwords[login.username] = one_time_password()
        change_password(
            user=User.objects.get(username=login.username), new=passwords[login.username], at=now
        )
who = {
    "leader": "lin", "deputy": "shen", "planner": "chen", "second": "xu",
    "officer": "huang", "housing": "zheng", "township": "lan",
    "monitoring": "zhong", "evaluator": "he", "enforcement": "han",
    "stranger": "zhou", "system": "system", "security": "security", "audit": "audit", "real": "planner",
}
chen = User.objects.get(username="chen")
review = start(
    data=PLAN.encode(), file_name="云岭片区十五五规划.txt", district=county_district(), by=chen, at=now
)
accept_above(finding=review.findings.filter(kind="project").last(), by=chen, at=now)
housing = find_department("县住房和城乡建设局", county_district(), timezone.localdate(now))
today = timezone.localdate(now)
bureau = find_department("县生态环境局", county_district(), today)
zheng = User.objects.get(username="zheng")


def given(title, source, days, by="领导批示：请抓紧。"):
    made = tasks.create_task(
        district=county_district(), source=source, lead=housing, joint=[bureau], by=chen, at=now,
        source_title=by,
        terms={"title": title, "content": "按月报送进展。", "evidence_wanted": "现场照片",
               "starts_on": today - timedelta(days=40), "due_on": today + timedelta(days=days)},
    )
    return tasks.assign_task(task=made, by=chen, at=now)


given("排查城区雨污混接点", tasks.TaskSource.MINUTES, 6, "县政府第 12 次常务会议纪要")
given("回复群众反映的河道异味", tasks.TaskSource.FEEDBACK, -3, "来信")
task = tasks.accept_task(task=given("补建云水镇污水管网", tasks.TaskSource.INSTRUCTION, 60), by=zheng, at=now)
tasks.report_on_task(
    task=task, on=today, text="已铺设 2.1 公里，正在穿越省道。", percent=60, key="1", by=zheng, at=now
)
tasks.supervise_task(
    task=task, kind=tasks.SupervisionKind.SLIP, note="本月底前完成穿越。", due_on=today + timedelta(days=9),
    by=User.objects.get(username="lin"), at=now,
)
campaign = plan_of_code("qingluan-campaign-2025")
closed = dispatch.Round.objects.filter(plan=campaign).latest("ends_on")
opened = dispatch.open_round(
    plan=campaign, period=dispatch.Period.QUARTER, within=today, due_on=today + timedelta(days=7),
    by=chen, at=now,
)
print(json.dumps({
    "task": task.code,
    "campaign": campaign.code, "closed_round": closed.pk, "open_round": opened.pk,
    "part": opened.parts.get(department=housing).pk,
    "annual": AnnualPlan.objects.filter(plan=campaign).latest("year").pk,
    "evaluation": Evaluation.objects.get(plan=campaign).pk,
    "people": {key: [name, passwords[name]] for key, name in who.items()},
    "county": "qingluan-2025", "indicator": "QL-I01", "measure": "QL-M05.02.02", "project": "QL-P02",
    "department": housing.pk, "catalogue": "air-good-days-ratio",
    "review_of": review.pk,
}))
"""
)
