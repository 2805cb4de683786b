"""What a person's review made of the reader's findings: ``review.yaml`` of a pack, replayed.

A finding that the review does not name was accepted as it stands, and must lead to exactly one item of the
pack that says the same. ``edit`` names the fields a person changed, ``reject`` the findings that became
nothing, ``add`` the items no finding led to; each says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qingshan.plans.packs import Pack
from qingshan.plans.packs.shapes import Commitment, Indicator, Measure, Place, Printed, Provision
from qingshan.plans.packs.words import Attribute, TableKind, ValueKind
from qingshan.reading.text import fold, squeeze

__all__ = ["Item", "items_of", "leads_to", "said_by", "says"]

NEIGHBOURS = 40  # a duty may be named in the heading, and its anchor stand in the sentence after it
ATTRIBUTES = {Attribute.BINDING: "约束性", Attribute.EXPECTED: "预期性", Attribute.REFERENCE: "参考性"}


@dataclass(frozen=True)
class Item:
    """An item of the pack: its code, what the reader would say of it, and where its anchor stands."""

    code: str
    key: tuple[Any, ...]
    facts: dict[str, Any]
    span: tuple[int, int]


def plain(text: str | None) -> str:
    return fold(squeeze(text or "")).replace("*", "")


def where(place: Place, source: str) -> tuple[int, int]:
    """The characters of the anchor itself, white space between them counted."""
    at = [n for n in range(place.start, place.end) if not source[n].isspace()]
    first = "".join(source[n] for n in at).index(place.anchor)
    return at[first], at[first + len(place.anchor) - 1] + 1


def items_of(pack: Pack, kind: str, source: str) -> list[Item]:
    """Every item of a kind that a finding of that kind may lead to."""
    return [
        Item(one.code, key, facts, one.extent if kind == "measures" else where(place, source))
        for one, key, facts, place in _ITEMS[kind](pack)
    ]


def _indicators(pack: Pack) -> Iterator[tuple[Indicator, tuple[Any, ...], dict[str, Any], Place]]:
    kinds = {table.code: table.kind for table in pack.tables}
    for row in pack.indicators:
        facts = {
            "name": plain(row.name),
            "unit": plain(row.unit),
            "attribute": ATTRIBUTES[row.attribute],
            "category": plain("".join(row.category)),
            "baseline": _printed(row.baseline),
            "targets": [_printed(target) for target in row.targets],
            "actual": _printed(row.actual),
            "status": plain(row.printed_status),
        }
        yield row, (kinds[row.table] is TableKind.COMPLETION, row.order), facts, row.place


def _printed(one: Printed | None) -> tuple[str, str] | None:
    return one and (str(one.year), plain(one.raw))


def _commitments(pack: Pack) -> Iterator[tuple[Commitment, tuple[Any, ...], dict[str, Any], Place]]:
    for one in pack.commitments:
        number = one.typed.kind is ValueKind.NUMBER
        facts = {
            "kind": {"threshold": "quantified", "assigned": "assigned_by"}.get(
                one.kind.value, one.kind.value
            ),
            "operator": str(one.typed.operator) if number else "",
            "value": one.typed.value if number else None,
            "unit": plain(one.typed.unit) if number else "",
            "deadline": one.deadline,
        }
        yield one, (), facts, one.place


def _duties(pack: Pack) -> Iterator[tuple[Provision, tuple[Any, ...], dict[str, Any], Place]]:
    yield from ((one, (one.duty_code,), {}, one.place) for one in pack.provisions if one.duty_code)


def _zoning(pack: Pack) -> Iterator[tuple[Provision, tuple[Any, ...], dict[str, Any], Place]]:
    for one in pack.provisions:
        if one.effect:
            yield one, (), {"effect": one.effect.value}, one.place


def _measures(pack: Pack) -> Iterator[tuple[Measure, tuple[Any, ...], dict[str, Any], Place]]:
    for one in pack.measures:
        yield one, (plain(one.number + one.title),), {}, one.place


def _conflicts(pack: Pack) -> Iterator[tuple[Any, tuple[Any, ...], dict[str, Any], Place]]:
    yield from ((one, (one.type,), {}, one.a.place) for one in pack.plan.known_conflicts)


_ITEMS = {
    "indicators": _indicators,
    "commitments": _commitments,
    "duties": _duties,
    "zoning": _zoning,
    "measures": _measures,
    "conflicts": _conflicts,
}


def key_of(kind: str, found: dict[str, Any]) -> tuple[Any, ...]:
    if kind == "indicators":
        return (found["actual"] is not None, found["order"])
    if kind == "measures":
        return (plain(found["title"]),)
    return {"duties": (found.get("code"),), "conflicts": (found.get("type"),)}.get(kind, ())


def says(kind: str, found: dict[str, Any]) -> dict[str, Any]:
    """What a finding says, in the words of ``Item.facts``."""
    if kind == "indicators":
        return {
            "name": plain(found["name"]),
            "unit": plain(found["unit"]),
            "attribute": found["attribute"],
            "category": plain(found["category"]),
            "baseline": _raw(found["baseline"]),
            "targets": [_raw(target) for target in found["targets"]],
            "actual": _raw(found["actual"]),
            "status": plain(found["status"]),
        }
    if kind == "commitments":
        number = found["kind"] == "quantified"
        return {
            "kind": found["kind"],
            "operator": (found["operator"] or "") if number else "",
            "value": Decimal(str(found["value"])) if number else None,
            "unit": plain(found["unit"]) if number else "",
            "deadline": found["deadline"] or "",
        }
    return {"effect": found["effect"]} if kind == "zoning" else {}


def _raw(one: dict[str, Any] | None) -> tuple[str, str] | None:
    return one and (str(one["year"]), plain(one["raw"]))


def leads_to(kind: str, found: dict[str, Any], items: Sequence[Item]) -> Item | None:
    """The item a finding leads to if nobody says otherwise: the same thing, at the same place."""
    start, end = found["span"]
    reach = NEIGHBOURS if kind == "duties" else 0
    near = [
        item
        for item in items
        if item.key == key_of(kind, found)
        and (kind == "indicators" or (item.span[0] < end + reach and start - reach < item.span[1]))
    ]
    told = says(kind, found)
    return next((item for item in near if item.facts == told), near[0] if near else None)


def said_by(item: Item, found: dict[str, Any], kind: str) -> list[str]:
    """The fields in which an item says something else than its finding."""
    told = says(kind, found)
    return [field for field, value in item.facts.items() if told[field] != value]
