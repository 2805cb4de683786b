"""Refuse bare numbers in page templates.

A number shown to a person carries its unit, date and source, or at least what it counts: it is
printed by ``{% figure %}``, ``{% count %}``, ``{% share %}`` or ``{% day %}``. This check reads the
text that a template puts on the page (not its attributes) and names

- a digit written into the text (``12 项``), and
- a variable that prints a number: by filter (``|length``, ``|floatformat`` ...) or by name
  (``plan.indicator_count``, ``total`` ...).

Binary floats and Decimals are refused while rendering, too: see ``pages.bare_numbers``.
A line may say ``{# bare: reason #}`` where a number is no figure, as in page numbers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "qingshan"

NUMBER_FILTERS = re.compile(
    r"\|\s*(length|floatformat|intcomma|add|filesizeformat|widthratio|stringformat|divisibleby)\b"
)
NUMBER_NAMES = re.compile(
    r"(?:^|[._])(count|counter|counter0|total|sum|amount|percent|ratio|rate|share|value|days)$"
)
DIGITS = re.compile(
    r"(?<![A-Za-z0-9_./\-])\d+(?:[.,]\d+)*\s*(?:%|[㎡-㏿°µμ]|[万亿千百]?[元吨项个条天人家公亩平立次年月日])"
)
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
ALLOWED = "{# bare:"


class _Texts(HTMLParser):
    """Collect the text nodes of a template, each with its line; attributes, scripts, styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "option")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "option") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            for offset, line in enumerate(data.splitlines()):
                self.found.append((self.getpos()[0] + offset, line))


def bare_numbers(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each bare number in a template's source."""
    lines = source.splitlines()
    reader = _Texts()
    reader.feed(TAG.sub(_blank, COMMENT.sub(_blank, source)))
    for number, text in reader.found:
        if ALLOWED in lines[number - 1]:
            continue
        for found in VARIABLE.finditer(text):
            expression = found.group(1)
            if NUMBER_FILTERS.search(expression) or NUMBER_NAMES.search(expression.split("|")[0]):
                yield number, found.group(0)
        for found in DIGITS.finditer(VARIABLE.sub(" ", text)):
            yield number, found.group(0)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def main() -> int:
    """Check every page template; return 1 when a bare number stands in one."""
    problems = [
        f"{path.relative_to(ROOT)}:{line}: bare number {text!r}; print it with figure, count, share or day"
        for path in sorted(PACKAGE.glob("*/templates/**/*.html"))
        for line, text in bare_numbers(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
