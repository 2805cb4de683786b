"""Setting an evaluation up: what it is of, by which scheme, as of which day, and who evaluates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import User
from qingshan.accounts.public import require as require_right
from qingshan.areas.public import District
from qingshan.assessment import policies
from qingshan.assessment.actions.holding import hold_open
from qingshan.assessment.errors import BadEvaluation
from qingshan.assessment.events import EvaluatorNamed
from qingshan.assessment.models import Evaluation, Evaluator, OwnScheme
from qingshan.assessment.reckoning import scheme_in
from qingshan.assessment.schemes import scheme_called, schemes_for
from qingshan.assessment.scoring.reading import scheme_of
from qingshan.assessment.vocabulary import EvaluatorKind, Purpose
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = ["add_scheme", "create_evaluation", "name_evaluator", "release_evaluator", "set_zones"]


@transaction.atomic
def add_scheme(*, district: District, text: str, by: Any, at: datetime) -> OwnScheme:
    """Add a scheme of the bureau's own (登记评估方案).

    Raises
    ------
    PackError
        The text breaks the schema; it names item, field, value found and value allowed.
    BadEvaluation
        There is a scheme of that code.
    """
    if by is not None:
        require_right(by, policies.CAPABILITIES["organise"], district_id=district.pk, what=str(district))
    scheme = scheme_of(text, _("方案"))
    taken = {one.code for one in schemes_for(district.pk)}
    if scheme.code in taken or OwnScheme.objects.filter(code=scheme.code).exists():
        raise BadEvaluation({"text": [_("编号 %s 已有方案使用；请在 code 一行换一个编号") % scheme.code]})
    made = OwnScheme.objects.create(
        district=district, code=scheme.code, name=scheme.name, text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(), added_by=by, added_at=at,
    )  # fmt: skip
    audit.record(
        "assessment.add_scheme", made.ref, by=by, at=at, detail={"code": made.code, "sha256": made.sha256}
    )
    return made


@transaction.atomic
def create_evaluation(
    *,
    plan: plans.Plan,
    purpose: Purpose,
    year: int,
    on: date,
    scheme: str,
    by: Any,
    at: datetime,
    evaluator_kind: EvaluatorKind = EvaluatorKind.OWN,
    evaluator_name: str = "",
    evaluators: Iterable[User] = (),
    zone: str = "",
) -> Evaluation:
    """Set an evaluation up (组织评估). The scheme's full text is frozen with it at once.

    Parameters
    ----------
    on : date
        The ledger is read as known on this day.
    scheme : str
        Code of a shipped scheme, or of one of the district's own.
    evaluator_name : str
        The organisation that evaluates, as the report names it.
    evaluators : users
        Who is named; each needs the right to evaluate in the district.

    Raises
    ------
    Forbidden, BadEvaluation, NoSuchScheme
    """
    policies.require_for_plan(by, plan)
    kept = scheme_called(scheme, plan.district_id)
    _refuse_impossible(plan, Purpose(purpose), year, on, kept.scheme, zone, at)
    evaluation = Evaluation.objects.create(
        plan=plan, purpose=purpose, year=year, on=on, scheme_code=kept.code, scheme_name=kept.scheme.name,
        scheme_text=kept.text, scheme_sha256=kept.sha256, evaluator_kind=evaluator_kind,
        evaluator_name=evaluator_name.strip() or str(plan.district), zone=zone, created_by=by, created_at=at,
    )  # fmt: skip
    detail = {
        "purpose": str(purpose),
        "year": year,
        "on": on.isoformat(),
        "scheme": kept.code,
        "sha256": kept.sha256,
    }
    audit.record("assessment.create", evaluation.ref, by=by, at=at, detail=detail)
    for user in evaluators:
        _name(evaluation, user, by=by, at=at)
    return evaluation


def _refuse_impossible(
    plan: plans.Plan, purpose: Purpose, year: int, on: date, scheme: Any, zone: str, at: datetime
) -> None:
    wrong: dict[str, list[str]] = {}
    if on > beijing_day(at):
        wrong["on"] = [_("%s 还没有到；数据只能截至今天或更早") % on]
    if not plans.plan_was_there(plan=plan, on=on):
        wrong["on"] = [_("%s 台账中还没有这个规划") % on]
    else:
        head = plans.head_of(plan=plan, on=on)
        first, last = head["period_from"], head["period_to"]
        if not first <= year <= last:
            wrong["year"] = [
                _("%(year)d 不在规划期 %(first)d—%(last)d 内") % {"year": year, "first": first, "last": last}
            ]
        elif purpose is Purpose.FINAL and year != last:
            wrong["year"] = [_("终期评估的年度是规划期末年 %d") % last]
    if purpose.value not in scheme.purposes:
        wrong["scheme"] = [_("方案“%s”不用于这一类评估") % scheme.name]
    if zone and zone not in scheme.zones:
        wrong["zone"] = [_("方案“%(name)s”没有功能区“%(zone)s”") % {"name": scheme.name, "zone": zone}]
    if wrong:
        raise BadEvaluation(wrong)


@transaction.atomic
def name_evaluator(*, evaluation: Evaluation, user: User, by: Any, at: datetime) -> Evaluator:
    """Name somebody to evaluate here (指定评估人员); they are told.

    Raises
    ------
    Forbidden, NotOpen
    BadEvaluation
        They have no right to evaluate in the district.
    """
    policies.require(by, "organise", evaluation)
    hold_open(evaluation)
    return _name(evaluation, user, by=by, at=at)


def _name(evaluation: Evaluation, user: User, *, by: Any, at: datetime) -> Evaluator:
    try:
        require_right(user, policies.CAPABILITIES["evaluate"], district_id=evaluation.plan.district_id)
    except policies.Forbidden as error:
        raise BadEvaluation({"evaluators": [_("%s 没有开展评估的权限") % user]}) from error
    found, new = Evaluator.objects.get_or_create(
        evaluation=evaluation, user=user, until_at=None, defaults={"from_at": at}
    )
    if new:
        detail = {"user": user.pk}
        audit.record("assessment.name_evaluator", evaluation.ref, by=by, at=at, detail=detail)
        announce(EvaluatorNamed(evaluation.pk, user.pk, getattr(by, "pk", None), at), at=at)
    return found


@transaction.atomic
def release_evaluator(*, evaluator: Evaluator, by: Any, at: datetime) -> None:
    """Take somebody off an evaluation (解除评估人员); what they found stays."""
    policies.require(by, "organise", evaluator.evaluation)
    hold_open(evaluator.evaluation)
    moved = Evaluator.objects.filter(pk=evaluator.pk, until_at__isnull=True).update(until_at=at)
    if moved == 1:
        detail = {"user": evaluator.user_id}
        audit.record("assessment.release_evaluator", evaluator.evaluation.ref, by=by, at=at, detail=detail)


@transaction.atomic
def set_zones(*, evaluation: Evaluation, zone: str, zones: Mapping[int, str], by: Any, at: datetime) -> None:
    """Say in which function zone the district and its departments lie (功能区差异化).

    Raises
    ------
    BadEvaluation
        The scheme knows no such zone.
    """
    policies.require(by, "organise", evaluation)
    hold_open(evaluation)
    known = scheme_in(evaluation).zones
    given = {str(pk): name for pk, name in zones.items() if name}
    if strange := sorted({name for name in (zone, *given.values()) if name} - set(known)):
        raise BadEvaluation({"zone": [_("方案没有功能区：%s") % "、".join(strange)]})
    evaluation.zone, evaluation.zones = zone, given
    evaluation.save(update_fields=["zone", "zones"])
    audit.record("assessment.set_zones", evaluation.ref, by=by, at=at, detail={"zone": zone, "zones": given})
