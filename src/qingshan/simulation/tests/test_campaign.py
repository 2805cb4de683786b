"""The two-year campaign played to its end; every figure is compared with those worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import override_settings

from qingshan.accounts.models import User
from qingshan.assessment import public as assessment
from qingshan.assessment.models import Evaluation
from qingshan.disclosure import public as disclosure
from qingshan.dispatch import public as dispatch
from qingshan.funds import public as funds
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.levels import public as levels
from qingshan.papers import public as papers
from qingshan.plans import public as plans
from qingshan.plans.models import Indicator, Measure, Plan, Project
from qingshan.simulation.public import load_county
from qingshan.simulation.tests.conftest import AT, taken_back
from qingshan.succession.public import carried_from
from qingshan.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("campaign")]

BY_HAND = yaml.safe_load(Path(__file__).with_name("campaign_by_hand.yaml").read_text(encoding="utf-8"))
END = date(2027, 6, 30)
#: The day as of which the money is looked at, and one before.
ON, A_YEAR_BEFORE = date(2026, 11, 21), date(2025, 12, 15)
WAN = 10_000
KINDS: dict[str, Any] = {"indicator": Indicator, "measure": Measure, "project": Project}


@pytest.fixture(scope="module")
def campaign(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    documents = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=documents), taken_back():
        load_county(at=AT, until=END)
        yield Plan.objects.get(code="qingluan-campaign-2025")


@pytest.fixture
def chen(campaign: Any) -> User:
    return User.objects.get(username="chen")


def _rounds(campaign: Any, user: User) -> dict[str, Any]:
    own = [one for one in dispatch.rounds_for(user=user) if one.plan_id == campaign.pk]
    return {f"{one.starts_on.year}-Q{one.starts_on.month // 3 + 1}": one for one in own}


def _percent(campaign: Any, code: str, on: date) -> int | None:
    work = Project if "-P" in code else Measure
    return work.objects.get(plan=campaign, code=code).versions.on(on).get().percent


class TestRounds:
    @pytest.mark.parametrize("quarter", BY_HAND["rounds"])
    def test_departments_were_on_time_late_or_silent_as_told(
        self, campaign: Any, chen: User, quarter: str
    ) -> None:
        figures = dispatch.figures_of(_rounds(campaign, chen)[quarter], END)
        states = Counter(one.state for one in figures.departments)
        assert {state: states[state] for state in ("on_time", "late", "silent")} == BY_HAND["rounds"][quarter]

    @pytest.mark.parametrize("quarter", BY_HAND["rounds"])
    def test_as_many_rows_came_back_as_told(self, campaign: Any, chen: User, quarter: str) -> None:
        figures = dispatch.figures_of(_rounds(campaign, chen)[quarter], END)
        assert sum(one.sent_back for one in figures.departments) == BY_HAND["sent_back"].get(quarter, 0)

    @pytest.mark.parametrize("year", BY_HAND["conduct"])
    def test_what_counts_in_the_assessment_is_what_was_counted_by_hand(
        self, campaign: Any, year: int
    ) -> None:
        found = {
            (one.kind.value, one.name, one.count) for one in dispatch.conduct_of(plan=campaign, year=year)
        }
        assert found == {tuple(row) for row in BY_HAND["conduct"][year]}

    @pytest.mark.parametrize("code", BY_HAND["ledger"])
    def test_what_was_accepted_stands_in_the_ledger(self, campaign: Any, code: str) -> None:
        assert _percent(campaign, code, END) == BY_HAND["ledger"][code]

    def test_a_false_report_was_put_right_in_the_ledger(self, campaign: Any) -> None:
        told = BY_HAND["false_report"]
        assert _percent(campaign, told["code"], date(2026, 4, 10)) == told["said"]
        assert _percent(campaign, told["code"], told["ledger_on"]) == told["found"]


class TestTasks:
    def test_they_ended_as_told(self, campaign: Any) -> None:
        states = Counter(Task.objects.filter(district=campaign.district).values_list("state", flat=True))
        assert states == {state: BY_HAND["tasks"][state] for state in ("closed", "under_way", "draft")}

    def test_one_was_opened_again_with_its_history(self, campaign: Any) -> None:
        code = BY_HAND["tasks"]["reopened_once"]
        again = Task.objects.filter(moves__move="reopen")
        measure = Measure.objects.get(plan=campaign, code=code)
        assert [one.source_ref for one in again] == [str(measure.ref)]
        moves = list(again.get().moves.order_by("pk").values_list("move", flat=True))
        assert moves == [
            "assign", "accept", "submit", "send_back", "submit", "close", "reopen", "submit", "close",
        ]  # fmt: skip


class TestEvaluations:
    @pytest.fixture
    def held(self, campaign: Any) -> dict[str, Evaluation]:
        return {one.purpose: one for one in Evaluation.objects.filter(plan=campaign)}

    @pytest.mark.parametrize("purpose", ["mid_term", "final"])
    def test_the_score_is_the_one_worked_out_by_hand(self, held: dict[str, Evaluation], purpose: str) -> None:
        versions = list(held[purpose].versions.order_by("number").values_list("total", "grade"))
        wanted = [BY_HAND[purpose][name] for name in ("first", "after_appeal") if name in BY_HAND[purpose]]
        assert versions == [(one["total"], one["grade"]) for one in wanted]

    @pytest.mark.parametrize("purpose", ["mid_term", "final"])
    def test_each_indicator_ended_as_worked_out_by_hand(
        self, campaign: Any, held: dict[str, Evaluation], purpose: str
    ) -> None:
        made = held[purpose]
        rows = plans.assessed_rows(plan=campaign, year=made.year, on=made.on).indicators
        assert {row.code: row.status for row in rows} == BY_HAND[purpose]["completion"]

    def test_only_the_upheld_appeal_changed_the_score(self, held: dict[str, Evaluation]) -> None:
        appeals = held["mid_term"].appeals.order_by("pk").values_list("code", "state")
        assert list(appeals) == [("QX-I05", "upheld"), ("QX-M02.02.02", "rejected")]

    def test_the_recommended_target_went_to_the_ledger_and_was_sent_back(
        self, campaign: Any, held: dict[str, Evaluation]
    ) -> None:
        (recommended,) = held["mid_term"].recommendations.all()
        assert recommended.proposal
        target = campaign.indicators.get(code="QX-I03").targets.get(year=2026)
        assert target.versions.count() == 1
        (proposal,) = target.adjustments.all()
        assert (proposal.state, proposal.review_note) == ("sent_back", "目标不降，按原目标推进")


class TestSuccession:
    @pytest.fixture
    def following(self, campaign: Any) -> Any:
        return Plan.objects.get(code=BY_HAND["next_plan"]["code"])

    @pytest.fixture
    def carried(self, campaign: Any, chen: User) -> dict[str, Any]:
        """Code of a record of the old plan -> the record of the next plan that it became."""
        codes = {
            str(one.ref): one.code
            for kind in (campaign.indicators, campaign.measures, campaign.projects)
            for one in kind.all()
        }
        links = carried_from(plan=campaign, user=chen, on=END)
        return {
            codes[link.carried.origin]: KINDS[Ref.read(link.carried.result).kind].objects.get(
                pk=Ref.read(link.carried.result).key
            )
            for link in links
            if link.carried.origin in codes
        }

    def test_the_next_plan_begins_with_the_last_values(self, carried: dict[str, Any]) -> None:
        held = {
            code: one.versions.on(END).get().baseline.value
            for code, one in carried.items()
            if code.startswith("QX-I")
        }
        assert held == {code: Decimal(told) for code, told in BY_HAND["next_plan"]["baselines"].items()}

    def test_only_unfinished_work_goes_on_in_it(self, carried: dict[str, Any]) -> None:
        work = {code for code in carried if code.count(".") == 2 or code.startswith("QX-P")}
        assert work == {*BY_HAND["next_plan"]["measures"], *BY_HAND["next_plan"]["projects"]}

    def test_the_old_plan_is_over_and_the_new_one_is_drafted(self, campaign: Any, following: Any) -> None:
        states = [one.versions.current().get().state for one in (campaign, following)]
        assert states == ["closed", "drafting"]

    def test_the_final_evaluation_and_the_draft_went_on_side_by_side(self, campaign: Any) -> None:
        final = assessment.latest_evaluation(plan=campaign, purpose=assessment.Purpose.FINAL, on=END)
        assert final is not None
        assert final.published_on == date(2027, 2, 22)


class TestPapers:
    @pytest.fixture
    def issued(self, campaign: Any) -> dict[str, papers.Paper]:
        out = papers.Paper.objects.filter(issue__isnull=False, district=campaign.district)
        return {one.number: one for one in out.select_related("issue")}

    def test_three_went_out_under_their_numbers(self, issued: dict[str, papers.Paper]) -> None:
        found = {number: (one.kind, one.state) for number, one in issued.items()}
        wanted = BY_HAND["papers"]["issued"]
        assert found == {number: (told["kind"], told["state"]) for number, told in wanted.items()}

    def test_each_says_that_it_is_simulated(self, issued: dict[str, papers.Paper]) -> None:
        assert all(one.issue.simulated and "模拟" in one.issue.title for one in issued.values())

    @pytest.mark.parametrize("number", BY_HAND["papers"]["issued"])
    def test_recipients_signed_for_it_in_time_or_late_as_told(
        self, issued: dict[str, papers.Paper], number: str
    ) -> None:
        paper, told = issued[number], BY_HAND["papers"]["issued"][number]
        due = paper.receipt_due_on
        assert due is not None
        signed = list(paper.parties.filter(receipt__isnull=False).select_related("department", "receipt"))
        late = [one.department.name for one in signed if beijing_day(one.receipt.at) > due]
        assert (len(signed), late) == (told["signed"], told["late"])
        assert paper.opinions.filter(state="agreed").count() == told["cosigned"]

    def test_the_bulletin_prints_what_was_counted_by_hand(self, issued: dict[str, papers.Paper]) -> None:
        figures = {one.key: one.value for one in issued["青峦环〔2026〕1号"].issue.printed_figures}
        told = BY_HAND["papers"]["bulletin"]
        assert {key: figures[key] for key in told} == told

    def test_one_came_back_to_its_drafter(self, campaign: Any) -> None:
        paper = papers.Paper.objects.get(title=BY_HAND["papers"]["sent_back"])
        assert paper.phase is papers.PaperState.DRAFTING
        assert list(paper.moves.values_list("move", flat=True)) == ["submit", "send_back"]


class TestMoney:
    @pytest.mark.parametrize("by", ["by_year", "by_source"])
    def test_the_sums_are_those_added_up_by_hand(self, campaign: Any, by: str) -> None:
        rows = getattr(funds.summary_of(plan=campaign, on=ON), by)
        found = {row.name: [one.yuan // WAN for one in (row.planned, row.received, row.paid)] for row in rows}
        assert found == BY_HAND["money"][by]

    @pytest.mark.parametrize(("told", "on"), [("warnings", ON), ("warnings_a_year_before", A_YEAR_BEFORE)])
    def test_the_warnings_of_a_day_are_those_found_by_hand(self, campaign: Any, told: str, on: date) -> None:
        found = [
            [one.rule.value, one.project.code, one.amount_yuan // WAN]
            for one in funds.warnings_of(plan=campaign, on=on)
        ]
        assert found == BY_HAND["money"][told]

    def test_the_ledger_has_the_same_sums(self, campaign: Any) -> None:
        lines = [line for one in plans.funded_projects(plan=campaign, on=ON) for line in one.lines]
        found = [
            sum(getattr(line, name) or 0 for line in lines) // WAN
            for name in ("planned_yuan", "received_yuan", "paid_yuan")
        ]
        assert found == [sum(column) for column in zip(*BY_HAND["money"]["by_year"].values(), strict=True)]

    def test_the_reserve_holds_one_of_each_stage(self, campaign: Any) -> None:
        rows = funds.ReserveEntry.objects.filter(district=campaign.district)
        assert dict(rows.values_list("versions__name", "state")) == BY_HAND["money"]["reserve"]

    def test_one_bid_was_granted_and_one_refused(self, campaign: Any) -> None:
        rows = funds.GrantBid.objects.filter(district=campaign.district)
        found = {one.call: [one.state, one.granted_yuan and one.granted_yuan // WAN] for one in rows}
        assert found == BY_HAND["money"]["bids"]


class TestPublicPage:
    @pytest.fixture
    def page(self, campaign: Any) -> disclosure.PublicPage:
        return disclosure.PublicPage.objects.get(plan=campaign)

    def test_it_is_open_with_its_second_edition(self, page: disclosure.PublicPage) -> None:
        assert page.is_open
        found = {one.number: [one.as_of, one.state] for one in page.editions.all()}
        assert found == BY_HAND["public_page"]["editions"]

    def test_what_was_not_chosen_is_not_told(self, page: disclosure.PublicPage) -> None:
        content = page.editions.get(number=2).content
        shown = {part["part"]: part for part in content["parts"]}
        codes = [row["code"] for row in shown["projects"]["rows"]]
        assert codes == BY_HAND["public_page"]["projects_shown"]
        assert "money" not in {column["key"] for column in shown["projects"]["columns"]}

    def test_the_score_is_the_one_that_counts_inside(self, page: disclosure.PublicPage) -> None:
        content = page.editions.get(number=2).content
        (rows,) = (part["rows"] for part in content["parts"] if part["part"] == "evaluations")
        (cells,) = (row["cells"] for row in rows)
        found = {"score": cells["score"]["number"], "grade": cells["grade"]["text"]}
        assert found == BY_HAND["public_page"]["evaluation_shown"]

    def test_one_citizen_was_answered_and_one_waits(self, page: disclosure.PublicPage) -> None:
        rows = disclosure.Feedback.objects.filter(page=page)
        assert dict(rows.values_list("number", "state")) == BY_HAND["public_page"]["feedback"]
        assert {one.state: one.task.state for one in rows} == {"answered": "closed", "received": "draft"}


class TestReportedUp:
    @pytest.fixture
    def submission(self, campaign: Any) -> levels.Submission:
        found: levels.Submission = levels.submissions_of(plan=campaign).get()
        return found

    def test_it_was_sent_back_once_then_accepted_and_locked(
        self, campaign: Any, submission: levels.Submission
    ) -> None:
        told = BY_HAND["reported_up"]
        accepted = levels.latest_accepted(plan=campaign, on=END)
        assert accepted is not None
        assert (submission.state, submission.editions.count(), accepted.number) == (
            told["state"], told["editions"], told["accepted"],
        )  # fmt: skip
        remarks = submission.editions.get(number=1).remarks.values_list("code", flat=True)
        assert list(remarks) == told["remarks"]
        assert levels.locked_until(campaign) == told["locked_until"]

    def test_the_city_knows_the_values_of_that_day(self, campaign: Any) -> None:
        accepted = levels.latest_accepted(plan=campaign, on=END)
        assert accepted is not None
        lines = levels.read_snapshot(accepted.snapshot).indicators
        assert {one.code: one.value for one in lines} == BY_HAND["reported_up"]["values"]
