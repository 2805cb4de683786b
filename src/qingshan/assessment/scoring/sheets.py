"""From rows and a scheme to a score sheet. Exact to the end; the total is rounded once.

The walk of one point: the scheme gives a list its points; lists without a row that counts give theirs to
the others; a category does the same within its list; a row has its part by weight; the curve says how much
of that it earns; a breach cuts the list or the whole; conduct adds and takes; the sum is rounded; the grade
is read off, and may be held down by a breach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from qingshan.assessment.scoring.curves import share_of
from qingshan.assessment.scoring.shapes import (
    Because,
    Conduct,
    ConductRule,
    ConductSheet,
    Effect,
    Line,
    ListKind,
    ListRule,
    ListSheet,
    Penalty,
    Row,
    Scheme,
    Sheet,
    Verdict,
)
from qingshan.kernel.rounding import exact, round_places
from qingshan.plans.packs.words import Attribute

__all__ = ["UnknownCategory", "UnknownConduct", "UnknownZone", "score"]

K = TypeVar("K", bound=str)

_NOTHING = Fraction(0)
_DONE = 100
NOT_WEIGHED = "不计分"
_WHY = {Because.BINDING_MISSED: "约束性指标未达标", Because.TOO_FEW_KEY_PROJECTS: "重点项目完成比例不足"}


class UnknownZone(ValueError):
    """The scheme says nothing about such a function zone."""


class UnknownCategory(ValueError):
    """The scheme gives points by category and none to this one; its rows would be passed over in silence."""


class UnknownConduct(ValueError):
    """The scheme has no rule for such a fact; it would be passed over in silence."""


def score(
    scheme: Scheme,
    rows: Mapping[ListKind, Sequence[Row]],
    conduct: Sequence[Conduct] = (),
    *,
    department: str = "",
    number: int | None = None,
    zone: str = "",
) -> Sheet:
    """Score a plan, or what one department answers for in it (评估评分).

    Parameters
    ----------
    rows : mapping of list to rows
        As of the day of the evaluation. A row with ``excluded`` is shown and left out.
    department : str
        Only the rows this department leads or joins in, and its own conduct; empty: all.
    number : int, optional
        That department's number; it decides wherever rows and facts carry numbers.
    zone : str
        Function zone whose factors weigh the rows; empty: none.

    Returns
    -------
    Sheet
        Every line with its weight, share, points and reason.

    Raises
    ------
    UnknownZone, UnknownCategory, UnknownConduct
        The scheme does not know the zone or a row's category, or has no rule for a fact.

    Notes
    -----
    Where nothing counts at all, the total is 0 before conduct, and no grade is given.
    """
    factors = _factors(scheme, zone)
    own = {kind: _own(rows.get(kind, ()), department, number, scheme.joint_share) for kind in scheme.lists}
    weighed = {
        kind: [(row, _weight(row, scheme.lists[kind], factors) * part) for row, part in found]
        for kind, found in own.items()
    }
    full = _spread(
        {kind: exact(rule.points) for kind, rule in scheme.lists.items()},
        {
            kind
            for kind, found in weighed.items()
            if any(weight and not row.excluded for row, weight in found)
        },
    )
    sheets = [
        _list_sheet(kind, scheme.lists[kind], full[kind], found) for kind, found in weighed.items() if found
    ]
    lists = [_cut(sheet, scheme.lists[sheet.kind]) for sheet in sheets]
    facts = _conduct(scheme, [one for one in conduct if not department or one.is_of(department, number)])
    return _summed(scheme, lists, facts, department=department, zone=zone)


def _factors(scheme: Scheme, zone: str) -> Mapping[str, Decimal]:
    if zone and zone not in scheme.zones:
        raise UnknownZone(f"方案“{scheme.name}”没有功能区“{zone}”；有：{'、'.join(scheme.zones) or '无'}")
    return scheme.zones[zone] if zone else {}


def _own(
    rows: Sequence[Row], department: str, number: int | None, joint: Decimal
) -> list[tuple[Row, Fraction]]:
    """The rows somebody answers for, and how much of each."""
    parts = ((row, _part(row, department, number, joint)) for row in rows)
    return [(row, part) for row, part in parts if part]


def _part(row: Row, department: str, number: int | None, joint: Decimal) -> Fraction:
    if not department:
        return Fraction(1)
    if number is not None and row.numbered:
        leads, joins = number == row.lead_id, number in row.joint_ids
    else:
        leads, joins = department == row.lead, department in row.joint
    if leads:
        return Fraction(1)
    return exact(joint) if joins else _NOTHING


def _weight(row: Row, rule: ListRule, factors: Mapping[str, Decimal]) -> Fraction:
    found = next((one.weight for one in rule.weights if one.fits(row)), Decimal(0))
    return exact(found) * exact(factors.get(row.category, Decimal(1)))


def _spread(points: Mapping[K, Fraction], there: set[K]) -> dict[K, Fraction]:
    """Give the points of what is not there to what is, in proportion."""
    held = sum((points[key] for key in there), _NOTHING)
    whole = sum(points.values(), _NOTHING)
    return {key: points[key] * whole / held if key in there and held else _NOTHING for key in points}


def _list_sheet(
    kind: ListKind, rule: ListRule, full: Fraction, rows: Sequence[tuple[Row, Fraction]]
) -> ListSheet:
    counted = [(row, weight) for row, weight in rows if weight and not row.excluded]
    per_weight = _per_weight(rule, full, counted)
    lines = tuple(_line(row, weight, per_weight, rule) for row, weight in rows)
    earned = sum((line.points for line in lines), _NOTHING)
    return ListSheet(kind, full, lines, earned, earned)


def _per_weight(
    rule: ListRule, full: Fraction, counted: Sequence[tuple[Row, Fraction]]
) -> dict[str, Fraction]:
    """The points of one unit of weight, by category; one category "" where the scheme has none."""
    categories = {name: exact(points) for name, points in rule.categories.items()} or {"": exact(rule.points)}
    weights: dict[str, Fraction] = {}
    for row, weight in counted:
        name = _category(row, rule)
        if name not in categories:
            raise UnknownCategory(f"“{row.name}”的类别“{name}”不在方案的分类中；有：{'、'.join(categories)}")
        weights[name] = weights.get(name, _NOTHING) + weight
    points, scale = _spread(categories, set(weights)), full / sum(categories.values(), _NOTHING)
    return {name: points[name] * scale / weight for name, weight in weights.items()}


def _category(row: Row, rule: ListRule) -> str:
    return row.category if rule.categories else ""


def _line(row: Row, weight: Fraction, per_weight: Mapping[str, Fraction], rule: ListRule) -> Line:
    left_out = row.excluded or ("" if weight else NOT_WEIGHED)
    if left_out:
        return Line(row, weight, _NOTHING, _NOTHING, _NOTHING, "", left_out)
    full = weight * per_weight[_category(row, rule)]
    share, why = share_of(row, rule)
    return Line(row, weight, full, share, full * share, why)


def breaches(sheet: ListSheet, rule: ListRule) -> list[tuple[Because, Penalty]]:
    """Return what a list's rows breach, and what follows."""
    rows = [line.row for line in sheet.lines if not line.left_out]
    found: list[tuple[Because, Penalty]] = []
    missed = any(row.attribute is Attribute.BINDING and row.verdict is Verdict.MISSED for row in rows)
    if rule.binding_missed and missed:
        found.append((Because.BINDING_MISSED, rule.binding_missed))
    share = _key_share(rows)
    if rule.too_few and rule.key_share is not None and share is not None and share < exact(rule.key_share):
        found.append((Because.TOO_FEW_KEY_PROJECTS, rule.too_few))
    return found


