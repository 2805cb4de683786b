"""Puts the editions in force into the shapes that the calculations of soil take, and judges samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.soil.construction import (
    ConstructionScale,
    ConstructionVerdict,
    screen_construction_land,
)
from qingshan.science.soil.farmland import (
    Contents,
    FarmlandItem,
    FarmlandScale,
    FarmlandVerdict,
    Four,
    Land,
    ph_band,
    screen_farmland,
)
from qingshan.science.soil.screening import Pair
from qingshan.standards.public import Cell, Rulebook

__all__ = ["SoilRules"]

_LAND_CLASSES = (1, 2)


class SoilRules(DatedRules):
    """Screening and intervention values, and the classes of farmland, on a day."""

    STANDARDS = {
        "farmland": "GB 15618",
        "classes": "农用地土壤环境质量类别划分",
        "construction": "GB 36600",
    }
    SHIPPED = {
        "farmland": "GB 15618-2018",
        "classes": "环办土壤〔2019〕53号",
        "construction": "GB 36600-2018",
    }

    @cached_property
    def farmland(self) -> Rulebook:
        """Values of agricultural land (GB 15618)."""
        return self.rulebook("farmland")

    @cached_property
    def classes(self) -> Rulebook:
        """How agricultural land is classed."""
        return self.rulebook("classes")

    @cached_property
    def construction(self) -> Rulebook:
        """Values of construction land (GB 36600)."""
        return self.rulebook("construction")

    @cached_property
    def farmland_names(self) -> dict[str, str]:
        """Chinese name of every item of farmland, in table order."""
        return {cell.keys["item"]: str(cell.value) for cell in self.farmland.cells("names")}

    @cached_property
    def construction_codes(self) -> dict[str, str]:
        """Item of every short code of construction land."""
        return {str(cell.value): cell.keys["item"] for cell in self.construction.cells("codes")}

    @cached_property
    def farmland_scale(self) -> FarmlandScale:
        """Items, bands of pH and deciding items of farmland; carries no basis, a verdict does."""
        one, two, three = (Fraction(cell.number) for cell in self.farmland.cells("ph_bounds"))
        deciding = frozenset(cell.keys["item"] for cell in self.classes.cells("class_items"))
        items = tuple(self._farmland_item(item) for item in self.farmland_names)
        return FarmlandScale(items, (one, two, three), deciding)

    def construction_scale(self, land_class: int) -> ConstructionScale:
        """Return the values of one class of construction land, with their basis.

        Raises
        ------
        ValueError
            There are two classes of land.
        """
        if land_class not in _LAND_CLASSES:
            raise ValueError(f"land class {land_class}; give 1 or 2")
        book = self.construction
        pairs = {}
        for table in ("basic", "other"):
            for low in book.cells(table, value_of=f"screening_{land_class}"):
                item = low.keys["item"]
                high = book.cell(table, item=item, value_of=f"intervention_{land_class}")
                pairs[item] = Pair(Fraction(low.number), Fraction(high.number))
        compared = frozenset(cell.keys["item"] for cell in book.cells("background_items"))
        return ConstructionScale(pairs, compared)

    def judge_farmland(self, contents: Contents, acidity: Exact | Missing, land: Land) -> FarmlandVerdict:
        """Return the class of a sample of farmland, with exactly the values it was compared with.

        Parameters
        ----------
        contents : mapping of item to decimal or Missing
            mg/kg; items by their symbols (Cd, Hg, As, Pb, Cr, Cu, Ni, Zn, HCH, DDT, BaP).
        acidity : decimal or Missing
            pH.
        land : Land

        Raises
        ------
        UnverifiedValue
            A value is not confirmed: HCH, DDT, BaP; rotation; or the list of deciding items
            where the class depends on it.
        ValueError
            A pH outside 0 to 14.
        """
        found = screen_farmland(contents, acidity, land, self.farmland_scale)
        if isinstance(acidity, Missing) or not found.levels:
            return found
        band = ph_band(acidity, self.farmland_scale.ph_bounds)
        compared = tuple(found.levels), land, band, found.list_decides
        if compared not in self._farmland_bases:  # samples of one survey compare with the same values
            self._farmland_bases[compared] = self._farmland_basis(*compared)
        return replace(found, basis=self._farmland_bases[compared])

    def judge_construction(
        self, contents: Contents, land_class: int, background: Mapping[str, Exact] | None = None
    ) -> ConstructionVerdict:
        """Return where a sample of construction land stands, with the values it was compared with.

        Parameters
        ----------
        contents : mapping of item to decimal or Missing
            mg/kg; items by the names of the standard.
        land_class : int
            1 or 2; unknown use is 1.
        background : mapping of item to decimal, optional
            Local background of arsenic, cobalt and vanadium.

        Raises
        ------
        ValueError
            There are two classes of land.
        """
        scale = self._construction_scales[self._known(land_class)]
        found = screen_construction_land(contents, scale, background)
        compared = tuple(found.levels), land_class, bool(found.within_background)
        if compared not in self._construction_bases:
            self._construction_bases[compared] = self._construction_basis(*compared)
        return replace(found, basis=self._construction_bases[compared])

    @cached_property
    def _farmland_bases(self) -> dict[tuple[tuple[str, ...], Land, int, bool], Basis]:
        return {}

    @cached_property
    def _construction_bases(self) -> dict[tuple[tuple[str, ...], int, bool], Basis]:
        return {}

    def _farmland_basis(self, items: tuple[str, ...], land: Land, band: int, list_decides: bool) -> Basis:
        cells = [cell for item in items for cell in self._farmland_cells(item, land, band)]
        cells += self.farmland.cells("ph_bounds")
        cells += self.farmland.cells("rotation") if land is Land.ROTATION else ()
        basis = self.farmland.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        decided = self.classes.cells("classes")
        decided += self.classes.cells("class_items") if list_decides else ()
        return basis | self.classes.verdict_basis(*decided, allow_unverified=self.allow_unverified)

    def _construction_basis(self, items: tuple[str, ...], land_class: int, explained: bool) -> Basis:
        cells = [cell for item in items for cell in self._construction_cells[item, land_class]]
        cells += self.construction.cells("background_items") if explained else ()
        basis = self.construction.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return basis if cells else Basis()

    @cached_property
    def _construction_scales(self) -> dict[int, ConstructionScale]:
        return {land_class: self.construction_scale(land_class) for land_class in _LAND_CLASSES}

    @cached_property
    def _construction_cells(self) -> dict[tuple[str, int], tuple[Cell, ...]]:
        cells: dict[tuple[str, int], tuple[Cell, ...]] = {}
        for table in ("basic", "other"):
            for cell in self.construction.cells(table):
                key = cell.keys["item"], int(cell.keys["value_of"][-1])
                cells[key] = (*cells.get(key, ()), cell)
        return cells

    def _known(self, land_class: int) -> int:
        if land_class not in _LAND_CLASSES:
            raise ValueError(f"land class {land_class}; give 1 or 2")
        return land_class

    def _farmland_item(self, item: str) -> FarmlandItem:
        if everywhere := self.farmland.cells("other_items", item=item):
            value = Fraction(everywhere[0].number)
            return FarmlandItem(item, {Land.OTHER: (value, value, value, value)})
        rows: dict[Land, list[Fraction]] = {}
        for cell in self.farmland.cells("screening", item=item):
            rows.setdefault(Land(cell.keys["land"]), []).append(Fraction(cell.number))
        high = [Fraction(cell.number) for cell in self.farmland.cells("intervention", item=item)]
        screening = {land: _four(values) for land, values in rows.items()}
        return FarmlandItem(item, screening, _four(high) if high else None)

    def _farmland_cells(self, item: str, land: Land, band: int) -> tuple[Cell, ...]:
        """The values that one item was compared with."""
        if everywhere := self.farmland.cells("other_items", item=item):
            return everywhere
        lands = (Land.PADDY, Land.OTHER) if land is Land.ROTATION else (land,)
        rows = [self.farmland.cells("screening", item=item, land=one, band=band) for one in lands]
        own = tuple(cell for row in rows for cell in row)
        other = self.farmland.cells("screening", item=item, land=Land.OTHER, band=band)
        return (*(own or other), *self.farmland.cells("intervention", item=item, band=band))


def _four(values: list[Fraction]) -> Four:
    one, two, three, four = (exact(value) for value in values)
    return one, two, three, four
