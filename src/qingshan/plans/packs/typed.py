"""Reading the shapes that every file of a pack shares: places, typed values, printed values."""

from __future__ import annotations

from qingshan.plans.packs.fields import Item
from qingshan.plans.packs.shapes import Direction, Operator, Place, Printed, Typed, ValueKind

__all__ = ["read_extent", "read_place", "read_printed", "read_typed"]

LONGEST_PLACE = 400  # a longer span cites nothing
LONGEST_ANCHOR = 20  # an anchor is a finger, not a quotation


def read_place(item: Item) -> Place:
    """Read a place; refuses an empty or endless span and an anchor longer than a finger."""
    place = Place(
        start=item.integer("start"),
        end=item.integer("end"),
        anchor=item.text("anchor"),
        document=item.text("document", default=""),
    )
    if not 0 <= place.start < place.end <= place.start + LONGEST_PLACE:
        raise item.refuse(
            "end", place.end, f"after start {place.start}, at most {LONGEST_PLACE} characters on"
        )
    if len(place.anchor) > LONGEST_ANCHOR or any(sign.isspace() for sign in place.anchor):
        raise item.refuse("anchor", place.anchor, f"at most {LONGEST_ANCHOR} characters without white space")
    return place


def read_extent(item: Item, place: Place) -> tuple[int, int]:
    """Read the whole passage, which begins where its place begins and holds it."""
    start, end = item.integers("extent", 2)
    if start != place.start or end < place.end:
        raise item.refuse("extent", [start, end], f"from {place.start} to {place.end} or further")
    return start, end


# What each kind must say beside itself, and what it may.
_MUST: dict[ValueKind, frozenset[str]] = {
    ValueKind.NUMBER: frozenset({"operator", "value"}),
    ValueKind.KEEP_NOT_WORSE: frozenset(),
    ValueKind.ELIMINATE: frozenset(),
    ValueKind.ASSIGNED: frozenset({"authority"}),
    ValueKind.QUALITATIVE: frozenset({"text"}),
    ValueKind.RELATIVE: frozenset({"text"}),
    ValueKind.ALL_OF: frozenset({"parts"}),
    ValueKind.NO_DATA: frozenset({"raw"}),
}
_MAY: dict[ValueKind, frozenset[str]] = {
    ValueKind.NUMBER: frozenset({"unit", "implied"}),
    ValueKind.KEEP_NOT_WORSE: frozenset(),
    ValueKind.ELIMINATE: frozenset({"text"}),
    ValueKind.ASSIGNED: frozenset({"operator"}),
    ValueKind.QUALITATIVE: frozenset({"criterion"}),
    ValueKind.RELATIVE: frozenset({"direction"}),
    ValueKind.ALL_OF: frozenset(),
    ValueKind.NO_DATA: frozenset(),
}


def read_typed(item: Item) -> Typed:
    """Read a typed value; refuses a kind without what it needs, or with what it has no use for."""
    typed = Typed(
        kind=item.choice("kind", ValueKind),
        operator=item.choice_or_none("operator", Operator),
        value=item.decimal_or_none("value", absent_is_none=True),
        unit=item.text("unit", default=""),
        implied=item.flag("implied", default=False),
        authority=item.text("authority", default=""),
        text=item.text("text", default=""),
        criterion=item.text("criterion", default=""),
        direction=item.choice_or_none("direction", Direction),
        parts=item.parts("parts", read_typed),
        raw=item.text("raw", default=""),
    )
    told = {field for field in _FIELDS if _says(getattr(typed, field))}
    must = _MUST[typed.kind]
    if not must <= told:
        raise item.refuse("kind", typed.kind.value, f"with {', '.join(sorted(must - told))}")
    idle = told - must - _MAY[typed.kind]
    if idle:
        raise item.refuse(min(idle), getattr(typed, min(idle)), f"not with kind {typed.kind.value}")
    return typed


_FIELDS = (
    "operator", "value", "unit", "implied", "authority", "text", "criterion", "direction", "parts", "raw",
)  # fmt: skip


def _says(value: object) -> bool:
    """Whether a field says something; a value of zero does."""
    return value is not None and value is not False and value != "" and value != ()


def read_printed(item: Item) -> Printed:
    """Read a printed value with its year."""
    return Printed(
        year=item.integer_or_none("year"),
        raw=item.text("raw"),
        typed=item.part("typed", read_typed),
        scope=item.text("scope", default=""),
        condition=item.text("condition", default=""),
        requirement=item.text("requirement", default=""),
        rank=item.text("rank", default=""),
        note=item.text("note", default=""),
    )
