"""Evaluates tables of soil samples: farmland by pH and land, construction land by class (土壤环境评价)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells, decimal_text
from qingshan.evaluation.soil_rules import SoilRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.science.soil.construction import ConstructionVerdict
from qingshan.science.soil.farmland import FarmlandVerdict, Land
from qingshan.science.soil.screening import RiskLevel
from qingshan.science.water.readings import Reading

__all__ = ["ConstructionSoil", "FarmlandSoil", "item_columns"]

_LANDS = {land.label: land for land in Land} | {"旱地": Land.OTHER, "水浇地": Land.OTHER, "其它": Land.OTHER}
_LAND_CLASSES = {"1": 1, "2": 2, "第一类": 1, "第二类": 2, "第一类用地": 1, "第二类用地": 2}

MOST = 1_000_000
"""mg/kg: all of it. More is a wrong unit."""

_UNDECIDED = "non_detect_above_the_value"

Contents = Mapping[str, Fraction | Missing]


def item_columns(heading: Sequence[str], kind: str, editions: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each item of a table, by its name or symbol: field ``item:`` and the item.

    Wide brackets, spaces and the unit of all limits behind a name do not matter: ``镉（mg/kg）`` is 镉.
    """
    rules = SoilRules(None, editions)
    if kind == "farmland":
        words = {name: item for item, name in rules.farmland_names.items()}
        words |= {item: item for item in rules.farmland_names}
    else:
        words = {"六价铬": "铬(六价)", "二噁英类(总毒性当量)": "二噁英类(TEQ)"} | rules.construction_codes
        words |= {item: item for item in rules.construction_scale(1).pairs}
    named = ((words.get(column, words.get(_plain(column))), column) for column in heading)
    return {f"item:{item}": column for item, column in named if item is not None}


def _plain(column: str) -> str:
    return "".join(unicodedata.normalize("NFKC", column).split()).removesuffix("(mg/kg)")


class _Soil:
    """What both kinds of land share: the rules of each day, and contents with their detection limits."""

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        self.settings, self._editions = settings, editions
        self._known: dict[date | None, SoilRules] = {}
        self._basis = Basis()
        self._classes: Counter[str] = Counter()

    def rules(self, day: date | None) -> SoilRules:
        """Return the rules of a day."""
        if day not in self._known:
            allow = self.settings.allow_unverified
            self._known[day] = SoilRules(day, self._editions, allow_unverified=allow)
        return self._known[day]

    def readings(self, row: Row) -> dict[str, Reading | Missing]:
        """Return what the table says of each item."""
        fields = [name for name in row.columns if name.startswith("item:")]
        return {name.removeprefix("item:"): row.reading(name, 0, MOST) for name in fields}

    def keep(self, basis: Basis, found: str) -> None:
        """Keep what a verdict rests on, and count it."""
        self._basis |= basis
        self._classes[found] += 1

    def finish(self) -> Iterator[Line]:
        """Return the lines that only the whole table gives: none."""
        return iter(())

    def basis(self) -> Basis:
        """Return what all verdicts rest on."""
        return self._basis

    def summary(self) -> Mapping[str, Any]:
        """Return how many samples there are of each class or level."""
        return {"samples": dict(self._classes)}


