"""Which of several known values of a year counts (数值采用次序). The order is data: ``precedence.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import yaml

from qingshan.plans.vocabulary import MeasuredKind

_FILE = Path(__file__).with_name("precedence.yaml")


class Candidate(Protocol):
    """What is asked of a value that may count."""

    @property
    def kind(self) -> MeasuredKind: ...
    @property
    def whole_year(self) -> bool: ...
    @property
    def as_of(self) -> date: ...
    @property
    def pk(self) -> int: ...


C = TypeVar("C", bound=Candidate)


@functools.cache
def ranks() -> dict[MeasuredKind, tuple[int, str]]:
    """Return each kind's rank (0 goes first) and the reason for it.

    Raises
    ------
    ValueError
        The file leaves a kind out or names one twice.
    """
    lines = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["order"]
    found = {MeasuredKind(line["kind"]): (rank, line["why"]) for rank, line in enumerate(lines)}
    if set(found) != set(MeasuredKind) or len(lines) != len(found):
        raise ValueError(f"{_FILE.name} must name each kind of value once: {', '.join(MeasuredKind.values)}")
    return found


def in_order(values: Iterable[C]) -> list[C]:
    """Return the values of one year with the one that counts first."""
    return sorted(
        values,
        key=lambda value: (
            not value.whole_year,
            ranks()[value.kind][0],
            -value.as_of.toordinal(),
            -value.pk,
        ),
    )
