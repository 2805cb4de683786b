"""Values of indicators: entered by one person, approved by another, corrected by a new value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.jobs.public import announce
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions import reviews
from qingshan.plans.actions.records import checked, entered, identity
from qingshan.plans.errors import (
    BadFacts,
    MissingEvidence,
    OutsidePlan,
    StaleEntry,
)
from qingshan.plans.events import ValueApproved, ValueSentBack, ValueSubmitted
from qingshan.plans.locks import require_open
from qingshan.plans.models import ExclusionLetter, Indicator, Plan, Value
from qingshan.plans.states import VALUE_FLOW, ReviewState
from qingshan.plans.targets import MOST_DIGITS


@transaction.atomic
def enter_value(
    *,
    indicator: Indicator,
    facts: Mapping[str, Any],
    by: Any,
    at: datetime,
    corrects: Value | None = None,
    exclusions: Sequence[ExclusionLetter] = (),
) -> Value:
    """Enter a value (录入数值); it counts only after a second person has approved it.

    Parameters
    ----------
    facts : mapping
        ``year``, ``kind``, ``number`` or ``text`` or ``finding``, ``source``, and optionally ``unit``,
        ``period_start``, ``period_end``, ``as_of``, ``known_on``, ``condition``, ``document``, ``note``.
        A number that speaks of a day before the year's end becomes a value of that part of the year.
    corrects : Value, optional
        The approved value this one takes the place of, once approved.

    Raises
    ------
    BadFacts
        Nothing is said, a day lies ahead or outside the year, or a field does not hold what it may.
    OutsidePlan
        What it corrects, or an exclusion letter, belongs elsewhere.
    LockedDay
        It speaks of a day, or became known on one, that the upper level has locked.
    """
    policies.require(by, "enter_value", indicator)
    if corrects is not None and corrects.indicator_id != indicator.pk:
        raise OutsidePlan
    _same_plan(indicator.plan_id, exclusions)
    cleaned = _value_facts(facts, beijing_day(at))
    require_open(indicator.plan, cleaned["as_of"], cleaned["known_on"])
    value = Value.objects.create(
        indicator=indicator, corrects=corrects, entered_by=by, entered_at=at, **cleaned
    )
    value.exclusions.set(exclusions)
    entered("plans.enter_value", value.ref, by=by, at=at, year=value.year, kind=value.kind)
    return value


@transaction.atomic
def change_value(
    *,
    value: Value,
    facts: Mapping[str, Any],
    by: Any,
    at: datetime,
    exclusions: Sequence[ExclusionLetter] | None = None,
) -> Value:
    """Change a value that is not under review (修改数值); its exclusion letters stay unless given.

    Raises
    ------
    NotChangeable
        It was submitted or approved.
    LockedDay
        It speaks of a day, or became known on one, that the upper level has locked.
    """
    policies.require(by, "enter_value", value)
    cleaned = _value_facts({**_as_facts(value), **facts}, beijing_day(at))
    require_open(value.indicator.plan, cleaned["as_of"], cleaned["known_on"])
    reviews.change(value, cleaned)
    if exclusions is not None:
        _same_plan(value.indicator.plan_id, exclusions)
        value.exclusions.set(exclusions)
    entered("plans.change_value", value.ref, by=by, at=at, fields=sorted(facts))
    return value


def _as_facts(value: Value) -> dict[str, Any]:
    return {name: getattr(value, name) for name in (*_REQUIRED, *_OPTIONAL)}


_REQUIRED = ("year", "kind", "source")
_OPTIONAL = (
    "number", "text", "finding", "unit", "period_start", "period_end", "as_of", "known_on", "condition",
    "document", "note",
)  # fmt: skip


def _value_facts(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    facts = {name: found for name, found in given.items() if found not in (None, "")}
    missing = [name for name in _REQUIRED if name not in facts]
    if missing:
        raise BadFacts({str(_label(name)): [_("必填")] for name in missing})
    if not ({"number", "text", "finding"} & set(facts)):
        raise BadFacts({str(_label("number")): [_("数值、文字结果、定性结论至少填一项")]})
    facts = checked(Value, facts)
    if (number := facts.get("number")) is not None and len(number.as_tuple().digits) > MOST_DIGITS:
        raise BadFacts({str(_label("number")): [_("有效数字最多 %d 位，请先修约") % MOST_DIGITS]})
    _settle_period(facts, today)
    facts.setdefault("known_on", today)
    if wrong := _impossible_days(facts, today):
        raise BadFacts(wrong)
    return {**_EMPTY, **facts}


#: What a field becomes when it is left empty.
_EMPTY = {
    "number": None, "text": "", "finding": "", "unit": "", "period_start": None, "period_end": None,
    "condition": "", "document": "", "note": "",
}  # fmt: skip


def _settle_period(facts: dict[str, Any], today: date) -> None:
    """A number of an unfinished year is a number of the part of the year it speaks of."""
    year_end = date(facts["year"], 12, 31)
    facts.setdefault("as_of", facts.get("period_end") or min(year_end, today))
    unfinished = date(facts["year"], 1, 1) <= facts["as_of"] < year_end
    if unfinished and "number" in facts and "period_end" not in facts:
        facts["period_start"], facts["period_end"] = date(facts["year"], 1, 1), facts["as_of"]


def _impossible_days(facts: Mapping[str, Any], today: date) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    start, end = facts.get("period_start"), facts.get("period_end")
    if (start is None) != (end is None):
        wrong[str(_label("period_start"))] = [_("时段的起止须同时填写")]
    if start and end and start > end:
        wrong[str(_label("period_end"))] = [_("%(end)s 早于起始日 %(start)s") % {"end": end, "start": start}]
    for name in ("period_start", "period_end", "as_of"):
        day = facts.get(name)
        if day and day.year != facts["year"]:
            wrong[str(_label(name))] = [_("%(day)s 不在 %(year)d 年内") % {"day": day, "year": facts["year"]}]
    for name in ("as_of", "known_on"):
        if facts[name] > today:
            wrong[str(_label(name))] = [
                _("%(day)s 在今天（%(today)s）之后") % {"day": facts[name], "today": today}
            ]
    return wrong


def _label(name: str) -> Any:
    return Value._meta.get_field(name).verbose_name  # type: ignore[union-attr]


@transaction.atomic
def submit_value(*, value: Value, by: Any, at: datetime) -> Value:
    """Hand a value to a second person (提交审核)."""
    reviews.submit(value, verb="enter_value", action="plans.submit_value", by=by, at=at)
    announce(ValueSubmitted(value.pk, value.indicator_id, value.year, getattr(by, "pk", None), at), at=at)
    return value


@transaction.atomic
def withdraw_value(*, value: Value, by: Any, at: datetime) -> Value:
    """Take a value back that is not approved (撤回)."""
    return reviews.withdraw(value, verb="enter_value", action="plans.withdraw_value", by=by, at=at)


@transaction.atomic
def approve_value(*, value: Value, by: Any, at: datetime, note: str = "") -> Value:
    """Let a value count (审核通过). What it corrects stops counting the day this one became known.

    Raises
    ------
    OwnEntry
        The approver is who entered it.
    StaleEntry
        Somebody moved it first, or what it corrects was corrected by another value.
    LockedDay
        The upper level has locked its day since it was entered.
    """
    require_open(value.indicator.plan, value.as_of, value.known_on)
    reviews.approve(value, verb="approve_value", action="plans.approve_value", by=by, at=at, note=note)
    if value.corrects is not None:
        _supersede(value.corrects, value)
    announce(
        ValueApproved(value.pk, value.indicator_id, value.year, str(value.kind), getattr(by, "pk", None), at),
        at=at,
    )
    return value


def _supersede(old: Value, new: Value) -> None:
    after = VALUE_FLOW.after(old.state, "supersede")
    day = max(old.known_on, new.known_on)
    moved = Value.objects.filter(pk=old.pk, state=old.state).update(state=after, superseded_on=day)
    if moved != 1:
        raise StaleEntry(str(ReviewState.SUPERSEDED.label))


@transaction.atomic
def send_back_value(*, value: Value, by: Any, at: datetime, note: str) -> Value:
    """Give a value back to who entered it, saying why (退回)."""
    reviews.send_back(value, verb="approve_value", action="plans.send_back_value", by=by, at=at, note=note)
    announce(ValueSentBack(value.pk, value.indicator_id, value.year, value.entered_by_id, note, at), at=at)
    return value


@transaction.atomic
def add_exclusion_letter(
    *,
    plan: Plan,
    number: str,
    facts: Mapping[str, Any],
    by: Any,
    at: datetime,
    attach: Callable[[Ref], str] | None = None,
) -> ExclusionLetter:
    """Enter a letter that leaves days out of account (登记剔除批复), dust storms for instance.

    Parameters
    ----------
    attach : callable, optional
        Attaches the document to the letter and returns its name across rooms; without it ``facts`` name a
        document that is there already.

    Raises
    ------
    MissingEvidence
        No document is attached.
    """
    policies.require(by, "enter_value", plan)
    cleaned = checked(ExclusionLetter, facts)
    if wrong := _impossible_letter(cleaned, beijing_day(at)):
        raise BadFacts(wrong)
    letter = identity(ExclusionLetter, plan=plan, number=number, recorded_by=by, recorded_at=at, **cleaned)
    if attach is not None:
        letter.document = attach(letter.ref)
        letter.save(update_fields=["document"])
    if not letter.document.strip():
        raise MissingEvidence(_("请附上批复文件。"))
    entered("plans.add_exclusion_letter", letter.ref, by=by, at=at, number=number)
    return letter


def _impossible_letter(facts: Mapping[str, Any], today: date) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    start, end, issued = facts["period_start"], facts["period_end"], facts["issued_on"]
    if end < start:
        wrong[_("剔除时段止")] = [_("%(end)s 早于起始日 %(start)s") % {"end": end, "start": start}]
    if issued > today:
        wrong[_("批复日期")] = [_("%(day)s 在今天（%(today)s）之后") % {"day": issued, "today": today}]
    return wrong


def _same_plan(plan_id: int, letters: Sequence[ExclusionLetter]) -> None:
    if any(letter.plan_id != plan_id for letter in letters):
        raise OutsidePlan
