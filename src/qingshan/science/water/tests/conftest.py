"""Scales for the tests of this room, written out: the room itself knows no limit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qingshan.kernel.basis import Basis
from qingshan.science.water.basin import ShareBands
from qingshan.science.water.ladders import AtLeast, AtMost, Scale, Within

_AT_MOST = {
    "CODMn": ("高锰酸盐指数", "2 4 6 10 15"),
    "CODCr": ("化学需氧量", "15 15 20 30 40"),
    "BOD5": ("五日生化需氧量", "3 3 4 6 10"),
    "NH3N": ("氨氮", "0.15 0.5 1.0 1.5 2.0"),
    "TP": ("总磷", "0.02 0.1 0.2 0.3 0.4"),
    "Pb": ("铅", "0.01 0.01 0.05 0.05 0.1"),
}


def _five(text: str) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
    one, two, three, four, five = (Fraction(word) for word in text.split())
    return one, two, three, four, five


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Eight items of a river, lead named first."""
    ladders = (
        Within("pH", "pH值", Fraction(6), Fraction(9)),
        AtLeast("DO", "溶解氧", _five("7.5 6 5 3 2")),
        *(AtMost(item, name, _five(limits)) for item, (name, limits) in _AT_MOST.items()),
    )
    return Scale(ladders, frozenset({"Pb"}), Basis(("GB 3838-2002",), ("表1",)))


@pytest.fixture(scope="session")
def bands() -> ShareBands:
    return ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
