"""The worker process: runs jobs, delivers events, keeps the schedules, takes back what dead processes held.

Three kinds of threads, each with its own database connection: the *slots* run jobs, the *pulse*
beats for all of them (so that a job which computes for minutes without a word still lives), and the
calling thread does the post: schedules, events, reaping.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, connections
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from qingshan.jobs import delivering, running, scheduling
from qingshan.jobs.kinds import Cancelled, GiveUp, Progress, Run, UnknownKind, kind_of
from qingshan.jobs.models import Job, WorkerSeen

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

#: A job is taken back after so long without a heartbeat; a heartbeat comes four times as often.
LEASE = timedelta(seconds=60)
#: Progress is written at most this often.
REPORT_EVERY = timedelta(milliseconds=500)


class Stopping(Cancelled):
    """The process is being stopped: the job goes back to the queue."""


class Reported(Progress):
    """Progress that is written to the job, and brings back that the job was cancelled."""

    def __init__(self, job: Job, *, clock: Clock, stopping: threading.Event) -> None:
        super().__init__()
        self._job, self._clock, self._stopping = job, clock, stopping
        self._written_at: datetime | None = None
        self.stepped_at = clock()

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """Tell how much is done; see `Progress.step`."""
        super().step(done, total, message)
        self.stepped_at = now = self._clock()
        if self._stopping.is_set():
            raise Stopping
        if self._written_at is None or now - self._written_at >= REPORT_EVERY:
            self._written_at = now
            self.write()

    def write(self) -> None:
        """Write the last step."""
        running.report(job=self._job, done=self.done, total=self.total, message=self.message)


class Worker:
    """One worker process.

    Parameters
    ----------
    slots : int
        Jobs run side by side.
    pause_s : float
        Seconds an idle thread waits before it looks again.
    lease : timedelta
        Silence after which a job is taken from its process.
    clock : callable
        Returns the current moment.
    """

    def __init__(
        self,
        *,
        name: str = "",
        slots: int = 2,
        pause_s: float = 1.0,
        lease: timedelta = LEASE,
        clock: Clock = timezone.now,
    ) -> None:
        # The random part keeps a restarted process with the same number apart from the one before it.
        self.name = name or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._slots, self._pause_s, self._lease, self._clock = slots, pause_s, lease, clock
        self._stopping = threading.Event()
        self._held: dict[int, tuple[timedelta, Reported]] = {}
        self._lock = threading.Lock()

    def run(self) -> None:
        """Work until `stop` is called; then let running jobs go back to the queue at their next step."""
        self._forever(self._arrive, once=True)
        threads = [threading.Thread(target=self._forever, args=(self._pulse,), name="pulse", daemon=True)]
        threads += [
            threading.Thread(target=self._forever, args=(self.run_job,), name=f"slot-{number}", daemon=True)
            for number in range(self._slots)
        ]
        for thread in threads:
            thread.start()
        self._forever(self.do_post)
        for thread in threads:
            # A job that never steps is left behind; whoever comes next takes it back by its silence.
            thread.join(timeout=self._lease.total_seconds() / 2)
        WorkerSeen.objects.filter(name=self.name).delete()
        connections.close_all()

    def stop(self) -> None:
        """Ask the worker to end; may be called from a signal handler."""
        self._stopping.set()

    def drain(self) -> int:
        """Do everything that is due now, in this thread, and return how many jobs were run."""
        self._arrive()
        jobs = 0
        while True:
            busy = self.do_post()
            if self.run_job():
                jobs += 1
            elif not busy:
                return jobs

    def run_job(self) -> bool:
        """Run the next due job to its end; returns whether there was one."""
        job = running.claim(worker=self.name, at=self._clock())
        if job is None:
            return False
        progress = Reported(job, clock=self._clock, stopping=self._stopping)
        try:
            kind = kind_of(job.kind)
        except UnknownKind as error:
            running.fail(job=job, error=error, at=self._clock(), hopeless=True)
            return True
        with self._lock:
            self._held[job.pk] = (kind.patience, progress)
        try:
            self._carry_out(job, kind.run, progress)
        finally:
            with self._lock:
                self._held.pop(job.pk, None)
        return True

    def _carry_out(self, job: Job, run: Run, progress: Reported) -> None:
        try:
            self._run_to_end(job, run, progress)
        except running.LostJob as lost:  # also when the very ending finds the job taken
            log.warning("%s", lost)

    def _run_to_end(self, job: Job, run: Run, progress: Reported) -> None:
        try:
            result = run(job.payload, progress)
            progress.write()
        except running.LostJob:
            raise
        except Stopping:
            running.release(job=job, at=self._clock())
        except Cancelled:
            running.stop(job=job, at=self._clock())
        except (Exception, SystemExit) as error:
            log.warning("job %s (%s): %s", job.pk, job.kind, error, exc_info=True)
            running.fail(job=job, error=error, at=self._clock(), hopeless=isinstance(error, GiveUp))
        else:
            running.finish(job=job, result=result, at=self._clock())

    def do_post(self) -> bool:
        """Queue due schedules, take back silent jobs, spread and deliver events; returns whether any was."""
        now = self._clock()
        queued = scheduling.queue_due(at=now)
        reaped = running.reap(silent_for=self._lease, at=now)
        busy = bool(queued or reaped or delivering.spread(at=now))
        while not self._stopping.is_set() and delivering.deliver_next(at=self._clock(), lease=self._lease):
            busy = True
        return busy

    def _arrive(self) -> bool:
        now = self._clock()
        WorkerSeen.objects.update_or_create(name=self.name, defaults={"started_at": now, "seen_at": now})
        scheduling.sync_schedules(at=now)
        return False

    def _pulse(self) -> bool:
        now = self._clock()
        with self._lock:
            # A job that has not stepped for longer than its kind allows gets no more heartbeats:
            # the reaper takes it, and the fence stops whatever still hangs here from writing.
            alive = [
                pk for pk, (patience, progress) in self._held.items() if now - progress.stepped_at < patience
            ]
        if alive:
            running.beat(worker=self.name, job_ids=alive, at=now)
        WorkerSeen.objects.filter(name=self.name).update(seen_at=now)
        self._stopping.wait(self._lease.total_seconds() / 4)
        return False

    def _forever(self, turn: Callable[[], bool], *, once: bool = False) -> None:
        """Take turns until stopped. A database that is away for a while ends no thread."""
        while not self._stopping.is_set():
            try:
                busy = turn()
            except (DatabaseError, InterfaceError):
                log.exception("the database did not answer; trying again")
                busy = False
            except Exception:
                log.exception("a turn failed; going on")
                busy = False
            else:
                if once:
                    return
            close_old_connections()
            if not busy:
                self._stopping.wait(self._pause_s)
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
