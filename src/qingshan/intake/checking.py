"""Conflicts looked for again whenever something changed: inside the document, and with the ledger's plans.

A conflict is the same one while its rule and its two places are; what stands on its two sides is kept as
a digest. Settled stays settled while that digest stands, and opens again when it changes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.rereading import COUNTING, commitments_in, indicators_in, projects_in
from qingshan.intake.states import CONFLICT_FLOW, ConflictState, IntakeState
from qingshan.intake.vocabulary import ConflictScope, FindingKind
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.reading import public as reading

__all__ = ["COMPARED", "recheck", "recheck_relatives"]

#: Kinds of findings that are compared; the others say nothing that could disagree.
COMPARED = (FindingKind.INDICATOR, FindingKind.PROJECT, FindingKind.COMMITMENT)

#: What of a finding's facts a conflict may rest on; a new category or note opens nothing again.
_WEIGHTY = (
    "name", "unit", "baseline", "targets", "actual", "order",
    "operator", "value", "deadline", "wording", "start_year", "end_year", "investment_wan", "quantities",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seen:
    """A conflict as it was just found, before it is compared with those that are kept."""

    scope: ConflictScope
    type: str
    rule: str
    severity: str
    what: str
    a: tuple[int, int]
    b: tuple[int, int] | None
    sides: str
    confidence: Decimal | None = None
    other_plan: Any = None
    other_ref: str = ""
    other_words: str = ""

    @property
    def identity(self) -> str:
        """What makes it the same conflict next time."""
        return "|".join(map(str, (self.scope.value, self.type, self.rule, self.a, self.b, self.other_ref)))


def recheck(*, intake: Intake, at: datetime) -> None:
    """Look for conflicts again, and bring those that are kept up to date. Inside a transaction."""
    findings = list(Finding.objects.filter(intake=intake, state__in=COUNTING).order_by("start", "pk"))
    checked = reading.check(
        intake.text,
        indicators=indicators_in(findings),
        projects=projects_in(findings),
        commitments=commitments_in(findings),
    )
    seen = [
        *_within(checked.conflicts, findings),
        *_across(intake, checked.statements, findings, beijing_day(at)),
    ]
    _keep(intake, seen, at)


def recheck_relatives(*, plan_id: int, at: datetime) -> int:
    """Look for conflicts again in the reviews of plans that are compared with one that has changed.

    Returns
    -------
    int
        How many reviews were looked at.
    """
    done = 0
    for intake in Intake.objects.exclude(state__in=(IntakeState.WITHDRAWN, IntakeState.READING)):
        period = intake.head.get("period_from"), intake.head.get("period_to")
        if intake.plan_id != plan_id and all(period) and plan_id in _relatives(intake, beijing_day(at)):
            recheck(intake=intake, at=at)
            done += 1
    return done


def _relatives(intake: Intake, on: date) -> dict[int, Any]:
    """The plans that a document is compared with, by number."""
    found = plans.relatives_of(
        district=intake.district, period=(intake.head["period_from"], intake.head["period_to"]), on=on,
        plan=intake.plan, parent=intake.head.get("parent") or "",
    )  # fmt: skip
    return {one.plan.pk: one for one in found}


def _within(conflicts: Iterable[reading.Conflict], findings: Sequence[Finding]) -> Iterator[_Seen]:
    for one in conflicts:
        yield _Seen(
            ConflictScope.WITHIN,
            one.type,
            one.rule,
            one.severity,
            one.what,
            one.a,
            one.b,
            _sides(findings, one.a, one.b),
            Decimal(str(one.confidence)).quantize(Decimal("0.01"), ROUND_DOWN),
        )


def _sides(findings: Sequence[Finding], *spans: tuple[int, int] | None) -> str:
    """What the findings at these places say that a conflict may rest on."""
    told = [
        {name: one.facts[name] for name in _WEIGHTY if name in one.facts}
        for span in spans
        if span is not None
        for one in findings
        if one.start < span[1] and span[0] < one.end and one.kind in COMPARED
    ]
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


_UPPER, _PREVIOUS = reading.Relation.UPPER, reading.Relation.PREVIOUS
#: Kinship of the other plan -> which comparison it is, and whether the other plan is its first side.
_COMPARED = {
    plans.Kinship.UPPER: (ConflictScope.UPPER, _UPPER, True),
    plans.Kinship.LOWER: (ConflictScope.LOWER, _UPPER, False),
    plans.Kinship.PREVIOUS: (ConflictScope.PREVIOUS, _PREVIOUS, True),
    plans.Kinship.NEXT: (ConflictScope.NEXT, _PREVIOUS, False),
}


def _across(
    intake: Intake, own: Sequence[reading.Statement], findings: Sequence[Finding], on: date
) -> Iterator[_Seen]:
    if not intake.head.get("period_from") or not intake.head.get("period_to"):
        return
    for relative in _relatives(intake, on).values():
        scope, relation, other_first = _COMPARED[relative.kinship]
        said = plans.statements_of(plan=relative.plan, on=on)
        others = _as_read(said)
        first_said, second_said = (others, own) if other_first else (own, others)
        for one in reading.compare(first_said, second_said, relation):
            theirs, ours = (one.first, one.second) if other_first else (one.second, one.first)
            record = said[theirs[0]]
            yield _Seen(
                scope, one.type, one.rule, one.severity, one.what, ours, None,
                f"{record.words}|{_sides(findings, ours)}",
                other_plan=relative.plan, other_ref=str(record.ref), other_words=record.words[:300],
            )  # fmt: skip


def _as_read(said: Sequence[Any]) -> list[reading.Statement]:
    """The ledger's statements in the reader's shape; a span of (n, n + 1) leads back to the n-th."""
    found = (
        reading.statement(
            one.name, value=one.value, operator=one.operator, year=one.year, role=one.role, span=(n, n + 1)
        )
        for n, one in enumerate(said)
    )
    return [one for one in found if one is not None]


def _keep(intake: Intake, seen: Sequence[_Seen], at: datetime) -> None:
    kept = {one.key: one for one in Conflict.objects.select_for_update().filter(intake=intake)}
    keys = set()
    times: Counter[str] = Counter()
    for one in seen:
        times[one.identity] += 1  # two numbers of one pair of passages may disagree by the same rule
        key = _digest(f"{one.identity}|{times[one.identity]}")
        keys.add(key)
        if key in kept:
            _again(kept[key], one, at)
        else:
            _enter(intake, key, one, at)
    for key, conflict in kept.items():
        if key not in keys and CONFLICT_FLOW.allows(conflict.state, "vanish"):
            conflict.state = CONFLICT_FLOW.after(conflict.state, "vanish")
            conflict.checked_at = at
            conflict.save(update_fields=["state", "checked_at"])


def _enter(intake: Intake, key: str, one: _Seen, at: datetime) -> None:
    Conflict.objects.create(
        intake=intake,
        scope=one.scope,
        key=key,
        type=one.type[:60],
        rule=one.rule[:60],
        severity=one.severity,
        a_start=one.a[0],
        a_end=one.a[1],
        b_start=one.b[0] if one.b else None,
        b_end=one.b[1] if one.b else None,
        other_plan=one.other_plan,
        other_ref=one.other_ref,
        confidence=one.confidence,
        **_values(one),
        checked_at=at,
    )


def _values(one: _Seen) -> dict[str, str]:
    digest = _digest(f"{one.what}|{one.sides}")
    return {"what": one.what, "other_words": one.other_words, "values_key": digest}


def _again(conflict: Conflict, one: _Seen, at: datetime) -> None:
    """Open what was settled when its values have changed, and what was gone when it is back."""
    values = _values(one)
    if conflict.state == ConflictState.GONE:
        conflict.state = CONFLICT_FLOW.after(conflict.state, "return")
        conflict.reopened_because = _("再次出现") if conflict.reason else ""
    elif conflict.state == ConflictState.SETTLED and values["values_key"] != conflict.values_key:
        conflict.state = CONFLICT_FLOW.after(conflict.state, "reopen")
        conflict.reopened_because = _("数值已改变，原为：%s") % conflict.what[:250]
    for name, value in values.items():
        setattr(conflict, name, value)
    conflict.checked_at = at
    conflict.save()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
