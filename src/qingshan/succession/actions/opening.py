"""Opening the next plan: begun, its head revised, handed in, sent back, given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.plans.public import PlanState
from qingshan.succession import policies
from qingshan.succession.actions.moving import moved
from qingshan.succession.candidates import candidates_of
from qingshan.succession.errors import (
    AlreadyOpened,
    BadOpening,
    MissingDefinition,
    MissingReason,
    NothingChosen,
    NotNow,
    OwnProposal,
    TooEarly,
)
from qingshan.succession.models import Choice, Opening
from qingshan.succession.states import LIVE, OPENING_FLOW, OpeningState
from qingshan.succession.vocabulary import Decision

__all__ = ["HEAD", "open_next", "propose", "revise_opening", "send_back", "suggested_code", "withdraw"]

#: What an opening says of the plan to come.
HEAD = ("code", "name", "short_name", "period_from", "period_to", "base_year")
#: Old plans whose successor may be drawn up; the old one goes on living its own life meanwhile.
_OLD_ENOUGH = (PlanState.IN_FORCE, PlanState.FINAL_EVALUATION, PlanState.CLOSED)


@transaction.atomic
def open_next(*, plan: Any, head: Mapping[str, Any], by: Any, at: datetime) -> Opening:
    """Begin the opening of a plan's next plan (开启下一轮规划), with a proposal for every record.

    Parameters
    ----------
    plan : PlanVersion
        The old plan as it stands today.
    head : mapping
        ``code``, ``name``, ``short_name``, ``period_from``, ``period_to`` and optionally ``base_year``.

    Raises
    ------
    TooEarly
        The old plan is not in force yet, or was withdrawn.
    AlreadyOpened
        There is a live opening.
    BadOpening
        The head is not in order, or its code is taken.
    Forbidden
    """
    policies.require_in(by, "edit", plan.subject.district_id, str(plan))
    if plan.state not in _OLD_ENOUGH:
        raise TooEarly(str(PlanState(plan.state).label))
    if Opening.objects.filter(plan=plan.subject, state__in=LIVE).exists():
        raise AlreadyOpened
    opening = Opening(plan=plan.subject, made_by=by, made_at=at, **_head(head, plan))
    try:
        with transaction.atomic():
            opening.save()
    except IntegrityError:  # somebody else opened it between our look and our write
        raise AlreadyOpened from None
    found = candidates_of(user=by, plan=plan, on=beijing_day(at))
    Choice.objects.bulk_create(
        Choice(
            opening=opening, kind=one.kind, origin=one.origin, code=one.code, name=one.name, order=one.order,
            proposal=one.proposed.decision, why=one.proposed.why, decision=one.proposed.decision,
        )
        for one in found
    )  # fmt: skip
    audit.record("succession.open", opening.ref, by=by, at=at, detail={"code": opening.code})
    return opening


@transaction.atomic
def revise_opening(*, opening: Opening, plan: Any, head: Mapping[str, Any], by: Any, at: datetime) -> Opening:
    """Change what the opening says of the plan to come (修改新规划信息).

    Raises
    ------
    NotNow, BadOpening, Forbidden
    """
    policies.require(by, "edit", opening)
    if opening.phase is not OpeningState.CHOOSING:
        raise NotNow
    checked = _head(head, plan)
    if not Opening.objects.filter(pk=opening.pk, state=OpeningState.CHOOSING).update(**checked):
        raise NotNow
    opening.refresh_from_db()
    audit.record("succession.revise", opening.ref, by=by, at=at, detail={"code": opening.code})
    return opening


@transaction.atomic
def propose(*, opening: Opening, by: Any, at: datetime, note: str = "") -> Opening:
    """Hand the choice in to a second person (提交审批).

    Raises
    ------
    NothingChosen
        No record is kept.
    MissingReason
        A decision differs from the proposal and nobody said why.
    MissingDefinition
        A record is to be redefined, and its new definition is not written.
    BadOpening
        The code has been taken meanwhile.
    Forbidden, IllegalMove, StaleOpening
    """
    policies.require(by, "edit", opening)
    OPENING_FLOW.after(opening.phase, "propose")
    choices = list(opening.choices.all())
    kept = [one for one in choices if one.is_kept]
    if not kept:
        raise NothingChosen
    if unsaid := [one.name for one in choices if one.decision != one.proposal and not one.reason.strip()]:
        raise MissingReason("、".join(unsaid[:5]))
    undefined = [
        one.name for one in kept if one.decision == Decision.REDEFINE and not one.new_definition.strip()
    ]
    if undefined:
        raise MissingDefinition(undefined)
    _free(opening.code)
    return moved(
        opening, "propose", by=by, at=at, note=note, proposed_by=by, proposed_at=at,
        decided_by=None, decided_at=None,
    )  # fmt: skip


@transaction.atomic
def send_back(*, opening: Opening, by: Any, at: datetime, note: str) -> Opening:
    """Send a proposed choice back, with a reason (退回).

    Raises
    ------
    MissingReason, OwnProposal, Forbidden, IllegalMove, StaleOpening
    """
    policies.require(by, "approve", opening)
    if not note.strip():
        raise MissingReason
    if by is not None and by.pk == opening.proposed_by_id:
        raise OwnProposal
    return moved(opening, "send_back", by=by, at=at, note=note, decided_by=by, decided_at=at)


@transaction.atomic
def withdraw(*, opening: Opening, by: Any, at: datetime, note: str) -> Opening:
    """Give an opening up, with a reason (撤回); the old plan may be opened anew.

    Raises
    ------
    MissingReason, Forbidden, IllegalMove, StaleOpening
    """
    policies.require(by, "edit", opening)
    if not note.strip():
        raise MissingReason
    return moved(opening, "withdraw", by=by, at=at, note=note)


def suggested_code(stem: str, year: int) -> str:
    """Return a code for the next plan that no plan has: the old one's stem with the new year.

    Parameters
    ----------
    stem : str
        Code of the old plan, ``qingchuan-2021``.
    """
    base = stem.rsplit("-", 1)[0] if stem.rsplit("-", 1)[-1].isdecimal() else stem
    code, number = f"{base}-{year}"[:40], 2
    while plans.plan_of_code(code) is not None:
        code, number = f"{base[:30]}-{year}-{number}", number + 1
    return code


def _head(head: Mapping[str, Any], plan: Any) -> dict[str, Any]:
    """The head as the columns will hold it."""
    given = {name: head.get(name) for name in HEAD}
    wrong: dict[str, list[str]] = {}
    for name in HEAD:
        field = Opening._meta.get_field(name)
        try:
            given[name] = field.clean(given[name], None)  # type: ignore[union-attr]
        except ValidationError as error:
            wrong[name] = list(error.messages)
    if not wrong:
        wrong = _in_order(given, plan)
    if wrong:
        raise BadOpening(wrong)
    _free(str(given["code"]))
    return given


def _in_order(given: Mapping[str, Any], plan: Any) -> dict[str, list[str]]:
    if not plans.is_code(given["code"]):
        return {"code": [_("只能用文字、数字和 - _ . ·（），不能有空格和斜线")]}
    if given["period_to"] < given["period_from"]:
        return {"period_to": [_("早于规划期起始年")]}
    if given["period_from"] <= plan.period_from:
        return {"period_from": [_("应晚于上一轮的起始年 %d") % plan.period_from]}
    return {}


def _free(code: str) -> None:
    if plans.plan_of_code(code) is not None:
        raise BadOpening({"code": [_("编号“%s”已有规划使用；请换一个") % code]})
