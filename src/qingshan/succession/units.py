"""Units of measurement that convert into each other, as data (单位换算). Pure: no database, no floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

__all__ = ["converted", "same_quantity"]

_FILE = Path(__file__).with_name("units.yaml")


@dataclass(frozen=True, slots=True)
class _Unit:
    """The quantity a unit measures, and how much of that quantity's first unit it is."""

    quantity: str
    factor: Decimal


@cache
def _units() -> Mapping[str, _Unit]:
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found: dict[str, _Unit] = {}
    for group in told:
        for name, factor in group["units"].items():
            if name in found:
                raise ValueError(f"unit {name!r} stands twice in {_FILE.name}")
            found[name] = _Unit(group["quantity"], Decimal(factor))
    return found


def same_quantity(one: str, other: str) -> bool:
    """Return whether values in two units may be compared.

    Examples
    --------
    >>> same_quantity("万吨", "吨"), same_quantity("万吨", "万t/a"), same_quantity("分", "分")
    (True, False, True)
    """
    if one == other:
        return True
    known = _units()
    return one in known and other in known and known[one].quantity == known[other].quantity


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Return a value in another unit, exact; None where the units do not convert.

    Parameters
    ----------
    value : Decimal
    unit, to : str
        Units as printed.

    Examples
    --------
    >>> converted(Decimal("0.35"), "万吨", "吨"), converted(Decimal("21"), "μg/m3", "μg/m³")
    (Decimal('3500'), Decimal('21'))
    >>> converted(Decimal(1), "吨", "%") is None
    True
    """
    if unit == to:
        return value
    if not same_quantity(unit, to):
        return None
    known = _units()
    if known[unit].factor == known[to].factor:
        return value
    plain = (value * known[unit].factor / known[to].factor).normalize()
    return plain if plain.as_tuple().exponent <= 0 else plain.quantize(Decimal(1))  # type: ignore[operator]
