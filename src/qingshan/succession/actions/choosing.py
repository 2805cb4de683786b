"""Choosing what goes into the next plan, and the lessons that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.assessment import public as assessment
from qingshan.audit import public as audit
from qingshan.plans.public import OPERATOR_SIGNS
from qingshan.succession import policies
from qingshan.succession.errors import BadOpening, MissingDefinition, MissingReason, NotNow
from qingshan.succession.models import Choice, Lesson, Opening
from qingshan.succession.states import OpeningState
from qingshan.succession.vocabulary import Decision, ItemKind, LessonSource

__all__ = ["Decided", "add_lesson", "choose", "drop_lesson", "take_lessons"]

_SIGNS = {operator.value for operator in OPERATOR_SIGNS}


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about one record.

    ``definition``, ``name`` and ``unit`` are asked where it is redefined. A target is given as sign, number
    as written, and year, or not at all: then it stays open.
    """

    decision: Decision
    reason: str = ""
    name: str = ""
    unit: str = ""
    definition: str = ""
    operator: str = ""
    value: str = ""
    year: int | None = None


@transaction.atomic
def choose(*, opening: Opening, decided: Mapping[int, Decided], by: Any, at: datetime) -> int:
    """Decide what becomes of records (选定接续内容), by the numbers of their choices; return how many.

    Raises
    ------
    NotNow
        The choice was handed in.
    MissingReason
        A decision differs from the proposal, without a reason.
    MissingDefinition
        A record is redefined, and nobody said how.
    BadOpening
        A target is not a number, or lies outside the period.
    Forbidden
    """
    held = _open(opening, by)
    changed = 0
    for one in held.choices.filter(pk__in=decided):
        asked = decided[one.pk]
        _sound(held, one, asked)
        if _as_it_is(one) != asked:
            _put(one, asked, by, at)
            changed += 1
    if changed:
        audit.record("succession.choose", held.ref, by=by, at=at, detail={"changed": changed})
    return changed


def _open(opening: Opening, by: Any) -> Opening:
    """The opening, locked, if it may be chosen for."""
    policies.require(by, "edit", opening)
    held = Opening.objects.select_for_update().get(pk=opening.pk)
    if held.phase is not OpeningState.CHOOSING:
        raise NotNow
    return held


def _sound(opening: Opening, choice: Choice, asked: Decided) -> None:
    if asked.decision != choice.proposal and not asked.reason.strip():
        raise MissingReason(choice.name)
    anew = asked.decision is Decision.REDEFINE and asked.decision != choice.proposal
    if anew and not asked.definition.strip():
        raise MissingDefinition([choice.name])
    if asked.value or asked.operator or asked.year:
        _target_in_order(opening, choice, asked)


def _target_in_order(opening: Opening, choice: Choice, asked: Decided) -> None:
    wrong: dict[str, list[str]] = {}
    if choice.kind != ItemKind.INDICATOR:
        wrong["value"] = [_("只有指标可以有目标值")]
    elif not _is_number(asked.value):
        wrong["value"] = [_("“%s”不是数值") % asked.value]
    elif asked.operator not in _SIGNS:
        wrong["operator"] = [_("请选择目标关系")]
    elif asked.year is None or not opening.period_from <= asked.year <= opening.period_to:
        told = {"from": opening.period_from, "to": opening.period_to}
        wrong["year"] = [_("目标年应在 %(from)d—%(to)d 之间") % told]
    if wrong:
        raise BadOpening({choice.name: [told for words in wrong.values() for told in words], **wrong})


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _as_it_is(choice: Choice) -> Decided:
    return Decided(
        Decision(choice.decision), choice.reason, choice.new_name, choice.new_unit, choice.new_definition,
        choice.target_operator, choice.target_value, choice.target_year,
    )  # fmt: skip


def _put(choice: Choice, asked: Decided, by: Any, at: datetime) -> None:
    choice.decision, choice.reason = asked.decision, asked.reason
    choice.new_name, choice.new_unit, choice.new_definition = asked.name, asked.unit, asked.definition
    choice.target_operator, choice.target_value = asked.operator, asked.value
    choice.target_year, choice.decided_by, choice.decided_at = asked.year, by, at
    choice.full_clean(exclude=["opening", "decided_by"], validate_constraints=False)
    choice.save()


@transaction.atomic
def add_lesson(
    *,
    opening: Opening,
    text: str,
    by: Any,
    at: datetime,
    source: LessonSource = LessonSource.TYPED,
    source_ref: str = "",
) -> Lesson:
    """Write a lesson down (填写经验教训), or take one from an evaluation by its name across rooms.

    Raises
    ------
    NotNow, BadOpening, Forbidden
    """
    held = _open(opening, by)
    if not text.strip():
        raise BadOpening({"text": [_("请填写内容")]})
    lesson = held.lessons.create(
        text=text.strip(), source=source, source_ref=source_ref, added_by=by, added_at=at
    )
    audit.record("succession.add_lesson", held.ref, by=by, at=at, detail={"text": lesson.text[:80]})
    return lesson


@transaction.atomic
def take_lessons(*, opening: Opening, by: Any, at: datetime) -> int:
    """Take the lessons of the old plan's published evaluations that are not there yet; return how many.

    Raises
    ------
    NotNow, Forbidden
    """
    held = _open(opening, by)
    there = set(held.lessons.values_list("source_ref", "text"))
    found = [
        (str(evaluation.ref), text)
        for evaluation in assessment.published_evaluations(held.plan)
        for text in assessment.lessons_of(evaluation)
    ]
    wanted = [one for one in dict.fromkeys(found) if one not in there]
    for ref, text in wanted:
        add_lesson(opening=held, text=text, source=LessonSource.EVALUATION, source_ref=ref, by=by, at=at)
    return len(wanted)


@transaction.atomic
def drop_lesson(*, lesson: Lesson, by: Any, at: datetime) -> None:
    """Take a lesson out of the draft (删去经验教训); the audit keeps that it was there.

    Raises
    ------
    NotNow, Forbidden
    """
    held = _open(lesson.opening, by)
    audit.record("succession.drop_lesson", held.ref, by=by, at=at, detail={"text": lesson.text[:80]})
    lesson.delete()
