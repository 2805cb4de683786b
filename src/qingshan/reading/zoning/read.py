"""Siting rules by their wording: an effect, a place, and what it falls on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from qingshan.reading.commitments.read import is_about_the_past
from qingshan.reading.findings import ZoningRule
from qingshan.reading.layout import Layout
from qingshan.reading.text import Span

__all__ = ["SitingRule", "read_zoning", "siting_rules"]

_EXPLAINS = re.compile(r"指标解释")


@dataclass(frozen=True, slots=True)
class SitingRule:
    """One way of wording a siting rule."""

    id: str
    effect: str
    pattern: re.Pattern[str]
    near: tuple[re.Pattern[str], ...]
    example: str

    def holds(self, clause: str, sentence: str) -> re.Match[str] | None:
        """Return the match when the clause states such a rule."""
        found = self.pattern.search(clause)
        if found and (not self.near or any(words.search(sentence) for words in self.near)):
            return found
        return None


@cache
def siting_rules() -> tuple[SitingRule, ...]:
    """Return the rules of rules/zoning.yaml in the order they are tried."""
    text = resources.files("qingshan.reading").joinpath("rules/zoning.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    words = {name: re.compile(pattern) for name, pattern in loaded["words"].items()}
    made = []
    for n, row in enumerate(loaded["rules"], 1):
        near = tuple(words[name] for name in row["near"])
        made.append(
            SitingRule(
                f"{row['effect']}_{n}", row["effect"], re.compile(row["pattern"]), near, row["example"]
            )
        )
    return tuple(made)


def read_zoning(layout: Layout, rules: Sequence[SitingRule] | None = None) -> tuple[ZoningRule, ...]:
    """Return the siting rules of the running text, in reading order."""
    found: list[ZoningRule] = []
    for start, end in layout.prose.sentences():
        if layout.is_note(start):
            break
        path = layout.path(layout.prose.at[start])
        if is_about_the_past(path) or any(_EXPLAINS.search(h.title) for h in path) or end - start < 12:
            continue
        sentence = layout.prose.text[start:end]
        for (low, high), rule in _rules_in(sentence, siting_rules() if rules is None else rules):
            found.append(_finding(layout, start, sentence, (low, high), rule))
    return tuple(found)


def _rules_in(sentence: str, rules: Sequence[SitingRule]) -> Iterator[tuple[Span, SitingRule]]:
    taken: list[Span] = []
    for rule in rules:
        for clause in _clauses(sentence):
            text = sentence[slice(*clause)]
            found = rule.holds(text, sentence)
            if not found:
                continue
            place = (clause[0] + found.start(), clause[0] + found.end())
            if all(place[1] <= low or place[0] >= high for low, high in taken):
                taken.append(clause)
                yield clause, rule


def _clauses(sentence: str) -> Iterator[Span]:
    """Yield stretches between commas; one that only lists or leads on is joined with the next."""
    start = 0
    for comma in re.finditer(r"[，；。〕】]|\n", sentence):
        text = sentence[start : comma.start()]
        leads = re.search(
            r"(?:区域|范围内?|情况下|前提下|周边|沿岸|地区|项目|空间|外|的|区|内|地块|后|海域|通道)$", text
        )
        if comma.group() == "，" and leads and comma.start() - start < 60:
            continue
        yield start, comma.start()
        start = comma.end()
    if start < len(sentence):
        yield start, len(sentence)


_ZONE = re.compile(
    r"(?:[\u4e00-\u9fa5“”、()ⅠⅡⅢIV]{0,20}?)(?:红线(?:区)?(?:内|之外)?(?:的?[\u4e00-\u9fa5]{2,10}区)?|水源[\u4e00-\u9fa5]{0,4}(?:保护区|汇水区|集雨区)?|供水通道|自然岸线|岸线|海域|"
    r"流域|沿岸|禁[燃养烧用]区|限[养行]区|建成区|园区|基地|集中区|敏感区|保护区|一般生态空间|周边|两侧|耕地|农田|湿地|地块|城镇开发边界|居民区|管控单元)"
)
_SUBJECT = re.compile(
    r"水泥|平板玻璃|钢铁|化工|石化|电镀|印染|鞣革|制革|制浆|造纸|有色金属冶炼|焦化|原油加工|铅酸蓄电池|医药|农药|煤电|火电|锅炉|燃煤|排污口|围填海|养殖|重金属|持久性有机污染物|VOCs|涂料|两高|畜禽|网箱|餐饮|危险化学品|矿产|建设用地|工业|城镇建设|新污染物|高污染燃料|机械|陶瓷|纺织|食品"
)


def _finding(layout: Layout, offset: int, sentence: str, clause: Span, rule: SitingRule) -> ZoningRule:
    text = sentence[slice(*clause)]
    zone = _ZONE.search(text) or _ZONE.search(sentence)
    subjects = tuple(dict.fromkeys(_SUBJECT.findall(text)))
    span = layout.prose.span(offset + clause[0], offset + clause[1])
    return ZoningRule(rule.effect, zone.group() if zone else "全域", subjects, text, rule.id, span)
