"""Columns of soil samples give what the scalar gives, on every value and beyond every limit."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.soil.columns import (
    LANDS,
    MISSING,
    CodedConstruction,
    CodedFarmland,
    screen_construction_columns,
    screen_farmland_columns,
)
from qingshan.science.soil.construction import screen_construction_land
from qingshan.science.soil.farmland import screen_farmland
from qingshan.science.soil.screening import RiskLevel

_PLACES = (2, 1, 0)


def _scalar(codes, acidity, land, farmland):
    items = [one.item for one in farmland.items]
    contents = {
        item: Missing("blank") if code == MISSING else Fraction(int(code), 10**places)
        for item, code, places in zip(items, codes, _PLACES, strict=True)
    }
    found = screen_farmland(
        contents,
        Missing("blank") if acidity == MISSING else Fraction(int(acidity), 10),
        LANDS[land],
        farmland,
    )
    worst = 0 if isinstance(found.farmland_class, Missing) else int(found.farmland_class)
    return worst, [int(found.levels.get(item, 0)) for item in items]


class TestFarmlandColumns:
    def test_they_equal_the_scalar_on_both_sides_of_every_value_for_every_land_and_band(self, farmland):
        coded = CodedFarmland(farmland, _PLACES)
        samples = []
        for land in range(len(LANDS)):
            for acidity in (MISSING, 0, 54, 55, 56, 65, 66, 75, 76, 140):
                for row in range(3):
                    limits = {int(value) for table in coded.values(row) for value in table}
                    for limit in sorted(limits | {0}):
                        for code in {MISSING, limit, max(0, limit - 1), min(limit + 1, 2**62)}:
                            codes = [MISSING, 10, 10]
                            codes[row] = code
                            samples.append((codes, acidity, land))
        contents = np.array([codes for codes, _, _ in samples]).T
        acidities, lands = (np.array([sample[n] for sample in samples]) for n in (1, 2))
        found = screen_farmland_columns(contents, acidities, lands, coded)
        for place, (codes, acidity, land) in enumerate(samples):
            expected = _scalar(codes, acidity, land, farmland)
            assert (int(found.worst[place]), found.levels[:, place].tolist()) == expected

    @given(st.lists(st.tuples(st.integers(-1, 500), st.integers(-1, 140), st.integers(0, 3)), max_size=40))
    @settings(max_examples=40, deadline=None)
    def test_the_order_of_samples_does_not_matter(self, farmland, rows):
        coded = CodedFarmland(farmland, _PLACES)
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        contents = np.vstack([columns[0]] * 3)
        found = screen_farmland_columns(contents, columns[1], columns[2], coded)
        turned = screen_farmland_columns(
            contents[:, ::-1].copy(), columns[1][::-1].copy(), columns[2][::-1].copy(), coded
        )
        assert found.worst.tolist() == turned.worst[::-1].tolist()

    def test_more_samples_than_a_tile_are_screened_like_the_first(self, farmland):
        coded = CodedFarmland(farmland, _PLACES)
        contents = np.repeat(np.array([[31], [10], [10]]), 40_000, axis=1)
        found = screen_farmland_columns(contents, np.full(40_000, 60), np.full(40_000, 1), coded)
        assert set(found.worst.tolist()) == {int(RiskLevel.ABOVE_SCREENING)}

    def test_no_samples_give_no_verdicts(self, farmland):
        coded, empty = CodedFarmland(farmland, _PLACES), np.zeros(0, dtype=np.int64)
        assert screen_farmland_columns(np.zeros((3, 0), dtype=int), empty, empty, coded).worst.size == 0

    @pytest.mark.parametrize(
        ("contents", "acidity", "lands", "error"),
        [
            (np.zeros((3, 1)), np.array([60]), np.array([0]), TypeError),
            (np.zeros((2, 1), dtype=int), np.array([60]), np.array([0]), ValueError),
            (np.zeros((3, 1), dtype=int), np.array([6.0]), np.array([0]), TypeError),
            (np.zeros((3, 1), dtype=int), np.array([60, 60]), np.array([0]), ValueError),
            (np.zeros((3, 1), dtype=int), np.array([60]), np.array([4]), ValueError),
            (np.zeros((3, 1), dtype=int), np.array([141]), np.array([0]), ValueError),
        ],
    )
    def test_it_refuses_what_does_not_fit(self, farmland, contents, acidity, lands, error):
        with pytest.raises(error):
            screen_farmland_columns(contents, acidity, lands, CodedFarmland(farmland, _PLACES))

    def test_it_refuses_steps_too_coarse_for_a_value_and_places_that_do_not_fit(self, farmland):
        with pytest.raises(ValueError, match="too few"):
            CodedFarmland(farmland, (0, 1, 0))
        with pytest.raises(ValueError, match="too few"):
            CodedFarmland(farmland, _PLACES, ph_places=0)
        with pytest.raises(ValueError, match="places for"):
            CodedFarmland(farmland, (2, 1))


class TestConstructionColumns:
    @given(st.lists(st.tuples(st.integers(-1, 130), st.integers(-1, 12)), max_size=40))
    @settings(max_examples=60, deadline=None)
    def test_they_equal_the_scalar(self, construction, rows):
        codes = np.array(rows, dtype=np.int64).reshape(-1, 2).T
        found = screen_construction_columns(codes, CodedConstruction(construction, (0, 0)))
        for place, (arsenic, benzene) in enumerate(rows):
            contents = {"砷": arsenic, "苯": benzene}
            given_ = {item: code if code >= 0 else Missing("blank") for item, code in contents.items()}
            one = screen_construction_land(given_, construction)
            assert int(found.worst[place]) == (0 if isinstance(one.level, Missing) else int(one.level))

    def test_it_refuses_places_that_do_not_fit(self, construction):
        with pytest.raises(ValueError, match="places for"):
            CodedConstruction(construction, (0,))
