"""Two fictional counties and everybody in them, made with the rooms' own actions.

青川县 has a plan with one record of every kind; the matrix calls it ``here``. 白石县 is another district;
its plan is ``there``. 周 leads and plans there, so she holds more rights than anybody, and none here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as Paper
from tests.rights.disclosed import disclose
from tests.rights.reported import report as report_between_levels
from tests.rights.rounds import rounds
from tools.fictional_plan import plan_text

from qingshan.accounts import public as accounts
from qingshan.accounts.actions import sessions
from qingshan.accounts.actions.tokens import digest_of
from qingshan.accounts.models import ApiToken
from qingshan.annual import public as annual
from qingshan.areas import public as areas
from qingshan.assessment import public as assessment
from qingshan.documents import public as documents
from qingshan.funds import actions as funds
from qingshan.intake import public as intake
from qingshan.jobs import actions as job_actions
from qingshan.jobs.models import Delivery, OutboxEvent, Schedule
from qingshan.jobs.states import DeliveryState
from qingshan.messages import public as messages
from qingshan.messages.models import Endpoint
from qingshan.pages import actions as page_actions
from qingshan.papers import actions as paper_actions
from qingshan.papers import public as papers
from qingshan.plans import actions
from qingshan.plans import public as plans
from qingshan.plans.states import PlanState, WorkState
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    Attribute,
    CommitmentKind,
    Direction,
    MakingKind,
    MeasureKind,
    Operator,
    PlanLevel,
    ResponsibilityRole,
    ValueKind,
)
from qingshan.succession import actions as succession
from qingshan.succession.vocabulary import ChangeKind
from qingshan.tasks import public as tasks
from qingshan.workflow import public as workflow

BEGIN = date(2021, 1, 1)
YEAR = 2025

#: Person of the matrix -> name, roles (with the department where a role asks for one), where they sit.
PEOPLE: dict[str, tuple[str, list[tuple[str, str]], str]] = {
    "leader": ("林", [("leader", "")], "bureau"),
    "planner": ("陈", [("planner", "")], "bureau"),
    "department_officer": ("吴", [("department_officer", "water")], "water"),
    "other_department": ("郑", [("department_officer", "housing")], "housing"),
    "township_officer": ("兰", [("township_officer", "town_hall")], "town_hall"),
    "evaluator": ("何", [("evaluator", "")], "bureau"),
    "monitoring": ("钟", [("monitoring", "")], "bureau"),
    "enforcement": ("韩", [("enforcement", "")], "bureau"),
    "foreigner": ("周", [("leader", ""), ("planner", "")], "away"),
    "system_admin": ("系统管理员", [("system_admin", "")], ""),
    "security_admin": ("安全管理员", [("security_admin", "")], ""),
    "audit_admin": ("审计管理员", [("audit_admin", "")], ""),
}
NOBODY = "nobody"


@dataclass
class Town:
    """What the matrix speaks of: ``known`` holds the words that stand for numbers in its addresses."""

    people: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    at: datetime = field(default_factory=timezone.now)

    @property
    def made(self) -> dict[str, Any]:
        """What every action that begins something asks for; done by the system."""
        return {"valid_from": BEGIN, "by": None, "at": self.at}


def build() -> Town:
    """Make the counties, their people and every kind of record."""
    town = Town()
    _places(town)
    _people(town)
    _plan(town, "here", town.known["county"])
    _plan(town, "there", town.known["elsewhere"])
    _annuals(town)
    _work_under_way(town)
    _reviews(town)
    _tasks(town)
    _funds(town)
    _openings(town)
    _evaluations(town)
    _papers(town)
    report_between_levels(town)
    rounds(town)
    disclose(town)
    _attachments(town)
    _housekeeping(town)
    return town


def _places(town: Town) -> None:
    known = town.known
    city = areas.create_district(code="990100", name="云岭市", **town.made)
    known["county"] = areas.create_district(code="990121", name="青川县", parent=city, **town.made)
    known["elsewhere"] = areas.create_district(code="990122", name="白石县", parent=city, **town.made)
    for key, name, where in (
        ("bureau", "青川县生态环境局", "county"),
        ("water", "青川县水利局", "county"),
        ("housing", "青川县住房和城乡建设局", "county"),
        ("town_hall", "青川县柳树镇人民政府", "county"),
        ("away", "白石县生态环境局", "elsewhere"),
    ):
        known[key] = areas.create_department(name=name, district=known[where], **town.made)
    known["post"] = areas.create_post(name="水利股股长", department=known["water"], by=None, at=town.at)


def _people(town: Town) -> None:
    for key, (name, roles, sits) in PEOPLE.items():
        department = town.known.get(sits)
        person = accounts.create_user(
            username=key, display_name=name, password=f"Qing-Shan-{key}-1", department=department,
            is_simulated=department is not None, by=None, at=town.at,
        ).user  # fmt: skip
        for role, of in roles:
            district = department.district if department else None
            grant = accounts.grant_role(
                user=person, role=role, district=district, department=town.known.get(of), from_on=BEGIN,
                by=None, at=town.at,
            )  # fmt: skip
            town.known[f"{key}_grant"] = grant.pk
        town.people[key] = person
        town.known[f"{key}_user"] = person.pk
        town.sessions[key] = _session(person)
        town.tokens[key] = _token(town, person)
    town.known["holding"] = areas.appoint(
        user=town.people["department_officer"], post=town.known["post"], from_on=BEGIN, by=None, at=town.at
    ).pk


def _session(person: Any) -> str:
    """A session as after logging in; the tests of the log-in itself are elsewhere."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "qingshan.accounts.backends.PasswordBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store["clock"] = int(timezone.now().timestamp())  # so that no request restarts the clock
    store.create()
    return str(store.session_key)


