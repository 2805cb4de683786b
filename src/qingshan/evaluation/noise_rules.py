"""Puts the editions in force into the shapes that the calculations of noise take."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.rounding import Exact
from qingshan.science.noise.grades import GradeScale
from qingshan.science.noise.levels import Hours
from qingshan.science.noise.limits import (
    BackgroundCorrection,
    LevelVerdict,
    Period,
    indoor_limit,
    judge_level,
    maximum_limit,
)
from qingshan.standards.public import Cell, NoSuchValue, Rulebook

__all__ = ["NoiseRules", "Source"]


class Source(StrEnum):
    """Who makes the noise at a boundary (噪声源): each has a standard of its own."""

    INDUSTRY = "industry"
    SOCIAL_LIFE = "social_life"
    CONSTRUCTION = "construction"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return {"industry": "工业企业厂界", "social_life": "社会生活", "construction": "建筑施工"}[self.value]


class NoiseRules(DatedRules):
    """Limits of function zones and boundaries, and grades of cities, on a day."""

    STANDARDS = {
        "zones": "GB 3096",
        "city": "HJ 640",
        "industry": "GB 12348",
        "social_life": "GB 22337",
        "construction": "GB 12523",
    }
    SHIPPED = {
        "zones": "GB 3096-2008",
        "city": "HJ 640-2012",
        "industry": "GB 12348-2008",
        "social_life": "GB 22337-2008",
        "construction": "GB 12523-2025",
    }

    def judge_zone(self, zone: str, period: Period, level: Exact) -> LevelVerdict:
        """Return a level of a function zone against its limit.

        Raises
        ------
        NoSuchValue
            There is no such zone.
        """
        book = self.rulebook("zones")
        return self._judged(book, level, book.cell("limits", zone=zone, period=period))

    def judge_existing_railway(self, period: Period, level: Exact) -> LevelVerdict:
        """Return the background beside an existing railway trunk line, no train passing, against its limit.

        Raises
        ------
        UnverifiedValue
            The limits are not confirmed and the caller did not allow them.
        """
        book = self.rulebook("zones")
        return self._judged(book, level, book.cell("railway_existing", period=period))

    def judge_zone_maximum(self, zone: str, level: Exact) -> LevelVerdict:
        """Return the greatest level of a sudden event at night against what it may reach."""
        book = self.rulebook("zones")
        limit, margin = book.cell("limits", zone=zone, period=Period.NIGHT), book.cell("night_sudden")
        return self._judged_maximum(book, level, limit, margin)

    def judge_boundary(
        self, source: Source, zone: str, period: Period, level: Exact, *, indoors: bool = False
    ) -> LevelVerdict:
        """Return a level at the boundary of a site against its limit.

        Parameters
        ----------
        source : Source
        zone : str
            Class of the function zone outside the boundary; not asked for construction.
        period : Period
        level : decimal
            dB(A).
        indoors : bool
            Measured in a building that stands at the boundary.

        Raises
        ------
        NoSuchValue
            There is no such zone, or the edition says nothing of measuring indoors.
        """
        book = self.rulebook(source)
        limit = self._boundary_cell(source, zone, period)
        if not indoors:
            return self._judged(book, level, limit)
        if not book.has("measured_indoors"):
            raise NoSuchValue(f"{book.name}: 没有见到室内测量的规定 / no rule for measuring indoors")
        less = book.cell("measured_indoors")
        basis = book.verdict_basis(limit, less, allow_unverified=self.allow_unverified)
        return judge_level(level, indoor_limit(limit.number, less.number), basis)

    def judge_boundary_maximum(
        self, source: Source, zone: str, level: Exact, event: str = "occasional"
    ) -> LevelVerdict:
        """Return the greatest level at night against what it may reach.

        Raises
        ------
        NoSuchValue
            The standard has no such margin: social life has none, and only industry tells
            frequent from occasional events.
        """
        book = self.rulebook(source)
        limit = self._boundary_cell(source, zone, Period.NIGHT)
        if not book.has("night_maximum"):
            raise NoSuchValue(f"{book.name}: 没有夜间最大声级的规定 / no rule for maxima at night")
        keys = {"event": event} if source is Source.INDUSTRY else {}
        return self._judged_maximum(book, level, limit, book.cell("night_maximum", **keys))

    def judge_room(self, source: Source, room: str, zone: str, period: Period, level: Exact) -> LevelVerdict:
        """Return a level inside a room, carried there by the building, against its limit (结构传播固定设备).

        Raises
        ------
        NoSuchValue
            There is no such room or zone, or the standard has no such table.
        """
        book = self.rulebook(source)
        cell = book.cell("rooms", room=room, zone=_plain(zone), period=period)
        return self._judged(book, level, cell)

    def grade_scale(self, kind: str, period: Period) -> GradeScale:
        """Return the bounds of the grades of area or road noise."""
        book = self.rulebook("city")
        cells = book.cells("grades", kind=kind, period=period)
        one, two, three, four = (Fraction(cell.number) for cell in cells)
        places = book.cell("decimals", result="level")
        basis = book.verdict_basis(*cells, places, allow_unverified=self.allow_unverified)
        return GradeScale((one, two, three, four), int(places.number), basis)

    def rate_places(self) -> int:
        """Return the decimals that an attainment rate is printed with."""
        return int(self.rulebook("city").number("decimals", result="rate"))

    def hours(self, fewest_of_day: int | None = None, fewest_of_night: int | None = None) -> Hours:
        """Return which hours are day, and how many are needed as the caller says."""
        book = self.rulebook("zones")
        first, last = (int(book.number("periods", period=period)) for period in Period)
        return Hours(first, last, fewest_of_day, fewest_of_night)

    def background_correction(self) -> BackgroundCorrection:
        """Return the correction for background noise of industrial sites.

        Raises
        ------
        UnverifiedValue
            The table is not confirmed and the caller did not allow it.
        """
        book = self.rulebook(Source.INDUSTRY)
        cells = book.cells("background")
        book.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return BackgroundCorrection(
            tuple((Fraction(cell.keys["from"]), Fraction(cell.number)) for cell in cells)
        )

    def _boundary_cell(self, source: Source, zone: str, period: Period) -> Cell:
        keys = {} if source is Source.CONSTRUCTION else {"zone": _plain(zone)}
        return self.rulebook(source).cell("limits", period=period, **keys)

    def _judged(self, book: Rulebook, level: Exact, cell: Cell) -> LevelVerdict:
        basis = book.verdict_basis(cell, allow_unverified=self.allow_unverified)
        return judge_level(level, cell.number, basis)

    def _judged_maximum(self, book: Rulebook, level: Exact, limit: Cell, margin: Cell) -> LevelVerdict:
        basis = book.verdict_basis(limit, margin, allow_unverified=self.allow_unverified)
        return judge_level(level, maximum_limit(limit.number, margin.number), basis)


def _plain(zone: str) -> str:
    """Boundaries know one zone 4, function zones two."""
    return "4" if zone in ("4a", "4b") else zone
