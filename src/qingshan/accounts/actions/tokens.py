"""Personal tokens for the programming interface."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts import policies
from qingshan.accounts.errors import BadToken
from qingshan.accounts.models import ApiToken, User
from qingshan.accounts.queries.rights import can
from qingshan.audit import public as audit

PREFIX = "qs_"
LONGEST = timedelta(days=366)
MOST = 10


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token just issued, and its text, which is shown once."""

    token: ApiToken
    text: str


@transaction.atomic
def issue_token(
    *, user: User, name: str, expires_at: datetime, may_write: bool = False, at: datetime
) -> IssuedToken:
    """Issue a token to its owner (建立令牌). It can do what the owner may do that day, never more.

    Parameters
    ----------
    may_write : bool
        Whether it may enter values and progress; otherwise it reads only.

    Raises
    ------
    Forbidden
        The person may not use the interface.
    BadToken
        It would expire in the past or after more than a year, or there are ten already.
    """
    policies.require(user, "api.use", what=_("建立访问令牌"))
    if not at < expires_at <= at + LONGEST:
        raise BadToken(_("有效期须在一年以内，现为 %s。") % expires_at.date())
    running = user.tokens.filter(revoked_at__isnull=True, expires_at__gt=at)
    if running.count() >= MOST:
        raise BadToken(_("已有 %s 个有效令牌，请先撤销不用的。") % MOST)
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(text),
        hint=text[-4:],
        may_write=may_write,
        issued_at=at,
        expires_at=expires_at,
    )
    detail = {"name": name, "may_write": may_write, "expires": expires_at}
    audit.record("accounts.issue_token", token.ref, by=user, at=at, detail=detail)
    return IssuedToken(token, text)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: datetime) -> ApiToken:
    """Revoke a token (撤销令牌): one's own, or anybody's with ``accounts.lock``."""
    if token.user_id != by.pk:
        policies.require(by, "accounts.lock", what=_("撤销他人令牌"))
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        audit.record("accounts.revoke_token", token.ref, by=by, at=at, detail={"name": token.name})
    token.refresh_from_db()
    return token


def authenticate_token(text: str, *, at: datetime) -> ApiToken | None:
    """Return the valid token with this text (its ``user`` is who acts), or None; never says why not.

    The token is random over 256 bits, so a plain digest is enough and a constant-time comparison has
    nothing to hide: the database looks up the digest, not the text.
    """
    if not text.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest_of(text), revoked_at__isnull=True, expires_at__gt=at)
        .first()
    )
    if token is None or not can(token.user, "api.use"):  # also of somebody locked, closed or moved on
        return None
    if token.used_at is None or at - token.used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
    return token


def digest_of(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()
