"""Environmental protection tax of a month, out of a table of outlets and pollutants (环境保护税测算)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable, columns_of, read_batches
from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.emission.equivalents import Equivalent, taxed_items
from qingshan.science.emission.tax import outlet_tax, reduced_share
from qingshan.standards.public import NoSuchValue

__all__ = ["COLUMNS", "Discharge", "TaxLine", "TaxRun", "printed_yuan", "read_discharges", "tax_of_month"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "outlet": ("outlet", "排放口", "排口"),
    "medium": ("medium", "介质"),
    "pollutant": ("pollutant", "污染物"),
    "amount_kg": ("amount_kg", "排放量", "排放量kg"),
    "mean": ("mean", "月均浓度"),
    "highest": ("highest", "最高浓度"),
    "limit": ("limit", "限值", "排放限值"),
}
"""What the columns of a table may be called; the last three are only needed where a reduction is claimed."""

_NEEDED = ("outlet", "medium", "pollutant", "amount_kg")
_MEDIA = {
    "气": ("air",),
    "air": ("air",),
    "水": ("water_first", "water_second"),
    "water": ("water_first", "water_second"),
}
_COUNTED = {"air": "air", "water_first": "water_first", "water_second": "water_other"}
_TAX = {"air": "air", "water_first": "water", "water_second": "water"}
_LISTS = {"air": "大气污染物", "water_first": "第一类水污染物", "water_second": "其他水污染物"}


@dataclass(frozen=True, slots=True)
class Discharge:
    """One pollutant of one outlet in the month.

    ``concentrations`` hold the mean and the highest value of the month, and ``limit`` what they are
    compared with; without all three there is no reduction.
    """

    row: int
    outlet: str
    table: str
    equivalent: Equivalent
    amount_kg: Fraction
    concentrations: tuple[Fraction, ...] = ()
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """What one pollutant of one outlet pays, and why nothing where it pays nothing."""

    discharge: Discharge
    payable_percent: Fraction
    yuan: Fraction
    why_not: str = ""

    @property
    def list_label(self) -> str:
        """Which list of the law the pollutant stands in."""
        return _LISTS[self.discharge.table]


@dataclass(frozen=True, slots=True)
class TaxRun:
    """The lines of a month, outlet by outlet in the order of the file, their sum and what it rests on."""

    lines: tuple[TaxLine, ...]
    basis: Basis

    @property
    def yuan(self) -> Fraction:
        """All outlets together, not rounded."""
        return sum((line.yuan for line in self.lines), Fraction(0))


def read_discharges(path: Path, rules: EmissionRules, problems: Problems) -> Iterator[Discharge]:
    """Yield what a table says was discharged; a row that cannot be used is reported and left out.

    Parameters
    ----------
    path : Path
        CSV, CSV.GZ, XLSX or Parquet, with the columns of `COLUMNS` in English or Chinese.
    rules : EmissionRules
        Of the month: the law says which pollutants there are.
    problems : Problems
        Takes what is reported: by row, field, what was found.

    Raises
    ------
    BadTable
        The file cannot be read, or a column that is needed is not there.
    """
    names = _columns(path)
    seen: set[tuple[str, str, str]] = set()
    for batch in read_batches(path):
        for place in range(len(batch)):
            cells = {name: batch.columns[column][place].strip() for name, column in names.items()}
            found = _discharge(batch.first_row + place, cells, rules, problems)
            if found is None:
                continue
            key = (found.outlet, found.table, found.equivalent.pollutant)
            if key in seen:
                problems.add(
                    found.row, "pollutant", cells["pollutant"], "duplicate", "一个排放口一种污染物一行"
                )
            else:
                seen.add(key)
                yield found


def tax_of_month(discharges: Sequence[Discharge], rules: EmissionRules, province: str = "广东") -> TaxRun:
    """Return what the outlets of a taxpayer pay in a month.

    Parameters
    ----------
    discharges : sequence of Discharge
        Every pollutant of every outlet.
    rules : EmissionRules
    province : str
        Whose rates hold.

    Returns
    -------
    TaxRun

    Raises
    ------
    NoSuchValue
        The rates of the province are not here.
    UnverifiedValue
        A rate is unverified and that is not allowed.

    Notes
    -----
    No reduction for anything as soon as one value of the taxpayer exceeds its limit (实施条例, art. 11).
    """
    rates = {tax: rules.rate(tax, province) for tax in ("air", "water")}
    exceeds = any(one.limit is not None and max(one.concentrations) > one.limit for one in discharges)
    lines = []
    groups: dict[tuple[str, str], list[Discharge]] = {}
    for one in discharges:
        groups.setdefault((one.outlet, one.table), []).append(one)
    for (_, table), found in groups.items():
        taken = taxed_items([one.equivalent for one in found], rules.counted(_COUNTED[table]))
        names = {one.pollutant for one in taken}
        for one in sorted(found, key=lambda one: (-one.equivalent.number, one.equivalent.order)):
            lines.append(_line(one, names, rules, rates[_TAX[table]][0], exceeds=exceeds))
    used = {_TAX[one.table] for one in discharges}
    basis = rules.law.basis()
    for tax in sorted(used):
        basis |= rates[tax][1]
    return TaxRun(tuple(lines), basis)


def _line(one: Discharge, taxed: set[str], rules: EmissionRules, yuan: Fraction, *, exceeds: bool) -> TaxLine:
    if one.equivalent.pollutant not in taxed:
        why = "没有排放" if one.equivalent.number == 0 else "不在计征的项数内"
        return TaxLine(one, Fraction(100), Fraction(0), why)
    payable = Fraction(100)
    if one.limit is not None and not exceeds:
        payable = reduced_share([one.concentrations[0]], one.limit, rules.reductions())
    return TaxLine(one, payable, outlet_tax(one.equivalent.number, yuan, payable))


def _columns(path: Path) -> dict[str, str]:
    there = columns_of(path)
    names = {name: column for name, called in COLUMNS.items() for column in there if column in called}
    if lacking := [name for name in _NEEDED if name not in names]:
        known = "；".join(f"{name}（{'、'.join(COLUMNS[name][1:])}）" for name in lacking)
        raise BadTable(f"{path.name}: 缺少列 {known}")
    return names


def _discharge(
    row: int, cells: Mapping[str, str], rules: EmissionRules, problems: Problems
) -> Discharge | None:
    tables = _MEDIA.get(cells["medium"])
    if not cells["outlet"] or tables is None:
        field = "medium" if tables is None else "outlet"
        problems.add(row, field, cells[field], "unknown_medium" if tables is None else "blank", "气、水")
        return None
    amount = _number(row, "amount_kg", cells, problems)
    if amount is None:
        return None
    for table in tables:
        try:
            (equivalent,) = rules.equivalents({cells["pollutant"]: amount}, table)
        except NoSuchValue:
            continue
        return _with_reduction(Discharge(row, cells["outlet"], table, equivalent, amount), cells, problems)
    problems.add(row, "pollutant", cells["pollutant"], "not_taxed_by_the_law", "附表二的名称或 HJ 212 编码")
    return None


def _with_reduction(found: Discharge, cells: Mapping[str, str], problems: Problems) -> Discharge:
    if not any(cells.get(name) for name in ("mean", "highest", "limit")):
        return found
    values = [_number(found.row, name, cells, problems) for name in ("mean", "highest", "limit")]
    mean, highest, limit = values
    if mean is None or highest is None or limit is None:
        return found
    if limit == 0 or mean > highest:
        field = "limit" if limit == 0 else "highest"
        problems.add(found.row, field, cells[field], "impossible", "限值大于零，最高浓度不低于均值")
        return found
    return Discharge(
        found.row, found.outlet, found.table, found.equivalent, found.amount_kg, (mean, highest), limit
    )


def _number(row: int, name: str, cells: Mapping[str, str], problems: Problems) -> Fraction | None:
    text = cells.get(name, "")
    try:
        number = exact(text)
    except ValueError:
        problems.add(row, name, text, "blank" if not text else "not_a_number", "不小于零的数")
        return None
    if number < 0:
        problems.add(row, name, text, "negative", "不小于零的数")
        return None
    return number


def printed_yuan(yuan: Fraction) -> str:
    """Return an amount of money as printed, in yuan and fen."""
    return str(round_places(yuan, 2))
