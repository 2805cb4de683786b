"""Commitments in running text: each clause with a number, a handed-down target or a state due by a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from qingshan.reading.commitments.deadlines import Deadline, deadlines_in
from qingshan.reading.commitments.rules import Rule, rules, strong_state
from qingshan.reading.departments import named_bodies
from qingshan.reading.findings import Commitment, Plan
from qingshan.reading.layout import Heading, Layout
from qingshan.reading.text import BREAK

__all__ = ["is_about_goals", "is_about_the_past", "read_commitments"]

_PAST = re.compile(
    r"成效|成就|回顾|现状|存在的?(?:主要)?问题|(?:形势|机遇|挑战)(?!，)|背景|困难|短板弱项|概况|编制.{0,4}过程|必要性|可行性|主要依据|完成情况|总体情况"
)
_GOALS = re.compile(r"目标|愿景")
_FORMULA = re.compile(
    r"计算公式|=\(|/[\u4e00-\u9fa5]{2,20}[)×]"
)  # how an indicator is computed promises nothing


def is_about_the_past(path: tuple[Heading, ...]) -> bool:
    """Say whether a passage reports what was, not what shall be."""
    return any(
        _PAST.search(h.title) and not _GOALS.search(h.title) and h.level <= 4 and len(h.title) < 34
        for h in path
    )


def is_about_goals(path: tuple[Heading, ...]) -> bool:
    """Say whether a passage stands in a section of goals."""
    return any(_GOALS.search(h.title) and len(h.title) < 16 for h in path)


@dataclass(frozen=True, slots=True)
class _Hit:
    """One rule's match in a sentence."""

    rule: Rule
    found: re.Match[str]


def read_commitments(layout: Layout, plan: Plan) -> tuple[Commitment, ...]:
    """Return the commitments of the running text, in reading order."""
    found: list[Commitment] = []
    carried: Deadline | None = None
    chapter: tuple[Heading, ...] = ()
    for start, end in layout.prose.sentences():
        if layout.is_note(start):
            break
        path = layout.path(layout.prose.at[start])
        if path[:3] != chapter[:3]:
            chapter, carried = path, None
        sentence = layout.prose.text[start:end]
        dates = deadlines_in(sentence)
        if not is_about_the_past(path) and not _is_old(dates, plan) and not _FORMULA.search(sentence):
            goals = is_about_goals(path)
            made = _of_sentence(
                layout, start, sentence, dates, carried if goals or sentence.startswith("——") else None, goals
            )
            bodies = _bodies_after(layout, start, end)
            found += [replace(one, departments=bodies) for one in made]
        carried = dates[-1] if dates else carried
    return tuple(found)


def _bodies_after(layout: Layout, start: int, end: int) -> tuple[str, ...]:
    """Return the bodies named in the sentence, or in the brackets that follow its paragraph."""
    text = layout.prose.text
    until = text.find(BREAK, end)
    bracket = re.match(
        r"[^\n]{0,400}?([〔(\[【][^\n]{2,200}[〕)\]】])$", text[end : until if until >= 0 else len(text)]
    )
    return named_bodies(text[start:end]) or (named_bodies(bracket.group(1)) if bracket else ())


def _is_old(dates: list[Deadline], plan: Plan) -> bool:
    return (
        bool(dates)
        and plan.first_year is not None
        and all(d.year is not None and d.year < plan.first_year for d in dates)
    )


def _of_sentence(
    layout: Layout, offset: int, sentence: str, dates: list[Deadline], carried: Deadline | None, goals: bool
) -> Iterator[Commitment]:
    taken: list[tuple[int, int]] = []
    hits = _hits(sentence)
    for hit in hits:
        low, high = _clause(sentence, *hit.found.span())
        due = _due(dates, hit.found.start(), carried)
        taken.append((low, high))
        if "目标任务" in sentence[low:high] and hit.rule.id == "all_of_them":
            continue  # 确保目标任务全面完成 promises nothing of its own
        for metric in _metrics(sentence, low, hit):
            for amount in hit.rule.amounts(hit.found):
                yield _commitment(layout, offset, sentence, (low, high), hit, due, metric, amount)
    for low, high in _states(sentence, dates, taken, carried is not None or goals):
        due = _due(dates, high - 1, carried)
        if due or strong_state().search(sentence, low, high):
            yield Commitment(
                metric=_subject(sentence[low:high]),
                operator="state",
                value=sentence[low:high].strip("。；\n"),
                unit=None,
                deadline=due.text if due else None,
                scope=_scope(sentence),
                departments=(),
                kind="dated_state" if due else "state",
                rule="state_in_goals" if goals else "state_by_date" if due else "state",
                span=layout.prose.span(offset + low, offset + high),
            )


