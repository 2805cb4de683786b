"""Who stands too near: distances from a source to what has to be protected (防护距离、安全距离筛查).

How far is far enough stands in the approval, the permit or the standard of the source; it is an
argument. Distances are compared by their squares, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact, round_places

__all__ = ["Point", "Receptor", "TooNear", "distance_m", "distance_squared", "screen_distances"]

Point = tuple[Exact, Exact]
"""East and north in metres, of one projected grid (CGCS2000, one zone)."""

_Place = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Receptor:
    """What has to be protected (敏感目标): a name and where it is; Missing where nobody knows."""

    name: str
    place: Point | Missing


@dataclass(frozen=True, slots=True)
class TooNear:
    """A receptor nearer than it may be, or of unknown place: then ``distance_m`` is Missing."""

    name: str
    distance_m: Decimal | Missing
    required_m: Fraction


def distance_squared(point: Point, boundary: Sequence[Point]) -> Fraction:
    """Return the square of the distance from a point to a boundary.

    Parameters
    ----------
    point : pair of decimals
        Metres.
    boundary : sequence of pairs
        A point, a line, or a ring whose last corner joins the first (three corners or more).

    Returns
    -------
    Fraction
        m²; zero inside a ring.

    Raises
    ------
    ValueError
        No corner.

    Source
    ------
    None: geometry in a plane.

    Examples
    --------
    >>> square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    >>> [int(distance_squared(point, square)) for point in ((13, 14), (5, 12), (5, 5))]
    [25, 4, 0]
    """
    if not boundary:
        raise ValueError("a boundary without corners")
    place, corners = _place(point), [_place(corner) for corner in boundary]
    if len(corners) == 1:
        return _to_segment(place, corners[0], corners[0])
    ring = len(corners) > 2
    if ring and _is_inside(place, corners):
        return Fraction(0)
    ends = [*corners[1:], corners[0]] if ring else corners[1:]
    return min(_to_segment(place, one, two) for one, two in zip(corners, ends, strict=False))


def distance_m(point: Point, boundary: Sequence[Point], places: int = 1) -> Decimal:
    """Return the distance from a point to a boundary, as printed.

    Parameters
    ----------
    point : pair of decimals
        Metres.
    boundary : sequence of pairs
        As for `distance_squared`.
    places : int
        Decimals.

    Returns
    -------
    Decimal
        Metres, rounded. Nothing is decided on it: comparisons use the square.

    Source
    ------
    None: geometry in a plane.

    Examples
    --------
    >>> distance_m((13, 14), [(10, 10)])
    Decimal('5.0')
    """
    square = distance_squared(point, boundary)
    with localcontext() as context:
        context.prec = 40
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
    return round_places(root, places)


def screen_distances(
    boundary: Sequence[Point], required_m: Exact, receptors: Sequence[Receptor]
) -> tuple[TooNear, ...]:
    """Return the receptors that stand too near to a source.

    Parameters
    ----------
    boundary : sequence of pairs
        Where the distance begins: a stack, or the ring of the site or the unit, in metres.
    required_m : decimal
        Metres, above zero.
    receptors : sequence of Receptor

    Returns
    -------
    tuple of TooNear
        In the order given. A receptor at exactly the distance is far enough; one whose place
        nobody knows is named, too.

    Raises
    ------
    ValueError
        A distance that is not above zero, or no boundary.

    Source
    ------
    The distance and where it begins stand in the approval of the project; none is supplied here.

    Examples
    --------
    >>> school = Receptor("学校", (300, 400))
    >>> screen_distances([(0, 0)], 500, [school]), screen_distances([(0, 0)], "500.1", [school])[0].distance_m
    ((), Decimal('500.0'))
    """
    required = exact(required_m)
    if required <= 0:
        raise ValueError(f"a distance of {required_m} m; give one above zero")
    found = []
    for receptor in receptors:
        if isinstance(receptor.place, Missing):
            found.append(TooNear(receptor.name, receptor.place, required))
        elif distance_squared(receptor.place, boundary) < required**2:
            found.append(TooNear(receptor.name, distance_m(receptor.place, boundary), required))
    return tuple(found)


def _place(point: Point) -> _Place:
    return exact(point[0]), exact(point[1])


def _to_segment(place: _Place, one: _Place, two: _Place) -> Fraction:
    along = (two[0] - one[0], two[1] - one[1])
    length = along[0] ** 2 + along[1] ** 2
    part = Fraction(0)
    if length:
        part = ((place[0] - one[0]) * along[0] + (place[1] - one[1]) * along[1]) / length
        part = min(max(part, Fraction(0)), Fraction(1))
    foot = (one[0] + part * along[0], one[1] + part * along[1])
    return (place[0] - foot[0]) ** 2 + (place[1] - foot[1]) ** 2


def _is_inside(place: _Place, corners: Sequence[_Place]) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for one, two in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (one[1] > place[1]) != (two[1] > place[1]):
            east = one[0] + (place[1] - one[1]) * (two[0] - one[0]) / (two[1] - one[1])
            inside ^= place[0] < east
    return inside
