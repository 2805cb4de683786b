"""Entering a record once, and again without harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from qingshan.history import public as history
from qingshan.plans.actions.records import checked, first_version

REASON = "数据包载入"
REASON_AGAIN = "数据包更新"


class Desk:
    """Where records of one pack are entered: remembers what is there, and counts what was done.

    Parameters
    ----------
    day : date
        The first day on which the records hold.
    at : datetime
        When they are entered.
    """

    def __init__(self, *, day: date, at: datetime) -> None:
        self.day, self.at = day, at
        self.counts: Counter[str] = Counter()
        self._known: dict[tuple[type, str], tuple[dict[Any, Any], dict[int, Any]]] = {}

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
        self.counts["entered"] += 1
        return first_version(
            versions, subject, facts, valid_from=self.day, by=None, at=self.at, reason=REASON, **fixed
        )

    def again(self, version: Any, facts: Mapping[str, Any]) -> Any:
        """Bring a record up to date, unless people have changed it since."""
        if version.recorded_by_id is not None:  # people have changed it: theirs it is
            self.counts["kept"] += 1
            return version
        after = history.revise(
            version,
            changes=checked(type(version), facts),
            valid_from=max(self.day, version.valid_from),
            by=None,
            at=self.at,
            reason=REASON_AGAIN,
        )
        self.counts["unchanged" if after.pk == version.pk else "revised"] += 1
        return after

    def _there(
        self, identity: type[Any], versions: type[Any], field: str, within: Mapping[str, Any]
    ) -> tuple[dict[Any, Any], dict[int, Any]]:
        belongs = (identity, ",".join(f"{name}={record.pk}" for name, record in within.items()))
        if belongs not in self._known:
            subjects = {getattr(one, field): one for one in identity.objects.filter(**within)}
            numbers = [one.pk for one in subjects.values()]
            current = versions.objects.current().filter(subject_id__in=numbers)
            self._known[belongs] = subjects, {one.subject_id: one for one in current}
        return self._known[belongs]
