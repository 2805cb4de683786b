"""Names of records that hold across rooms, without either room knowing the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(?P<room>[a-z_]+)\.(?P<kind>[a-z_]+)/(?P<key>[^\s/]{1,64})")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A record's name (记录编号): its room, its kind there, its key.

    Written ``room.kind/key``. Audit entries, attachments, notices and tasks point at
    records of other rooms by this name, so that a lower room never imports a higher one.

    Examples
    --------
    >>> str(Ref("plans", "indicator", "12"))
    'plans.indicator/12'
    >>> Ref.read("plans.indicator/12").key
    '12'
    """

    room: str
    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.room}.{self.kind}/{self.key}"

    @property
    def family(self) -> str:
        """``room.kind``: what registries of policies and links are keyed by."""
        return f"{self.room}.{self.kind}"

    @classmethod
    def read(cls, text: str) -> Ref:
        """Read the written form back.

        Raises
        ------
        ValueError
            The text is not of the form ``room.kind/key``.
        """
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a record name; the form is room.kind/key")
        return cls(**found.groupdict())
