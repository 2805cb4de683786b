"""What a printed value means: a number with its sign, a value handed down, a wording, or nothing.

Each rule is a small function of the folded text; its example is its test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qingshan.reading.text import fold, squeeze

__all__ = ["Meaning", "clean_name", "meaning", "own_year"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Kind of a printed value, and its parts."""

    kind: str
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    authority: str | None = None


_NONE = re.compile(r"|/|-+|—+|\\|无|无数据|未统计|暂无|暂无数据|缺")
_SIGNS = {
    "≥": ">=",
    "≧": ">=",
    ">=": ">=",
    "≤": "<=",
    "≦": "<=",
    "<=": "<=",
    "<": "<",
    ">": ">",
    "=": "=",
    "不低于": ">=",
    "不少于": ">=",
    "不小于": ">=",
    "大于等于": ">=",
    "大于": ">",
    "超过": ">",
    "小于等于": "<=",
    "小于": "<",
    "低于": "<",
    "不高于": "<=",
    "不大于": "<=",
    "不超过": "<=",
    "控制在": "<=",
}
_NUMBER = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})?"
    r"(?P<value>[-+]?\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>%|‰|[^\d，。；()（）\[\]]{0,10}?)(?P<side>以上|及以上|以下|及以下|以内|左右)?(?:\([^()]*\)|\[[^\]]*\])*"
)
_HANDED = re.compile(
    r"(?:完成|达到|控制在|符合|不低于|不高于|不超过|按照?|落实|优于)?(?P<who>国家|省级?|市级?|上级|[^，。；\d]{2,6}?[省市州]|清远市|省、市)?[^，。；]{0,6}?"
    r"(?:下达|分解|考核|核定|确定|要求)[^，。；]{0,8}?(?:目标|任务|指标|要求|标准|数)(?:以?内|范围内|值)?"
)
_CHANGE = re.compile(
    r"(?:较|比)?.{0,12}(?:下降|降低|减少|提高|增长|上升|削减)(?P<value>\d+(?:\.\d+)?)(?P<unit>%|个百分点)?"
)


def meaning(printed: str, unit: str | None = None) -> Meaning:
    """Return what a printed value means.

    >>> meaning("≥92.5（标况）")
    Meaning(kind='number', operator='>=', value=Decimal('92.5'), unit=None, authority=None)
    >>> meaning("[94.1]").value, meaning("/").kind, meaning("全面推行").kind
    (Decimal('94.1'), 'no_data', 'qualitative')
    >>> meaning("控制在阳江市下达的指标内")
    Meaning(kind='assigned_by', operator='<=', value=None, unit=None, authority='阳江市')
    >>> meaning("达到省考核目标且不下降").kind, meaning("累计下降30%").kind
    ('all_of', 'relative')
    >>> meaning("全面消除")
    Meaning(kind='number', operator='=', value=Decimal('0'), unit=None, authority=None)
    """
    text = fold(squeeze(printed))
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if _NONE.fullmatch(bare):
        return Meaning("no_data")
    if found := _NUMBER.fullmatch(bare):
        return _number(found, unit)
    if re.fullmatch(r"(全面|基本)?消除", bare):
        return Meaning("number", "=", Decimal(0), unit)
    if found := _HANDED.search(bare):
        if re.search(r"且|并|，", bare):
            return Meaning("all_of", authority=_authority(found.group("who")))
        return Meaning(
            "assigned_by",
            "<=" if "控制在" in bare or bare.endswith("内") else None,
            authority=_authority(found.group("who")),
        )
    if found := _CHANGE.fullmatch(bare):
        return Meaning("relative", None, Decimal(found.group("value")), found.group("unit"))
    if re.search(r"持续|逐[年步]|稳[中定步]|保持|不(?:降低|减少|下降|增加)", bare):
        return Meaning("relative")
    return Meaning("qualitative")


def _number(found: re.Match[str], unit: str | None) -> Meaning:
    sign = _SIGNS.get(found.group("sign") or "=", "=")
    side = found.group("side") or ""
    if side.endswith("以上"):
        sign = ">="
    elif side.endswith(("以下", "以内")):
        sign = "<="
    return Meaning(
        "number", sign, Decimal(found.group("value").replace(",", "")), found.group("unit") or unit
    )


def _authority(who: str | None) -> str | None:
    return None if not who else {"省级": "省", "市级": "市"}.get(who, who)


_LATEX = re.compile(r"\\(?:text|mathrm|mathit|rm)\{([^{}]*)\}")
_MARKS = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,2}\]$|\*")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_UNIT_IN_BRACKETS = re.compile(
    r"[（(]((?:%|‰|[^（）()]*(?:吨|克|米|亩|公顷|个|家|人|天|元|千瓦|标煤|g/m|m³|mg|t/a|/)[^（）()]*))[)）]$"
)


def clean_name(printed: str) -> tuple[str, str | None]:
    """Return an indicator's name without footnote marks, and the unit printed behind it.

    >>> clean_name("城市空气质量优良天数比例（%） ²")
    ('城市空气质量优良天数比例', '%')
    >>> clean_name(r"PM₁₀年均浓度($\\mu\\text{g}/\\text{m}^3$) ⁴")
    ('PM10年均浓度', 'μg/m³')
    >>> clean_name("总氮排放总量减少(⁶ %)")
    ('总氮排放总量减少', '%')
    >>> clean_name("森林覆盖率（平原地区）")
    ('森林覆盖率（平原地区）', None)
    """
    text = squeeze(printed)
    text = (
        _LATEX.sub(r"\1", text).replace("\\mu", "μ").replace("$", "").replace("^3", "³").replace("^{3}", "³")
    )
    text = re.sub(r"_?\{([\d.]+)\}", r"\1", text).translate(_SUBSCRIPT)
    text = re.sub(r"(?<=[mM])³", "^3^", text)  # keep cubic metres while footnote marks go
    text = _MARKS.sub("", text).replace("^3^", "³")
    text = text.replace("m^3", "m³")
    if found := _UNIT_IN_BRACKETS.search(fold_brackets(text)):
        return text[: found.start()], found.group(1).replace("µ", "μ") or None
    return text, None


def fold_brackets(text: str) -> str:
    """Return the text with half-width brackets and percent signs."""
    return text.replace("（", "(").replace("）", ")").replace("％", "%")


def own_year(printed: str) -> str | None:
    """Return the year a cell gives for its own value.

    >>> own_year("78.4（2015年数据）"), own_year("45.06")
    ('2015', None)
    """
    found = re.search(r"(20\d\d)年", printed)
    return found.group(1) if found else None
