"""Entering a record once, and again without harm.

What the text said and what people said are told apart by the reason of a version: the loader writes
one of its own, a person has to give theirs. A record whose newest version is a person's is theirs, and stays.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from qingshan.history import public as history
from qingshan.history.public import FieldChange, Version
from qingshan.plans import policies
from qingshan.plans.actions.records import checked, first_version
from qingshan.plans.locks import require_open

REASON = "数据包载入"
REASON_AGAIN = "数据包更新"
REASON_REVIEWED = "规划文本审阅写入"
REASON_CORRECTED = "规划文本修订版写入"
_BY_THE_TEXT = frozenset({REASON, REASON_AGAIN, REASON_REVIEWED, REASON_CORRECTED})

#: Where it stands in the text. An edition in which only this moved leaves a record as it is, and with it the
#: passage that people accepted it by.
PLACE_FIELDS = frozenset(
    {"place_start", "place_end", "place_anchor", "place_document", "extent_start", "extent_end", "order"}
)


class Outcome(StrEnum):
    """What entering did to one record."""

    ENTERED = "entered"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Told:
    """One record, what was done to it, and which fields the text says otherwise (also where it was kept)."""

    outcome: Outcome
    kind: str
    code: str
    name: str
    changes: tuple[FieldChange, ...]


def is_theirs(version: Version) -> bool:
    """Whether people have changed a record since the text was entered."""
    return version.recorded_by_id is not None and version.reason not in _BY_THE_TEXT


class Desk:
    """Where records of one pack are entered: remembers what is there, and counts what was done.

    Parameters
    ----------
    day : date
        The first day on which the records hold.
    at : datetime
        When they are entered.
    by : User, optional
        Who enters them; None is the system itself.
    reviewed : bool
        They come from the review of a document, not from a pack; a record of which only the passage moved
        is then left as it is.
    """

    def __init__(self, *, day: date, at: datetime, by: Any = None, reviewed: bool = False) -> None:
        self.day, self.at, self.by, self._reviewed = day, at, by, reviewed
        self.reason = REASON_REVIEWED if reviewed else REASON
        self.told: list[Told] = []
        self._reason_again = REASON_CORRECTED if reviewed else REASON_AGAIN
        self._quiet = PLACE_FIELDS if reviewed else frozenset()
        self._found_open: set[tuple[int, date]] = set()
        self._known: dict[tuple[type, str], tuple[dict[Any, Any], dict[int, Any]]] = {}

    def order(self, position: int, start: int) -> int:
        """Return the order of a record: its position in a pack, its place in a text that is still reviewed.

        A review enters its items a few at a time; by their places each finds its own between the others.
        """
        return start if self._reviewed else position

    def put(
        self,
        identity: type[Any],
        versions: type[Any],
        key: Mapping[str, Any],
        facts: Mapping[str, Any],
        *,
        within: Mapping[str, Any],
        **fixed: Any,
    ) -> Any:
        """Enter a record, or bring it up to date, and return its identity.

        Parameters
        ----------
        key : mapping
            What names it, one field: ``{"code": "001-T1-01"}``.
        within : mapping
            What it belongs to: ``{"plan": plan}``.
        fixed : Any
            Columns of a first version that facts never change (``plan``).
        """
        ((field, name),) = key.items()
        subjects, held = self._there(identity, versions, field, within)
        if name not in subjects:
            subject = identity.objects.create(**within, **key)
            held[subject.pk] = self.first(versions, subject, facts, **fixed)
            subjects[name] = subject
            return subject
        subject = subjects[name]
        held[subject.pk] = self.again(held[subject.pk], facts)
        return subject

    def first(self, versions: type[Any], subject: Any, facts: Mapping[str, Any], **fixed: Any) -> Any:
        """Enter the first version of a record."""
        self._open(subject, self.day)
        version = first_version(
            versions, subject, facts, valid_from=self.day, by=self.by, at=self.at, reason=self.reason, **fixed
        )
        self._tell(Outcome.ENTERED, version)
        return version

    def again(self, version: Any, facts: Mapping[str, Any]) -> Any:
        """Bring a record up to date, unless people have changed it since."""
        changed = self._said(version, checked(type(version), facts))
        differing = history.differences(version, changed)
        if not set(differing) - self._quiet:
            return self._tell(Outcome.UNCHANGED, version)
        changes = history.changes(version, _with(version, changed))
        if is_theirs(version):
            return self._tell(Outcome.KEPT, version, changes)
        day = max(self.day, version.valid_from)
        self._open(version.subject, day)
        after = history.revise(
            version,
            changes=changed,
            valid_from=day,
            by=self.by,
            at=self.at,
            reason=self._reason_again,
        )
        return self._tell(Outcome.REVISED, after, changes)

    def _open(self, subject: Any, day: date) -> None:
        """Refuse what would change a locked day; a pack is one plan's, so the answer is asked for once."""
        plan = policies.plan_of(subject)
        if plan is not None and (plan.pk, day) not in self._found_open:
            require_open(plan, day)
            self._found_open.add((plan.pk, day))

    def _said(self, version: Any, facts: dict[str, Any]) -> dict[str, Any]:
        """What a text says; where a review leaves a field empty, what is there already is not erased."""
        if not self._reviewed:
            return facts
        return {
            name: value
            for name, value in facts.items()
            if value not in ("", None) or not getattr(version, name)
        }

    @property
    def counts(self) -> Counter[str]:
        """How many versions were entered, revised, left as they were, kept because people own them."""
        return Counter(one.outcome.value for one in self.told)

    def _tell(self, outcome: Outcome, version: Any, changes: tuple[FieldChange, ...] = ()) -> Any:
        subject = version.subject
        code = getattr(subject, "code", "") or str(subject)
        kind = subject._meta.model_name
        self.told.append(Told(outcome, kind, code, str(version), changes))
        return version

    def _there(
        self, identity: type[Any], versions: type[Any], field: str, within: Mapping[str, Any]
    ) -> tuple[dict[Any, Any], dict[int, Any]]:
        belongs = (identity, ",".join(f"{name}={record.pk}" for name, record in within.items()))
        if belongs not in self._known:
            subjects = {getattr(one, field): one for one in identity.objects.filter(**within)}
            by_number = {one.pk: one for one in subjects.values()}
            held = {}
            for one in versions.objects.current().filter(subject_id__in=by_number):
                one.subject = by_number[one.subject_id]  # its code is told without asking
                for name, record in within.items():
                    setattr(one.subject, name, record)
                held[one.subject_id] = one
            self._known[belongs] = subjects, held
        return self._known[belongs]


def _with(version: Any, changed: Mapping[str, Any]) -> Any:
    """The version as it would be; never saved."""
    after = copy.copy(version)
    for name, value in changed.items():
        setattr(after, name, value)
    return after
