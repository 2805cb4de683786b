"""The fictional county's plan: a pack like any other, whose places stand in its own text."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from qingshan.plans.packs import CATALOGUE_FILE, Pack, read_catalogue, read_pack
from qingshan.plans.packs.shapes import Attribute, Direction, Indicator, Place, Printed, ValueKind
from qingshan.plans.targets import against_direction
from qingshan.simulation import county

FOLDER = Path(county.__file__).parent


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / "plan.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(FOLDER)


def places(pack: Pack) -> Iterator[tuple[str, Place]]:
    parts = (pack.tables, pack.indicators, pack.projects, pack.measures, pack.commitments)
    yield from ((one.code, one.place) for part in parts for one in part)
    yield from ((step.digest, step.place) for step in pack.plan.making)
    yield from ((gap.what, gap.place) for gap in pack.plan.missing)
    for conflict in pack.plan.known_conflicts:
        yield conflict.code, conflict.a.place
        if conflict.b:
            yield conflict.code, conflict.b.place


def _easier(row: Indicator, target: Printed) -> bool:
    base = row.baseline.typed.value if row.baseline else None
    bound = target.typed.value
    return base is not None and bound is not None and target.typed.operator == ">=" and bound < base


class TestItsText:
    def test_it_is_the_text_that_the_places_were_counted_in(self, pack: Pack, text: str) -> None:
        assert pack.plan.source.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert pack.plan.source.characters == len(text)

    def test_every_place_begins_with_its_anchor(self, pack: Pack, text: str) -> None:
        strays = [
            (code, place.anchor)
            for code, place in places(pack)
            if not re.sub(r"\s", "", text[place.start : place.end]).startswith(place.anchor)
        ]
        assert strays == []

    def test_it_says_in_its_second_line_that_everything_is_invented(self, text: str) -> None:
        assert "虚构" in text.splitlines()[1]

    def test_a_chapter_ends_where_the_next_one_begins(self, pack: Pack, text: str) -> None:
        chapters = [measure for measure in pack.measures if measure.parent is None]
        gaps = [text[one.extent[1] : following.extent[0]] for one, following in itertools.pairwise(chapters)]
        assert [gap.strip() for gap in gaps] == [""] * (len(chapters) - 1)


class TestItsContents:
    def test_it_holds_every_kind_of_target(self, pack: Pack) -> None:
        kinds = {target.typed.kind for row in pack.indicators for target in row.targets}
        assert kinds == set(ValueKind) - {ValueKind.NO_DATA}

    def test_binding_expected_and_reference_are_counted_as_the_text_says(self, pack: Pack) -> None:
        assert Counter(row.attribute for row in pack.indicators) == {
            Attribute.BINDING: 8,
            Attribute.EXPECTED: 10,
            Attribute.REFERENCE: 2,
        }

    def test_the_money_of_the_projects_adds_up_to_the_printed_sum(self, pack: Pack, text: str) -> None:
        total = sum((one.investment_wan or Decimal(0) for one in pack.projects), Decimal(0))
        assert len(pack.projects) == 12
        assert f"总投资{total}万元" in text

    def test_every_piece_of_work_names_who_leads(self, pack: Pack) -> None:
        work = [one for one in pack.measures if one.kind == "measure" and one.role in ("tasks", "safeguards")]
        assert len(work) == 50
        assert [one.code for one in work if not one.departments] == []

    def test_one_target_bounds_the_good_side_and_one_is_easier_than_its_baseline(self, pack: Pack) -> None:
        catalogue = {entry.code: entry.direction for entry in read_catalogue(CATALOGUE_FILE)}
        odd = {
            row.code: (against_direction(target.typed, direction), _easier(row, target))
            for row in pack.indicators
            if (direction := catalogue[row.catalogue or ""]) is Direction.HIGHER_BETTER
            for target in row.targets[-1:]
        }
        assert [code for code, (against, _) in odd.items() if against] == ["QL-I15"]
        assert [code for code, (_, easier) in odd.items() if easier] == ["QL-I12"]

    def test_no_code_of_a_real_place_is_in_it(self, pack: Pack) -> None:
        assert pack.plan.district.code.startswith("99")
