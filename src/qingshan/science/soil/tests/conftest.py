"""Scales of a few real items, written out apart from the data files."""

from fractions import Fraction

import pytest

from qingshan.kernel.basis import Basis
from qingshan.science.soil.construction import ConstructionScale
from qingshan.science.soil.farmland import FarmlandItem, FarmlandScale, Land
from qingshan.science.soil.screening import Pair

_BASIS = Basis(("GB 15618-2018",), ("表1",))


def _four(*texts):
    one, two, three, four = (Fraction(text) for text in texts)
    return one, two, three, four


@pytest.fixture(scope="session")
def farmland():
    cadmium = FarmlandItem(
        "Cd",
        {Land.PADDY: _four("0.3", "0.4", "0.6", "0.8"), Land.OTHER: _four("0.3", "0.3", "0.3", "0.6")},
        _four("1.5", "2.0", "3.0", "4.0"),
    )
    arsenic = FarmlandItem(
        "As",
        {Land.PADDY: _four(30, 30, 25, 20), Land.OTHER: _four(40, 40, 30, 25)},
        _four(200, 150, 120, 100),
    )
    copper = FarmlandItem(
        "Cu", {Land.ORCHARD: _four(150, 150, 200, 200), Land.OTHER: _four(50, 50, 100, 100)}
    )
    bounds = (Fraction("5.5"), Fraction("6.5"), Fraction("7.5"))
    return FarmlandScale((cadmium, arsenic, copper), bounds, frozenset({"Cd", "As"}), _BASIS)


@pytest.fixture(scope="session")
def construction():
    pairs = {"砷": Pair(Fraction(20), Fraction(120)), "苯": Pair(Fraction(1), Fraction(10))}
    return ConstructionScale(pairs, frozenset({"砷"}), Basis(("GB 36600-2018",), ("表1",)))
