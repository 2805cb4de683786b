"""What evaluators enter: findings on rows, facts beside the lists, advice, and the conclusion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.assessment import policies
from qingshan.assessment.actions.holding import hold_open
from qingshan.assessment.errors import AssessmentRefusal, BadEvaluation, MissingReason, NoSuchRow
from qingshan.assessment.models import ConductFact, Evaluation, Finding, Recommendation
from qingshan.assessment.reckoning import scheme_in
from qingshan.assessment.rows import read_lists
from qingshan.assessment.scoring.shapes import ListKind
from qingshan.assessment.states import SHOWN
from qingshan.assessment.vocabulary import ListName, Opinion
from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans

__all__ = [
    "add_fact",
    "pass_on_recommendation",
    "recommend_target",
    "record_finding",
    "withdraw_fact",
    "write_conclusion",
]

_WHOLE = 100


@transaction.atomic
def record_finding(
    *,
    evaluation: Evaluation,
    kind: ListName,
    code: str,
    opinion: Opinion,
    by: Any,
    at: datetime,
    reason: str = "",
    checked: str = "",
) -> Finding:
    """Say what was found of a row (填写核查意见). Only who is named here may; a newer one takes its place.

    Parameters
    ----------
    checked : str
        The counter-checked value of a doubted row, as a plain decimal: it is scored in place of the ledger's.

    Raises
    ------
    Forbidden, NotOpen, NoSuchRow
    MissingReason
        A doubt without a reason.
    BadEvaluation
        The value is no number, or a per cent outside 0 to 100.
    """
    policies.require(by, "evaluate", evaluation)
    hold_open(evaluation)
    rows = read_lists(evaluation)[ListKind(kind)]
    if all(row.row.code != code for row in rows):
        raise NoSuchRow(code)
    if opinion is Opinion.DOUBTED and not reason.strip():
        raise MissingReason
    made = Finding.objects.create(
        evaluation=evaluation, kind=kind, code=code, opinion=opinion, reason=reason.strip(),
        checked=_number(checked, kind) if opinion is Opinion.DOUBTED else "", by=by, at=at,
    )  # fmt: skip
    detail = {"list": str(kind), "row": code, "opinion": str(opinion), "checked": made.checked}
    audit.record("assessment.find", evaluation.ref, by=by, at=at, detail=detail)
    return made


def _number(given: str, kind: ListName) -> str:
    text = given.strip()
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadEvaluation({"checked": [_("“%s”不是数字") % text]}) from None
    if not number.is_finite() or (kind is not ListName.INDICATORS and not 0 <= number <= _WHOLE):
        raise BadEvaluation({"checked": [_("“%s”超出范围：完成比例为 0 至 100") % text]})
    return f"{number:f}"


@transaction.atomic
def add_fact(
    *,
    evaluation: Evaluation,
    kind: str,
    count: int,
    evidence: str,
    by: Any,
    at: datetime,
    department: Department | None = None,
) -> ConductFact:
    """Enter a fact that adds or takes points (登记加减分事项), with what shows it.

    Raises
    ------
    Forbidden, NotOpen
    BadEvaluation
        The scheme has no rule for such a fact, nothing shows it, or it happened not once.
    """
    policies.require(by, "enter", evaluation)
    hold_open(evaluation)
    wrong: dict[str, list[str]] = {}
    if kind not in {rule.kind for rule in scheme_in(evaluation).conduct}:
        wrong["kind"] = [_("方案没有加减分项“%s”") % kind]
    if not evidence.strip():
        wrong["evidence"] = [_("请写明依据：文号、记录或事实")]
    if count < 1:
        wrong["count"] = [_("次数至少为 1")]
    if wrong:
        raise BadEvaluation(wrong)
    made = ConductFact.objects.create(
        evaluation=evaluation,
        kind=kind,
        department=department,
        count=count,
        evidence=evidence.strip(),
        by=by,
        at=at,
    )
    detail = {"kind": kind, "count": count, "department": department.pk if department else None}
    audit.record("assessment.add_fact", evaluation.ref, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def withdraw_fact(*, fact: ConductFact, by: Any, at: datetime) -> None:
    """Take a fact back (撤回加减分事项); it stays in the record, and counts no more."""
    policies.require(by, "enter", fact.evaluation)
    hold_open(fact.evaluation)
    moved = ConductFact.objects.filter(pk=fact.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by
    )
    if moved == 1:
        audit.record("assessment.withdraw_fact", fact.evaluation.ref, by=by, at=at, detail={"fact": fact.pk})


@transaction.atomic
def write_conclusion(
    *, evaluation: Evaluation, narrative: str, problems: str, lessons: str, by: Any, at: datetime
) -> Evaluation:
    """Write the conclusion (填写评估结论); ``lessons`` one a line.

    Raises
    ------
    Forbidden, NotOpen
    """
    policies.require(by, "enter", evaluation)
    hold_open(evaluation)
    evaluation.narrative, evaluation.problems, evaluation.lessons = narrative, problems, lessons
    evaluation.save(update_fields=["narrative", "problems", "lessons"])
    audit.record("assessment.conclude", evaluation.ref, by=by, at=at)
    return evaluation


@transaction.atomic
def recommend_target(
    *,
    evaluation: Evaluation,
    code: str,
    year: int,
    typed: plans.Typed,
    reason: str,
    by: Any,
    at: datetime,
) -> Recommendation:
    """Recommend another target (建议调整目标). It changes nothing until somebody proposes it in the ledger.

    Raises
    ------
    Forbidden, NotOpen, MissingReason
    NoSuchRow
        The plan has no target of that year for that indicator.
    """
    policies.require(by, "enter", evaluation)
    hold_open(evaluation)
    if not reason.strip():
        raise MissingReason
    if plans.target_of(plan=evaluation.plan, code=code, year=year) is None:
        raise NoSuchRow(f"{code}（{year}）")
    made, _new = Recommendation.objects.update_or_create(
        evaluation=evaluation, code=code, year=year,
        defaults={"typed": plans.written_typed(typed), "reason": reason.strip(), "by": by, "at": at},
    )  # fmt: skip
    detail = {"indicator": code, "year": year, "target": plans.typed_in_words(typed)}
    audit.record("assessment.recommend", evaluation.ref, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def pass_on_recommendation(*, recommendation: Recommendation, by: Any, at: datetime) -> Any:
    """Make a recommendation of a published evaluation a proposal in the ledger (转为目标调整申请).

    From there it goes the ledger's own way: handed in, and approved by another person.

    Raises
    ------
    Forbidden, LedgerRefusal, StaleVersion
    AssessmentRefusal
        The evaluation is not published, or it was passed on already.
    """
    evaluation = recommendation.evaluation
    policies.require(by, "organise", evaluation)
    if evaluation.phase not in SHOWN:
        raise AssessmentRefusal(_("评估公布后，建议才能转为目标调整申请。"))
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if held.proposal:
        raise AssessmentRefusal(_("这条建议已经转为目标调整申请。"))
    found = plans.target_of(plan=evaluation.plan, code=held.code, year=held.year)
    if found is None:
        raise NoSuchRow(f"{held.code}（{held.year}）")
    proposal = plans.propose_adjustment(
        target=found.subject, typed=plans.typed_from(held.typed), seen=found.number, reason=held.reason,
        source=Ref("assessment", "evaluation", str(evaluation.pk)), by=by, at=at,
    )  # fmt: skip
    held.proposal = str(proposal.ref)
    held.save(update_fields=["proposal"])
    audit.record(
        "assessment.pass_on",
        evaluation.ref,
        by=by,
        at=at,
        detail={"proposal": held.proposal, "indicator": held.code},
    )
    return proposal
