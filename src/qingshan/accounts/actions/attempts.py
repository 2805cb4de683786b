"""Slowing down whoever guesses passwords. Counted in the database, so that all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.errors import TooManyAttempts
from qingshan.accounts.models import LoginAttempt, User
from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within so long, for one name, one address, or both together."""

    by_name: bool
    by_address: bool
    failures: int
    within: timedelta


LIMITS = (
    Limit(by_name=True, by_address=True, failures=5, within=timedelta(minutes=15)),
    # Guessing one person's password from many places.
    Limit(by_name=True, by_address=False, failures=20, within=timedelta(hours=1)),
    # Trying one password on many people. An office shares one address, so this stands higher.
    Limit(by_name=False, by_address=True, failures=60, within=timedelta(minutes=15)),
)
KEPT = timedelta(days=30)


@transaction.atomic
def begin_attempt(*, username: str, address: str, at: datetime) -> LoginAttempt:
    """Count an attempt before its password is looked at (登录尝试); it is a failure until `succeed`.

    Raises
    ------
    TooManyAttempts
        A limit is reached; ``until`` is when the next attempt is heard.
    """
    name = username.strip().lower()[:150]
    waits = [until for limit in LIMITS if (until := _until(limit, name, address, at))]
    if waits:
        until = max(waits)
        raise TooManyAttempts(
            _("登录失败次数过多，请在 %s 之后再试；急用请联系安全管理员。")
            % timezone.localtime(until).strftime("%H:%M"),
            until,
        )
    return LoginAttempt.objects.create(username=name, address=address, at=at, succeeded=False)


@transaction.atomic
def succeed(*, attempt: LoginAttempt) -> None:
    """Keep that an attempt was right; failures before it count no more."""
    LoginAttempt.objects.filter(pk=attempt.pk).update(succeeded=True)


@transaction.atomic
def fail(*, attempt: LoginAttempt, at: datetime) -> None:
    """Audit a failed attempt, with the person when the name is somebody's."""
    user = User.objects.filter(username__iexact=attempt.username).first()
    subject = user.ref if user else Ref("accounts", "attempt", str(attempt.pk))
    detail = {"username": attempt.username, "address": attempt.address}
    audit.record("accounts.log_in_failed", subject, by=None, at=at, detail=detail)


def forget_old_attempts(*, at: datetime) -> int:
    """Drop attempts older than thirty days; the audit keeps the failures."""
    return LoginAttempt.objects.filter(at__lt=at - KEPT).delete()[0]


def _until(limit: Limit, name: str, address: str, at: datetime) -> datetime | None:
    """Return when a limit lets the next attempt through, or None when it does now."""
    rows = LoginAttempt.objects.filter(at__gt=at - limit.within, at__lte=at)
    if limit.by_name:
        rows = rows.filter(username=name)
    if limit.by_address:
        rows = rows.filter(address=address)
    failures = _since_success(rows) if limit.by_name else rows.filter(succeeded=False)
    times = list(failures.order_by("-at").values_list("at", flat=True)[: limit.failures])
    return times[-1] + limit.within if len(times) == limit.failures else None


def _since_success(rows: QuerySet[LoginAttempt]) -> QuerySet[LoginAttempt]:
    last = rows.filter(succeeded=True).order_by("-at").values_list("at", flat=True).first()
    failures = rows.filter(succeeded=False)
    return failures if last is None else failures.filter(at__gt=last)
