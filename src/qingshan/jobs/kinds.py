"""Kinds of jobs. A room announces its kinds in ``background.py``, which is read when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise

from qingshan.jobs.when import read_when


class Cancelled(Exception):
    """Somebody asked for the job to stop; raised by `Progress.step`, never caught by the job."""


class GiveUp(Exception):
    """The job can never succeed; its words are shown to the person, and it is not tried again."""


class UnknownKind(LookupError):
    """No room has announced this kind of job."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no job kind {name!r}; known are {', '.join(sorted(KINDS)) or 'none'}")
        self.name = name


class Progress:
    """What a running job tells: how far it is, in words and numbers. This one keeps it to itself.

    Jobs call `step` at least every few seconds: there the job learns that it was cancelled, and
    without a step the job counts as hung after the kind's patience.
    """

    def __init__(self) -> None:
        self.done: int = 0
        self.total: int | None = None
        self.message: str = ""

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """Tell how much is done.

        Raises
        ------
        Cancelled
            Somebody asked for the job to stop, or it was taken from this process. Let it pass.
        """
        self.done, self.total = done, self.total if total is None else total
        self.message = message or self.message


Run = Callable[[Mapping[str, Any], Progress], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: what it is called, what it does, how often it is tried, how long it may be silent."""

    name: str
    title: str | Promise
    run: Run
    attempts: int
    patience: timedelta


@dataclass(frozen=True, slots=True)
class DeclaredSchedule:
    """A schedule a room brings along; an administrator may pause it or change its time."""

    name: str
    title: str | Promise
    kind: str
    when: str
    payload: Mapping[str, Any] = field(default_factory=dict)


KINDS: dict[str, Kind] = {}
SCHEDULES: dict[str, DeclaredSchedule] = {}


def job_kind(
    name: str,
    *,
    title: str | Promise,
    attempts: int = 3,
    patience: timedelta = timedelta(minutes=30),
) -> Callable[[Run], Run]:
    """Announce a kind of job; decorates ``run(payload, progress) -> result``.

    Parameters
    ----------
    name : str
        ``room.verb``; stored with each job, so it is never renamed lightly.
    attempts : int
        How often it is tried in all when it raises or its process dies. The function must
        therefore bear being run twice.
    patience : timedelta
        Without a `Progress.step` for so long, the job counts as hung and is taken away.

    Notes
    -----
    The result is shown to the person; when it holds ``address`` (a path of this site), the page
    offers to open it.
    """

    def announce(run: Run) -> Run:
        known = KINDS.get(name)
        if known is not None and known.run is not run:
            raise ValueError(f"two functions announce the job kind {name!r}")
        KINDS[name] = Kind(name, title, run, attempts, patience)
        return run

    return announce


def schedule(
    name: str, *, title: str | Promise, kind: str, when: str, payload: Mapping[str, Any] | None = None
) -> None:
    """Announce a schedule: ``every 5m`` or five cron fields in Beijing time.

    Raises
    ------
    BadWhen
        The rule of time cannot be read.
    """
    read_when(when)
    SCHEDULES[name] = DeclaredSchedule(name, title, kind, when, dict(payload or {}))


def kind_of(name: str) -> Kind:
    """Return a kind by its name.

    Raises
    ------
    UnknownKind
        No room has announced it.
    """
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None
