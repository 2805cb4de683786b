"""What a result rests on: its edition, the clauses, and what of them is not verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Basis", "Missing"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The edition and clauses that a result rests on (依据).

    Parameters
    ----------
    editions : tuple of str
        Codes such as ``GB 3095-2026``, in the order of use.
    clauses : tuple of str
        Clauses and tables used.
    unverified : tuple of str
        Values or readings among them that nobody has confirmed in a document; a verdict
        that rests on one says so.

    Examples
    --------
    >>> both = Basis(("GB 3095-2026",), ("表1",)) | Basis(("HJ 663-2026",), ("表1",), ("站点比例",))
    >>> both.editions, both.unverified
    (('GB 3095-2026', 'HJ 663-2026'), ('站点比例',))
    """

    editions: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    def __or__(self, other: Basis) -> Basis:
        return Basis(
            _once((*self.editions, *other.editions)),
            _once((*self.clauses, *other.clauses)),
            _once((*self.unverified, *other.unverified)),
        )


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no value, and this is why (缺失及原因). Never zero, never false.

    Examples
    --------
    >>> Missing("valid_hours_below_20").reason
    'valid_hours_below_20'
    """

    reason: str

    def __bool__(self) -> bool:
        raise TypeError(
            f"a missing value ({self.reason}) is neither true nor false; ask isinstance(x, Missing)"
        )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
