"""Reading versions back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from qingshan.history.actions import OWN_FIELDS
from qingshan.history.models import Version


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one step: its label, what it was, what it became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One version and what it changed against the one before it."""

    version: Version
    changes: tuple[FieldChange, ...]


def steps(versions: Iterable[Version]) -> Iterator[Step]:
    """Yield the history of one record, newest first, each step with what it changed.

    Parameters
    ----------
    versions
        All versions of one subject, in any order.
    """
    ordered = sorted(versions, key=lambda version: version.number)
    pairs = list(zip([None, *ordered], ordered, strict=False))
    for before, after in reversed(pairs):
        yield Step(after, changes(before, after) if before else ())


def changes(before: Version, after: Version) -> tuple[FieldChange, ...]:
    """Return what one version says otherwise than another; ``after`` need not be saved yet."""
    return tuple(_changes(before, after))


def _changes(before: Version, after: Version) -> Iterator[FieldChange]:
    for field in after._meta.concrete_fields:
        if field.name in OWN_FIELDS or field.name == "subject" or not field.editable:
            continue
        was, became = getattr(before, field.attname), getattr(after, field.attname)
        if was != became:
            yield FieldChange(str(field.verbose_name), _shown(before, field), _shown(after, field))


def _shown(version: Version, field: models.Field[Any, Any]) -> str:
    if field.choices:
        return str(getattr(version, f"get_{field.name}_display")())
    found = getattr(version, field.name)
    if found is None:
        return ""
    shown = getattr(field, "shown", str)  # a field of its own kind says how it is read
    return str(shown(found))
