"""A reviewer's decisions as a file, and their replay (审阅决定文件).

The file names each finding by its kind and passage, so it can be read beside the text, corrected, and
replayed on any installation. It decides; it does not find: what it names must have been found or is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from qingshan.intake import actions
from qingshan.intake.errors import BadFacts, IntakeRefusal
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.packing.codes import name_of
from qingshan.intake.states import ConflictState, FindingState
from qingshan.intake.vocabulary import FindingKind, Outcome

__all__ = ["BadDecision", "Told", "read_decisions", "replay"]

_TOP = frozenset({"sha256", "head", "decisions", "rest"})
_REST = ("accept", "reject", "leave")


class BadDecision(ValueError):
    """A decision of the file cannot be carried out; the words name it by number."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a replay did, and how the findings stand after it."""

    steps: int
    accepted: int
    rejected: int
    open: int
    settled: int


def read_decisions(path: Path) -> dict[str, Any]:
    """Read a file of decisions.

    Raises
    ------
    BadDecision
        No YAML, no mapping, or a part that there is not.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadDecision(f"{path.name} 不是 YAML：{error}") from error
    if not isinstance(data, dict) or set(data) - _TOP:
        strange = "、".join(sorted(set(data) - _TOP)) if isinstance(data, dict) else type(data).__name__
        raise BadDecision(f"{path.name}：不认识 {strange}；可用 {'、'.join(sorted(_TOP))}。")
    return data


@transaction.atomic
def replay(*, intake: Intake, decisions: Mapping[str, Any], by: Any, at: datetime) -> Told:
    """Carry out every decision of a file, in its order, and then ``rest``; all or nothing.

    Raises
    ------
    BadDecision
        The file is for another text, names a finding that is not there, or says what it may not.
    """
    wanted = decisions.get("sha256")
    if wanted and wanted != intake.sha256:
        raise BadDecision(f"决定文件是为另一份文本写的：{wanted[:12]}…，这份是 {intake.sha256[:12]}…。")
    desk = _Replay(intake, by, at)
    desk.head(decisions.get("head") or {})
    for number, one in enumerate(decisions.get("decisions") or [], start=1):
        desk.carry_out(number, one)
    desk.rest(decisions.get("rest") or {})
    return desk.told()


class _Replay:
    """Carries decisions out one by one."""

    def __init__(self, intake: Intake, by: Any, at: datetime) -> None:
        self.intake, self.how, self.steps = intake, {"by": by, "at": at}, 0
        self._moves: dict[str, Callable[[Mapping[str, Any]], object]] = {
            "accept": lambda one: actions.accept(**self._found(one), **self.how),
            "reject": lambda one: actions.reject(**self._found(one), note=one.get("note", ""), **self.how),
            "edit": self._edit,
            "split": self._split,
            "merge": self._merge,
            "add": self._add,
            "settle": self._settle,
        }

    def head(self, changes: Mapping[str, Any]) -> None:
        """Change the plan's own information; what is not named stays."""
        if changes:
            self.intake = actions.edit_head(
                intake=self.intake, facts={**self.intake.head, **changes},
                expected_version=self.intake.head_version, **self.how,
            )  # fmt: skip

    def carry_out(self, number: int, one: Mapping[str, Any]) -> None:
        """Carry one decision out, and name it when it is refused."""
        move = one.get("move")
        if move not in self._moves:
            raise BadDecision(f"第 {number} 条：不认识“{move}”；可用 {'、'.join(self._moves)}。")
        try:
            self._moves[move](one)
        except (IntakeRefusal, KeyError, TypeError, LookupError) as refused:
            told = f"缺少 {refused}" if isinstance(refused, KeyError) else refused
            raise BadDecision(
                f"第 {number} 条（{move} {one.get('kind', '')} {one.get('at', '')}）：{told}"
            ) from refused
        self.steps += 1

    def rest(self, rules: Mapping[str, Any]) -> None:
        """Decide what no decision named, by kind: accept, reject, leave, or accept from a confidence on."""
        for kind, rule in rules.items():
            least = _least(kind, rule)
            for one in Finding.objects.filter(intake=self.intake, kind=kind, state=FindingState.OPEN):
                if rule == "leave":
                    continue
                seen = {"finding": one, "expected_version": one.version, **self.how}
                if rule == "reject" or (least is not None and (one.confidence or 0) < least):
                    actions.reject(**seen)
                else:
                    self._accept_whole(seen)
                self.steps += 1

    def told(self) -> Told:
        """How the findings stand now."""
        states = list(Finding.objects.filter(intake=self.intake).values_list("state", flat=True))
        settled = Conflict.objects.filter(intake=self.intake, state=ConflictState.SETTLED).count()
        return Told(
            steps=self.steps,
            accepted=states.count(FindingState.ACCEPTED),
            rejected=states.count(FindingState.REJECTED),
            open=states.count(FindingState.OPEN),
            settled=settled,
        )

    def _accept_whole(self, seen: dict[str, Any]) -> None:
        try:
            actions.accept(**seen)
        except BadFacts:  # lacks a required field: it stays open, to be edited by a decision of its own
            self.steps -= 1

    def _edit(self, one: Mapping[str, Any]) -> None:
        found = self._found(one)
        start, end = one.get("to", (None, None))
        actions.edit(
            **found, facts={**found["finding"].facts, **one.get("facts", {})}, start=start, end=end,
            and_accept=one.get("accept", True), note=one.get("note", ""), **self.how,
        )  # fmt: skip

    def _split(self, one: Mapping[str, Any]) -> None:
        found = self._found(one)
        facts = found["finding"].facts
        parts = [
            actions.Part({**facts, **part.get("facts", {})}, *part.get("at", one["at"]))
            for part in one["parts"]
        ]
        for made in actions.split(**found, parts=parts, note=one.get("note", ""), **self.how):
            self._accept(made, one)

    def _merge(self, one: Mapping[str, Any]) -> None:
        found = [self._finding(one["kind"], at, None)["finding"] for at in one["all"]]
        made = actions.merge(
            findings=found, expected_versions=[each.version for each in found],
            facts={**found[0].facts, **one.get("facts", {})}, note=one.get("note", ""), **self.how,
        )  # fmt: skip
        self._accept(made, one)

    def _add(self, one: Mapping[str, Any]) -> None:
        start, end = one["at"]
        made = actions.add(
            intake=self.intake, kind=FindingKind(one["kind"]), facts=one["facts"], start=start, end=end,
            note=one.get("note", ""), **self.how,
        )  # fmt: skip
        self._accept(made, one)

    def _accept(self, made: Finding, one: Mapping[str, Any]) -> None:
        if one.get("accept", True):
            actions.accept(finding=made, expected_version=made.version, **self.how)

    def _settle(self, one: Mapping[str, Any]) -> None:
        start, end = one["at"]
        rows = Conflict.objects.filter(intake=self.intake, state=ConflictState.OPEN, rule=one["rule"])
        found = list(rows.filter(a_start=start, a_end=end))
        if len(found) != 1:
            raise LookupError(
                f"规则 {one['rule']} 在 {start}–{end} 有 {len(found)} 处待处理的矛盾，应为 1 处。"
            )
        actions.settle(
            conflict=found[0], outcome=Outcome(one["outcome"]), reason=one["reason"],
            seen=found[0].values_key, **self.how,
        )  # fmt: skip

    def _found(self, one: Mapping[str, Any]) -> dict[str, Any]:
        return self._finding(one["kind"], one["at"], one.get("named"))

    def _finding(self, kind: str, at: Any, named: str | None) -> dict[str, Any]:
        """The finding of a kind at a passage; ``named`` tells two of them apart."""
        start, end = at
        rows = Finding.objects.filter(intake=self.intake, kind=kind, start=start, end=end)
        found = [
            one
            for one in rows.exclude(state__in=(FindingState.REPLACED, FindingState.ENTERED))
            if named is None or name_of(one) == named
        ]
        if len(found) != 1:
            told = "、".join(name_of(one) for one in found) or "没有"
            raise LookupError(f"{kind} 在 {start}–{end} 应有一条，现有：{told}；同处有几条时请写 named。")
        return {"finding": found[0], "expected_version": found[0].version}


def _least(kind: str, rule: Any) -> Decimal | None:
    """The confidence from which the rest is accepted; None for a plain word."""
    if kind not in FindingKind.values:
        raise BadDecision(f"rest：不认识类别“{kind}”；可用 {'、'.join(FindingKind.values)}。")
    if rule in _REST:
        return None
    try:
        return Decimal(str(rule))
    except InvalidOperation:
        raise BadDecision(f'rest：{kind} 应为 {"、".join(_REST)}，或一个把握（"0.8"）。') from None
