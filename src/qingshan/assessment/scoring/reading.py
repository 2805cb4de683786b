"""Read a scheme from its YAML file; what breaks its schema is refused with item, field, found and allowed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from qingshan.assessment.scoring.shapes import (
    Band,
    ConductRule,
    CurveKind,
    Effect,
    Grade,
    ListKind,
    ListRule,
    Penalty,
    Purpose,
    Scheme,
    WeightRule,
)
from qingshan.plans.packs.fields import Item, mapping_of
from qingshan.plans.packs.words import Attribute

__all__ = ["SCHEME_FOLDER", "read_scheme", "scheme_of", "shipped_schemes", "shipped_texts"]

SCHEME_FOLDER = Path(__file__).with_name("schemes")


def shipped_schemes() -> Mapping[str, Scheme]:
    """Return the schemes that come with the platform, by code."""
    return {code: scheme_of(text, f"{code}.yaml") for code, text in shipped_texts().items()}


def shipped_texts() -> Mapping[str, str]:
    """Return the full text of each shipped scheme, by code; its file is called after the code."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SCHEME_FOLDER.glob("*.yaml"))}


def read_scheme(path: Path) -> Scheme:
    """Read one scheme from its file.

    Raises
    ------
    PackError
        The first breach found, naming item, field, value found and value allowed.
    """
    return scheme_of(path.read_text(encoding="utf-8"), path.name)


def scheme_of(text: str, file: str) -> Scheme:
    """Read one scheme (评估方案) from its full text; ``file`` names it in refusals.

    Raises
    ------
    PackError
        The first breach found, naming item, field, value found and value allowed.
    """
    item = mapping_of(text, file)
    scheme = Scheme(
        code=item.text("code"),
        name=item.text("name"),
        purposes=frozenset(_purpose(item, word) for word in item.texts("purposes")),
        full=item.decimal("full"),
        decimals=item.integer("decimals"),
        lists=item.part("lists", _lists),
        conduct=item.parts("conduct", _conduct),
        grades=item.parts("grades", lambda one: Grade(one.text("name"), one.decimal("at_least"))),
        joint_share=item.decimal("joint_share"),
        zones=dict(item.parts("zones", lambda one: (one.text("name"), one.decimals("factors")))),
        total_assessment=item.decimal_or_none("total_assessment", absent_is_none=True),
        at_least_share=item.decimal_or_none("at_least_share", absent_is_none=True),
        notes=item.texts("notes"),
    )
    item.finish()
    _refuse_sums(item, scheme)
    _refuse_grades(item, scheme)
    _refuse_total(item, scheme)
    return scheme


def _purpose(item: Item, word: str) -> Purpose:
    if word not in set(Purpose):
        raise item.refuse("purposes", word, ", ".join(Purpose))
    return Purpose(word)


def _lists(item: Item) -> dict[ListKind, ListRule]:
    found = {kind: item.part_or_none(kind, _list_rule) for kind in ListKind}
    return {kind: rule for kind, rule in found.items() if rule is not None}


def _list_rule(item: Item) -> ListRule:
    rule = ListRule(
        points=item.decimal("points"),
        curve=item.choice("curve", CurveKind),
        weights=item.parts("weights", _weight),
        bands=item.parts("bands", lambda one: Band(one.decimal("at_least"), one.decimal("share"))),
        categories=item.decimals("categories"),
        binding_missed=item.part_or_none("binding_missed", _penalty),
        key_share=item.decimal_or_none("key_share", absent_is_none=True),
        too_few=item.part_or_none("too_few", _penalty),
    )
    if not rule.weights:
        raise item.refuse("weights", "nothing", "at least one rule, or no row would weigh anything")
    if (rule.curve is CurveKind.BANDS) != bool(rule.bands):
        raise item.refuse("bands", len(rule.bands), "bands where the curve is bands, and nowhere else")
    if (rule.key_share is None) != (rule.too_few is None):
        raise item.refuse("too_few", rule.too_few, "key_share and too_few together, or neither")
    if rule.categories and sum(rule.categories.values()) != rule.points:
        raise item.refuse("categories", sum(rule.categories.values()), f"a sum of {rule.points}")
    return rule


def _weight(item: Item) -> WeightRule:
    return WeightRule(
        weight=item.decimal("weight"),
        category=item.text("category", default="") or None,
        attribute=item.choice_or_none("attribute", Attribute),
        key=item.flag("key", default=False) or None,
    )


def _penalty(item: Item) -> Penalty:
    effect = item.choice("effect", Effect)
    graded = effect is Effect.GRADE_AT_MOST
    return Penalty(effect, item.text("value") if graded else str(item.decimal("value")))


def _conduct(item: Item) -> ConductRule:
    return ConductRule(item.text("kind"), item.text("name"), item.decimal("each"), item.decimal("at_most"))


def _refuse_sums(item: Item, scheme: Scheme) -> None:
    points = sum((rule.points for rule in scheme.lists.values()), Decimal(0))
    if points != scheme.full:
        raise item.refuse("lists", points, f"points that add up to full, {scheme.full}")


def _refuse_grades(item: Item, scheme: Scheme) -> None:
    limits = [grade.at_least for grade in scheme.grades]
    if limits != sorted(limits, reverse=True) or not limits or limits[-1] != 0:
        raise item.refuse("grades", [str(limit) for limit in limits], "from the best down to one at least 0")
    names = {grade.name for grade in scheme.grades}
    for kind, rule in scheme.lists.items():
        for penalty in (rule.binding_missed, rule.too_few):
            if penalty and penalty.effect is Effect.GRADE_AT_MOST and penalty.value not in names:
                raise item.refuse(f"lists.{kind}", penalty.value, f"one of the grades {'、'.join(names)}")


def _refuse_total(item: Item, scheme: Scheme) -> None:
    """The share in the whole performance assessment (生态文明建设工作占党政实绩考核的比例)."""
    if (scheme.total_assessment is None) != (scheme.at_least_share is None):
        raise item.refuse("total_assessment", scheme.total_assessment, "with at_least_share, or neither")
    if scheme.total_assessment is None or scheme.at_least_share is None:
        return
    if scheme.full < scheme.at_least_share * scheme.total_assessment:
        raise item.refuse(
            "full", scheme.full, f"at least {scheme.at_least_share} of {scheme.total_assessment}"
        )
