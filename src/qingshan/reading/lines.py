"""What each line of a plan is: heading, caption, contents entry, page number, footnote, row or prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from qingshan.reading.text import fold, squeeze

__all__ = ["BOOKMARK", "Line", "Role", "classify", "heading_of"]


class Role(StrEnum):
    """The part a line plays."""

    BLANK = "blank"
    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    CONTENTS = "contents"
    PAGE = "page"
    NOTE = "note"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source. ``text`` is folded and has no white space."""

    start: int
    end: int
    text: str
    tabs: int
    role: Role = Role.PROSE
    level: int = 0  # of a heading: 1 chapter .. 6 (1)


_NUMERAL = "一二三四五六七八九十百"
_HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第[{_NUMERAL}\d]{{1,4}}[章篇编](?!节)")),
    (
        1,
        re.compile(
            r"(前言|序言|引言|附录|附件|附表|附图)[一二三四五六七八九十\d]*(?=$|[：:《“]|[^，。]{2,40}$)"
        ),
    ),
    (2, re.compile(rf"第[{_NUMERAL}\d]{{1,4}}节")),
    (2, re.compile(rf"专栏[{_NUMERAL}\d]{{1,3}}")),
    (3, re.compile(rf"[{_NUMERAL}]{{1,3}}、")),
    (4, re.compile(rf"\([{_NUMERAL}]{{1,3}}\)")),
    (5, re.compile(r"\d{1,2}[.．、](?!\d)")),
    (6, re.compile(r"\(\d{1,2}\)")),
)
_CAPTION = re.compile(
    r"(?:续表|表)[一二三四五六七八九十\d]{0,3}(?:[-—.]\d{1,2})?(?=[^，。；\d是为示明].{2,50}$)"
)
_NOTE = re.compile(r"(?:[¹²³⁰⁴-⁹]{1,3}(?=[^\s¹²³⁰⁴-⁹。，；]))|(?:\*?注[：:]|注\d[：:.])")
_PAGE = re.compile(r"[-—–·第]*\d{1,3}[-—–·页]*$")
_LEADER = re.compile(r"(\.{3,}|…+|·{3,}|\t+| {3,})\s*[-—]?\d{1,3}[-—]?\s*$")
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")  # left in the text by some converters


def heading_of(text: str) -> tuple[int, str] | None:
    """Return level and title when a folded line opens with a heading number.

    >>> heading_of("第二节落实生态环境空间管控")
    (2, '第二节落实生态环境空间管控')
    >>> heading_of("(一)持续开展总量减排，推进升级。扎实推进总量减排，全区完成任务。")
    (4, '(一)持续开展总量减排，推进升级。')
    >>> heading_of("一是强力铺开大气污染防治") is None
    True
    """
    for level, pattern in _HEADINGS:
        if not pattern.match(text):
            continue
        stop = text.find("。")
        title = text if stop < 0 else text[: stop + 1]
        longest = 60 if level <= 4 else 40
        if len(title) <= longest and not (level <= 2 and title.endswith(("，", "；", "、"))):
            return level, title
        return None
    return None


def classify(source: str) -> list[Line]:
    """Cut a text into lines and give each its role. Tables are marked later, by their geometry."""
    lines = [_role(line) for line in _cut(source)]
    _mark_contents(source, lines)
    return lines


def _cut(source: str) -> list[Line]:
    lines = []
    place = 0
    for raw in source.split("\n"):
        lines.append(Line(place, place + len(raw), fold(squeeze(BOOKMARK.sub("", raw))), raw.count("\t")))
        place += len(raw) + 1
    return lines


def _role(line: Line) -> Line:
    if not line.text:
        return replace(line, role=Role.BLANK)
    found = heading_of(line.text) if not line.tabs else None
    if found:
        return replace(line, role=Role.HEADING, level=found[0])
    if not line.tabs and len(line.text) <= 60 and _CAPTION.match(line.text):
        return replace(line, role=Role.CAPTION)
    if not line.tabs and _NOTE.match(line.text):
        return replace(line, role=Role.NOTE)
    if _PAGE.fullmatch(line.text):
        return replace(line, role=Role.PAGE)  # a guess: table detection claims row numbers first
    return line


def _mark_contents(source: str, lines: list[Line]) -> None:
    """Mark contents pages: entries with leaders, or titles that come again further down."""
    full = [i for i, line in enumerate(lines) if line.text]
    later: dict[str, int] = {line.text: i for i, line in enumerate(lines) if line.text}
    inside = False
    named: set[str] = set()  # titles listed so far: one that comes again opens the text itself
    for place, i in enumerate(full):
        line = lines[i]
        if line.text in ("目录", "目次"):
            lines[i] = replace(line, role=Role.CONTENTS)
            inside = True
            continue
        leader = (
            bool(_LEADER.search(source[line.start : line.end]))
            and len(line.text) <= 70
            and not line.text.startswith("表")
        )
        neighbours = full[max(0, place - 1) : place] + full[place + 1 : place + 2]
        listed = leader and (inside or any(_has_leader(source, lines[j]) for j in neighbours))
        title = re.sub(r"[.…·]{2,}.*$|\d{1,3}$", "", line.text)
        unlisted = inside and line.role == Role.HEADING and title not in named and _is_bare(title)
        repeated = inside and len(title) <= 45 and "。" not in title and later.get(title, i) > i
        wrapped = (
            inside
            and len(line.text) <= 30
            and "。" not in line.text
            and _followed(source, lines, full, place)
        )
        if listed or repeated or unlisted or wrapped or (inside and _PAGE.fullmatch(line.text)):
            lines[i] = replace(line, role=Role.CONTENTS)
            named.add(title)
        else:
            inside = False


def _is_bare(title: str) -> bool:
    return len(title) <= 45 and "。" not in title


def _has_leader(source: str, line: Line) -> bool:
    return (
        bool(_LEADER.search(source[line.start : line.end]))
        and heading_of(re.sub(r"\.{2,}.*$", "", line.text)) is not None
    )


def _followed(source: str, lines: list[Line], full: list[int], place: int) -> bool:
    """An entry too long for its line goes on in the next one, which then has the leader."""
    return any(_LEADER.search(source[lines[j].start : lines[j].end]) for j in full[place + 1 : place + 3])