def _hits(sentence: str) -> list[_Hit]:
    """Match every rule, earlier rules first; matches that overlap one already taken are dropped."""
    hits: list[_Hit] = []
    for rule in rules():
        for found in rule.pattern.finditer(sentence):
            if all(found.end() <= hit.found.start() or found.start() >= hit.found.end() for hit in hits):
                hits.append(_Hit(rule, found))
    return sorted(hits, key=lambda hit: hit.found.start())


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    low = max(sentence.rfind(sign, 0, start) for sign in "，；：—〕】") + 1
    ends = [place for sign in "，；。" if (place := sentence.find(sign, end)) >= 0]
    return low, min(ends, default=len(sentence))


def _due(dates: list[Deadline], place: int, carried: Deadline | None) -> Deadline | None:
    before = [date for date in dates if date.start <= place]
    return before[-1] if before else carried


def _metrics(sentence: str, low: int, hit: _Hit) -> list[str]:
    """Return the subjects of one number: 「甲率、乙率均达到90%」 promises it for each."""
    subject = _subject(sentence[low : hit.found.start()])
    parts = re.split(r"、|和|与", subject)
    if subject.endswith("均") or sentence[hit.found.start() :][:1] == "均":
        parts = [part.removesuffix("均") for part in parts]
        if len(parts) > 1 and all(re.search(r"(率|度|量|比例|面积)$", part) for part in parts):
            return parts
    return [subject.removesuffix("均") or hit.found.group()]


def _subject(text: str) -> str:
    text = re.sub(
        r"^(?:到|至|展望|在|于|力争|争取|自|并|确保|实现|推动|其中|20\d\d年?(?:年?底)?(?:前|起)?|以上|，|\s)+",
        "",
        text,
    )
    return re.sub(r"(?:达到?|提高[到至]|不低于|控制在|稳定|持续|力争|比例的?)$", "", text)[-40:]


def _commitment(
    layout: Layout,
    offset: int,
    sentence: str,
    clause: tuple[int, int],
    hit: _Hit,
    due: Deadline | None,
    metric: str,
    amount: tuple[str | None, Decimal | None],
) -> Commitment:
    return Commitment(
        metric=metric,
        operator=amount[0] if hit.rule.kind == "quantified" else None,
        value=amount[1],
        unit=hit.rule.unit_of(hit.found),
        deadline=due.text if due else None,
        scope=_scope(sentence),
        departments=(),
        kind=hit.rule.kind,
        rule=hit.rule.id,
        span=layout.prose.span(offset + clause[0], offset + clause[1]),
    )


def _scope(sentence: str) -> str | None:
    found = re.search(r"全[市区县省州]|各(?:市\(区\)|镇\(街\)|县)|中心城区|建成区|城镇|农村", sentence)
    return found.group() if found else None


def _states(
    sentence: str, dates: list[Deadline], taken: list[tuple[int, int]], goals: bool
) -> Iterator[tuple[int, int]]:
    """Yield clauses that promise a state: the first one after a date, and strongly worded ones."""
    for n, date in enumerate(dates):
        until = dates[n + 1].start if n + 1 < len(dates) else len(sentence)
        if not any(low < until and high > date.start for low, high in taken):
            yield date.start, _second_end(sentence, date.end, until)
            taken.append((date.start, _second_end(sentence, date.end, until)))
    for clause in re.finditer(r"[^，；。：—\n]+", sentence):
        free = not any(low < clause.end() and high > clause.start() for low, high in taken)
        if (
            free
            and strong_state().search(clause.group())
            and (goals or re.search(r"消除|不减少|不降低", clause.group()))
        ):
            yield clause.start(), clause.end()


def _second_end(sentence: str, start: int, until: int) -> int:
    """Return the end of the second clause after a date, where the state is usually said."""
    place = start
    for _ in range(2):
        ends = [p for sign in "，；。" if (p := sentence.find(sign, place + 1)) >= 0]
        place = min(ends, default=until)
    return min(max(place, start + 8), until, len(sentence.rstrip(BREAK)))
