"""Reading a target as people write it (≥95, 控制在25以内, 全面消除) into a typed one. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from qingshan.plans.packs.words import Direction, Operator, ValueKind
from qingshan.plans.targets import Typed

__all__ = ["read_printed"]

_NUMBER = r"(?P<number>-?\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s，,。；;以]*?)"
#: How a bound is written, in the order of trial; a bare number comes last and binds by the direction.
_BOUNDS: tuple[tuple[re.Pattern[str], Operator, bool], ...] = tuple(
    (re.compile(f"^{pattern}$"), operator, implied)
    for pattern, operator, implied in (
        (rf"(?:≥|>=|不低于|不少于|不小于|达到)\s*{_NUMBER}(?:以上|及以上)?", Operator.AT_LEAST, False),
        (rf"{_NUMBER}(?:及以上|以上)", Operator.AT_LEAST, False),
        (rf"(?:≤|<=|不高于|不超过|不大于)\s*{_NUMBER}(?:以内|以下|及以下)?", Operator.AT_MOST, False),
        (rf"(?:控制在)?\s*{_NUMBER}(?:以内|之内|及以下|以下)", Operator.AT_MOST, False),
        (rf"(?:>|高于|大于|超过)\s*{_NUMBER}", Operator.MORE_THAN, False),
        (rf"(?:<|低于|小于)\s*{_NUMBER}", Operator.LESS_THAN, False),
        (rf"(?:=|等于)\s*{_NUMBER}", Operator.EQUAL, False),
        (rf"{_NUMBER}", Operator.EQUAL, True),
    )
)
_NOTHING = frozenset({"/", "／", "-", "—", "——", "–"})
_ASSIGNED = re.compile(r"(?:完成|达到|控制在|按)?(?P<who>[^完达控按]{0,12}?)(?:下达|考核|分解)")
_KEPT = re.compile(r"不下降|不降低|不退化|不低于现状|不低于基准|保持稳定|保持不变|维持现状")
_RISING = re.compile(r"(?:持续|逐步|稳步|不断|进一步)(?:提升|提高|改善|增加|上升|优化)")
_FALLING = re.compile(r"(?:持续|逐步|稳步|不断|进一步)(?:下降|减少|降低)")


def read_printed(text: str, *, authority: str = "") -> Typed:
    """Return what a written target means; words that fit no rule are qualitative, never guessed at.

    Parameters
    ----------
    text : str
        As written; full-width signs are forgiven.
    authority : str, optional
        Who assigns it, where the text does not say (完成下达目标).

    Raises
    ------
    ValueError
        Nothing is written.

    Examples
    --------
    >>> read_printed("≥ 92.5%").operator, read_printed("控制在25以内").operator
    (<Operator.AT_LEAST: '>='>, <Operator.AT_MOST: '<='>)
    """
    plain = _plain(text)
    if not plain:
        raise ValueError("a target needs words or a number")
    if plain in _NOTHING:
        return Typed(ValueKind.NO_DATA, raw=text.strip())
    if (number := _number(plain)) is not None:
        return number
    parts = [part for part in re.split(r"，?且|，并|；", plain) if part]
    if len(parts) > 1:
        return Typed(ValueKind.ALL_OF, parts=tuple(read_printed(part, authority=authority) for part in parts))
    return _in_words(plain, authority)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(
        str.maketrans("％＞＜＝（）０１２３４５６７８９．", "%><=()0123456789.")
    )


def _number(plain: str) -> Typed | None:
    for pattern, operator, implied in _BOUNDS:
        if found := pattern.match(plain):
            value = Decimal(found["number"])
            return Typed(ValueKind.NUMBER, operator, value, found["unit"], implied=implied)
    return None


def _in_words(plain: str, authority: str) -> Typed:
    if _KEPT.search(plain):
        return Typed(ValueKind.KEEP_NOT_WORSE)
    if "消除" in plain:
        return Typed(ValueKind.ELIMINATE, text=plain)
    if _RISING.search(plain):
        return Typed(ValueKind.RELATIVE, text=plain, direction=Direction.HIGHER_BETTER)
    if _FALLING.search(plain):
        return Typed(ValueKind.RELATIVE, text=plain, direction=Direction.LOWER_BETTER)
    if found := _ASSIGNED.match(plain):
        return Typed(ValueKind.ASSIGNED, authority=authority or found["who"] or "上级")
    return Typed(ValueKind.QUALITATIVE, text=plain)
