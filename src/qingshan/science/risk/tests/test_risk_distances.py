"""Who stands too near, decided on exact squares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.risk.distances import Receptor, distance_m, distance_squared, screen_distances

_SITE = [(0, 0), (100, 0), (100, 50), (0, 50)]
_COORDINATE = st.integers(-500, 500)


class TestDistances:
    def test_a_line_is_not_closed(self):
        assert distance_squared((0, 3), [(0, 0), (4, 0)]) == 9
        assert distance_squared((7, 4), [(0, 0), (4, 0)]) == 25

    def test_inside_a_ring_is_no_distance(self):
        assert distance_squared((50, 25), _SITE) == 0
        assert distance_squared((100, 25), _SITE) == 0

    def test_a_bay_of_the_boundary_is_outside(self):
        horseshoe = [(0, 0), (30, 0), (30, 30), (20, 30), (20, 10), (10, 10), (10, 30), (0, 30)]
        assert distance_squared((15, 20), horseshoe) == 25

    def test_a_boundary_needs_a_corner(self):
        with pytest.raises(ValueError, match="without corners"):
            distance_squared((0, 0), [])

    @given(x=_COORDINATE, y=_COORDINATE, east=_COORDINATE, north=_COORDINATE)
    def test_moving_everything_changes_no_distance(self, x, y, east, north):
        moved = [(corner[0] + east, corner[1] + north) for corner in _SITE]
        assert distance_squared((x + east, y + north), moved) == distance_squared((x, y), _SITE)

    def test_what_is_printed_is_rounded(self):
        assert distance_m((1, 1), [(0, 0)], places=3) == Decimal("1.414")


class TestScreen:
    def test_the_exact_distance_is_far_enough_and_a_hair_less_is_not(self):
        school = Receptor("学校", (600, 25))
        assert screen_distances(_SITE, 500, [school]) == ()
        assert [found.name for found in screen_distances(_SITE, "500.001", [school])] == ["学校"]

    def test_a_receptor_of_unknown_place_is_named(self):
        found = screen_distances(_SITE, 100, [Receptor("村庄", Missing("no_coordinates"))])
        assert found[0].distance_m == Missing("no_coordinates")

    def test_a_distance_is_above_zero(self):
        with pytest.raises(ValueError, match="above zero"):
            screen_distances(_SITE, 0, [])
