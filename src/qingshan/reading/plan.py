"""What a document says about itself: title, area, period, base year, date of issue."""

from __future__ import annotations

import re

from qingshan.reading.findings import Plan
from qingshan.reading.layout import Layout

__all__ = ["FIVE_YEARS", "describe"]

FIVE_YEARS = {
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}

_NAMED = re.compile(r"《([^《》]{4,45}?(?:规划|方案|计划|行动|纲要))(?:\([^《》]{0,16}\))?》")
_TITLE_LINE = re.compile(r"[^，。；]{4,45}(?:规划|方案|纲要|计划)(?:\([^()]{2,16}\))?")
_CAPTIONED = re.compile(
    r"(?:表\d*)([^，。；《》\d]{2,12}(?:生态|环境)[^，。；《》]{2,24}规划)(?=目标|指标|重点)"
)
_PERIOD = re.compile(
    r"规划(?:期限?|时限|年限)(?:为|是|：)?[^，。]{0,8}?(20\d\d)年?(?:—|-|–|~|至|到)+(20\d\d)年?"
)
_BASE = re.compile(r"(?:规划)?基准年(?:份)?(?:为|是|：)?(20\d\d)年")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_ISSUE_LINE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日(印发|发布)?")


def describe(layout: Layout) -> Plan:
    """Read title, area, period, base year, issuer and date of issue where they are declared."""
    opening = layout.issued_text()
    title = _title(layout)
    period = _period(opening, title or opening)
    base = _BASE.search(opening)
    issued, issuer = _issue(layout)
    area = re.match(r"(.{2,12}?(?:高新区|开发区|新区|自治[州县]|[省市区县州旗]))", title or "")
    return Plan(
        title, area.group(1) if area else None, *period, int(base.group(1)) if base else None, issued, issuer
    )


def _title(layout: Layout) -> str | None:
    for line in [line for line in layout.lines if line.text and line.role != "blank"][:6]:
        bare = line.text.strip("《》")
        if not line.tabs and _TITLE_LINE.fullmatch(bare):
            return bare
    opening = layout.issued_text()
    if declared := re.search(
        r"(?:编制|制定)(?:完成)?《([^《》]{4,45})》[^。]{0,12}(?:以下简称|\(以下)", opening
    ):
        return declared.group(1)
    for line in reversed(layout.lines):  # the caption of the plan's own indicator table names the plan
        if line.role == "caption" and (own := _CAPTIONED.search(line.text)):
            return own.group(1)
    names = [found.group(1) for found in _NAMED.finditer(layout.prose.text)]
    whole = [name for name in names if "规划" in name and not re.search(r"国民经济|远景目标|国土空间", name)]
    return max(set(whole), key=lambda name: (whole.count(name), -whole.index(name)), default=None)


def _period(opening: str, title: str) -> tuple[int | None, int | None]:
    if found := _PERIOD.search(opening) or re.search(r"\((20\d\d)年?[-—–~至]+(20\d\d)年?\)", title):
        return int(found.group(1)), int(found.group(2))
    named = [name for name in FIVE_YEARS if name in title] or sorted(
        (name for name in FIVE_YEARS if name in opening), key=opening.count, reverse=True
    )
    return FIVE_YEARS[named[0]] if named else (None, None)


def _issue(layout: Layout) -> tuple[str | None, str | None]:
    """Return date and body of issue: a date that stands alone on a line, and the body above it."""
    full = [line for line in layout.lines if line.text]
    for i, line in enumerate(full[:120]):
        if found := _ISSUE_LINE.fullmatch(line.text):
            above = full[i - 1].text if i else ""
            body = above if re.fullmatch(r".{2,24}(?:政府|局|委员会|办公室|委)", above) else None
            return "{}-{:0>2}-{:0>2}".format(*found.groups()[:3]), body
    return None, None