def _token(town: Town, person: Any) -> str:
    """A token for everybody, also for those who may not use the interface (they moved on since)."""
    text = f"qs_{person.username}"
    kept = ApiToken.objects.create(
        user=person, name="报表", digest=digest_of(text), hint=text[-4:], may_write=True,
        issued_at=town.at, used_at=town.at, expires_at=town.at + timedelta(days=30),
    )  # fmt: skip
    town.known[f"{person.username}_token"] = kept.pk
    return text


def number(value: str, unit: str = "%") -> Typed:
    """A target of at least so much."""
    return Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(value), unit)


def _plan(town: Town, key: str, district: Any) -> None:
    """A plan of a county; in the county here, work of three departments and a town."""
    known, made = town.known, town.made
    plan = actions.create_plan(
        code=key, district=district, simulated=True, facts={
            "name": f"{district.name}生态环境保护“十四五”规划", "short_name": f"{district.name}规划",
            "kind": "五年规划", "level": PlanLevel.COUNTY, "period_from": 2021, "period_to": 2025,
            "base_year": 2020,
        }, **made,
    )  # fmt: skip
    known[f"{key}_plan"] = plan
    owners = ("away",) * 4 if key == "there" else ("bureau", "water", "housing", "town_hall")
    for order, owner in enumerate(dict.fromkeys(owners), 1):
        department = known[owner]
        indicator = actions.add_indicator(
            plan=plan, code=f"I-{owner}", facts={
                "order": order, "counts_as": order, "name": f"{department.name}指标", "unit": "%",
                "attribute": Attribute.BINDING, "direction": Direction.HIGHER_BETTER,
            }, **made,
        )  # fmt: skip
        assigned = Typed(ValueKind.ASSIGNED, authority="云岭市")
        target = actions.add_target(
            indicator=indicator, year=YEAR, facts={"typed": assigned, "raw": "市下达"}, **made
        )
        if owner in ("water", "away"):  # the others wait for what the city assigns
            known[f"{owner}_later_target"] = actions.add_target(
                indicator=indicator, year=YEAR + 5, facts={"typed": number("95", "%"), "raw": "≥95%"}, **made
            )
        measure = actions.add_measure(
            plan=plan, code=f"M-{owner}", facts={
                "kind": MeasureKind.MEASURE, "order": order, "title": f"{department.name}措施",
            }, **made,
        )  # fmt: skip
        commitment = actions.add_commitment(
            plan=plan, code=f"C-{owner}", facts={
                "order": order, "kind": CommitmentKind.QUANTIFIED, "topic": "管网",
                "metric": f"{department.name}承诺", "typed": number("30", "公里"), "measure": measure,
            }, **made,
        )  # fmt: skip
        project = actions.add_project(
            plan=plan, code=f"P-{owner}", facts={
                "order": order, "name": f"{department.name}项目", "start_year": 2022, "end_year": YEAR,
                "investment_yuan": 1_000_000, "measure": measure,
            }, **made,
        )  # fmt: skip
        actions.link_indicator(project=project, indicator=indicator, by=None, at=town.at)
        for word, subject in (
            ("indicator", indicator), ("measure", measure), ("commitment", commitment), ("project", project),
        ):  # fmt: skip
            known[f"{owner}_{word}_duty"] = actions.make_responsible(
                subject=subject, department=department, role=ResponsibilityRole.LEAD, **made
            ).pk
        for kind, record in (
            ("indicator", indicator), ("target", target), ("measure", measure),
            ("commitment", commitment), ("project", project),
        ):  # fmt: skip
            known[f"{owner}_{kind}"] = record


