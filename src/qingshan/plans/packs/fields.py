"""Reading one item of a pack field by field; a refusal names file, item, field, value found and allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

__all__ = ["Item", "PackError", "mapping_of", "read_mapping"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_REQUIRED = object()
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


class PackError(ValueError):
    """A pack breaks its schema: ``file``, ``item``, ``field``, value ``found``, value ``allowed``."""

    def __init__(self, file: str, item: str, field: str, found: object, allowed: str) -> None:
        self.file, self.item, self.field, self.found, self.allowed = file, item, field, found, allowed
        super().__init__(f"{file}: {item}: {field}: found {found!r}, allowed: {allowed}")


class _TextNumbers(yaml.SafeLoader):
    """YAML without binary floats and without silently repeated keys."""


def _no_float(loader: yaml.SafeLoader, node: yaml.Node) -> str:
    raise yaml.YAMLError(f"line {node.start_mark.line + 1}: {node.value} must be quoted, to stay exact")


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = {str(key) for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.YAMLError(f"line {node.start_mark.line + 1}: key given twice: {', '.join(sorted(twice))}")
    return loader.construct_mapping(node, deep=True)


_TextNumbers.add_constructor("tag:yaml.org,2002:float", _no_float)
_TextNumbers.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_mapping(path: Path) -> Item:
    """Read one YAML file whose top is a mapping.

    Raises
    ------
    PackError
        The file is absent, not UTF-8, not YAML, holds a bare decimal or a key twice, or is no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackError(
            path.name, "-", "file", "nothing", f"a file {path.name} in {path.parent.name}"
        ) from None
    except UnicodeDecodeError as error:
        raise PackError(path.name, "-", "encoding", str(error), "UTF-8") from None
    return mapping_of(text, path.name)


def mapping_of(text: str, file: str) -> Item:
    """Read a YAML text whose top is a mapping; ``file`` names it in refusals.

    Raises
    ------
    PackError
        The text is not YAML, holds a bare decimal or a key twice, or is no mapping.
    """
    try:
        data = yaml.load(text, _TextNumbers)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise PackError(file, "-", "YAML", str(error), "one well-formed mapping") from None
    if not isinstance(data, dict):
        raise PackError(file, "-", "top", type(data).__name__, "a mapping")
    return Item(file, "-", data)


