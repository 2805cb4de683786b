"""Two texts of a paper side by side, line by line (对照两稿)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from qingshan.papers.markup import written
from qingshan.papers.models import PaperText
from qingshan.papers.printing.sheet import printed_text
from qingshan.papers.shapes import Block

__all__ = ["ChangedLine", "differences"]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that both texts have, or what one had and the other has in its place."""

    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the texts differ here."""
        return self.before != self.after


def differences(before: PaperText, after: PaperText) -> list[ChangedLine]:
    """Return the lines of two texts, with their figures printed, in order."""
    return list(_aligned(_lines(before), _lines(after)))


def _aligned(old: list[str], new: list[str]) -> Iterator[ChangedLine]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from (ChangedLine(line, line) for line in old[old_from:old_to])
            continue
        for at in range(max(old_to - old_from, new_to - new_from)):
            yield ChangedLine(
                old[old_from + at] if old_from + at < old_to else "",
                new[new_from + at] if new_from + at < new_to else "",
            )


def _lines(text: PaperText) -> list[str]:
    figures = {one.key: one for one in text.printed_figures}
    blocks: tuple[Block, ...] = text.blocks
    lines = [text.title, *written(blocks).splitlines(), *([f"（{text.remark}）"] if text.remark else [])]
    return [printed_text(line, figures) for line in lines]