def _annuals(town: Town) -> None:
    """Annual plans of the county in each state before publication, and one of the other county."""
    known, people, at = town.known, town.people, town.at

    def drafted(word: str, key: str, year: int, by: str) -> Any:
        made = annual.draft_annual(plan=known[f"{key}_plan"], year=year, by=people[by], at=at)
        known[f"{word}_year"] = made.pk
        return made

    known["row_source"] = str(known["water_indicator"].ref)
    drafted("draft", "here", 2022, "planner")
    for word, year in (("asked", 2023), ("heard", 2021), ("handed", 2024)):
        made = annual.consult(annual=drafted(word, "here", year, "planner"), by=people["planner"], at=at)
        if word == "handed":
            annual.submit_annual(annual=made, by=people["planner"], at=at)
        elif word == "asked":
            row = made.rows.select_related("annual__plan", "annual__district").get(number=10)
            known["row_request"] = annual.ask_change(
                row=row, by=people["department_officer"], at=at, reason="财力", seen=1, goal="汛期减半"
            ).pk
    annual.consult(annual=drafted("away", "there", 2023, "foreigner"), by=people["foreigner"], at=at)


def _work_under_way(town: Town) -> None:
    """What waits for a second person, entered by the officers; and what counts already."""
    known, at = town.known, town.at
    officer, planner, leader, zhou = (
        town.people[key] for key in ("department_officer", "planner", "leader", "foreigner")
    )
    _submitted(town, "water", officer, planner)
    _submitted(town, "away", zhou, zhou)
    counted = actions.enter_value(
        indicator=known["water_indicator"], facts=value_facts(2024), by=officer, at=at
    )
    actions.submit_value(value=counted, by=officer, at=at)
    known["counted_value"] = actions.approve_value(value=counted, by=leader, at=at).pk
    known["returned_value"] = actions.enter_value(
        indicator=known["water_indicator"], facts=value_facts(2021), by=officer, at=at
    ).pk
    known["returned_statement"] = actions.declare_not_evaluable(
        indicator=known["water_indicator"],
        year=2021,
        reason="断流",
        evidence="〔2022〕3号",
        by=officer,
        at=at,
    ).pk
    known["returned_rebaselining"] = actions.propose_rebaselining(
        project=known["water_project"], changes={"end_year": 2028}, seen=1, reason="用地", by=officer, at=at
    ).pk
    known["returned_adjustment"] = actions.propose_adjustment(
        target=known["water_later_target"], typed=number("94", "%"), seen=1, reason="终期评估建议",
        by=officer, at=at,
    ).pk  # fmt: skip
    known["returned_report"] = actions.enter_report(
        subject=known["water_project"], on=BEGIN, work_state=WorkState.UNDER_WAY, text="已立项",
        by=officer, at=at,
    ).pk  # fmt: skip
    known["planner_as_holder"] = f"user-{planner.pk}"
    known["assignment"] = workflow.assign(
        about=known["water_measure"].ref, duty="keeper", from_on=BEGIN, user=officer, by=planner, at=at
    ).pk
    passed = workflow.assign(
        about=known["water_project"].ref, duty="keeper", from_on=BEGIN, user=officer, by=planner, at=at
    )
    known["hand_over"] = workflow.hand_over(
        from_user=officer, to_user=planner, on=BEGIN, by=planner, at=at, note="轮岗", only=[passed.pk]
    ).pk
    for key, owner, by in (("here", "water", planner), ("there", "away", zhou)):
        plan = known[f"{key}_plan"]
        known[f"{key}_missing"] = actions.report_missing(plan=plan, what="附表1", note="", by=by, at=at).pk
        known[f"{key}_conflict"] = actions.add_conflict(
            plan=plan, code="X1", by=by, at=at, facts={
                "type": "数字", "rule": "两处应一致", "description": "两处不一致", "value": "1",
            },
        ).pk  # fmt: skip
        known[f"{owner}_making"] = actions.add_making_entry(
            plan=plan, kind=MakingKind.OPINION, title="意见", on=BEGIN, by=by, at=at
        )
        known[f"{owner}_exclusion"] = actions.add_exclusion_letter(
            plan=plan, number="〔2025〕1号", facts={
                "title": "沙尘剔除", "authority": "省厅", "issued_on": date(YEAR, 5, 1), "cause": "沙尘",
                "period_start": date(YEAR, 4, 1), "period_end": date(YEAR, 4, 2),
                "document": "documents.document/1",
            }, by=by, at=at,
        )  # fmt: skip


