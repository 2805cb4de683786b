"""The environmental tax tables as a code list: made of the standards data, each number once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from qingshan.standards.dictionaries.entries import Codebook, Entry, Kind, Status
from qingshan.standards.editions import Cell, Edition, Value
from qingshan.standards.loader import shipped

__all__ = ["tax_codebooks"]

_TABLES = {
    "equivalents": "污染当量值",
    "ph": "污染当量值（pH 值）",
    "other_water": "污染当量值（其他水污染物）",
    "small_dischargers": "污染当量值（小型排污者）",
    "rate_range": "税额幅度",
    "solid_waste": "固体废物税额",
    "noise": "工业噪声税额",
    "rates": "适用税额",
}
_LISTS = {"water_first": "第一类水污染物", "water_second": "第二类水污染物", "air": "大气污染物"}
_TAXES = {"air": "大气污染物", "water": "水污染物"}
_BOUNDS = {"low": "下限", "high": "上限"}
_STANDARDS = ("环境保护税法", "广东省环境保护税适用税额")


def tax_codebooks() -> tuple[Codebook, ...]:
    """Return the code lists of the tax law and of each province whose rates are known.

    Examples
    --------
    >>> [book.standard for book in tax_codebooks()]
    ['广东省环境保护税适用税额', '环境保护税法']
    """
    return tuple(_codebook(edition) for edition in shipped() if edition.standard in _STANDARDS)


def _codebook(edition: Edition) -> Codebook:
    return Codebook(
        kind=Kind.TAX,
        standard=edition.standard,
        edition=edition.code,
        title=edition.title,
        first_on=edition.first_on,
        last_on=edition.last_on,
        status=Status.COMPLETE,
        verified=edition.verified,
        how_verified=edition.how_verified,
        source=edition.title,
        licence="法律及地方人大决定的附表，不受著作权保护",
        attributes={"table": "表", "value": "数值", "unit": "单位", "clause": "条款", "note": "备注"},
        entries=tuple(_entries(edition)),
        notes=edition.notes,
        path=edition.path,
    )


def _entries(edition: Edition) -> Iterator[Entry]:
    numbers: dict[str, int] = {}
    for cell in edition.cells:
        if cell.table in _TABLES:
            group = _LISTS.get(cell.keys.get("list", ""), _TABLES[cell.table])
            numbers[group] = numbers.get(group, 0) + 1
            entry = _entry(edition, cell, f"{group}-{numbers[group]}")
            yield entry if edition.standard == _STANDARDS[0] else replace(entry, code=f"广东{entry.code}")


def _entry(edition: Edition, cell: Cell, code: str) -> Entry:
    aliases = [word for word in (cell.keys.get("code"), cell.note) if word and len(word) < 8]
    attributes = {
        "table": _TABLES[cell.table],
        "value": _printed(cell.value),
        "unit": cell.unit,
        "clause": cell.clause,
        "note": cell.note,
    }
    return Entry(
        kind=Kind.TAX,
        edition=edition.code,
        code=code,
        name=_name(cell),
        aliases=tuple(aliases),
        attributes={name: word for name, word in attributes.items() if word},
    )


def _printed(value: Value) -> str:
    """A number without an exponent: the law prints 0.0000003."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _name(cell: Cell) -> str:
    keys = cell.keys
    if cell.table == "ph":
        acid = f"{keys['acid_from']}≤pH<{keys['acid_below']}"
        alkaline = f"，{keys['alkaline_above']}<pH≤{keys['alkaline_to']}" if "alkaline_to" in keys else ""
        return f"pH值（{acid}{alkaline}）"
    if cell.table == "noise":
        upper = f"—{keys['to_db']}分贝" if "to_db" in keys else "分贝以上"
        return f"工业噪声超标{keys['from_db']}{upper}"
    word = next(keys[name] for name in ("pollutant", "matter", "kind", "waste", "tax") if name in keys)
    side = _BOUNDS.get(keys.get("bound", ""), keys.get("measure", ""))
    return f"{_TAXES.get(word, word)}{f'（{side}）' if side else ''}"
