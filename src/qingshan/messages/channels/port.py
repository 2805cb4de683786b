"""What every channel is: something that takes a letter to a person out of the house, or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class NotSent(Exception):
    """The letter did not leave, for a reason that may pass; it is tried again later."""


class NeverSent(NotSent):
    """The letter can never leave this way; trying again would not help."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves the house: one notice, or a digest of several.

    ``key`` is the same each time the same letter is tried, so that a receiver can tell a repetition.
    """

    key: str
    to_username: str
    to_name: str
    to_email: str
    subject: str
    body: str
    address: str
    urgent: bool
    at: datetime


class Channel(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> None:
        """Send a letter.

        Raises
        ------
        NotSent
            It did not leave.
        """