def value_facts(year: int = YEAR) -> dict[str, Any]:
    """An audited value of a year."""
    return {"year": year, "kind": "audited", "number": Decimal("95.4"), "source": "审核数据"}


def _submitted(town: Town, owner: str, officer: Any, planner: Any) -> None:
    known, at = town.known, town.at
    value = actions.enter_value(indicator=known[f"{owner}_indicator"], facts=value_facts(), by=officer, at=at)
    known[f"{owner}_value"] = actions.submit_value(value=value, by=officer, at=at)
    statement = actions.declare_not_evaluable(
        indicator=known[f"{owner}_indicator"],
        year=2023,
        reason="断流",
        evidence="〔2024〕3号",
        by=officer,
        at=at,
    )
    known[f"{owner}_not_evaluable"] = actions.submit_not_evaluable(statement=statement, by=officer, at=at)
    report = actions.enter_report(
        subject=known[f"{owner}_measure"], on=BEGIN, work_state=WorkState.UNDER_WAY, text="已开工",
        by=officer, at=at,
    )  # fmt: skip
    known[f"{owner}_report"] = actions.submit_report(report=report, by=officer, at=at)
    project = known[f"{owner}_project"]
    actions.set_money(
        project=project, year=2024, funds="县级财政", amounts={"planned_yuan": 500_000}, by=officer, at=at
    )
    known[f"{owner}_money"] = project.money.get()
    known[f"{owner}_milestone"] = actions.add_milestone(
        project=project, code="S1", name="开工", due_on=date(2024, 6, 30), by=officer, at=at
    )
    proposal = actions.propose_rebaselining(
        project=project, changes={"end_year": 2026}, seen=1, reason="用地", by=officer, at=at
    )
    known[f"{owner}_rebaselining"] = actions.submit_rebaselining(proposal=proposal, by=officer, at=at)
    adjustment = actions.propose_adjustment(
        target=known[f"{owner}_later_target"], typed=number("96", "%"), seen=1, reason="评估建议",
        by=officer, at=at,
    )  # fmt: skip
    known[f"{owner}_adjustment"] = actions.submit_adjustment(proposal=adjustment, by=officer, at=at)


def _reviews(town: Town) -> None:
    """A document under review in each county, with its duties and a conflict."""
    known = town.known
    for key, district, person in (("here", "county", "planner"), ("there", "elsewhere", "foreigner")):
        text = plan_text(known[district].name)
        review = intake.start(
            data=text.encode(),
            file_name="规划.txt",
            district=known[district],
            by=town.people[person],
            at=town.at,
        )
        first, second, third = review.findings.filter(kind="duty")[:3]
        known[f"{key}_review"], known[f"{key}_found"] = review.pk, first.pk
        known[f"{key}_above"], known[f"{key}_near"] = third.pk, f"{second.pk}:{second.version}"
        cut = first.start + 4
        known[f"{key}_cut"] = f"{text[first.start : cut]}|{text[cut : first.end]}"
        conflict = review.conflicts.first()
        known[f"{key}_clash"], known[f"{key}_values"] = conflict.pk, conflict.values_key


