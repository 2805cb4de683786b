"""What is wrong with the shape of a text: slipped columns and categories, merged or doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingshan.reading.conflicts.statements import Reading
from qingshan.reading.findings import Conflict, Indicator
from qingshan.reading.text import Span, fold

__all__ = [
    "category_shift",
    "claim_against_table",
    "column_shift",
    "duplicate_text",
    "merged_names",
    "old_standard",
    "unit_alias",
]


def column_shift(reading: Reading) -> Iterator[Conflict]:
    """The cells of a project row stand in other columns than their heads."""
    for row in reading.projects:
        if "column_shift" in row.flags:
            yield Conflict(
                "column_shift",
                "column_shift",
                "middle",
                f"第{row.order}行各格错位，已按内容还原",
                row.span,
                None,
            )


_KINDS = (
    ("总量", re.compile(r"排放(?:总)?量|减排量|总量减少")),
    ("质量", re.compile(r"水质|空气|浓度|水体|断面|耕地安全|地块安全")),
    ("设施", re.compile(r"处理率|处置率|覆盖率(?<!森林覆盖率)")),
)


def category_shift(reading: Reading) -> Iterator[Conflict]:
    """A category begins at a row of another kind: its merged cell was printed in the middle of its rows."""
    tables: dict[str, list[Indicator]] = {}
    for row in reading.indicators:
        tables.setdefault(row.table, []).append(row)
    for rows in tables.values():
        wrong = [row for row in rows if _is_misplaced(row)]
        if len(wrong) >= 3:
            spans = [row.span for row in wrong]
            yield Conflict(
                "category_shift", "category_shift", "middle", "类别与指标内容错行", spans[0], spans[-1]
            )


def _is_misplaced(row: Indicator) -> bool:
    said = next((kind for kind, _ in _KINDS if kind in (row.category or "")), None)
    meant = next((kind for kind, words in _KINDS if words.search(fold(row.name))), None)
    return said is not None and meant is not None and said != meant


def merged_names(reading: Reading) -> Iterator[Conflict]:
    """Two project names stand in one cell."""
    for row in reading.projects:
        if row.name and re.search(
            r"[^与和及、]{4,}(?:工程|项目)(?=[^建设的与和及、管实()（）]{1}.{4,}(?:工程|项目)$)", row.name
        ):
            yield Conflict("merged_names", "merged_names", "low", "一格内两个项目名连写", row.span, None)


_DOUBLED = re.compile(
    r"(?P<text>[\u4e00-\u9fa5、“”()]{8,40})(?P<between>[，。；](?:[^。；\n]{0,30}[，。；])?)(?P=text)"
)


def duplicate_text(reading: Reading) -> Iterator[Conflict]:
    """A stretch of words comes twice, one directly after the other."""
    flow = reading.layout.prose
    for found in _DOUBLED.finditer(flow.text):
        if len(found.group("text")) >= 9:
            yield Conflict(
                "duplicate_text",
                "duplicate_text",
                "low",
                f"语句重复：{found.group('text')}",
                flow.span(*found.span()),
                None,
            )


_BRANCH = re.compile(
    r"[\u4e00-\u9fa5]{0,6}?(?:市|县|区)?生态环境局[\u4e00-\u9fa5]{2,6}?分局|[\u4e00-\u9fa5]{2,4}市[\u4e00-\u9fa5]{2,6}局[\u4e00-\u9fa5]{2,6}?分局"
)


def unit_alias(reading: Reading) -> Iterator[Conflict]:
    """One body is written in several ways."""
    written: dict[str, dict[str, Span]] = {}
    for row in reading.projects:
        for name in row.departments:
            written.setdefault(_body(fold(name)), {}).setdefault(fold(name), row.span)
    flow = reading.layout.prose
    for found in _BRANCH.finditer(flow.text):
        start = max(
            (
                found.group().rfind(word) + len(word)
                for word in ("由", "和", "制定", "的", "向")
                if word in found.group()
            ),
            default=0,
        )
        name = found.group()[start:]
        written.setdefault(_body(name), {}).setdefault(name, flow.span(found.start() + start, found.end()))
    for names in written.values():
        if len(names) > 1:
            spans = list(names.values())
            yield Conflict(
                "unit_alias",
                "unit_alias",
                "low",
                "同一单位写法不一：" + "、".join(names),
                spans[0],
                spans[-1],
            )


def _body(name: str) -> str:
    """Return a key that different ways of writing one branch office share."""
    key = re.sub(r"^[\u4e00-\u9fa5]{2,3}(?=市)|^市|^区|^县", "", name)
    key = re.sub(r"^市", "", key)
    return re.sub(r"([区市县])(?=分局$)", "", key)


_LACK = re.compile(
    r"([\u4e00-\u9fa5]{0,6}(?:危险废物|医疗废物|生活污水|污水|生活垃圾|垃圾))[^，。；]{0,8}(?:处置|处理)(?:设施)?(?:能力)?[^，。；]{0,6}(?:无法满足|不足|缺口|不能满足)"
)


def claim_against_table(reading: Reading) -> Iterator[Conflict]:
    """The text says a capacity is lacking, the table reports all of it treated."""
    flow = reading.layout.prose
    seen: set[str] = set()
    for found in _LACK.finditer(flow.text):
        thing = next(
            word
            for word in ("危险废物", "医疗废物", "生活污水", "污水", "生活垃圾", "垃圾")
            if word in found.group(1)
        )
        for row in reading.indicators:
            state = row.baseline or row.actual
            full = state is not None and re.match(r"100(?!\d)", state.raw) is not None
            if thing in row.name and re.search(r"处[置理]率", row.name) and full and thing not in seen:
                seen.add(thing)
                what = f"正文称{thing}处置能力不足，表中为100%"
                yield Conflict(
                    "claim_vs_table",
                    "claim_against_table",
                    "middle",
                    what,
                    flow.span(*found.span()),
                    row.span,
                )


_SUPERSEDED = {
    # standard, old edition: the edition that replaced it (published lists of the standards administration)
    ("GB/T14848", "1993"): "GB/T 14848-2017",
    ("GB/T21010", "2007"): "GB/T 21010-2017",
    ("GB/T50378", "2006"): "GB/T 50378-2019",
    ("GB/T50378", "2014"): "GB/T 50378-2019",
    ("GB3095", "1996"): "GB 3095-2012",
    ("GB15618", "1995"): "GB 15618-2018",
}


def old_standard(reading: Reading) -> Iterator[Conflict]:
    """The text cites an edition of a standard that has been replaced."""
    flow = reading.layout.prose
    for found in re.finditer(r"(GB(?:/T)?)(\d{4,5})[-—–](\d{4})", flow.text):
        newer = _SUPERSEDED.get((found.group(1) + found.group(2), found.group(3)))
        if newer:
            yield Conflict(
                "outdated_standard",
                "old_standard",
                "low",
                f"引用的标准已由{newer}代替",
                flow.span(*found.span()),
                None,
            )
