"""A life cycle as one table: it draws the buttons, guards the action and prints the handbook's diagram.

Lives in the kernel because rooms on every floor have life cycles; `workflow.public` hands it on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Generic, TypeVar, cast

S = TypeVar("S", bound=Enum)


class IllegalMove(ValueError):
    """The table has no such move from this state (状态不允许此操作).

    Attributes
    ----------
    state, move
        What was tried.
    allowed : tuple of str
        The moves the table knows from there; empty when the life cycle ends in this state.
    """

    def __init__(self, state: object, move: str, allowed: tuple[str, ...]) -> None:
        able = f"it allows {', '.join(allowed)}" if allowed else "it allows no move"
        super().__init__(f"{move!r} is not possible in state {_word(state)!r}; {able}")
        self.state, self.move, self.allowed = state, move, allowed


class Flow(Generic[S]):
    """Which move leads from which state to which (状态流转表).

    Parameters
    ----------
    table : mapping of (state, move) to state
        States are members of one enumeration of text (``StrEnum``, ``TextChoices``); moves are verbs.
        Written in the order of life: the first row's state is where a record begins,
        unless `start` says otherwise.
    start : state, optional
        Where a record begins.
    labels : mapping of move to text, optional
        What the button and the arrow say; a move without one shows its own name.

    Examples
    --------
    >>> from enum import StrEnum
    >>> class Door(StrEnum):
    ...     OPEN = "open"
    ...     SHUT = "shut"
    ...     WALLED_UP = "walled_up"
    >>> flow = Flow({
    ...     (Door.OPEN, "close"): Door.SHUT,
    ...     (Door.SHUT, "open"): Door.OPEN,
    ...     (Door.SHUT, "wall_up"): Door.WALLED_UP,
    ... })
    >>> flow.after(Door.OPEN, "close")
    <Door.SHUT: 'shut'>
    >>> flow.moves_from("shut")  # a state as the database stores it is as good
    ('open', 'wall_up')
    >>> flow.after(Door.WALLED_UP, "open")
    Traceback (most recent call last):
        ...
    qingshan.kernel.flow.IllegalMove: 'open' is not possible in state 'walled_up'; it allows no move
    >>> print(flow.diagram())
    stateDiagram-v2
        state "open" as open
        state "shut" as shut
        state "walled_up" as walled_up
        [*] --> open
        open --> shut: close
        shut --> open: open
        shut --> walled_up: wall_up
        walled_up --> [*]
    """

    def __init__(
        self,
        table: Mapping[tuple[S, str], S],
        *,
        start: S | None = None,
        labels: Mapping[str, Any] | None = None,
    ) -> None:
        if not table:
            raise ValueError("a flow needs at least one move")
        self._table = dict(table)
        self.start = start if start is not None else next(iter(self._table))[0]
        self._labels = dict(labels or {})
        unknown = set(self._labels) - {move for _, move in self._table}
        if unknown:
            raise ValueError(f"labels for moves the table does not have: {sorted(unknown)}")

    def after(self, state: S | str, move: str) -> S:
        """Return the state a move leads to.

        Raises
        ------
        IllegalMove
            The table has no such move from this state.
        """
        found = self._table.get((cast(S, state), move))
        if found is None:
            raise IllegalMove(state, move, self.moves_from(state))
        return found

    def allows(self, state: S | str, move: str) -> bool:
        """Return whether the move is possible from this state."""
        return (cast(S, state), move) in self._table

    def moves_from(self, state: S | str) -> tuple[str, ...]:
        """Return the moves possible from a state, in the table's order."""
        return tuple(move for before, move in self._table if before == state)

    def sources(self, move: str) -> tuple[S, ...]:
        """Return the states from which a move is possible, in the table's order."""
        return tuple(before for before, known in self._table if known == move)

    def is_final(self, state: S | str) -> bool:
        """Return whether nothing leads out of this state."""
        return not self.moves_from(state)

    @property
    def states(self) -> tuple[S, ...]:
        """Every state of the table, in the order it first appears."""
        return tuple(dict.fromkeys(self._in_order()))

    def label(self, move: str) -> str:
        """Return what the button of a move says."""
        return str(self._labels.get(move, move))

    def diagram(self) -> str:
        """Return the life cycle as a Mermaid state diagram, without a final line break."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_label(state)}" as {_word(state)}' for state in self.states]
        lines.append(f"    [*] --> {_word(self.start)}")
        lines += [
            f"    {_word(before)} --> {_word(after)}: {self.label(move)}"
            for (before, move), after in self._table.items()
        ]
        lines += [f"    {_word(state)} --> [*]" for state in self.states if self.is_final(state)]
        return "\n".join(lines)

    def _in_order(self) -> Iterator[S]:
        yield self.start
        for (before, _), after in self._table.items():
            yield before
            yield after


def _word(state: object) -> str:
    return str(state.value) if isinstance(state, Enum) else str(state)


def _label(state: Enum) -> str:
    return str(getattr(state, "label", state.value))
