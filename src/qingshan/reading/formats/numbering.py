"""Automatic numbers of DOCX paragraphs (第一章, 一、, （一）): they are not in the text but on the page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from qingshan.reading.formats.package import Package

__all__ = ["Numbering", "chinese_number"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """Write 1 to 99 in Chinese.

    >>> chinese_number(3), chinese_number(10), chinese_number(12), chinese_number(25)
    ('三', '十', '十二', '二十五')
    """
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


class Numbering:
    """Counts the numbered paragraphs of one document."""

    def __init__(
        self, levels: dict[str, dict[int, tuple[str, str]]], styles: dict[str, tuple[str, int]]
    ) -> None:
        self._levels = levels  # list id -> level -> (number format, text with %1)
        self._styles = styles  # style id -> (list id, level)
        self._counts: dict[str, list[int]] = {}

    @classmethod
    def of(cls, package: Package) -> Numbering:
        levels: dict[str, dict[int, tuple[str, str]]] = {}
        if package.has("word/numbering.xml"):
            root = package.xml("word/numbering.xml")
            abstract = {
                node.get(f"{W}abstractNumId", ""): _levels_of(node) for node in root.iter(f"{W}abstractNum")
            }
            for node in root.iter(f"{W}num"):
                target = node.find(f"{W}abstractNumId")
                levels[node.get(f"{W}numId", "")] = abstract.get(
                    target.get(f"{W}val", "") if target is not None else "", {}
                )
        styles: dict[str, tuple[str, int]] = {}
        if package.has("word/styles.xml"):
            for style in package.xml("word/styles.xml").iter(f"{W}style"):
                found = _reference(style.find(f"{W}pPr"))
                if found:
                    styles[style.get(f"{W}styleId", "")] = found
        return cls(levels, styles)

    def number(self, paragraph: Element) -> str:
        """Return the number printed before a paragraph, and count it."""
        properties = paragraph.find(f"{W}pPr")
        found = _reference(properties)
        if found is None and properties is not None:
            style = properties.find(f"{W}pStyle")
            found = self._styles.get(style.get(f"{W}val", "")) if style is not None else None
        if found is None or found[0] == "0":
            return ""
        list_id, level = found
        formats = self._levels.get(list_id, {})
        if level not in formats:
            return ""
        counts = self._counts.setdefault(list_id, [0] * _LEVELS)
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return re.sub(
            r"%(\d)", lambda mark: self._written(formats, counts, int(mark.group(1)) - 1), formats[level][1]
        )

    @staticmethod
    def _written(formats: dict[int, tuple[str, str]], counts: list[int], level: int) -> str:
        value = counts[level] if 0 <= level < _LEVELS else 0
        kind = formats.get(level, ("decimal", ""))[0]
        return (
            chinese_number(value)
            if "hinese" in kind or "japanese" in kind or "taiwanese" in kind
            else str(value)
        )


def _levels_of(node: Element) -> dict[int, tuple[str, str]]:
    found = {}
    for level in node.iter(f"{W}lvl"):
        kind, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
        index = level.get(f"{W}ilvl", "")
        if (
            index.isdigit()
            and int(index) < _LEVELS
            and kind is not None
            and text is not None
            and kind.get(f"{W}val") not in ("bullet", "none")
        ):
            found[int(index)] = (kind.get(f"{W}val", "decimal"), text.get(f"{W}val", ""))
    return found


def _reference(properties: Element | None) -> tuple[str, int] | None:
    if properties is None:
        return None
    number = properties.find(f"{W}numPr/{W}numId")
    level = properties.find(f"{W}numPr/{W}ilvl")
    if number is None:
        return None
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    return number.get(f"{W}val", "0"), min(int(depth), _LEVELS - 1) if depth.isdigit() else 0