class FarmlandSoil(_Soil):
    """Samples of farmland: class, and the items above their values (农用地)."""

    needs: Sequence[str] = ("sample", "pH", "land")
    heading: Sequence[str] = (
        *("行号", "点位", "日期", "土地利用", "pH", "类别", "超筛选值项目", "超管制值项目", "缺项"),
        *("未评价原因", "依据", "未核实"),
    )

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one sample."""
        land, day = row.word("land", _LANDS), row.day("day", self.settings.on)
        acidity = row.value("pH", 0, 14)
        readings = self.readings(row)
        found: FarmlandVerdict | Missing
        if isinstance(land, Missing) or isinstance(day, Missing):
            found = row.not_judged("sample", land.reason if isinstance(land, Missing) else "no_day")
        else:
            rules = self.rules(day)

            def judged(contents: Contents) -> FarmlandVerdict:
                return rules.judge_farmland(contents, acidity, land)

            found = row.judged("sample", lambda: _decided(readings, judged))
        yield [
            row.number,
            row.text("sample"),
            "" if isinstance(day, Missing) else day.isoformat(),
            "" if isinstance(land, Missing) else land.label,
            decimal_text(acidity),
            *self._cells(row, found),
        ]

    def _cells(self, row: Row, found: FarmlandVerdict | Missing) -> list[object]:
        if isinstance(found, Missing):
            return ["", "", "", "", "、".join(row.why), "", ""]
        if isinstance(found.farmland_class, Missing):
            row.not_judged("sample", found.farmland_class.reason)
        else:
            self.keep(found.basis, found.farmland_class.label)
        return [
            "" if isinstance(found.farmland_class, Missing) else found.farmland_class.label,
            *_above(found.levels),
            _gaps(found.missing),
            "、".join(row.why),
            *basis_cells(found.basis),
        ]


class ConstructionSoil(_Soil):
    """Samples of construction land: the worst level, and the items above their values (建设用地)."""

    needs: Sequence[str] = ("sample",)
    heading: Sequence[str] = (
        *("行号", "点位", "日期", "用地分类", "评价", "超筛选值项目", "超管制值项目", "缺项"),
        *("未评价原因", "依据", "未核实"),
    )

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one sample; unknown use is class 1."""
        told = row.word("land_class", _LAND_CLASSES, needed=False)
        land_class: int | Missing = 1 if isinstance(told, Missing) and told.reason == "blank" else told
        day, readings = row.day("day", self.settings.on), self.readings(row)
        found: ConstructionVerdict | Missing
        if isinstance(land_class, Missing) or isinstance(day, Missing):
            reason = land_class.reason if isinstance(land_class, Missing) else "no_day"
            found = row.not_judged("sample", reason)
        else:
            rules, use = self.rules(day), land_class

            def judged(contents: Contents) -> ConstructionVerdict:
                return rules.judge_construction(contents, use)

            found = row.judged("sample", lambda: _decided(readings, judged))
        words = {1: "第一类", 2: "第二类"}
        assumed = "（用途不明）" if isinstance(told, Missing) else ""
        yield [
            row.number,
            row.text("sample"),
            "" if isinstance(day, Missing) else day.isoformat(),
            "" if isinstance(land_class, Missing) else words[land_class] + assumed,
            *self._cells(row, found),
        ]

    def _cells(self, row: Row, found: ConstructionVerdict | Missing) -> list[object]:
        if isinstance(found, Missing):
            return ["", "", "", "", "、".join(row.why), "", ""]
        if isinstance(found.level, Missing):
            row.not_judged("sample", found.level.reason)
        else:
            self.keep(found.basis, found.level.label)
        return [
            "" if isinstance(found.level, Missing) else found.level.label,
            *_above(found.levels),
            _gaps(found.missing),
            "、".join(row.why),
            *basis_cells(found.basis),
        ]


def _decided(readings: Mapping[str, Reading | Missing], judge: Callable[[Contents], Any]) -> Any:
    """Judge with every non-detect at its detection limit; one whose limit exceeds the value says nothing.

    Below a limit that does not exceed the screening value a sample does not exceed it either,
    whatever it holds; above it nobody knows.
    """
    contents: dict[str, Fraction | Missing] = {
        item: found if isinstance(found, Missing) else found.value for item, found in readings.items()
    }
    verdict = judge(contents)
    below = [item for item, found in readings.items() if isinstance(found, Reading) and found.below]
    undecided = [item for item in below if verdict.levels.get(item, 0) > RiskLevel.NOT_ABOVE_SCREENING]
    if not undecided:
        return verdict
    return judge(contents | dict.fromkeys(undecided, Missing(_UNDECIDED)))


def _above(levels: Mapping[str, RiskLevel]) -> list[str]:
    return [
        "、".join(item for item, found in levels.items() if found is level)
        for level in (RiskLevel.ABOVE_SCREENING, RiskLevel.ABOVE_INTERVENTION)
    ]


def _gaps(missing: Mapping[str, Missing]) -> str:
    return "、".join(f"{item}:{gap.reason}" for item, gap in missing.items())
