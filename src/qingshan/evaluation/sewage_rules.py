"""Chooses the limits a sewage plant must keep, and brings them together with its results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.water.sewage import EffluentLimit, stricter_limits
from qingshan.standards.public import Cell, NoSuchValue, Rulebook

__all__ = ["PlantGrade", "RuralFacility", "SewageRules"]


class PlantGrade(StrEnum):
    """Grade of GB 18918 that a plant's permit names."""

    ONE_A = "1A"
    ONE_B = "1B"
    TWO = "2"
    THREE = "3"


@dataclass(frozen=True, slots=True)
class RuralFacility:
    """What decides the limits of a rural facility in Guangdong (DB44/2208)."""

    scale_m3_per_day: Exact
    function_is_defined: bool
    has_catering: bool = False
    water_is_sensitive: bool = False
    special: bool = False


class SewageRules(DatedRules):
    """GB 18918, Guangdong's DB44/26 and DB44/2208, and the line of thin influents."""

    STANDARDS = {
        "plant": "GB 18918",
        "influent": "城镇污水处理提质增效",
        "guangdong": "DB44/26",
        "rural": "DB44/2208",
    }
    SHIPPED = {
        "plant": "GB 18918-2002/amended",
        "influent": "建城〔2019〕52号",
        "guangdong": "DB44/26-2001",
        "rural": "DB44/2208-2019",
    }

    def plant_limits(
        self, grade: PlantGrade, water_temperature: Exact | Missing | None = None, built_year: int = 2006
    ) -> tuple[tuple[EffluentLimit, ...], Basis]:
        """Return the daily limits of an urban plant, and what they rest on.

        Parameters
        ----------
        grade : PlantGrade
            Which grade applies is the permit's to say: the rules on receiving waters were changed
            in 2006 and in 2026.
        water_temperature : Decimal, Fraction, int, str or Missing, optional
            °C. Without one ammonia nitrogen has no limit: guessing a season could acquit a plant.
        built_year : int
            2006 unless told: the stricter limit of phosphorus.

        Raises
        ------
        UnverifiedValue
            A limit is not verified, and that is not allowed.
        """
        rules = self.rulebook("plant")
        cells = self._chosen(rules, "limits", water_temperature, built_year, grade=grade)
        cells += [*rules.cells("first_class"), *rules.cells("selected")]
        return self._limits(rules, cells)

    def guangdong_limits(
        self, grade: int = 1, unit_kind: str = "town_plant"
    ) -> tuple[tuple[EffluentLimit, ...], Basis]:
        """Return the limits of DB44/26, second period, of a kind of unit.

        Raises
        ------
        NoSuchValue
            There is no such grade or kind of unit.
        """
        rules = self.rulebook("guangdong")
        cells = list(rules.cells("limits", grade=grade, unit_kind=unit_kind))
        if not cells:
            raise NoSuchValue(f"{rules.code} has no limits of grade {grade} for {unit_kind}")
        return self._limits(rules, [*cells, *rules.cells("first_class")])

    def stricter_of_both(
        self, grade: PlantGrade, water_temperature: Exact | Missing | None = None, built_year: int = 2006
    ) -> tuple[tuple[EffluentLimit, ...], Basis]:
        """Return the stricter of the national grade and Guangdong's grade 1 for town plants."""
        national, one = self.plant_limits(grade, water_temperature, built_year)
        provincial, other = self.guangdong_limits()
        return stricter_limits(national, provincial), one | other

    def removal_instead(self, item: str, influent: Exact) -> Decimal | None:
        """Return the removal in percent that replaces a limit of grade 3, None where it does not.

        Source
        ------
        GB 18918—2002, table 1, notes: a strong influent is judged by removal.
        """
        cells = {
            cell.keys["part"]: cell for cell in self.rulebook("plant").cells("removal_instead", item=item)
        }
        if not cells or exact(influent) <= exact(cells["above"].number):
            return None
        return cells["percent"].number

    def influent_line(self) -> tuple[Fraction, Basis]:
        """Return the influent BOD5 below which a plan for the sewers is needed, mg/L."""
        cell = self.rulebook("influent").cell("influent", item="BOD5")
        basis = self.rulebook("influent").verdict_basis(cell, allow_unverified=self.allow_unverified)
        return Fraction(cell.number), basis

    def rural_grade(self, facility: RuralFacility) -> int:
        """Return the grade of a rural facility in Guangdong.

        Raises
        ------
        NoSuchValue
            The facility is too large for this standard; GB 18918 is referred to.
        """
        rules, scale = self.rulebook("rural"), exact(facility.scale_m3_per_day)
        scope = rules.number("scale", bound="scope_below")
        if scale >= exact(scope):
            raise NoSuchValue(f"{rules.code} holds below {scope} m³/d; found {facility.scale_m3_per_day}")
        if facility.function_is_defined:
            return 1
        return 3 if scale < exact(rules.number("scale", bound="grade_3_below")) else 2

    def rural_limits(
        self, facility: RuralFacility, water_temperature: Exact | Missing | None = None
    ) -> tuple[tuple[EffluentLimit, ...], Basis]:
        """Return the limits of a rural facility in Guangdong, and what they rest on.

        Raises
        ------
        NoSuchValue
            As `rural_grade`.
        """
        rules, grade = self.rulebook("rural"), self.rural_grade(facility)
        keys = {} if facility.special else {"grade": grade}
        table = "special" if facility.special else "limits"
        cells = self._chosen(rules, table, water_temperature, None, **keys)
        if facility.has_catering:
            cells += rules.cells(table, when="catering", **keys)
        if facility.water_is_sensitive:
            cells += rules.cells(table, when="sensitive", **keys)
        return self._limits(rules, cells)

    def rural_is_in_force(self, on: date, *, existing: bool) -> bool:
        """Whether DB44/2208 binds a facility on a day: existing ones later than new ones."""
        rules = self.rulebook("rural")
        first = rules.edition.first_on
        if existing:
            first = first.replace(month=int(rules.number("existing", rule="first_month")))
        return on >= first

    def _chosen(
        self,
        rules: Rulebook,
        table: str,
        temperature: Exact | Missing | None,
        built_year: int | None,
        **keys: object,
    ) -> list[Cell]:
        """Cells that hold at any time, in this water and for plants of this age."""
        whens = ["any"]
        if temperature is not None and not isinstance(temperature, Missing):
            line = exact(rules.number("conditions", rule="cold_at_or_below"))
            whens.append("at_or_below_12C" if exact(temperature) <= line else "above_12C")
        if built_year is not None:
            new = built_year >= rules.number("conditions", rule="new_built_from")
            whens.append("built_from_2006" if new else "built_to_2005")
        return [cell for when in whens for cell in rules.cells(table, when=when, **keys)]

    def _limits(self, rules: Rulebook, cells: list[Cell]) -> tuple[tuple[EffluentLimit, ...], Basis]:
        low, high = rules.cells("ranges", item="pH")
        used = [cell for cell in cells if cell.value is not None]
        found = [EffluentLimit("pH", Fraction(high.number), Fraction(low.number))]
        found += [EffluentLimit(cell.keys["item"], Fraction(cell.number)) for cell in used]
        basis = rules.verdict_basis(low, high, *used, allow_unverified=self.allow_unverified)
        return tuple(found), basis
