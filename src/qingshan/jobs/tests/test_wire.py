"""Events as they lie in the outbox."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from qingshan.jobs.wire import BadEvent, from_wire, to_wire
from qingshan.kernel.refs import Ref


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Everything:
    ref: Ref
    day: date
    at: datetime
    amount: Decimal
    colour: Colour
    parts: tuple[int, ...]
    words: tuple[str, ...]
    flag: bool
    note: str | None = None
    until: date | None = None


WHOLE = Everything(
    ref=Ref("plans", "indicator", "12"),
    day=date(2026, 11, 21),
    at=datetime(2026, 11, 21, 8, tzinfo=UTC),
    amount=Decimal("0.10"),
    colour=Colour.RED,
    parts=(1, 2),
    words=("甲",),
    flag=True,
    until=date(2030, 12, 31),
)


class TestWire:
    def test_what_is_written_is_read_back_the_same(self):
        read = from_wire(Everything, json.loads(json.dumps(to_wire(WHOLE))))
        assert read == WHOLE
        assert type(read.colour) is Colour
        assert str(read.amount) == "0.10"

    def test_fields_a_later_edition_dropped_are_passed_over(self):
        assert from_wire(Everything, {**to_wire(WHOLE), "gone": 1}) == WHOLE

    def test_fields_a_later_edition_added_take_their_default(self):
        written = to_wire(WHOLE)
        del written["note"]
        assert from_wire(Everything, written).note is None

    def test_a_missing_field_without_default_is_an_error_with_the_events_name(self):
        written = to_wire(WHOLE)
        del written["day"]
        with pytest.raises(BadEvent, match="Everything"):
            from_wire(Everything, written)

    def test_a_value_that_does_not_fit_is_an_error(self):
        with pytest.raises(BadEvent):
            from_wire(Everything, {**to_wire(WHOLE), "colour": "blue"})
        with pytest.raises(BadEvent):
            from_wire(Everything, {**to_wire(WHOLE), "flag": "yes"})

    def test_a_binary_float_or_a_record_cannot_be_carried(self):
        @dataclass(frozen=True)
        class Loose:
            amount: float = 0.1
            things: dict = field(default_factory=dict)

        with pytest.raises(BadEvent, match="amount"):
            to_wire(Loose())
        with pytest.raises(BadEvent, match="dataclass"):
            to_wire({"amount": 1})
