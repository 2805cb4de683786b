"""Reading what somebody else wrote into frozen records: exactly the fields there are, each of its kind.

What a record may hold is said by its type hints alone: text, whole numbers, true or false, days, instants,
records, lists of these, and tables of records by name. Nothing is guessed and nothing converted, so that
what is read and written again is the same characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from qingshan.levels.instants import read_instant

__all__ = ["Misfit", "read_record"]

_TEXT_AT_MOST = 20_000
_ROWS_AT_MOST = 50_000
_NUMBER_AT_MOST = 2**53 - 1  # what every reader of JSON holds exactly


class Misfit(ValueError):
    """What was read does not fit; ``where`` names the place, such as ``projects[3].percent``."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(where)


def read_record(cls: type[Any], data: Any, where: str = "") -> Any:
    """Return a frozen record of some plain data.

    Raises
    ------
    Misfit
        A field is missing, unknown or of another kind.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Day:
    ...     on: date
    >>> read_record(Day, {"on": "2026-03-01"})
    Day(on=datetime.date(2026, 3, 1))
    >>> read_record(Day, {"on": "20260301"})
    Traceback (most recent call last):
    qingshan.levels.strict.Misfit: on
    """
    names = [field.name for field in fields(cls)]
    if not isinstance(data, Mapping) or set(data) != set(names):
        raise Misfit(where or cls.__name__)
    kinds = get_type_hints(cls)
    return cls(**{name: _value(kinds[name], data[name], _inside(where, name)) for name in names})


def _inside(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _value(kind: Any, data: Any, where: str) -> Any:
    if get_origin(kind) is UnionType:
        return None if data is None else _value(_only(kind), data, where)
    if get_origin(kind) is tuple:
        if not isinstance(data, list) or len(data) > _ROWS_AT_MOST:
            raise Misfit(where)
        return tuple(_value(get_args(kind)[0], one, f"{where}[{number}]") for number, one in enumerate(data))
    if get_origin(kind) is dict:
        if not isinstance(data, Mapping) or len(data) > _ROWS_AT_MOST:
            raise Misfit(where)
        return {name: _value(get_args(kind)[1], one, _inside(where, name)) for name, one in data.items()}
    if is_dataclass(kind):
        return read_record(kind, data, where)  # type: ignore[arg-type]
    return _PLAIN[kind](data, where)


def _only(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not NoneType)


def _text(data: Any, where: str) -> str:
    if not isinstance(data, str) or len(data) > _TEXT_AT_MOST or "\x00" in data or not _encodable(data):
        raise Misfit(where)
    return data


def _encodable(text: str) -> bool:
    """Half a surrogate pair passes through JSON, and no database or file takes it."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _number(data: Any, where: str) -> int:
    if type(data) is not int or not 0 <= data <= _NUMBER_AT_MOST:
        raise Misfit(where)
    return data


def _flag(data: Any, where: str) -> bool:
    if type(data) is not bool:
        raise Misfit(where)
    return data


def _day(data: Any, where: str) -> date:
    text = _text(data, where)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Misfit(where) from None
    if day.isoformat() != text:  # one way to write a day, not three
        raise Misfit(where)
    return day


def _instant(data: Any, where: str) -> datetime:
    try:
        return read_instant(_text(data, where))
    except ValueError:
        raise Misfit(where) from None


_PLAIN: Mapping[Any, Any] = {str: _text, int: _number, bool: _flag, date: _day, datetime: _instant}
