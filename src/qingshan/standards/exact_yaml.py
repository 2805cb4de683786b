"""YAML whose decimals stay exact: ``0.05`` is read as the decimal 0.05, never as a binary float.

Only ``true`` and ``false`` are truth values here: YAML 1.1 would read the pollutant ``NO`` as
false, and the key ``on`` as true.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

__all__ = ["BadYaml", "read_exact", "read_exact_text"]

# The C reader is part of most PyYAML wheels and ten times as fast; the other one reads the same.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadYaml(ValueError):
    """The text is not YAML, or names a key twice."""


_TRUTH = "tag:yaml.org,2002:bool"


class _ExactLoader(_Base):  # type: ignore[misc]
    """Reads decimals exactly and refuses a key that stands twice in one mapping."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag != _TRUTH]
        for first, known in _Base.yaml_implicit_resolvers.items()
    }


# The whole word: a resolver looks at the beginning alone, and would take ``false_data`` for false.
_ExactLoader.add_implicit_resolver(
    _TRUTH, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)


def _decimal(loader: Any, node: Any) -> Decimal:
    text = str(loader.construct_scalar(node)).replace("_", "")
    try:
        return Decimal(text.replace(".inf", "Infinity").replace(".nan", "NaN"))
    except ArithmeticError:
        raise BadYaml(f"{text!r} at {node.start_mark} is not a decimal number") from None


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise BadYaml(f"{key!r} stands twice in one mapping{key_node.start_mark}")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
_ExactLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_exact_text(text: str) -> Any:
    """Return what a YAML text says, with decimals as `decimal.Decimal`.

    Raises
    ------
    BadYaml
        The text is no YAML, or one mapping holds a key twice.

    Examples
    --------
    >>> read_exact_text("{CO: 4.05, days: 31}")
    {'CO': Decimal('4.05'), 'days': 31}
    """
    try:
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as problem:
        raise BadYaml(str(problem)) from None


def read_exact(path: Path) -> Any:
    """Return what a YAML file says; see `read_exact_text`. A file that is not text is no YAML either."""
    try:
        return read_exact_text(path.read_text(encoding="utf-8"))
    except (BadYaml, UnicodeDecodeError) as problem:
        raise BadYaml(f"{path.name}: {problem}") from None