def _key_share(rows: Sequence[Row]) -> Fraction | None:
    """The share of key projects done; None without any."""
    key = [row for row in rows if row.key]
    return Fraction(sum(row.done == _DONE for row in key), len(key)) if key else None


def _cut(sheet: ListSheet, rule: ListRule) -> ListSheet:
    """Cut a list's points for what its rows breach."""
    for because, penalty in breaches(sheet, rule):
        if penalty.effect is Effect.SHARE_AT_MOST:
            limit = sheet.full * exact(penalty.value)
            told = f"{_WHY[because]}，本清单最多得 {round_places(limit, 2)} 分"
            sheet = replace(sheet, points=min(sheet.points, limit), cut=told)
        elif penalty.effect is Effect.POINTS_OFF:
            told = f"{_WHY[because]}，本清单扣 {penalty.value} 分"
            sheet = replace(sheet, points=max(_NOTHING, sheet.points - exact(penalty.value)), cut=told)
    return sheet


def _conduct(scheme: Scheme, cases: Sequence[Conduct]) -> list[ConductSheet]:
    known = {rule.kind for rule in scheme.conduct}
    if strange := sorted({case.kind for case in cases} - known):
        raise UnknownConduct(f"方案“{scheme.name}”没有加减分项：{'、'.join(strange)}")
    return [
        sheet
        for rule in scheme.conduct
        if (sheet := _conduct_sheet(rule, tuple(case for case in cases if case.kind == rule.kind))).cases
    ]


def _conduct_sheet(rule: ConductRule, cases: tuple[Conduct, ...]) -> ConductSheet:
    count = sum(case.count for case in cases)
    points, limit = exact(rule.each) * count, exact(rule.at_most)
    reached = abs(points) > limit
    points = (limit if points > 0 else -limit) if reached else points
    sign = "加" if rule.each > 0 else "扣"
    why = f"{count} 次，每次{sign} {abs(rule.each)} 分"
    return ConductSheet(rule, cases, points, f"{why}，最多{sign} {rule.at_most} 分" if reached else why)


def _summed(
    scheme: Scheme, lists: list[ListSheet], facts: list[ConductSheet], *, department: str, zone: str
) -> Sheet:
    whole = sum((one.points for one in lists), _NOTHING) + sum((one.points for one in facts), _NOTHING)
    found = [breach for sheet in lists for breach in breaches(sheet, scheme.lists[sheet.kind])]
    limited, cut = max(_NOTHING, whole), [sheet.cut for sheet in lists if sheet.cut]
    for because, penalty in found:
        if penalty.effect is Effect.TOTAL_AT_MOST:
            limited = min(limited, exact(penalty.value))
            cut.append(f"{_WHY[because]}，总分最多 {penalty.value} 分")
    total = round_places(limited, scheme.decimals)
    grade = _grade(scheme, total) if any(one.full for one in lists) else ""
    for because, penalty in found:
        if grade and penalty.effect is Effect.GRADE_AT_MOST:
            grade = _lower(scheme, grade, penalty.value)
            cut.append(f"{_WHY[because]}，等级最高为“{penalty.value}”")
    return Sheet(
        scheme, tuple(lists), tuple(facts), whole, total, grade,
        because=tuple(because for because, _penalty in found), cut=tuple(cut),
        department=department, zone=zone,
    )  # fmt: skip


def _grade(scheme: Scheme, total: Decimal) -> str:
    return next(grade.name for grade in scheme.grades if total >= grade.at_least)


def _lower(scheme: Scheme, one: str, other: str) -> str:
    names = [grade.name for grade in scheme.grades]  # best first
    return names[max(names.index(one), names.index(other))]