def _tasks(town: Town) -> None:
    """The water bureau's tasks in every state of their life, and one in the other county."""
    known, people, at = town.known, town.people, town.at
    today = timezone.localdate()

    def task(word: str, district: str, lead: str, by: str, *, assign: bool = True, days: int = 30) -> Any:
        made = tasks.create_task(
            district=known[district], source=tasks.TaskSource.INSTRUCTION, lead=known[lead], by=people[by],
            at=at,
            terms={"title": f"{word}的任务", "starts_on": today, "due_on": today + timedelta(days=days)},
        )  # fmt: skip
        known[f"{word}_task"] = made.code
        return tasks.assign_task(task=made, by=people[by], at=at) if assign else made

    task("draft", "county", "water", "planner", assign=False)
    task("assigned", "county", "water", "planner")
    task("away", "elsewhere", "away", "foreigner")
    task("yearly", "county", "water", "planner", days=300)
    officer = people["department_officer"]
    for word in ("busy", "asked", "handed_in", "closed"):
        made = tasks.accept_task(task=task(word, "county", "water", "planner"), by=officer, at=at)
        tasks.report_on_task(task=made, on=today, text=f"{word}的进展", key=word, by=officer, at=at)
        if word == "busy":
            known["slip"] = tasks.supervise_task(
                task=made,
                kind=tasks.SupervisionKind.SLIP,
                note="加快",
                due_on=today,
                by=people["leader"],
                at=at,
            ).pk
        elif word == "asked":
            tasks.ask_change(task=made, by=officer, at=at, reason="汛期", content="减为 2 公里")
        else:
            tasks.submit_task(task=made, by=officer, at=at)
    closed = tasks.task_for(user=people["leader"], code=known["closed_task"])
    tasks.close_task(task=closed, by=people["leader"], at=at)


def _papers(town: Town) -> None:
    """Papers of the bureau in every state of their life, drafted by the system; one in the other county."""
    known, people, at = town.known, town.people, town.at
    known["organ"] = paper_actions.register_organ(
        district=known["county"], department=known["bureau"], name="青川县生态环境局",
        sign="青川县生态环境局文件", word="青环", by=people["leader"], at=at,
    ).pk  # fmt: skip
    for word in ("draft", "checking", "cosigning", "to_issue", "out"):
        made = papers.draft_paper(
            kind=papers.PaperKind.NOTICE, district=known["county"], department=known["bureau"],
            title=f"{PAPERS[word]}的通知", body=[papers.Paragraph("请办理。")], recipients=[known["water"]],
            cosigners=[known["water"]] if word == "cosigning" else [], by=None, at=at,
        )  # fmt: skip
        known[f"{word}_paper"] = made.pk
        if word != "draft":
            paper_actions.submit_paper(paper=made, by=None, at=at)
        if word in ("cosigning", "to_issue", "out"):
            paper_actions.check_paper(paper=made, by=people["planner"], at=at)
        if word == "out":
            paper_actions.issue_paper(paper=made, by=people["leader"], at=at)
            known["water_party"] = made.parties.get().pk
        elif word == "cosigning":
            known["asked_opinion"] = made.opinions.get().pk
    known["away_paper"] = papers.draft_paper(
        kind=papers.PaperKind.NOTICE, district=known["elsewhere"], department=known["away"],
        title=f"{PAPERS['away']}的通知", body=[papers.Paragraph("请办理。")], by=people["foreigner"], at=at,
    ).pk  # fmt: skip


#: Papers: word in the matrix -> how its title begins.
PAPERS = {
    "draft": "草拟中", "checking": "核稿中", "cosigning": "会签中", "to_issue": "待签发", "out": "已印发",
    "away": "外县",
}  # fmt: skip


