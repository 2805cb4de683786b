"""Reads concentrations of air as they stand in files: numbers, missing marks, damage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.problems import Problems
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact
from qingshan.science.air import reporting_steps

__all__ = ["DAMAGE", "ConcentrationReader", "primary_words"]

_BLANK = frozenset(
    {"", "--", "*", "-", "—", "——", "NA", "N/A", "/", "nan", "NaN", "null", "None", "无", "缺测"}
)
_SENTINELS = frozenset(
    exact(text) for text in ("999.9", "99.99", "9999", "9999.9", "-9999", "-999", "-999.9", "-99")
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")

DAMAGE = frozenset({"negative", "not_a_number", "implausibly_high", "co_looks_like_micrograms"})
"""Reasons that mean somebody has to look; the others are ordinary gaps."""


@dataclass(slots=True)
class ConcentrationReader:
    """Reads the cells of one indicator into whole reporting steps, and remembers what it read.

    A table of hours holds few different texts, so each is read once.

    Parameters
    ----------
    indicator : str
        ``CO_1h`` ...
    decimals : int
        Of the reporting step.
    power_of_ten : int
        From the file's unit to that of the standard.
    highest : Decimal or None
        Highest value that is believed.
    """

    indicator: str
    decimals: int
    power_of_ten: int = 0
    highest: Decimal | None = None
    _read: dict[str, int | Missing] = field(default_factory=dict)

    def read(self, text: str) -> int | Missing:
        """Return one cell in reporting steps, or why it holds none.

        Notes
        -----
        A zero is missing: no instrument of the network reports that there is none of a
        pollutant, and files use it for a gap.

        Examples
        --------
        >>> reader = ConcentrationReader("CO_1h", 1, highest=Decimal(60))
        >>> reader.read("0.85"), reader.read("850").reason, reader.read("0").reason
        (8, 'co_looks_like_micrograms', 'impossible_zero')
        """
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._meaning(text)
        return found

    def column(
        self, texts: Sequence[str], first_row: int, column: str, problems: Problems
    ) -> NDArray[np.int64]:
        """Return a column in reporting steps, -1 where one is missing; damage goes to ``problems``."""
        known = self._read
        for text in set(texts).difference(known):
            known[text] = self._meaning(text)
        damaged = {t for t in set(texts) if isinstance(m := known[t], Missing) and m.reason in DAMAGE}
        if damaged:
            for place, text in enumerate(texts):
                if text in damaged:
                    problems.add(first_row + place, column, text, known[text].reason)  # type: ignore[union-attr]
        steps = {text: -1 if isinstance(found, Missing) else found for text, found in known.items()}
        return np.fromiter((steps[text] for text in texts), np.int64, len(texts))

    def _meaning(self, text: str) -> int | Missing:
        word = text.strip()
        if word in _BLANK:
            return Missing("blank")
        if _NUMBER.fullmatch(word) is None:
            return Missing("not_a_number")
        return self._of_number(exact(word))

    def _of_number(self, number: Fraction) -> int | Missing:
        if number in _SENTINELS:
            return Missing("missing_mark")
        if number == 0:
            return Missing("impossible_zero")
        if number < 0:
            return Missing("negative")
        value = number * Fraction(10) ** self.power_of_ten
        if self.highest is not None and value > Fraction(self.highest):
            is_co = self.indicator.startswith("CO_") and self.power_of_ten == 0
            return Missing("co_looks_like_micrograms" if is_co else "implausibly_high")
        return reporting_steps(value, self.decimals)


def primary_words(text: str) -> tuple[str, ...]:
    """Return the pollutants that a published cell names; none for a dash.

    Examples
    --------
    >>> primary_words("颗粒物(PM10),细颗粒物(PM2.5)"), primary_words("—")
    (('颗粒物(PM10)', '细颗粒物(PM2.5)'), ())
    """
    return tuple(word for part in re.split(r"[,，、;；]", text) if (word := part.strip()) not in _BLANK)
