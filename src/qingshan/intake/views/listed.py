"""Which findings the right half shows: of which kind, in what order, and how far down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.states import ConflictState, FindingState
from qingshan.intake.views.words import CONFLICT, title_of
from qingshan.intake.vocabulary import FindingKind

__all__ = [
    "ALL",
    "CONFLICT_PREFIX",
    "PAGE",
    "Listed",
    "Sift",
    "conflicts_listed",
    "findings_listed",
    "sift_of",
]

#: Cards shown at once; more come when asked for, so that a plan of eight hundred findings stays light.
PAGE = 40
ALL = "all"
#: Keys of conflicts on the page, so that they differ from those of findings.
CONFLICT_PREFIX = "c"
ORDERS = ("text", "doubt")
#: A finding and a conflict that wait are called alike, and so one filter serves both.
WAITING = FindingState.OPEN.value


@dataclass(frozen=True, slots=True)
class Sift:
    """What a reviewer asked for.

    Parameters
    ----------
    state : str
        A state, ``open`` unless chosen otherwise, or ``all``.
    order : str
        ``text`` as in the document, or ``doubt``: the least certain first.
    at : str
        Key of the card to arrive at; the list goes on until it is shown.
    upto : int
        How many cards are shown at least.
    """

    kind: str
    state: str = WAITING
    order: str = ORDERS[0]
    sought: str = ""
    at: str = ""
    upto: int = PAGE

    @property
    def only_waiting(self) -> bool:
        """Whether nothing but what waits is listed."""
        return self.state == WAITING

    @property
    def query(self) -> str:
        """The filters as an address carries them, without the place."""
        found = QueryDict(mutable=True)
        found["kind"] = self.kind
        for name, value, usual in (
            ("state", self.state, WAITING), ("order", self.order, ORDERS[0]), ("q", self.sought, ""),
        ):  # fmt: skip
            if value != usual:
                found[name] = value
        return found.urlencode()


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a list: what is shown of it, and how many there are."""

    shown: Sequence[Any]
    total: int
    #: Finding -> the open ones from the top of the list, as it is sifted and sorted, down to it.
    above: Mapping[int, Sequence[int]]

    @property
    def left(self) -> int:
        """How many are not shown yet."""
        return self.total - len(self.shown)


def sift_of(asked: Mapping[str, str], counts: Mapping[str, Mapping[str, int]]) -> Sift:
    """Read the filters from an address; a kind that is not named is the first that has something open.

    Parameters
    ----------
    counts : mapping of kind to (state to count)
        See `progress`.
    """
    kinds = [*FindingKind.values, CONFLICT]
    kind = asked.get("kind", "")
    if kind not in kinds:
        kind = next((one for one in kinds if counts.get(one, {}).get(WAITING)), kinds[0])
    states = {ALL, *(ConflictState.values if kind == CONFLICT else FindingState.values)}
    state, order, upto = asked.get("state", ""), asked.get("order", ""), asked.get("upto", "")
    return Sift(
        kind=kind,
        state=state if state in states else WAITING,
        order=order if order in ORDERS else ORDERS[0],
        sought=asked.get("q", "").strip()[:60],
        at=asked.get("at", "")[:20],
        upto=min(int(upto), 2000) if upto.isdecimal() else PAGE,
    )


def findings_listed(intake: Intake, sift: Sift) -> Listed:
    """Return the findings to be shown; a card that is sought by its key is among them."""
    rows = list(Finding.objects.filter(intake=intake, kind=sift.kind).exclude(state=FindingState.REPLACED))
    kept = [one for one in rows if _wanted(one, sift, intake.text)]
    if sift.order == ORDERS[1]:
        kept.sort(key=lambda one: (one.confidence is None, one.confidence or 0))
    waiting = [one.pk for one in kept if one.state == FindingState.OPEN]
    above = {key: waiting[: place + 1] for place, key in enumerate(waiting)}
    return _cut(kept, sift, above, [str(one.pk) for one in kept])


def conflicts_listed(conflicts: Iterable[Conflict], sift: Sift) -> Listed:
    """Return those conflicts of a review that are to be shown."""
    kept = [
        one
        for one in conflicts
        if (sift.state == ALL or one.state == sift.state or f"{CONFLICT_PREFIX}{one.pk}" == sift.at)
        and (not sift.sought or sift.sought in one.what)
    ]
    return _cut(kept, sift, {}, [f"{CONFLICT_PREFIX}{one.pk}" for one in kept])


def _wanted(one: Finding, sift: Sift, text: str) -> bool:
    if str(one.pk) == sift.at:
        return True
    if sift.state not in (ALL, one.state):
        return False
    return not sift.sought or sift.sought in title_of(one.kind, one.facts) + text[one.start : one.end]


def _cut(kept: Sequence[Any], sift: Sift, above: Mapping[int, Sequence[int]], keys: Sequence[str]) -> Listed:
    upto = max(sift.upto, keys.index(sift.at) + 1 if sift.at in keys else 0)
    whole = -(-upto // PAGE) * PAGE
    return Listed(kept[:whole], len(kept), above)
