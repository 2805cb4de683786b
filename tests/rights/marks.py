"""Records by whose words one can tell, in a page, a workbook or a call, who was shown what.

Laid on top of the town: of each kind of entry that a second person must approve one draft, one handed in,
one sent back and one approved; and whatever else a list shows. Every mark is said of one record alone.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.rights.asking import HANDED_OVER
from tests.rights.town import BEGIN, Town, paper

from qingshan.accounts import public as accounts
from qingshan.documents import public as documents
from qingshan.jobs import actions as job_actions
from qingshan.messages.models import Notice
from qingshan.pages import actions as page_actions
from qingshan.plans import actions
from qingshan.plans.models import PlanSource, Provision, ProvisionVersion
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import MakingKind, MeasuredKind, ProvisionKind

#: Names that stand in the frame of every page of a plan.
FRAME = frozenset({"here_plan", "there_plan"})

#: Where an entry stands, and the word that its mark begins with.
STAGES = {"draft": "草拟", "handed_in": "已交", "sent_back": "退改", "approved": "核定"}
_ENTRIES = {"statement": "断流理由", "report": "进展文字", "change": "调整理由"}
_OWNERS = {
    "bureau": "青川县生态环境局",
    "water": "青川县水利局",
    "housing": "青川县住房和城乡建设局",
    "town_hall": "青川县柳树镇人民政府",
    "away": "白石县生态环境局",
}
_RECORDS = {"indicator": "指标", "measure": "措施", "commitment": "承诺", "project": "项目"}
_FILES = {
    "plan_file": "规划批复扫描件",
    "water_file": "水利措施佐证",
    "bureau_file": "环境措施佐证",
    "draft_value_file": "草拟数值附件",
    "handed_in_report_file": "已交报告附件",
    "approved_value_file": "核定数值附件",
    "withdrawn_file": "误传的名单",
    "away_file": "外县措施佐证",
}

#: Mark in rows.yaml -> the words that show it.
WORDS: dict[str, str] = {
    **{f"{stage}_value": f"71.{year}" for year, stage in enumerate(STAGES, 2016)},
    # where a list says only that there is a value, of which year and kind
    **{
        f"{stage}_line": f"{year} {MeasuredKind.AUDITED.label}"
        for year, stage in enumerate(STAGES, 2016)
        if stage != "approved"
    },
    **{
        f"{stage}_{kind}": f"{word}{words}"
        for stage, word in STAGES.items()
        for kind, words in _ENTRIES.items()
    },
    **{
        f"{owner}_{kind}": f"{name}{word}"
        for owner, name in _OWNERS.items()
        for kind, word in _RECORDS.items()
    },
    **_FILES,
    "here_plan": "青川县规划",
    "there_plan": "白石县规划",
    "away_value": "72.2019",
    "paper": HANDED_OVER,
    # tasks of the town
    "draft_paper": "草拟中的通知",
    "out_paper": "已印发的通知",
    "away_paper": "外县的通知",
    "row_request": "汛期减半",
    "draft_task": "draft的任务",
    "busy_task": "busy的任务",
    "closed_task": "closed的任务",
    "away_task": "away的任务",
    # evaluations of the town
    "draft_evaluation": "draft评估院",
    "frozen_evaluation": "frozen评估院",
    "published_evaluation": "published评估院",
    "away_evaluation": "away评估院",
    "evaluation_appeal": "漏计一项",
    "busy_progress": "busy的进展",
    # money
    "proposed_reserve": "proposed的储备",
    "reserved_reserve": "reserved的储备",
    "away_reserve": "away的储备",
    "draft_bid": "draft的专项",
    "submitted_bid": "submitted的专项",
    "away_bid": "away的专项",
    "payment": "凭字第九号",
    # what the public sent in
    "fresh_feedback": "fresh的反馈",
    "busy_feedback": "busy的反馈",
    "away_feedback": "away的反馈",
    "here_opening": "old-choosing的接续方案",
    "away_opening": "old-away的接续方案",
    # between levels
    "sent_words": "上报说明甲",
    "from_below": "外来规划乙",
    "level_call": "要求报送丙",
    "funds": "水利专项债券",
    "milestone": "泵站通水节点",
    "provision": "青川排污口名录",
    "away_provision": "白石排污口名录",
    "here_review": "青川县生态环境保护“十五五”规划",
    "there_review": "白石县生态环境保护“十五五”规划",
    "making": "座谈会纪要甲",
    "missing": "附表四未刊",
    "conflict": "两处长度不一",
    "text": "独句乙",
    "reason_of_change": "措施改名的依据",
    "planner_notice": "写给陈的通知",
    "officer_notice": "写给吴的通知",
    "planner_job": "陈起的作业",
    "officer_job": "吴起的作业",
    "system_job": "系统起的作业",
    "planner_token": "陈的报表令牌",
    "planner_view": "陈存的视图",
    "account": "测试账户甲",
}


def mark(town: Town) -> None:
    """Lay the marked records on a town."""
    _values(town)
    _statements(town)
    _reports(town)
    _changes(town)
    _plan(town)
    _files(town)
    _persons(town)


def _people(town: Town) -> tuple[Any, Any, Any]:
    return town.people["department_officer"], town.people["planner"], town.people["leader"]


def _values(town: Town) -> None:
    """Values are told apart by their numbers, which every page of theirs shows."""
    officer, _planner, leader = _people(town)
    facts: dict[str, Any] = {"kind": "audited", "source": "审核数据"}
    for year, stage in enumerate(STAGES, 2016):
        value = actions.enter_value(
            indicator=town.known["water_indicator"], by=officer, at=town.at,
            facts={**facts, "year": year, "number": Decimal(WORDS[f"{stage}_value"])},
        )  # fmt: skip
        town.known[f"{stage}_value"] = _moved(town, "value", value, stage, officer, leader)
    zhou = town.people["foreigner"]
    value = actions.enter_value(
        indicator=town.known["away_indicator"], by=zhou, at=town.at,
        facts={**facts, "year": 2015, "number": Decimal(WORDS["away_value"])},
    )  # fmt: skip
    actions.submit_value(value=value, by=zhou, at=town.at)


def _moved(town: Town, kind: str, entry: Any, stage: str, by: Any, decides: Any) -> Any:
    """Bring an entry to where it shall stand."""
    if stage == "draft":
        return entry
    name = {"not_evaluable": "statement", "rebaselining": "proposal"}.get(kind, kind)
    entry = getattr(actions, f"submit_{kind}")(**{name: entry}, by=by, at=town.at)
    if stage == "sent_back":
        getattr(actions, f"send_back_{kind}")(**{name: entry}, by=decides, at=town.at, note="请核对")
    elif stage == "approved":
        getattr(actions, f"approve_{kind}")(**{name: entry}, by=decides, at=town.at)
    return entry


def _statements(town: Town) -> None:
    officer, _planner, leader = _people(town)
    for year, (stage, word) in enumerate(STAGES.items(), 2016):
        statement = actions.declare_not_evaluable(
            indicator=town.known["water_indicator"], year=year, reason=f"{word}断流理由", evidence="水文公报",
            by=officer, at=town.at,
        )  # fmt: skip
        _moved(town, "not_evaluable", statement, stage, officer, leader)


def _reports(town: Town) -> None:
    officer, planner, _leader = _people(town)
    for stage, word in STAGES.items():
        report = actions.enter_report(
            subject=town.known["water_measure"], on=BEGIN, work_state=WorkState.UNDER_WAY,
            text=f"{word}进展文字", by=officer, at=town.at,
        )  # fmt: skip
        town.known[f"{stage}_report"] = _moved(town, "report", report, stage, officer, planner)


def _changes(town: Town) -> None:
    """Approved first: it makes the version that the others speak of."""
    officer, _planner, leader = _people(town)
    project = town.known["water_project"]
    for end_year, stage in ((2027, "approved"), (2028, "draft"), (2028, "handed_in"), (2028, "sent_back")):
        proposal = actions.propose_rebaselining(
            project=project, changes={"end_year": end_year}, seen=project.versions.current().get().number,
            reason=f"{STAGES[stage]}调整理由", by=officer, at=town.at,
        )  # fmt: skip
        _moved(town, "rebaselining", proposal, stage, officer, leader)


def _plan(town: Town) -> None:
    officer, planner, _leader = _people(town)
    plan, project, at = town.known["here_plan"], town.known["water_project"], town.at
    for mark_of, where in (("provision", "here_plan"), ("away_provision", "there_plan")):
        subject = Provision.objects.create(plan=town.known[where], code="D-1")
        ProvisionVersion.objects.create(
            subject=subject, plan=town.known[where], kind=ProvisionKind.DUTY, order=1, duty_code="C01",
            name=WORDS[mark_of], valid_from=BEGIN, recorded_at=at,
        )  # fmt: skip
    actions.set_money(
        project=project, year=2023, funds=WORDS["funds"], amounts={"paid_yuan": 1}, by=officer, at=at
    )
    actions.add_milestone(
        project=project, code="S8", name=WORDS["milestone"], due_on=date(2024, 6, 30), by=officer, at=at
    )
    actions.add_making_entry(
        plan=plan, kind=MakingKind.OPINION, title=WORDS["making"], on=BEGIN, by=planner, at=at
    )
    actions.report_missing(plan=plan, what=WORDS["missing"], note="", by=planner, at=at)
    actions.add_conflict(
        plan=plan, code="X9", by=planner, at=at, facts={
            "type": "数字", "rule": "两处应一致", "description": WORDS["conflict"], "value": "1",
        },
    )  # fmt: skip
    text = f"正文第七章{WORDS['text']}。"
    PlanSource.objects.create(
        plan=plan, code="main", title="正文", sha256="0" * 64, characters=len(text), text=text
    )
    measure = town.known["water_measure"]
    actions.revise_measure(
        measure=measure, changes={"summary": "清淤"}, seen=_newest(measure), by=planner, at=at,
        reason=WORDS["reason_of_change"],
    )  # fmt: skip


def _newest(record: Any) -> int:
    return int(record.versions.order_by("-number").first().number)


def _files(town: Town) -> None:
    known = town.known
    for mark_of, record in (
        ("plan_file", "here_plan"),
        ("water_file", "water_measure"),
        ("bureau_file", "bureau_measure"),
        ("draft_value_file", "draft_value"),
        ("approved_value_file", "approved_value"),
        ("handed_in_report_file", "handed_in_report"),
        ("withdrawn_file", "water_measure"),
        ("away_file", "away_measure"),
    ):
        known[mark_of] = documents.attach(
            paper(), to=known[record].ref, by=None, at=town.at, title=WORDS[mark_of]
        )
    documents.withdraw(document=known["withdrawn_file"], by=None, at=town.at, reason="传错了")
    for record in ("draft_value", "approved_value", "handed_in_report", "bureau_measure"):
        known[f"{record}_ref"] = known[record].ref


def _persons(town: Town) -> None:
    officer, planner, _leader = _people(town)
    for key, person in (("planner_notice", planner), ("officer_notice", officer)):
        town.known[key] = Notice.objects.create(
            to=person, template="workflow.deadline_near", subject=WORDS[key], body="见附件", sent_at=town.at
        )
    for key, by in (("planner_job", planner), ("officer_job", officer), ("system_job", None)):
        town.known[key] = job_actions.enqueue("portal.tidy", by=by, at=town.at, title=WORDS[key])
    accounts.issue_token(
        user=planner,
        name=WORDS["planner_token"],
        expires_at=town.at.replace(year=town.at.year + 1),
        at=town.at,
    )
    page_actions.save_view(
        owner=planner, listing="plans.measures", title=WORDS["planner_view"], query="state=done", at=town.at
    )
    accounts.create_user(
        username="marked", display_name=WORDS["account"], password="Qing-Shan-marked-1",
        department=town.known["water"], is_simulated=True, by=None, at=town.at,
    )  # fmt: skip
