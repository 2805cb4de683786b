"""Duties by code: for each, the passage that names it best.

A code's cues are tried over the whole text. A sentence scores by its cues (the first weighs most), by a
verb of setting up, and by standing in the tasks and not in the report of the last five years.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from qingshan.reading.commitments.read import is_about_the_past
from qingshan.reading.findings import Duty
from qingshan.reading.layout import Layout
from qingshan.reading.text import Span

__all__ = ["DutyCode", "duty_codes", "read_duties"]

_SETS_UP = re.compile(
    r"建立|健全|完善|编制|制定|开展|落实|实施|推进|推行|加强|强化|严格|构建|建设|实行|执行|形成|定期|划定|更新|纳入"
)
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class DutyCode:
    """One code: its name and its cues, strongest first."""

    code: str
    name: str
    cues: tuple[re.Pattern[str], ...]


@cache
def duty_codes() -> tuple[DutyCode, ...]:
    """Return all codes of rules/duties.yaml."""
    text = resources.files("qingshan.reading").joinpath("rules/duties.yaml").read_text("utf-8")
    rows: Mapping[str, Sequence[str]] = yaml.safe_load(text)
    return tuple(DutyCode(code, row[0], tuple(map(re.compile, row[1:]))) for code, row in rows.items())


@dataclass(frozen=True, slots=True)
class _Place:
    score: float
    rule: str
    start: int
    end: int


def read_duties(layout: Layout, codes: Sequence[DutyCode] | None = None) -> tuple[Duty, ...]:
    """Return one passage for each duty found, in reading order."""
    flow = layout.everything
    sentences = list(flow.sentences())
    starts = [start for start, _ in sentences]
    found = []
    for code in duty_codes() if codes is None else codes:
        best = _best(layout, code, sentences, starts)
        if best is not None:
            duty = Duty(code.code, code.name, best.rule, flow.span(best.start, best.end))
            found.append((best.start, duty))
    return tuple(duty for _, duty in sorted(found, key=lambda item: item[0]))


def _best(layout: Layout, code: DutyCode, sentences: Sequence[Span], starts: Sequence[int]) -> _Place | None:
    places: list[_Place] = []
    for rank, cue in enumerate(code.cues):
        for hit in cue.finditer(layout.everything.text):
            if layout.is_bare(layout.everything.at[hit.start()]):
                continue
            places.append(_weighed(layout, code, rank, hit, _sentence_at(sentences, starts, hit.start())))
    return max(places, key=lambda place: (place.score, -place.start), default=None)


def _sentence_at(sentences: Sequence[Span], starts: Sequence[int], place: int) -> Span:
    return sentences[max(0, bisect_right(starts, place) - 1)]


def _weighed(layout: Layout, code: DutyCode, rank: int, hit: re.Match[str], sentence: Span) -> _Place:
    flow = layout.everything
    text = flow.text[slice(*sentence)]
    told = sum(bool(cue.search(text)) for cue in code.cues)
    score = 6.0 - min(rank, 4) * 0.9 + told * 0.5
    rule = f"cue{min(rank, 3)}" + ("_and_more" if told > 1 else "")
    if _SETS_UP.search(flow.text[max(sentence[0], hit.start() - 16) : hit.end() + 12]):
        score += 1.0
        rule += "_set_up"
    if is_about_the_past(layout.path(flow.at[hit.start()])):
        score -= 2.0
        rule += "_past"
    if len(text) <= 14:  # a heading names a subject, the sentence below says what must exist
        score -= 0.8
        rule += "_title"
    low = max(sentence[0], hit.start() - _WIDEST // 2)
    high = min(max(sentence[1], hit.end()), hit.end() + _WIDEST // 2)
    return _Place(score, rule, low, high)
