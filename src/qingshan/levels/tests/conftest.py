"""A city and two counties: 林 and 陈 report for 青川县, 高 and 孟 receive for the city, 周 is in 白石县."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.audit.ports import Ed25519Signer
from qingshan.levels import actions
from qingshan.levels.fingerprints import fingerprint_of
from qingshan.levels.models import Partner, Submission
from qingshan.levels.states import SubmissionState
from qingshan.plans import actions as ledger
from qingshan.plans.states import WorkState
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    Attribute,
    CommitmentKind,
    Direction,
    MeasureKind,
    Operator,
    PlanLevel,
    ResponsibilityRole,
    ValueKind,
)

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
AS_OF = date(2026, 9, 30)
BEGIN = date(2021, 1, 1)


@dataclass
class Cast:
    """Everybody, and where they are."""

    city: Any
    county: Any
    elsewhere: Any
    bureau: Any  # 青川县生态环境局
    lin: Any  # leader of the county: reports
    chen: Any  # planner of the county: reports
    wu: Any  # officer of the county's water bureau
    he: Any  # evaluator of the county: reads
    gao: Any  # leader of the city: receives
    meng: Any  # planner of the city: receives
    zhou: Any  # leader and planner of another county
    ping: Any  # the county's keeper of keys


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    above = areas.create_department(name="云岭市生态环境局", district=city, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    return Cast(
        city, county, elsewhere, bureau,
        lin=person("林", county, bureau, ("leader", None)),
        chen=person("陈", county, bureau, ("planner", None)),
        wu=person("吴", county, water, ("department_officer", water)),
        he=person("何", county, bureau, ("evaluator", None)),
        gao=person("高", city, above, ("leader", None)),
        meng=person("孟", city, above, ("planner", None)),
        zhou=person("周", elsewhere, away, ("leader", None), ("planner", None)),
        ping=person("平", None, None, ("security_admin", None)),
    )  # fmt: skip


def person(name: str, district: Any, department: Any, *roles: tuple[str, Any]) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=department is not None,
    ).user  # fmt: skip
    for role, narrowed in roles:
        accounts.grant_role(
            user=made, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
        )
    return made


@pytest.fixture
def plan(cast: Cast) -> Any:
    """A plan of the county with one record of each kind, a value, and work under way."""
    made: dict[str, Any] = {"valid_from": BEGIN, "by": None, "at": AT}
    plan = ledger.create_plan(
        code="qingchuan-2026", district=cast.county, simulated=True, facts={
            "name": "青川县生态环境保护“十五五”规划", "short_name": "青川“十五五”规划", "kind": "五年规划",
            "level": PlanLevel.COUNTY, "period_from": 2026, "period_to": 2030, "base_year": 2025,
        }, **made,
    )  # fmt: skip
    air = ledger.add_indicator(
        plan=plan, code="A1", facts={
            "order": 1, "counts_as": 1, "name": "优良天数比例", "unit": "%", "attribute": Attribute.BINDING,
            "direction": Direction.HIGHER_BETTER,
        }, **made,
    )  # fmt: skip
    typed = Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%")
    ledger.add_target(indicator=air, year=2030, facts={"typed": typed, "raw": "≥92.5"}, **made)
    forest = ledger.add_measure(
        plan=plan, code="M1", facts={"kind": MeasureKind.MEASURE, "order": 1, "title": "营造水源涵养林"},
        **made,
    )  # fmt: skip
    ledger.make_responsible(subject=forest, department=cast.bureau, role=ResponsibilityRole.LEAD, **made)
    plant = ledger.add_project(
        plan=plan, code="P1", facts={
            "order": 1, "name": "县城污水处理厂扩建", "start_year": 2026, "end_year": 2028,
            "investment_yuan": 12_000_000,
        }, **made,
    )  # fmt: skip
    ledger.set_money(
        project=plant, year=2026, funds="省级财政", by=None, at=AT, valid_from=AS_OF,
        amounts={"planned_yuan": 5_000_000, "received_yuan": 3_000_000, "paid_yuan": 1_250_000},
    )  # fmt: skip
    ledger.add_commitment(
        plan=plan, code="C1", facts={
            "order": 1, "kind": CommitmentKind.QUANTIFIED, "topic": "污水管网", "metric": "新建管网长度",
            "typed": Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(30), "公里"),
            "due_on": date(2028, 12, 31),
        }, **made,
    )  # fmt: skip
    value_of(cast, air, Decimal("91.2"), known_on=AS_OF)
    report_of(cast, forest, AS_OF, 40)
    return plan


def value_of(cast: Cast, indicator: Any, number: Decimal, *, known_on: date, year: int = 2026) -> Any:
    """A value entered by 陈 and approved by 林."""
    facts = {
        "year": year, "kind": "audited", "number": number, "source": "县监测站", "as_of": known_on,
        "known_on": known_on,
    }  # fmt: skip
    value = ledger.enter_value(indicator=indicator, facts=facts, by=cast.chen, at=AT)
    ledger.submit_value(value=value, by=cast.chen, at=AT)
    return ledger.approve_value(value=value, by=cast.lin, at=AT)


def report_of(cast: Cast, subject: Any, on: date, percent: int) -> Any:
    """A report entered by the system and approved by 陈."""
    report = ledger.enter_report(
        subject=subject, on=on, work_state=WorkState.UNDER_WAY, text="已整地", percent=percent, by=None, at=AT
    )
    ledger.submit_report(report=report, by=None, at=AT)
    return ledger.approve_report(report=report, by=cast.chen, at=AT)


@pytest.fixture
def draft(cast: Cast, plan: Any) -> Submission:
    return actions.draft_submission(
        plan=plan, to_district=cast.city, as_of=AS_OF, words="三季度进展平稳。", by=cast.chen, at=AT
    )


@pytest.fixture
def handed_up(cast: Cast, draft: Submission) -> Submission:
    actions.submit_submission(submission=draft, by=cast.chen, at=AT + timedelta(hours=1))
    draft.refresh_from_db()
    return draft


@pytest.fixture
def at_state(cast: Cast, draft: Submission) -> Callable[[SubmissionState], Submission]:
    """Bring the submission to a state by the moves that lead there; 陈 hands up, 孟 decides."""

    def bring(state: SubmissionState) -> Submission:
        if state is SubmissionState.DRAFT:
            return draft
        if state is SubmissionState.WITHDRAWN:
            return actions.withdraw_submission(submission=draft, by=cast.chen, at=AT)
        actions.submit_submission(submission=draft, by=cast.chen, at=AT)
        given: dict[str, Any] = {"submission": draft, "by": cast.meng, "at": AT}
        if state is SubmissionState.SENT_BACK:
            actions.send_back_submission(note="请核对", **given)
        elif state is not SubmissionState.SUBMITTED:
            actions.accept_submission(**given)
            if state is not SubmissionState.ACCEPTED:
                actions.lock_submission(**given)
                if state is SubmissionState.UNLOCKED:
                    actions.unlock_submission(note="补正", **given)
        draft.refresh_from_db()
        return draft

    return bring


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Ed25519Signer:
    """This installation's key, in a folder of the test."""
    settings.AUDIT_KEYS = tmp_path / "ours"
    return Ed25519Signer(tmp_path / "ours")


@pytest.fixture
def other(tmp_path: Path) -> Ed25519Signer:
    """The key of another installation."""
    return Ed25519Signer(tmp_path / "theirs")


def partner_of(key: Ed25519Signer, district: Any, name: str) -> Partner:
    """Registered by its key, with the fingerprint that was read out."""
    return actions.register_partner(
        name=name, district=district, public_key=key.public_key.hex(),
        fingerprint=fingerprint_of(key.public_key), by=None, at=AT,
    )  # fmt: skip