def _evaluations(town: Town) -> None:
    """Evaluations of the county's plan in every state of their life, and one in the other county."""
    known, people, at = town.known, town.people, town.at
    today = timezone.localdate()
    water = known["water"]

    def evaluation(word: str, plan: str, year: int, by: str, evaluator: str) -> Any:
        made = assessment.create_evaluation(
            plan=plans.plan_of_code(plan), purpose=assessment.Purpose.YEARLY, year=year, on=today,
            scheme="progress-2026", evaluator_name=f"{word}评估院", evaluators=[people[evaluator]],
            by=people[by], at=at,
        )  # fmt: skip
        known[f"{word}_evaluation"] = made.pk
        return made

    draft = evaluation("draft", "here", 2021, "planner", "evaluator")
    evaluation("away", "there", 2021, "foreigner", "foreigner")
    known["evaluator_seat"] = draft.evaluators.get().pk
    known["evaluation_fact"] = assessment.add_fact(
        evaluation=draft, kind="late_report", count=1, evidence="三月调度", department=water,
        by=people["planner"], at=at,
    ).pk  # fmt: skip
    for word, year in (("preview", 2022), ("frozen", 2023), ("published", 2024)):
        one = evaluation(word, "here", year, "planner", "evaluator")
        evaluator = people["evaluator"]
        assessment.write_conclusion(
            evaluation=one, narrative="总体完成。", problems="", lessons="", by=evaluator, at=at
        )
        assessment.preview_evaluation(evaluation=one, by=evaluator, at=at)
        if word == "preview":
            continue
        known[f"{word}_recommendation"] = assessment.recommend_target(
            evaluation=one, code="I-water", year=2030, reason="工期顺延", by=evaluator, at=at,
            typed=Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(91), "%"),
        ).pk  # fmt: skip
        assessment.freeze_evaluation(evaluation=one, by=people["planner"], at=at)
    assessment.publish_evaluation(
        evaluation=one, appeal_until=today + timedelta(days=9), by=people["leader"], at=at
    )
    known["appeal"] = assessment.make_appeal(
        evaluation=one, department=water, kind="measures", code="M-water", reason="漏计一项",
        by=people["department_officer"], at=at,
    ).pk  # fmt: skip


def _funds(town: Town) -> None:
    """The water bureau's projects of the reserve, bids and a payment ahead of its money; some away."""
    known, people, at = town.known, town.people, town.at
    today = timezone.localdate()
    officer, planner, leader, zhou = (
        people[key] for key in ("department_officer", "planner", "leader", "foreigner")
    )
    facts = {"content": "建设", "estimated_yuan": 5_000_000}
    for word, owner, by in (
        ("proposed", "water", officer),
        ("reserved", "water", officer),
        ("away", "away", zhou),
    ):
        made = funds.propose_entry(
            department=known[owner], facts={**facts, "name": f"{word}的储备"}, by=by, at=at
        )
        known[f"{word}_reserve"] = made.code
        if word == "reserved":
            funds.review_entry(entry=made, by=planner, at=at)
            funds.admit_entry(entry=made, by=leader, at=at)
    terms = {"level": "provincial", "deadline_on": today + timedelta(days=60), "year": today.year}
    for word, owner, by in (
        ("draft", "water", officer),
        ("submitted", "water", officer),
        ("away", "away", zhou),
    ):
        bid = funds.draft_bid(
            department=known[owner], terms={**terms, "call": f"{word}的专项"}, by=by, at=at,
            items=[funds.Asked(1_000_000, project=known[f"{owner}_project"])],
        )  # fmt: skip
        known[f"{word}_bid"] = bid.code
        if word == "submitted":
            funds.submit_bid(bid=bid, by=planner, at=at)
            known["bid_part"] = f"part_{bid.items.get().pk}"
    project = known["water_project"]
    known["water_payment"] = funds.enter_money(
        project=project, kind="payment", year=2025, funds="市级财政", on=BEGIN, amount_yuan=10_000,
        voucher="凭字第九号", by=officer, at=at,
    ).pk  # fmt: skip
    known["warning_key"] = f"paid_over_received/project/{project.pk}/0/市级财政"


#: Owners of attachments: word in the matrix -> record.
ATTACHED = {
    f"{owner}_{kind}": f"{owner}_{kind}"
    for owner in ("water", "away")
    for kind in (
        "indicator", "target", "value", "not_evaluable", "exclusion", "measure", "commitment", "project",
        "milestone", "money", "rebaselining", "adjustment", "report", "making",
    )
} | {"here_plan": "here_plan", "there_plan": "there_plan"}  # fmt: skip


def paper() -> ContentFile[bytes]:
    """A document in an office format."""
    file = io.BytesIO()
    Paper().save(file)
    return ContentFile(file.getvalue(), name="来函.docx")


