"""Events as they lie in the outbox: a frozen dataclass to JSON and back, by its annotations."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from qingshan.kernel.refs import Ref

E = TypeVar("E")


class BadEvent(ValueError):
    """The event cannot be written, or what is written cannot be read back."""


def event_name(event: type) -> str:
    """Return the name events of this type carry: ``room.ClassName``.

    Examples
    --------
    >>> from qingshan.jobs.events import JobEnded
    >>> event_name(JobEnded)
    'jobs.JobEnded'
    """
    parts = event.__module__.split(".")
    room = parts[1] if parts[0] == "qingshan" and len(parts) > 1 else parts[0]
    return f"{room}.{event.__name__}"


def to_wire(event: Any) -> dict[str, Any]:
    """Return an event as JSON values.

    Raises
    ------
    BadEvent
        Not a frozen dataclass, or a field of a type the outbox does not carry.
    """
    if not dataclasses.is_dataclass(event) or isinstance(event, type):
        raise BadEvent(f"{event!r} is not an instance of a dataclass")
    return {field.name: _out(getattr(event, field.name), field.name) for field in dataclasses.fields(event)}


def from_wire(event: type[E], found: Mapping[str, Any]) -> E:
    """Read an event back. Fields the type no longer has are passed over; new ones need a default.

    Raises
    ------
    BadEvent
        A field without default is missing, or a value does not fit its annotation.
    """
    hints = get_type_hints(event)
    known = {field.name for field in dataclasses.fields(event)}  # type: ignore[arg-type]
    try:
        return event(**{name: _in(value, hints[name]) for name, value in found.items() if name in known})
    except (TypeError, ValueError, ArithmeticError) as error:
        raise BadEvent(f"{event_name(event)}: {error}") from error


def _out(value: Any, name: str) -> Any:
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal() | Ref():
            return str(value)
        case tuple() | list() | frozenset():
            return [_out(part, name) for part in value]
    raise BadEvent(f"field {name}: an event cannot carry {type(value).__name__}")


def _in(value: Any, hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _in_union(value, get_args(hint))
    if origin in (tuple, list, frozenset):
        return origin(_in(part, get_args(hint)[0]) for part in value)
    if hint is Ref:
        return Ref.read(value)
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    if hint is Decimal or (isinstance(hint, type) and issubclass(hint, Enum)):
        return hint(value)
    if isinstance(hint, type) and not isinstance(value, hint):
        raise TypeError(f"{value!r} is not {hint.__name__}")
    return value


def _in_union(value: Any, hints: tuple[Any, ...]) -> Any:
    if value is None and type(None) in hints:
        return None
    (hint,) = (hint for hint in hints if hint is not type(None))
    return _in(value, hint)
