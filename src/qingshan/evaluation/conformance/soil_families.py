"""Family of examples about soil: farmland by pH and land, construction land by class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import given_number
from qingshan.evaluation.soil_rules import SoilRules
from qingshan.kernel.basis import Missing
from qingshan.science.soil.farmland import Land

__all__ = ["FAMILIES"]

RULES = SoilRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""


def _soil(example: Example) -> dict[str, Any]:
    if "land" in example.inputs:
        return _farmland(example)
    if "item" in example.inputs:
        return _construction(example)
    raise Unsupported(f"no calculation takes {sorted(example.inputs)}")


def _farmland(example: Example) -> dict[str, Any]:
    given = example.inputs
    contents = {item: given_number(given[item]) for item in given if item in RULES.farmland_names}
    found = RULES.judge_farmland(contents, given_number(given.get("pH")), Land(str(given["land"])))
    if isinstance(found.farmland_class, Missing):
        raise Unsupported(f"there is no class: {found.farmland_class.reason}")
    return {
        "class": found.farmland_class.label,
        "screening_intervention": {
            item: [pair.screening, pair.intervention] for item, pair in found.pairs.items()
        },
    }


def _construction(example: Example) -> dict[str, Any]:
    given = example.inputs
    item = RULES.construction_codes.get(str(given["item"]), str(given["item"]))
    found = RULES.judge_construction({item: given_number(given["value"])}, int(given["land_class"]))
    if isinstance(found.level, Missing):
        raise Unsupported(f"{item!r} has no values: {found.level.reason}")
    return {"judgement": found.level.label}


FAMILIES: Mapping[str, Family] = {"soil": Family(_soil)}
