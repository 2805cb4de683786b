"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from datetime import datetime


class AccountRefusal(ValueError):
    """A change to users, roles or tokens was refused; the message says why and what to do."""


class NameTaken(AccountRefusal):
    """Another user has this log-in name or single-sign-on name."""


class BadGrant(AccountRefusal):
    """The role does not fit the person or the place."""


class SeparationBroken(AccountRefusal):
    """The person would hold two of the three administrators, or an administrator's and another role."""


class LastAdministrator(AccountRefusal):
    """Nobody would be left who could do this administrator's work."""


class PasswordRefused(AccountRefusal):
    """The new password breaks rules; ``reasons`` are all of them."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


class BadToken(AccountRefusal):
    """The token may not be issued as asked."""


class TooManyAttempts(AccountRefusal):
    """Too many failed log-ins; wait ``until``."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until
