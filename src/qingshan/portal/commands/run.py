"""Start everything on one machine: set up, load what is missing, serve and work until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from qingshan.portal import first_run

START_PATIENCE_S = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default 8000)")
    parser.add_argument(
        "--empty", action="store_true", help="load neither real plans nor the fictional county"
    )


def run(args: argparse.Namespace) -> int:
    """Prepare the installation, start web and worker, and stop both when one stops."""
    logins = first_run.prepare(say=_say, empty=args.empty)
    port = free_port(args.host, args.port)
    address = f"http://{'127.0.0.1' if args.host == '0.0.0.0' else args.host}:{port}"  # noqa: S104
    os.environ.setdefault("QINGSHAN_PUBLIC_URL", address)
    processes = [
        _start(["serve", "--host", args.host, "--port", str(port)]),
        _start(["worker"]),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if not _answers(address, processes):
            return 1
        print(first_run.welcome(address, logins), flush=True)
        return _watch(processes)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)


def free_port(host: str, first: int) -> int:
    """Return the first port from ``first`` on that nobody listens on.

    Raises
    ------
    SystemExit
        None of twenty is free.
    """
    for port in range(first, first + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"端口 {first} 至 {first + 19} 都被占用；请用 --port 指定一个空闲端口。")


def _say(text: str) -> None:
    print(f"▸ {text}", file=sys.stderr, flush=True)


def _start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "qingshan", *words])  # noqa: S603 - our own command


def _answers(address: str, processes: Sequence[subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + START_PATIENCE_S
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            _say("有一个进程没有启动成功；原因见上面的输出。")
            return False
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    _say(f"{address} 在 {START_PATIENCE_S} 秒内没有应答。")
    return False


def _watch(processes: Sequence[subprocess.Popen[bytes]]) -> int:
    while True:
        for process in processes:
            if (status := process.poll()) is not None:
                _say("有一个进程停止了，全部停止。")
                return status or 1
        time.sleep(0.5)


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
