"""Dates by which something is promised, and how far through the text they hold."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

__all__ = ["Deadline", "deadlines_in"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date and where it is written. ``year`` is None for 规划期."""

    text: str
    year: int | None
    start: int
    end: int


_MARKS = re.compile(
    r"(?:(?P<dated>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2}日|底|末)?(?:之?前|以前))|"
    r"(?:(?:到|至|截至|截止到?|展望|力争(?:到|在)?|争取(?:到|在)?|在|于|并于|计划)?(?P<end>20\d\d)年(?:年?底|末)(?:之?前|以前)?)"
    r"|(?:(?:到|至|展望|力争(?:到|在)?|争取(?:到|在)?|在|于)(?P<year>20\d\d)年(?P<before>前|之前)?)"
    r"|(?:(?P<early>20\d\d)年(?:之?前|以前))"
    r"|(?:(?P<from>20\d\d)年?(?:—|-|–|~|至)(?P<until>20\d\d)年)"
    r"|(?P<within>规划(?:期|远期|近期|中期)内?(?=，|，?全面|将))"
    r"|(?P<bare>(?<=[，；。其中、])20\d\d年(?=[^，。；]{0,6}(?:完成|新建|建成|达到|不低于|实现|消除|，)))"
)


def deadlines_in(text: str) -> list[Deadline]:
    """Return the dates of a folded sentence, in order.

    >>> [(d.text, d.year) for d in deadlines_in("到2020年达到20%以上，到2030年达到25%；2025年底前完成改造")]
    [('2020', 2020), ('2030', 2030), ('2025-12-31', 2025)]
    >>> [d.text for d in deadlines_in("2025年6月底前完成，2024年12月1日前报送")]
    ['2025-06-30', '2024-12-01']
    >>> deadlines_in("自2018年起，较2015年下降") == []
    True
    """
    found = []
    for mark in _MARKS.finditer(text):
        if text.count("《", 0, mark.start()) > text.count("》", 0, mark.start()):
            continue  # the years of a title
        if mark.group("within"):
            found.append(Deadline("规划期", None, mark.start(), mark.end()))
            continue
        if mark.group("dated"):
            found.append(_of_month(mark))
            continue
        year = next(
            value for value in (mark[key] for key in ("end", "year", "early", "until", "bare")) if value
        )[:4]
        if re.match(r"起|以来", text[mark.end() : mark.end() + 2]) or re.search(
            r"(比|较|相对于)$", text[: mark.start()]
        ):
            continue
        found.append(
            Deadline(f"{year}-12-31" if mark.group("end") else year, int(year), mark.start(), mark.end())
        )
    return found


def _of_month(mark: re.Match[str]) -> Deadline:
    """Read a deadline with a month; without a day the month's last day holds."""
    year, month = int(mark["dated"]), min(max(int(mark["month"]), 1), 12)
    day = (mark["day"] or "").removesuffix("日")
    last = monthrange(year, month)[1]
    number = min(max(int(day), 1), last) if day.isdigit() else last
    return Deadline(f"{year}-{month:02}-{number:02}", year, mark.start(), mark.end())
