"""A number as it is shown to a person: never without unit, date, source and origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure (数值): value, unit, as-of date, source, and the link to how it came about.

    Parameters
    ----------
    value : Decimal, int or None
        Exact; None when there is no value, and then ``missing`` says why.
    unit : str
        Unit as printed; empty for a pure number.
    as_of : date or None
        The day, or the last day of the period, that the value speaks of.
    source : str
        Where it comes from, in words an official would use.
    simulated : bool
        True for anything of the fictional county.
    origin : str
        Address (path) of the page that shows how it came about; empty where there is none.
    missing : str
        The reason, when there is no value.
    text : str
        What is printed for a value that is not a number (制定实施, 未发生).
    places : int or None
        Decimals to print; None prints the value as it was written.

    Raises
    ------
    TypeError
        The value is a binary float: those never reach a person.

    Examples
    --------
    >>> Figure(Decimal("95.4"), "%").printed
    '95.4'
    >>> Figure(None, "%", missing="印刷本缺表").printed
    ''
    >>> Figure(201264, "万元").printed
    '201,264'
    """

    value: Decimal | int | None
    unit: str = ""
    as_of: date | None = None
    source: str = ""
    simulated: bool = False
    origin: str = ""
    missing: str = ""
    text: str = ""
    places: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.value, float):
            raise TypeError(f"{self.value!r} is a binary float; give a Decimal or an int")

    @property
    def printed(self) -> str:
        """The value alone, grouped by thousands; its text when it is no number; empty when missing."""
        if self.value is None:
            return self.text
        if self.places is not None:
            return f"{self.value:,.{self.places}f}"
        return f"{self.value:,f}" if isinstance(self.value, Decimal) else f"{self.value:,}"

    @property
    def is_missing(self) -> bool:
        """Neither a number nor a text is there."""
        return self.value is None and not self.text
