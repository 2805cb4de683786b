"""Appeals: a department objects to a line, another person answers, and an upheld one is scored again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden
from qingshan.areas.public import Department
from qingshan.assessment import policies
from qingshan.assessment.actions.holding import hold
from qingshan.assessment.actions.moves import keep_version
from qingshan.assessment.errors import (
    AppealsOver,
    AssessmentRefusal,
    BadEvaluation,
    MissingReason,
    NoSuchRow,
    OwnWork,
    StaleEvaluation,
)
from qingshan.assessment.events import AppealAnswered, AppealMade
from qingshan.assessment.models import Appeal, Evaluation
from qingshan.assessment.reckoning import Scored, corrected, name_on, scored_of
from qingshan.assessment.scoring.shapes import ListKind, Verdict
from qingshan.assessment.states import APPEAL_FLOW, AppealState, EvaluationState
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day

__all__ = ["answer_appeal", "make_appeal"]


@transaction.atomic
def make_appeal(
    *,
    evaluation: Evaluation,
    department: Department,
    kind: str,
    code: str,
    reason: str,
    by: Any,
    at: datetime,
) -> Appeal:
    """Object to a line of the published sheet (提出申诉), in the name of a department that it touches.

    Parameters
    ----------
    kind : str
        The list; empty for a fact beside the lists, whose kind is then ``code``.

    Raises
    ------
    Forbidden
        Who may not speak for the department.
    AppealsOver
        The evaluation is not published, or its last day for appeals has passed.
    NoSuchRow
        The line is none of the department's.
    MissingReason
    """
    if not policies.may_appeal_for(by, evaluation, department.pk):
        raise Forbidden(policies.CAPABILITIES["appeal"], str(evaluation))
    now = hold(evaluation)  # nobody closes it, and no second appeal of the line is made, until this one is
    until = now.appeal_until
    if now.phase is not EvaluationState.PUBLISHED or until is None or beijing_day(at) > until:
        raise AppealsOver(until)
    if not reason.strip():
        raise MissingReason
    _refuse_strange_line(evaluation, department, kind, code)
    if evaluation.appeals.filter(
        kind=kind, code=code, department=department, state=AppealState.MADE
    ).exists():
        raise AssessmentRefusal(_("这一行已有申诉在复核中。"))
    made = Appeal.objects.create(
        evaluation=evaluation,
        kind=kind,
        code=code,
        department=department,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    detail = {"appeal": made.pk, "list": kind, "row": code, "department": department.pk}
    audit.record("assessment.appeal", evaluation.ref, by=by, at=at, detail=detail)
    announce(AppealMade(made.pk, by.pk, at), at=at)
    return made


def _refuse_strange_line(evaluation: Evaluation, department: Department, kind: str, code: str) -> None:
    scored = scored_of(newest_version(evaluation))
    own = next((one for one in scored.departments if one.department_id == department.pk), None)
    if own is None:
        raise NoSuchRow(code)
    if kind:
        found = any(
            line.row.code == code for one in own.sheet.lists if one.kind == kind for line in one.lines
        )
    else:
        found = any(one.rule.kind == code for one in own.sheet.conduct)
    if not found:
        raise NoSuchRow(code)


def newest_version(evaluation: Evaluation) -> Any:
    """Return the version that counts; a published evaluation has one."""
    return evaluation.versions.select_related("evaluation__plan").order_by("-number").first()


@transaction.atomic
def answer_appeal(
    *,
    appeal: Appeal,
    upheld: bool,
    answer: str,
    by: Any,
    at: datetime,
    correction: Mapping[str, str] | None = None,
) -> Appeal:
    """Uphold or reject an appeal (复核申诉). Upheld, the whole is scored again as a new version.

    Parameters
    ----------
    correction : mapping, optional
        What an upheld appeal puts right: ``actual`` and ``verdict`` of an indicator, ``done`` of a measure or
        project, ``excluded`` (an approved reason) of any row; ``count`` of a fact.

    Raises
    ------
    Forbidden, MissingReason, OwnWork, IllegalMove, StaleEvaluation
    BadEvaluation
        The correction is none that fits the line.
    """
    evaluation = appeal.evaluation
    policies.require(by, "organise", evaluation)
    if by is not None and by.pk == appeal.by_id:
        raise OwnWork
    if not answer.strip():
        raise MissingReason
    after = APPEAL_FLOW.after(appeal.phase, "uphold" if upheld else "reject")
    now = hold(evaluation)  # two appeals upheld at once must not lose one another's points
    if now.phase is not EvaluationState.PUBLISHED:
        raise StaleEvaluation(str(now.phase.label))
    given = _correction(appeal, correction or {}) if upheld else {}
    moved = Appeal.objects.filter(pk=appeal.pk, state=appeal.state).update(
        state=after, answer=answer.strip(), correction=given, answered_by=by, answered_at=at
    )
    appeal.refresh_from_db()
    if moved != 1:
        raise StaleEvaluation(str(appeal.phase.label))
    detail = {"appeal": appeal.pk, "to": after, "correction": given, "answer": answer}
    audit.record("assessment.answer_appeal", evaluation.ref, by=by, at=at, detail=detail)
    version = _score_again(appeal, given, by=by, at=at) if upheld else None
    announce(AppealAnswered(appeal.pk, version, getattr(by, "pk", None), at), at=at)
    return appeal


def _score_again(appeal: Appeal, correction: Mapping[str, str], *, by: Any, at: datetime) -> int:
    evaluation = appeal.evaluation
    scored: Scored = scored_of(newest_version(evaluation))
    again = corrected(evaluation, scored, appeal.kind, appeal.code, correction, appeal.department_id)
    reason = _("采纳申诉：%s") % appeal.answer
    return keep_version(evaluation, again, reason=reason[:500], by=by, at=at, appeal=appeal).number


def _correction(appeal: Appeal, given: Mapping[str, str]) -> dict[str, str]:
    found = {name: str(value).strip() for name, value in given.items() if str(value).strip()}
    allowed = _ALLOWED[appeal.kind]
    wrong: dict[str, list[str]] = {}
    if not found or set(found) - set(allowed):
        wrong["correction"] = [_("请填写更正内容，采纳后据此重新评分")]
    for name in ("actual", "done", "count"):
        if name in found and (told := _wrong_number(name, found[name])):
            wrong[name] = [told]
    if "verdict" in found and found["verdict"] not in (Verdict.MET.value, Verdict.MISSED.value):
        wrong["verdict"] = [_("判定只能为达标或未达标")]
    if wrong:
        raise BadEvaluation(wrong)
    if not appeal.kind:
        found["department"] = name_on(appeal.evaluation, appeal.department_id)
    return found


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    ListKind.INDICATORS.value: ("actual", "verdict", "excluded"),
    ListKind.MEASURES.value: ("done", "excluded"),
    ListKind.PROJECTS.value: ("done", "excluded"),
    "": ("count",),
}


def _wrong_number(name: str, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _("“%s”不是数字") % text
    if not number.is_finite():
        return _("“%s”不是数字") % text
    if name == "done" and not 0 <= number <= 100:
        return _("完成比例为 0 至 100")
    if name == "count" and (number < 0 or number != number.to_integral_value()):
        return _("次数为不小于 0 的整数")
    return ""
