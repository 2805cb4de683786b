"""The only place that writes versions; and how a record is moved along its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.history.models import Version
from qingshan.kernel.flow import Flow

V = TypeVar("V", bound=Version)
S = TypeVar("S", bound=Enum)

#: What a new version sets itself and never copies from the one before it.
OWN_FIELDS = frozenset({"id", "number", "valid_from", "valid_to", "recorded_at", "recorded_by", "reason"})


class StaleVersion(Exception):
    """Somebody else has entered a newer version since this one was read; both are kept to be shown."""

    def __init__(self, read: Version, newest: Version) -> None:
        super().__init__(f"version {read.number} was read, but version {newest.number} is in force")
        self.read, self.newest = read, newest


class BeforeLastVersion(ValueError):
    """A version may not begin before the one it follows."""

    def __init__(self, valid_from: date, earliest: date) -> None:
        told = _("生效日期 %(given)s 早于现行版本的生效日期 %(earliest)s；请填这一天或以后的日期。")
        super().__init__(told % {"given": valid_from, "earliest": earliest})
        self.valid_from, self.earliest = valid_from, earliest


@transaction.atomic
def revise(
    version: V, *, changes: Mapping[str, Any], valid_from: date, by: Any, at: datetime, reason: str
) -> V:
    """Enter the next version of a record; the one before it ends the day the new one begins.

    Parameters
    ----------
    version : Version
        The version the writer saw; it must still be the newest.
    changes : mapping
        Field names and new values. With nothing really changed, the same version is returned.
    valid_from : date
        First day of the new version; the same day as the old one's first day supersedes it wholly
        (the old version then has an empty span, and is still in the history).

    Raises
    ------
    StaleVersion
        A newer version was entered meanwhile.
    BeforeLastVersion
        ``valid_from`` lies before the first day of the version it follows.
    """
    model: Any = type(version)  # a table of some room; its other columns are not known here
    subject_id = version.subject_id  # type: ignore[attr-defined]
    newest = model.objects.select_for_update().filter(subject_id=subject_id).order_by("-number").first()
    if newest is None or newest.number != version.number:
        raise StaleVersion(version, newest or version)
    if not differences(newest, changes):
        unchanged: V = newest
        return unchanged
    if valid_from < newest.valid_from:
        raise BeforeLastVersion(valid_from, newest.valid_from)
    model.objects.filter(pk=newest.pk).update(valid_to=valid_from)
    following: V = model.objects.create(
        **{**_copied(newest), **changes},
        number=newest.number + 1,
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
    )
    return following


@transaction.atomic
def end(version: V, *, on: date) -> V:
    """Let a record end: from this day it holds no more. Its versions stay."""
    if on < version.valid_from:
        raise BeforeLastVersion(on, version.valid_from)
    moved = type(version).objects.filter(pk=version.pk, valid_to__isnull=True).update(valid_to=on)
    version.refresh_from_db()
    if moved != 1:
        raise StaleVersion(version, version)
    return version


def move_once(
    record: Any, flow: Flow[S], move: str, *, stale: Callable[[str], Exception], **changes: Any
) -> tuple[S, S]:
    """Move a record in one statement, so that of two people at once only one succeeds.

    The record is read anew. Its step, the audit and the announcement are the caller's, in its transaction.

    Parameters
    ----------
    record
        It has a ``state``, and the state as a member of its enumeration: ``phase``.
    stale
        What is raised where somebody moved it first, made from the words of the state it is in now.
    changes
        Other columns and their values, written by the same statement.

    Returns
    -------
    tuple
        The states before and after.

    Raises
    ------
    IllegalMove
        The flow has no such move from the state that the record was read in.
    """
    before = record.phase
    after = flow.after(before, move)
    moved = type(record).objects.filter(pk=record.pk, state=before).update(state=after, **changes)
    record.refresh_from_db()
    if moved != 1:
        raise stale(str(record.phase.label))
    return before, after


def differences(version: Version, changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that would really change, with the value before and after."""
    return {
        name: (getattr(version, name), after)
        for name, after in changes.items()
        if getattr(version, name) != after
    }


def _copied(version: Version) -> dict[str, Any]:
    return {
        field.name: getattr(version, field.name)
        for field in version._meta.concrete_fields
        if field.name not in OWN_FIELDS
    }