class Item:
    """A mapping being read. Each field is taken once; ``finish`` refuses what nobody took."""

    def __init__(self, file: str, name: str, data: dict[str, Any]) -> None:
        self.file, self.name, self._data = file, name, dict(data)

    def refuse(self, field: str, found: object, allowed: str) -> PackError:
        """The error to raise about a field of this item."""
        return PackError(self.file, self.name, field, found, allowed)

    def _take(self, field: str, default: object = _REQUIRED) -> Any:
        if field in self._data:
            return self._data.pop(field)
        if default is _REQUIRED:
            raise self.refuse(field, "nothing", "the field must be there (null where the text prints none)")
        return default

    def text(self, field: str, *, default: str | None = None) -> str:
        """A text that is not empty, or the default where the field is absent."""
        found = self._take(field, _REQUIRED if default is None else default)
        if not isinstance(found, str) or (not found.strip() and default is None):
            raise self.refuse(field, found, "a text that is not empty (numbers quoted)")
        return found

    def text_or_none(self, field: str) -> str | None:
        """A text or null; the field must be there."""
        found = self._take(field)
        if found is not None and (not isinstance(found, str) or not found.strip()):
            raise self.refuse(field, found, "a text or null (numbers quoted)")
        return found

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; absent means none."""
        found = self._take(field, [])
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            raise self.refuse(field, found, "a list of texts")
        return tuple(found)

    def integer(self, field: str) -> int:
        """A whole number."""
        found = self._take(field)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.refuse(field, found, "a whole number")
        return found

    def integers(self, field: str, count: int | None = None) -> tuple[int, ...]:
        """A list of whole numbers, of the length asked for."""
        found = self._take(field)
        if not isinstance(found, list) or not all(isinstance(one, int) for one in found):
            raise self.refuse(field, found, "a list of whole numbers")
        if count is not None and len(found) != count:
            raise self.refuse(field, found, f"{count} whole numbers")
        return tuple(found)

    def integer_or_none(self, field: str, *, absent_is_none: bool = False) -> int | None:
        """A whole number or null."""
        found = self._take(field, None if absent_is_none else _REQUIRED)
        if found is not None and (not isinstance(found, int) or isinstance(found, bool)):
            raise self.refuse(field, found, "a whole number or null")
        return found

    def flag(self, field: str, *, default: bool) -> bool:
        """True or false."""
        found = self._take(field, default)
        if not isinstance(found, bool):
            raise self.refuse(field, found, "true or false")
        return found

    def decimal_or_none(self, field: str, *, absent_is_none: bool = False) -> Decimal | None:
        """A quoted number, exact, or null."""
        found = self._take(field, None if absent_is_none else _REQUIRED)
        if found is None:
            return None
        if not isinstance(found, str) or not _NUMBER.fullmatch(found):
            raise self.refuse(field, found, 'a quoted plain number like "95.4", or null')
        return Decimal(found)

    def decimals(self, field: str) -> dict[str, Decimal]:
        """A mapping of names to quoted numbers; absent means none."""
        found = self._take(field, {})
        if not isinstance(found, dict):
            raise self.refuse(field, found, 'a mapping of names to quoted numbers like "95.4"')
        names = Item(self.file, f"{self.name}.{field}", found)
        read = {name: names.decimal_or_none(name) for name in found}
        if missing := [name for name, value in read.items() if value is None]:
            raise names.refuse(missing[0], None, 'a quoted plain number like "95.4"')
        return {name: value for name, value in read.items() if value is not None}

    def decimal(self, field: str) -> Decimal:
        """A quoted number, exact."""
        found = self.decimal_or_none(field)
        if found is None:
            raise self.refuse(field, found, 'a quoted plain number like "95.4"')
        return found

    def day_or_none(self, field: str) -> date | None:
        """A day (2023-02-02) or null."""
        found = self._take(field)
        if found is not None and type(found) is not date:
            raise self.refuse(field, found, "a day like 2023-02-02, or null")
        return found

    def choice(self, field: str, kind: type[_E]) -> _E:
        """A member of an enumeration."""
        found = self._take(field)
        if found not in {member.value for member in kind}:
            raise self.refuse(field, found, ", ".join(kind))
        return kind(found)

    def choice_or_none(self, field: str, kind: type[_E]) -> _E | None:
        """A member of an enumeration; absent or null means none."""
        if self._data.get(field) is None:
            self._data.pop(field, None)
            return None
        return self.choice(field, kind)

    def part(self, field: str, read: Callable[[Item], _T]) -> _T:
        """A mapping inside this one, read to its end."""
        found = self._take(field)
        if not isinstance(found, dict):
            raise self.refuse(field, found, "a mapping")
        return _whole(Item(self.file, f"{self.name}.{field}", found), read)

    def part_or_none(self, field: str, read: Callable[[Item], _T]) -> _T | None:
        """As ``part``; absent or null means none."""
        if self._data.get(field) is None:
            self._data.pop(field, None)
            return None
        return self.part(field, read)

    def parts(self, field: str, read: Callable[[Item], _T]) -> tuple[_T, ...]:
        """A list of mappings, each read to its end; absent means none."""
        found = self._take(field, [])
        if not isinstance(found, list):
            raise self.refuse(field, found, "a list of mappings")
        return tuple(_whole(one, read) for one in self._each(field, found))

    def _each(self, field: str, found: list[Any]) -> Iterator[Item]:
        for number, one in enumerate(found, start=1):
            if not isinstance(one, dict):
                raise self.refuse(f"{field}[{number}]", one, "a mapping")
            own = one.get("code") or f"{field}[{number}]"
            yield Item(self.file, str(own) if self.name == "-" else f"{self.name}.{own}", one)

    def finish(self) -> None:
        """Refuse fields that the schema does not know.

        Raises
        ------
        PackError
            A field is left over.
        """
        for field, found in self._data.items():
            raise self.refuse(str(field), found, "no such field in the schema")


def _whole(item: Item, read: Callable[[Item], _T]) -> _T:
    result = read(item)
    item.finish()
    return result
