"""Two plans compared: a plan with the one above it, or with the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qingshan.reading.conflicts.statements import Statement
from qingshan.reading.text import Span

__all__ = ["AcrossConflict", "Relation", "compare"]


class Relation(StrEnum):
    """How the first plan stands to the second."""

    UPPER = "upper"  # the plan of the area above
    PREVIOUS = "previous"  # the same area's plan of the period before


@dataclass(frozen=True, slots=True)
class AcrossConflict:
    """A passage of the first plan and one of the second that do not go together."""

    type: str
    rule: str
    severity: str
    what: str
    first: Span
    second: Span


def compare(
    first: Sequence[Statement], second: Sequence[Statement], relation: Relation
) -> tuple[AcrossConflict, ...]:
    """Compare what two plans say about the same quantities.

    Parameters
    ----------
    first, second : sequence of Statement
        ``first`` is the upper or the previous plan. Areas may differ: a difference is a hint, not a fault.
    relation : Relation
        Which of the two it is.

    Returns
    -------
    tuple of AcrossConflict
        At most one for each quantity and type, in the order of the second plan.
    """
    seen: set[tuple[str, str]] = set()
    kept = []
    for metric, found in _pairs(first, second, relation):
        if (metric, found.type) not in seen:
            seen.add((metric, found.type))
            kept.append(found)
    return tuple(kept)


def _pairs(
    first: Sequence[Statement], second: Sequence[Statement], relation: Relation
) -> Iterator[tuple[str, AcrossConflict]]:
    for other in second:
        for one in first:
            if (
                one.metric is not other.metric
                or one.value is None
                or other.value is None
                or one.role != "target"
            ):
                continue
            found = _upper(one, other) if relation is Relation.UPPER else _previous(one, other)
            if found:
                yield one.metric.id, found


def _better(one: Statement, other: Statement) -> bool:
    """Say whether the first value is strictly better than the second."""
    assert one.value is not None  # noqa: S101 - the caller asked for numbers
    assert other.value is not None  # noqa: S101
    return one.value > other.value if one.metric.better == "up" else one.value < other.value


def _upper(one: Statement, other: Statement) -> AcrossConflict | None:
    if other.role == "fact":
        if one.year and other.year and other.year <= one.year and _better(other, one):
            what = f"下级{other.year}年已达{other.value}，上级{one.year}年目标仅{one.value}，口径可能不同"
            return AcrossConflict(
                "cross_level_base", "reached_beyond_upper_target", "middle", what, one.span, other.span
            )
        return None
    if one.year == other.year and one.year and _better(one, other):
        what = f"{one.year}年目标：上级{one.value}，本级{other.value}"
        return AcrossConflict("cross_level_target", "easier_than_upper", "high", what, one.span, other.span)
    if one.year and other.year and other.year > one.year and not _better(other, one):
        what = f"上级{one.year}年要求{one.value}，本级{other.year}年才到{other.value}"
        return AcrossConflict("cross_level_target", "later_than_upper", "middle", what, one.span, other.span)
    return None


def _previous(one: Statement, other: Statement) -> AcrossConflict | None:
    later = one.year and other.year and other.year > one.year
    if other.role == "target" and later and _better(one, other):
        what = f"新目标{other.value}（{other.year}年）低于上期目标{one.value}（{one.year}年）"
        return AcrossConflict(
            "target_below_prev_target", "easier_than_before", "high", what, one.span, other.span
        )
    return None
