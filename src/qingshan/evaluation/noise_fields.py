"""What the tables of noise share: words of their fields, the rules of a day, cells of a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from qingshan.evaluation.noise_rules import NoiseRules
from qingshan.evaluation.row_tables import Line, Settings, decimal_text
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.noise.limits import LevelVerdict, Period

__all__ = [
    "ATTAINED",
    "FUNCTION_ZONES",
    "LOUDEST",
    "PERIODS",
    "PLAIN_ZONES",
    "QUIETEST",
    "NoiseEvaluator",
    "first_gap",
    "reported",
    "verdict_cells",
]

FUNCTION_ZONES = {f"{zone}{tail}": zone for zone in ("0", "1", "2", "3", "4a", "4b") for tail in ("", "类")}
PLAIN_ZONES = FUNCTION_ZONES | {"4": "4", "4类": "4"}
"""Standards of boundaries know one zone 4."""

PERIODS = {"昼间": Period.DAY, "夜间": Period.NIGHT, "昼": Period.DAY, "夜": Period.NIGHT}
ATTAINED = {True: "达标", False: "超标"}

QUIETEST, LOUDEST = 10, 140
"""dB(A) between which a level is possible; beyond it an instrument or a column is wrong."""

_PLACES = 1


class NoiseEvaluator:
    """What the evaluators of noise share: the rules of each day, and what verdicts rest on."""

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        self.settings, self._editions = settings, editions
        self._known: dict[date | None, NoiseRules] = {}
        self._basis = Basis()

    def rules(self, day: date | None) -> NoiseRules:
        """Return the rules of a day."""
        if day not in self._known:
            allow = self.settings.allow_unverified
            self._known[day] = NoiseRules(day, self._editions, allow_unverified=allow)
        return self._known[day]

    def rest_on(self, *verdicts: LevelVerdict | Missing) -> Basis:
        """Keep what verdicts rest on, and return it for their line."""
        basis = Basis()
        for verdict in verdicts:
            if not isinstance(verdict, Missing):
                basis |= verdict.basis
        self._basis |= basis
        return basis

    def basis(self) -> Basis:
        """Return what all verdicts rest on."""
        return self._basis

    def finish(self) -> Iterator[Line]:
        """Return the lines that only the whole table gives: none."""
        return iter(())

    def summary(self) -> Mapping[str, Any]:
        """Return what the table comes to."""
        return {}


def first_gap(*values: object) -> str:
    """Return the reason of the first value that is missing."""
    return next(value.reason for value in values if isinstance(value, Missing))


def reported(level: Fraction | Missing) -> Fraction | Missing:
    """Return a level as it is reported: one decimal. A computed level is judged as it is reported."""
    return level if isinstance(level, Missing) else exact(round_places(level, _PLACES))


def verdict_cells(level: Fraction | Missing, found: LevelVerdict | Missing) -> list[str]:
    """Return level, limit, verdict and exceedance as cells of a line."""
    if isinstance(found, Missing):
        return [decimal_text(level), "", "", ""]
    over = "" if found.attained else decimal_text(found.exceedance)
    return [decimal_text(level), decimal_text(found.limit), ATTAINED[found.attained], over]
