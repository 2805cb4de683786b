"""An open-loop load: requests leave at times fixed in advance, however slow the answers are.

A sender that waits for an answer before it asks again measures a slow server kindly: while the server
hangs, nothing is asked, and what would have waited is never counted. Here each latency runs from the
moment the request was *due*, so waiting for a free connection or a late sender counts as well.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

TIMEOUT_S = 30.0
CONNECTIONS = 128


@dataclass(frozen=True, slots=True)
class Request:
    """One request: address without host, the session it belongs to, and what is counted together with it."""

    path: str
    cookie: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: seconds from due to the last byte, and the status (0: no answer at all)."""

    request: Request
    seconds: float
    status: int
    size: int

    @property
    def good(self) -> bool:
        """Answered with a page."""
        return self.status == HTTPStatus.OK


def sent(address: str, requests: Sequence[Request], per_second: float) -> list[Answer]:
    """Send requests at a fixed rate and return all answers, failures included."""
    with ThreadPoolExecutor(CONNECTIONS) as threads, _connections(address) as free:
        start = time.perf_counter() + 0.1
        coming: list[Future[Answer]] = []
        for number, request in enumerate(requests):
            due = start + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            coming.append(threads.submit(_answered, free, request, due))
        return [one.result() for one in coming]


@contextmanager
def _connections(address: str) -> Iterator[queue.LifoQueue[http.client.HTTPConnection]]:
    """Kept-alive connections, as browsers keep them; the one used last is used first."""
    host = urlsplit(address).netloc
    free: queue.LifoQueue[http.client.HTTPConnection] = queue.LifoQueue()
    made = [http.client.HTTPConnection(host, timeout=TIMEOUT_S) for _ in range(CONNECTIONS)]
    for one in made:
        free.put(one)
    try:
        yield free
    finally:
        for one in made:
            one.close()


def _answered(free: queue.LifoQueue[http.client.HTTPConnection], request: Request, due: float) -> Answer:
    connection = free.get()
    try:
        status, size = _asked(connection, request)
    except (OSError, http.client.HTTPException):
        connection.close()  # the server may have closed it while it rested: asked anew, as browsers do
        try:
            status, size = _asked(connection, request)
        except (OSError, http.client.HTTPException):
            connection.close()
            status, size = 0, 0
    finally:
        free.put(connection)
    return Answer(request, time.perf_counter() - due, status, size)


def _asked(connection: http.client.HTTPConnection, request: Request) -> tuple[int, int]:
    connection.request("GET", request.path, headers={"Cookie": request.cookie})
    response = connection.getresponse()
    return response.status, len(response.read())


def processor_seconds() -> float:
    """Return what the processes that this one started have used of the processor (0 where /proc is not).

    On a machine that others use as well, latencies tell about the others; this tells about us.
    """
    ticks: dict[int, tuple[int, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            ticks[int(stat.parent.name)] = (int(words[1]), int(words[11]) + int(words[12]))
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _used) in ticks.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[pid][1] for pid in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
