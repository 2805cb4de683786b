"""Bytes to text, and text to a flow of characters that rules can read.

Plan texts break lines inside words, mix full and half width, and write some characters in the
traditional form. A `Flow` is the text with white space gone and every character folded to one
form, one character for one character, so that each match leads back to its place in the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qingshan.reading.errors import Unreadable

__all__ = ["BREAK", "LONGEST_SPAN", "Flow", "Span", "decode", "fold", "squeeze"]

Span = tuple[int, int]
"""[start, end) in characters of the decoded text."""

BREAK = "\n"  # stands in a flow where a heading, a caption or a paragraph ends
LONGEST_SPAN = 400  # a longer passage points a reader nowhere

_PUNCTUATION = {
    ",": "，",
    ";": "；",
    ":": "：",
    "!": "！",
    "?": "？",
    "(": "(",
    "（": "(",
    "）": ")",
    "﹝": "〔",
    "﹞": "〕",
}
_KEPT_WIDE = "，；：！？"  # NFKC would make these half width; Chinese prose is easier to read with them
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes) -> str:
    r"""Return the text of a file in UTF-8 (with or without mark), UTF-16 with mark, GB18030 or Big5.

    >>> decode("规划".encode("gb18030"))
    '规划'
    >>> decode(b"\xef\xbb\xbf" + "一、目标\r\n".encode())
    '\ufeff一、目标\n'

    Raises
    ------
    Unreadable
        ``undecodable`` when no encoding gives text that looks like Chinese prose.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _lines(data.decode("utf-16", errors="replace"))
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    candidates = [_attempt(data, name) for name in ("gb18030", "big5hkscs")]
    best = max((text for text in candidates if text is not None), key=_plausibility, default=None)
    if best is None or _plausibility(best) <= 0:
        raise Unreadable("undecodable")
    return _lines(best)


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        if problem.start > len(data) - 4:  # cut off in the middle of the last character
            return data[: problem.start].decode(encoding)
        if len(data) > 2000:  # a few damaged bytes in a long text are no reason to refuse it
            text = data.decode(encoding, errors="replace")
            return text if text.count("\ufffd") * 200 < len(text) else None
        return None


def _plausibility(text: str) -> int:
    """Count common characters, which a wrong decoding does not produce, against damage."""
    sample = text[:4000]
    common = sum(_is_common(sign) for sign in sample)
    return (
        common
        + sum(sample.count(sign) for sign in "的和，。、年在與与為为")
        - len(sample) // 2
        - 5 * sample.count("\ufffd")
    )


@cache
def _is_common(sign: str) -> bool:
    """Say whether a character is plain ASCII or among the 3,755 frequent ones (GB 2312, level 1), folded."""
    if sign.isascii():
        return sign.isprintable() or sign.isspace()
    try:
        code = _simplified().get(sign, sign).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7


def _lines(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


@cache
def _simplified() -> dict[str, str]:
    data = resources.files("qingshan.reading").joinpath("rules/traditional.txt").read_text("utf-8")
    return {pair[0]: pair[1] for line in data.splitlines() if line[:1] != "#" for pair in line.split()}


@cache
def fold_character(sign: str) -> str:
    """Return the one character that rules expect in place of this one."""
    if sign in _KEPT_WIDE:
        return sign
    if sign in _PUNCTUATION:
        return _PUNCTUATION[sign]
    if (
        unicodedata.category(sign) == "No"
    ):  # superscripts mark footnotes, ① marks list items: both keep their form
        return sign
    wide = unicodedata.normalize("NFKC", sign)
    if len(wide) == 1:
        sign = wide
    return _simplified().get(sign, sign)


def fold(text: str) -> str:
    """Fold every character, keeping the length.

    >>> fold("污水處理率１００％（％）")
    '污水处理率100%(%)'
    >>> fold("1,298万吨,其中")
    '1,298万吨，其中'
    """
    return _wide_commas("".join(map(fold_character, text)))


def squeeze(text: str) -> str:
    """Drop white space and byte-order marks, keep the characters as printed.

    >>> squeeze(" 生\\n\\n态\\t")
    '生态'
    """
    return "".join(text.replace("\ufeff", "").split())


@dataclass(frozen=True, slots=True)
class Flow:
    """Folded text without white space, and where each of its characters stands in the source."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, source: str, pieces: Iterable[Span | str]) -> Flow:
        """Join stretches of the source; a string piece (a `BREAK`) is inserted at the place reached."""
        signs: list[str] = []
        places: list[int] = []
        here = 0
        for piece in pieces:
            if isinstance(piece, str):
                if signs and signs[-1] != BREAK:
                    signs.append(piece)
                    places.append(here)
                continue
            for here in range(*piece):
                sign = source[here]
                if not (sign.isspace() or sign == "\ufeff"):
                    signs.append(fold_character(sign))
                    places.append(here)
        return cls(_wide_commas("".join(signs)), tuple(places))

    def span(self, start: int, end: int) -> Span:
        """Return the source span of text[start:end], cut to `LONGEST_SPAN` where notes lie between."""
        if end <= start:
            place = self.at[min(start, len(self.at) - 1)] if self.at else 0
            return place, place
        low, high = self.at[start], self.at[end - 1] + 1
        if high < low:  # a footnote stands between: the flow went on elsewhere
            high = low + 1
        return low, min(high, low + LONGEST_SPAN)

    def index(self, place: int) -> int:
        """Return the first flow position at or after a place of the source (main text only)."""
        return bisect_left(self.at, place)

    def sentences(self) -> Iterator[Span]:
        """Yield flow intervals of sentences: up to 。！？； or a break, and never very long."""
        start = 0
        for end in [*(found.end() for found in _SENTENCE_END.finditer(self.text)), len(self.text)]:
            while end - start > _LONGEST_SENTENCE:
                yield start, start + _LONGEST_SENTENCE
                start += _LONGEST_SENTENCE
            if end - start > 1:
                yield start, end
            start = end


_LONGEST_SENTENCE = 2000  # text without any full stop is cut, so that no rule's cost grows with its square
_SENTENCE_END = re.compile(r"[。！？；]|\n")
_NUMBER_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def _wide_commas(text: str) -> str:
    return _NUMBER_COMMA.sub(",", text)
