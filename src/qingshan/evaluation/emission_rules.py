"""Puts the editions in force into the shapes that the calculations of emission and carbon take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.emission.equivalents import AcidityBand, Equivalent, equivalent_number
from qingshan.science.emission.kilns import KilnRule
from qingshan.science.emission.load import Ladder, Rung
from qingshan.science.emission.tax import FractionOfDecibel, NoiseBand, NoiseRate, Reduction
from qingshan.standards.public import Cell, NoSuchValue, Rulebook

__all__ = ["PROVINCE_RATES", "EmissionRules", "GridFactor"]

PROVINCE_RATES: Mapping[str, str] = {"广东": "rates_guangdong"}
"""Which part holds what a province charges."""


@dataclass(frozen=True, slots=True)
class GridFactor:
    """Carbon dioxide of power of a place, t a MWh, and what it rests on."""

    factor: Fraction
    basis: Basis


class EmissionRules(DatedRules):
    """Tax, gaps, kilns and factors of the month of a tax or the year of an inventory."""

    STANDARDS = {
        "tax": "环境保护税法",
        "rates_guangdong": "广东省环境保护税适用税额",
        "online_gas": "固定污染源废气自动监测",
        "kilns": "工业炉窑分级",
        "power": "电力二氧化碳排放因子",
        "heat": "外购热力二氧化碳排放因子",
    }
    SHIPPED = {
        "tax": "环境保护税法（2018年施行）/amended_2025",
        "rates_guangdong": "广东省人大常委会公告第95号（2017年）",
        "online_gas": "HJ 75-2017",
        "kilns": "阳江高新区生态环境保护“十四五”规划 工业炉窑分级",
        "power": "2023年电力二氧化碳排放因子",
        "heat": "外购热力排放因子（默认值）",
    }

    @property
    def law(self) -> Rulebook:
        """The tax law."""
        return self.rulebook("tax")

    def equivalents(self, amounts_kg: Mapping[str, Exact], medium: str) -> tuple[Equivalent, ...]:
        """Return the pollution equivalents of what one outlet discharged, of pollutants the law lists.

        Parameters
        ----------
        amounts_kg : mapping of pollutant to Decimal, Fraction, int or str
            Name as the law prints it, or code of HJ 212; kg in the month.
        medium : str
            ``water_first``, ``water_second`` or ``air``: the table of the law.

        Raises
        ------
        NoSuchValue
            A pollutant that the table does not have: the law does not tax it.
        """
        found = []
        for pollutant, amount in amounts_kg.items():
            cell = self._equivalent(pollutant, medium)
            name = cell.keys["pollutant"]
            group = self.only_one_of(name)
            found.append(
                Equivalent(name, equivalent_number(amount, cell.number), int(cell.keys["no"]), group)
            )
        return tuple(found)

    def _equivalent(self, pollutant: str, medium: str) -> Cell:
        by_code = self.law.cells("equivalents", list=medium, code=pollutant)
        return by_code[0] if by_code else self.law.cell("equivalents", list=medium, pollutant=pollutant)

    def only_one_of(self, pollutant: str) -> str:
        """Return the group of which one outlet pays for one pollutant alone; empty for most."""
        cells = self.law.cells("one_only", pollutant=pollutant)
        return str(cells[0].value) if cells else ""

    def small_discharger(self, kind: str, measure: str = "") -> tuple[Fraction, Fraction | None]:
        """Return the equivalent value of a small discharger, and the size above which it pays, if any.

        Parameters
        ----------
        kind : str
            牛, 猪, 家禽, 小型企业, 饮食娱乐服务业, 消毒的医院 or 不消毒的医院.
        measure : str
            For a hospital 床 or 污水.
        """
        keys = {"kind": kind, **({"measure": measure} if measure else {})}
        floors = self.law.cells("small_discharger_floors", kind=kind)
        floor = exact(floors[0].number) if floors else None
        return exact(self.law.number("small_dischargers", **keys)), floor

    def other_water(self, matter: str) -> Fraction:
        """Return the equivalent value of 色度 (colour), 大肠菌群数 (coliforms) or 余氯量 (chlorine)."""
        return exact(self.law.number("other_water", matter=matter))

    def acidity_bands(self) -> tuple[AcidityBand, ...]:
        """Return the bands of pH."""
        return tuple(_acidity_band(cell) for cell in self.law.cells("ph"))

    def counted(self, items: str) -> int:
        """Return how many of ``air``, ``water_first`` or ``water_other`` are taxed at one outlet."""
        return int(self.law.number("counted", list=items))

    def rate(self, tax: str, province: str = "广东") -> tuple[Fraction, Basis]:
        """Return yuan per equivalent of ``air`` or ``water`` in a province, and its basis.

        Raises
        ------
        NoSuchValue
            The rates of the province are not here, or lie outside what the law allows.
        """
        if province not in PROVINCE_RATES:
            raise NoSuchValue(f"{province} 的适用税额不在此；已有：{'、'.join(PROVINCE_RATES)}")
        theirs = self.rulebook(PROVINCE_RATES[province])
        cell = theirs.cell("rates", tax=tax)
        bounds = {cell.keys["bound"]: cell for cell in self.law.cells("rate_range", tax=tax)}
        if not bounds["low"].number <= cell.number <= bounds["high"].number:
            raise NoSuchValue(f"{theirs.name} {cell.label} = {cell.value} 不在法定幅度内")
        basis = theirs.verdict_basis(cell, allow_unverified=self.allow_unverified)
        return exact(cell.number), basis | self.law.basis(*bounds.values())

    def reductions(self) -> tuple[Reduction, ...]:
        """Return the steps of reduction for clean discharge, the smaller first."""
        edge = self.law.cell("reduction_edge", case="exactly")
        if edge.value != "reduced":
            raise NoSuchValue(f"{edge.label} is {edge.value}; the calculation reduces at exactly the step")
        return tuple(
            Reduction(
                exact(self.law.number("reductions", step=step, part="lower_by")),
                exact(self.law.number("reductions", step=step, part="payable")),
            )
            for step in _steps(self.law.cells("reductions"))
        )

    def solid_waste_rate(self, waste: str) -> Fraction:
        """Return yuan a tonne of 煤矸石, 尾矿, 危险废物 or 其他固体废物."""
        return exact(self.law.number("solid_waste", waste=waste))

    def noise_rate(self, *, fractions: bool = False) -> NoiseRate:
        """Return how industrial noise is taxed.

        Parameters
        ----------
        fractions : bool
            True where decibels over the limit are not whole: then the rule of rounding is needed, and
            nobody has confirmed it.

        Raises
        ------
        UnverifiedValue
            Fractions, and unverified values are not allowed.
        """
        law, rules = self.law, {cell.keys["rule"]: cell for cell in self.law.cells("noise_rules")}
        used = [*law.cells("noise"), rules["half_below_days"], rules["two_units_beyond"]]
        how = FractionOfDecibel.REFUSE
        if fractions:
            used.append(rules["fraction_of_db"])
            how = FractionOfDecibel(str(rules["fraction_of_db"].value))
        return NoiseRate(
            bands=tuple(_noise_band(cell) for cell in law.cells("noise")),
            half_below_days=int(rules["half_below_days"].number),
            two_units_beyond_m=exact(rules["two_units_beyond"].number),
            fraction_of_db=how,
            basis=law.verdict_basis(*used, allow_unverified=self.allow_unverified),
        )

    def required_values(self, span: str) -> int:
        """Return how many minutes make a valid ``hour``, how many hours a valid ``day``, of gas."""
        return int(self.rulebook("online_gas").number("valid_values", span=span))

    def ladder(self) -> Ladder:
        """Return the steps of substitution for amounts of gas that were not measured."""
        rules = self.rulebook("online_gas")
        cells = rules.cells("substitution")
        rungs = []
        for step in _steps(cells):
            parts = {cell.keys["part"]: cell.number for cell in cells if cell.keys["step"] == step}
            gap = parts.get("gap_to")
            rungs.append(
                Rung(exact(parts["capture_from"]), None if gap is None else int(gap), int(parts["look_back"]))
            )
        return Ladder(tuple(rungs), rules.verdict_basis(*cells, allow_unverified=self.allow_unverified))

    def kiln_rule(self) -> KilnRule:
        """Return how firms with kilns are graded."""
        rules = self.rulebook("kilns")
        best, good = (rules.cell("grades", grade=grade) for grade in ("A", "B"))
        if good.number != 100:
            raise NoSuchValue(f"{good.label} is {good.value}; grade B is the limit itself")
        return KilnRule(
            exact(best.number), rules.verdict_basis(best, good, allow_unverified=self.allow_unverified)
        )

    def grid_factor(self, place: str, level: str = "province") -> GridFactor:
        """Return the factor of power of a place in the year of the day.

        Parameters
        ----------
        place : str
            广东, 南方, 全国平均 ...
        level : str
            ``province``, ``region`` or ``country``.

        Raises
        ------
        NoSuchValue
            The year has no factor for the place: there is none for 西藏, 香港, 澳门, 台湾.

        Notes
        -----
        After the last published year its factor holds, and the basis says so.
        """
        rules = self.rulebook("power")
        cell = rules.cell("factors", level=level, place=place)
        basis = rules.verdict_basis(cell, allow_unverified=self.allow_unverified)
        year = None if self.on is None or "power" in self.named else self.on.year
        if year is not None and year > rules.edition.first_on.year:
            latest = f"{year} 年的电力因子未公布，取最近公布的 {rules.code}"
            basis |= Basis(unverified=(latest,))
        return GridFactor(exact(cell.number), basis)

    def heat_factor(self) -> GridFactor:
        """Return the factor of bought heat when nothing better is known, t a GJ."""
        rules = self.rulebook("heat")
        cell = rules.cell("factors")
        return GridFactor(
            exact(cell.number), rules.verdict_basis(cell, allow_unverified=self.allow_unverified)
        )


def _acidity_band(cell: Cell) -> AcidityBand:
    above, to = (cell.keys.get(name) for name in ("alkaline_above", "alkaline_to"))
    return AcidityBand(
        exact(cell.keys["acid_from"]),
        exact(cell.keys["acid_below"]),
        None if above is None else exact(above),
        None if to is None else exact(to),
        exact(cell.number),
    )


def _noise_band(cell: Cell) -> NoiseBand:
    to = cell.keys.get("to_db")
    return NoiseBand(int(cell.keys["from_db"]), None if to is None else int(to), exact(cell.number))


def _steps(cells: Iterable[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.keys["step"] for cell in cells))