def _openings(town: Town) -> None:
    """Openings of next plans in every state, one in the other county, and a plan not opened yet."""
    known, people = town.known, town.people
    for code, district, planner, leader, state in (
        ("old", "county", "planner", "leader", ""),
        ("old-choosing", "county", "planner", "leader", "choosing"),
        ("old-proposed", "county", "planner", "leader", "proposed"),
        ("old-carried", "county", "planner", "leader", "carried"),
        ("old-away", "elsewhere", "foreigner", "", "choosing"),
    ):
        _old_plan(town, code, known[district])
        if state:
            word = "away" if code == "old-away" else state
            known[f"{word}_opening"] = made = _opening(town, code, people[planner])
            known[f"{word}_choice"] = made.choices.get()
            known[f"{word}_lesson"] = succession.add_lesson(
                opening=made, text="监测点位过少", by=people[planner], at=town.at
            )
        if state in ("proposed", "carried"):
            succession.propose(opening=made, by=people[planner], at=town.at)
        if state == "carried":
            succession.carry(opening=made, by=people[leader], at=town.at)


def _old_plan(town: Town, code: str, district: Any) -> None:
    """A plan in force, with one indicator that had a target."""
    plan = actions.create_plan(
        code=code, district=district, simulated=True, facts={
            "name": f"{code}上一轮规划", "short_name": f"{code}上一轮", "kind": "五年规划",
            "level": PlanLevel.COUNTY,
            "period_from": 2016, "period_to": 2020, "state": PlanState.IN_FORCE,
        }, **town.made,
    )  # fmt: skip
    indicator = actions.add_indicator(
        plan=plan,
        code="I-old",
        facts={"order": 1, "counts_as": 1, "name": "上一轮指标", "unit": "%"},
        **town.made,
    )
    actions.add_target(
        indicator=indicator,
        year=2020,
        facts={"typed": Typed(ValueKind.ASSIGNED, authority="云岭市")},
        **town.made,
    )


def _opening(town: Town, code: str, by: Any) -> Any:
    plan = plans.plan_for(user=by, code=code, on=BEGIN)
    head = {
        "code": f"next-{code}", "name": f"{code}的接续方案", "short_name": f"next-{code}",
        "period_from": 2021,
        "period_to": 2025,
    }  # fmt: skip
    return succession.open_next(plan=plan, head=head, by=by, at=town.at)


def _attachments(town: Town) -> None:
    for word, record in ATTACHED.items():
        ref = town.known[record].ref
        attached = documents.attach(paper(), to=ref, by=None, at=town.at, title=f"{word}的附件")
        town.known[f"{word}_document"] = attached.pk
        town.known[f"{word}_ref"] = ref


def _housekeeping(town: Town) -> None:
    """Records that belong to a person or to the installation."""
    known, at, planner = town.known, town.at, town.people["planner"]
    officer = town.people["department_officer"]
    known["officer_ref"] = officer.ref
    known["session"] = sessions.begin_session(
        user=planner, key="a" * 32, address="127.0.0.1", device="", at=at
    ).pk
    known["view"] = page_actions.save_view(
        owner=planner, listing="plans.measures", title="落后", query="state=done", at=at
    ).pk
    known["job"] = job_actions.enqueue("portal.tidy", by=planner, at=at).pk
    known["schedule"] = Schedule.objects.create(
        name="x", title="清理", kind="portal.tidy", when="15 3 * * *", next_at=at
    ).pk
    event = OutboxEvent.objects.create(name="plans.ValueApproved", payload={}, announced_at=at)
    known["delivery"] = Delivery.objects.create(
        event=event, consumer="x", state=DeliveryState.GIVEN_UP, due_at=at
    ).pk
    words = {"due_on": "2026-06-30", "name": "建设管网", "left": 3}
    notice = messages.notify(
        "workflow.deadline_near", [officer], words, by=planner, at=at, needs_receipt=True
    )[0]
    known["notice"], known["batch"] = notice.pk, notice.batch
    known["endpoint"] = Endpoint.objects.create(
        name="platform", address="https://platform.invalid/", secret="s" * 40
    ).pk
    air = actions.add_catalogue_indicator(
        code="air",
        facts={"name": "优良天数比例", "unit": "%", "direction": Direction.HIGHER_BETTER},
        **town.made,
    )
    town.known["definition_change"] = succession.enter_change(
        catalogue=air, by=None, at=town.at, facts={
            "year": 2023, "kind": ChangeKind.CONDITION, "before": "标况", "after": "实况",
            "reason": "标准修改",
        },
    )  # fmt: skip
