"""Families of examples about groundwater."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact
from qingshan.science.groundwater.index import exceedance_multiple
from qingshan.science.groundwater.quality import GroundwaterClass, groundwater_class, presence
from qingshan.science.water.readings import DAMAGE, Reading, read_value

__all__ = ["FAMILIES"]

RULES = GroundwaterRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_UNITS = {"_mg_L": "mg/L", "_ug_L": "µg/L"}
_THOUSANDTHS = {("mg/L", "µg/L"): Fraction(1000), ("µg/L", "mg/L"): Fraction(1, 1000)}
_SYMBOLS = {
    "铁": "Fe",
    "锰": "Mn",
    "铜": "Cu",
    "锌": "Zn",
    "铝": "Al",
    "砷": "As",
    "汞": "Hg",
    "镉": "Cd",
    "铅": "Pb",
    "氟化物": "F",
}
_CLASS_WORD = re.compile(r"\b(IV|V|III|II|I)\b")


def _quality(example: Example) -> dict[str, Any]:
    values = _values(example.inputs)
    others = _others(example.inputs.get("others"))
    if not values:
        return _from_words(example)
    found = groundwater_class(values, RULES.scale(values))
    if isinstance(found.water_class, Missing):
        raise Unsupported(f"there is no class: {found.water_class.reason}")
    overall = max(found.water_class, *others) if others else found.water_class
    one = next(iter(found.item_classes.values())) if len(found.item_classes) == 1 else None
    computed: dict[str, Any] = {
        "item_classes": {item: water_class.label for item, water_class in found.item_classes.items()},
        "overall": overall.label,
        "worst_items": [item for item, one in found.item_classes.items() if one == overall],
        "meets_III": overall <= GroundwaterClass.III,
        "class": None if one is None else one.label,
    }
    for water_class in GroundwaterClass:
        named = [item for item, one in found.item_classes.items() if one == water_class]
        computed[f"{water_class.label}_items"] = named
    for item in found.item_classes:
        symbol = _SYMBOLS.get(item, item)
        computed[f"class_of_{symbol}"] = found.item_classes[item].label
        key = f"implied_{symbol}_mg_L"
        computed[key] = as_printed(values[item].value, example.expected.get(key), 2)
    return computed


def _from_words(example: Example) -> dict[str, Any]:
    """A bulletin that names only the items that exceed class III."""
    named = example.inputs.get("exceeding_III")
    if not isinstance(named, list):
        raise Unsupported("no value of any item is given")
    if strange := set(named) - set(RULES.names):
        raise Unsupported(f"{sorted(strange)} stand in neither table")
    return {"meets_III": not named}


def _values(inputs: Mapping[str, Any]) -> dict[str, Reading]:
    """Values by item, in the unit of the item's limit; a printed multiple gives its value back."""
    found: dict[str, Reading] = {}
    for key, raw in inputs.items():
        item, factor = _item(key)
        if item is None:
            continue
        if key.endswith("_multiple"):
            limit = RULES.rulebook("limits").number("limits", item=item, water_class="III")
            found[item] = Reading(exact(limit) * (1 + exact(raw)))
            continue
        if item in RULES.presence_items:
            found[item] = Reading(presence(str(raw)))
            continue
        reading = read_value(str(raw))
        if isinstance(reading, Missing):
            if reading.reason in DAMAGE:
                raise Unsupported(f"{key}: {raw!r} is no value: {reading.reason}")
            continue
        found[item] = Reading(reading.value * factor, reading.below)
    return found


def _item(key: str) -> tuple[str | None, Fraction]:
    """The item that a key names, and what its values are multiplied by."""
    names = RULES.names
    if key in names:
        return key, Fraction(1)
    if key.removesuffix("_multiple") in names:
        return key.removesuffix("_multiple"), Fraction(1)
    for suffix, unit in _UNITS.items():
        item = key.removesuffix(suffix)
        if item != key and item in names:
            own = RULES.unit(item)
            if own != unit and (unit, own) not in _THOUSANDTHS:
                raise Unsupported(f"{key}: limits of {item} are in {own}")
            return item, _THOUSANDTHS.get((unit, own), Fraction(1))
    return None, Fraction(1)


def _others(words: Any) -> list[GroundwaterClass]:
    """The worst class that all other items are said to reach, where the words name one."""
    named = [GroundwaterClass[word] for word in _CLASS_WORD.findall(str(words or ""))]
    return [max(named)] if named else []


def _index(example: Example) -> dict[str, Any]:
    word = str(example.inputs.get("target", "III"))
    if word not in GroundwaterClass.__members__:
        raise Unsupported(f"{word!r} is no class")
    target = GroundwaterClass[word]
    computed: dict[str, Any] = {}
    for item, reading in _values(example.inputs).items():
        symbol = _SYMBOLS.get(item, item)
        index, _ = RULES.index(item, reading, target)
        computed[f"P_{symbol}"] = as_printed(index, example.expected.get(f"P_{symbol}"), 2)
        computed[f"{symbol}_exceeds"] = RULES.exceeds(index)
        if item != "pH":
            limit = RULES.rulebook("limits").number("limits", item=item, water_class=target.name)
            multiple = exceedance_multiple(reading.value, limit)
            key = f"{symbol}_multiple"
            computed[key] = as_printed(multiple, example.expected.get(key), 2)
    return computed


# Why an item exceeds (natural background) is said by the bulletin, not by its values.
_REMARKS = frozenset({"note", "reason"})
# Which items are in a class, not in which order they are named.
_NAMED_ITEMS = frozenset({"worst_items"} | {f"{water_class.label}_items" for water_class in GroundwaterClass})

FAMILIES: Mapping[str, Family] = {
    "groundwater": Family(_quality, _REMARKS, unordered=_NAMED_ITEMS),
    "groundwater_index": Family(_index, _REMARKS),
}
