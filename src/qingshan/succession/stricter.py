"""Which of several targets for the same indicator and year asks for more (目标孰严). Pure.

Only numbers that bind the same way are held against each other, in one unit, by the indicator's direction.
Everything else is said to be undecidable, with the reason; nothing is guessed from words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.plans.public import Direction, Operator, Typed, ValueKind, against_direction, binding_operator
from qingshan.succession.units import converted

__all__ = ["Bid", "Placed", "Strictness", "placed"]


class Strictness(StrEnum):
    """How a target stands among those it is compared with (松紧)."""

    STRICTEST = "strictest"
    LOOSER = "looser"
    EQUAL = "equal"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.STRICTEST: "good", self.LOOSER: "plain", self.EQUAL: "fine", self.UNDECIDED: "idle"}[
            self
        ]


_LABELS = {
    Strictness.STRICTEST: gettext_lazy("最严"),
    Strictness.LOOSER: gettext_lazy("较松"),
    Strictness.EQUAL: pgettext_lazy("strictness", "相同"),
    Strictness.UNDECIDED: gettext_lazy("不能比较"),
}


@dataclass(frozen=True, slots=True)
class Bid:
    """One plan's target for the year that is compared.

    Parameters
    ----------
    typed : Typed, optional
        None: the plan has no target for that year.
    unit : str
        Unit of the indicator, where the target names none.
    scope : str
        Area, population and condition it speaks of, as printed; empty for the whole.
    """

    typed: Typed | None
    unit: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a target stands, and why it cannot be compared where it cannot."""

    strictness: Strictness
    why: str = ""


def placed(bids: Sequence[Bid], direction: Direction | None) -> list[Placed]:
    """Return how each target stands among the others, in the order given.

    Parameters
    ----------
    bids : sequence of Bid
        Targets of one indicator for one year.
    direction : Direction, optional
        Which way is better; without it nothing can be compared.

    Examples
    --------
    >>> ask = lambda value: Bid(Typed(ValueKind.NUMBER, Operator.AT_MOST, Decimal(value), "μg/m³"), "μg/m³")
    >>> bids = [ask("25"), ask("22"), Bid(None, "")]
    >>> [one.strictness.value for one in placed(bids, Direction.LOWER_BETTER)]
    ['looser', 'strictest', 'undecided']
    """
    measured = [_number(bid, direction) for bid in bids]
    first = _usual([bid for bid, found in zip(bids, measured, strict=True) if found.why == ""])
    told = [
        one if one.why or first is None else _in_common(bid, one, first)
        for bid, one in zip(bids, measured, strict=True)
    ]
    known = [one.rank for one in told if one.rank is not None]
    if len(known) < 2:
        alone = _("没有可与之比较的数值目标")
        return [Placed(Strictness.UNDECIDED, one.why or alone) for one in told]
    best = max(known)
    all_same = min(known) == best
    return [_stands(one, best, all_same=all_same) for one in told]


def _usual(measured: Sequence[Bid]) -> Bid | None:
    """The first target of the scope that most of them speak of: the others are held against it."""
    scopes = Counter(bid.scope for bid in measured)
    return max(measured, key=lambda bid: scopes[bid.scope], default=None)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A target as something to be ordered: the greater, the stricter; or why it is none."""

    rank: tuple[Decimal, int] | None
    why: str = ""


def _number(bid: Bid, direction: Direction | None) -> _Ranked:
    typed = bid.typed
    if typed is None or typed.kind is ValueKind.NO_DATA:
        return _Ranked(None, _("没有该年目标"))
    if typed.kind is ValueKind.ASSIGNED:
        return _Ranked(None, _("由上级下达，尚未登记"))
    if direction not in _SIGN:
        return _Ranked(None, _("指标方向未定，不能判断孰严"))
    if typed.kind is ValueKind.ELIMINATE:
        return _Ranked((Decimal(0), 0))
    if typed.kind is not ValueKind.NUMBER or typed.value is None:
        return _Ranked(None, _("目标是文字，不是数值"))
    if against_direction(typed, direction):
        return _Ranked(None, _("限定方向与指标方向相反，须先核对原文"))
    strict = binding_operator(typed, direction) in (Operator.MORE_THAN, Operator.LESS_THAN)
    return _Ranked((typed.value * _SIGN[direction], int(strict)))


_SIGN: dict[Direction | None, int] = {
    Direction.HIGHER_BETTER: 1,
    Direction.LOWER_BETTER: -1,
    Direction.WITHIN: -1,
}


def _in_common(bid: Bid, ranked: _Ranked, first: Bid) -> _Ranked:
    """The rank in the unit of the first target that has one."""
    if bid.scope != first.scope:
        told = {"one": bid.scope or _("全域"), "other": first.scope or _("全域")}
        return _Ranked(None, _("范围或条件不同：“%(one)s”与“%(other)s”") % told)
    unit, wanted = _unit(bid), _unit(first)
    if ranked.rank is None or (ranked.rank[0] == 0 and not unit):
        return ranked
    value = converted(ranked.rank[0], unit, wanted)
    if value is None:
        return _Ranked(None, _("单位“%(one)s”不能换算为“%(other)s”") % {"one": unit, "other": wanted})
    return _Ranked((value, ranked.rank[1]))


def _unit(bid: Bid) -> str:
    return (bid.typed.unit if bid.typed else "") or bid.unit


def _stands(ranked: _Ranked, best: tuple[Decimal, int], *, all_same: bool) -> Placed:
    if ranked.rank is None:
        return Placed(Strictness.UNDECIDED, ranked.why)
    if all_same:
        return Placed(Strictness.EQUAL)
    return Placed(Strictness.STRICTEST if ranked.rank == best else Strictness.LOOSER)
