"""Text can be read against its ground: contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3, level AA)."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

STYLE = Path(__file__).resolve().parents[1] / "src/qingshan/portal/static/portal/qingshan.css"
TONES = ("good", "fine", "warn", "bad", "wait", "idle")
PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent", "accent-dark")
        for ground in ("ground", "raised")
    ),
    *((tone, ground) for tone in TONES for ground in (f"{tone}-pale", "ground")),
    ("accent", "accent-pale"),
    ("ground", "accent"),  # words on a button
]


def colours():
    root = re.search(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", root))


def luminance(colour):
    """Relative luminance as WCAG defines it; ``#fff`` and ``#ffffff`` are the same."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class TestContrast:
    @pytest.mark.parametrize(("text", "ground"), PAIRS)
    def test_it_reaches_level_aa(self, text, ground):
        known = colours()
        assert contrast(known[text], known[ground]) >= Fraction(9, 2)

    def test_black_on_white_is_21_to_1(self):
        assert round(contrast("#000", "#ffffff"), 6) == 21
