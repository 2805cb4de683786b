"""Codes of records (编号): what is in the ledger keeps its own, what is new gets the next free one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from qingshan.intake.models import Finding
from qingshan.intake.vocabulary import FindingKind
from qingshan.plans.public import KnownRecord

__all__ = ["Codes", "matched"]

#: Two names this much alike are one record under a corrected name.
_ALIKE = 0.75

#: Kind of a finding -> kind of its record in the ledger.
_RECORDS = {
    FindingKind.INDICATOR: "indicator",
    FindingKind.PROJECT: "project",
    FindingKind.COMMITMENT: "commitment",
    FindingKind.MEASURE: "measure",
    FindingKind.DUTY: "provision",
    FindingKind.ZONING: "provision",
}


def matched(findings: Sequence[Finding], known: Iterable[KnownRecord]) -> dict[int, KnownRecord]:
    """Return which record of the ledger each finding is about that has not been entered yet.

    First by the same name, then by the most alike one of its kind; each record once, and none that another
    finding of the same review has become.
    """
    found: dict[int, KnownRecord] = {}
    become = {one.entered_code for one in findings if one.entered_code}
    records = [one for one in known if one.code not in become]
    for kind in _RECORDS:
        ours = [one for one in findings if one.kind == kind and not one.entered_code]
        theirs = [one for one in records if _same_kind(kind, one)]
        found |= _by_name(ours, theirs)
        free = [one for one in theirs if one.code not in {record.code for record in found.values()}]
        found |= _by_likeness([one for one in ours if one.pk not in found], free)
    return found


def _same_kind(kind: FindingKind, record: KnownRecord) -> bool:
    if record.kind != _RECORDS[kind]:
        return False
    if kind is FindingKind.MEASURE:
        return record.within == "measure"
    return kind not in (FindingKind.DUTY, FindingKind.ZONING) or record.within == kind.value


def _by_name(ours: Iterable[Finding], theirs: Iterable[KnownRecord]) -> dict[int, KnownRecord]:
    waiting: dict[tuple[str, str], list[KnownRecord]] = {}
    for one in theirs:
        waiting.setdefault((_bare(one.name), _table_kind(one)), []).append(one)
    found = {}
    for finding in ours:
        same = waiting.get((_bare(name_of(finding)), str(finding.facts.get("table_kind") or "")))
        if same:
            found[finding.pk] = same.pop(0)
    return found


def _by_likeness(ours: Sequence[Finding], theirs: Sequence[KnownRecord]) -> dict[int, KnownRecord]:
    pairs = sorted(
        (
            (-likeness, finding.order, finding.pk, record)
            for finding in ours
            for record in theirs
            if _table_kind(record) == str(finding.facts.get("table_kind") or "")
            and (likeness := _likeness(name_of(finding), record.name)) >= _ALIKE
        ),
        key=lambda pair: pair[:3],
    )
    found: dict[int, KnownRecord] = {}
    taken: set[str] = set()
    for _, _, pk, record in pairs:
        if pk not in found and record.code not in taken:
            found[pk] = record
            taken.add(record.code)
    return found


def name_of(finding: Finding) -> str:
    """What a record of this kind is known by."""
    facts = finding.facts
    named = {
        FindingKind.COMMITMENT: "metric",
        FindingKind.MEASURE: "title",
        FindingKind.DUTY: "duty_code",
        FindingKind.ZONING: "wording",
        FindingKind.MISSING: "what",
    }
    return str(facts[named.get(FindingKind(finding.kind), "name")])


def _table_kind(record: KnownRecord) -> str:
    return record.within if record.kind == "indicator" else ""


def _bare(name: str) -> str:
    return "".join(name.split())


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, _bare(one), _bare(other), autojunk=False)
    # The quick bounds spare most of the long comparisons of two lists of measures.
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


class Codes:
    """Gives codes that nobody has yet; ``prefix`` stands before each new one."""

    def __init__(self, prefix: str, taken: Iterable[str]) -> None:
        self.prefix = prefix
        self._taken = set(taken)

    def keep(self, code: str) -> str:
        """Note a code that a record has already."""
        self._taken.add(code)
        return code

    def new(self, wanted: str) -> str:
        """Return the code wanted, or the same with -2, -3 ... where it is taken."""
        code, n = f"{self.prefix}{wanted}", 1
        while code in self._taken:
            n += 1
            code = f"{self.prefix}{wanted}-{n}"
        return self.keep(code)
