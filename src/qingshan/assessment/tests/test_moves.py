"""Every move of an evaluation and of an appeal, for each of the cast; and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.assessment import public as assessment
from qingshan.assessment.errors import (
    AlreadyPublished,
    AppealsOver,
    AppealsRunning,
    BadEvaluation,
    MissingConclusion,
    MissingReason,
    NoSuchRow,
    NotOpen,
    OpenAppeals,
    OwnWork,
    StaleEvaluation,
)
from qingshan.assessment.models import Evaluation, EvaluationMove
from qingshan.assessment.states import APPEAL_FLOW, EVALUATION_FLOW
from qingshan.assessment.tests.conftest import AT, TODAY, enter_value, frozen, published, set_up
from qingshan.kernel.flow import IllegalMove
from qingshan.plans.models import Indicator

State = assessment.EvaluationState
LATER = AT + timedelta(hours=1)
UNTIL = date(2026, 12, 5)
AFTER = AT + timedelta(days=16)  # the first day on which nobody may appeal any more
EVERYBODY = ("lin", "han", "chen", "gao", "xie", "luo", "wu", "zhao", "zhou")

#: Who may make which move: 陈 and 高 organise, 谢 is named to evaluate, 林 and 韩 publish.
ALLOWED = {
    "preview": {"chen", "gao", "xie"},
    "go_on": {"chen", "gao", "xie"},
    "freeze": {"chen", "gao"},
    "thaw": {"chen", "gao"},
    "publish": {"lin", "han"},
    "close": {"lin", "han"},
    "cancel": {"chen", "gao"},
}
CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "preview": lambda one, by: assessment.preview_evaluation(evaluation=one, by=by, at=LATER),
    "go_on": lambda one, by: assessment.go_on_evaluating(evaluation=one, by=by, at=LATER),
    "freeze": lambda one, by: assessment.freeze_evaluation(evaluation=one, by=by, at=LATER),
    "thaw": lambda one, by: assessment.thaw_evaluation(evaluation=one, by=by, at=LATER, note="数据有误"),
    "publish": lambda one, by: assessment.publish_evaluation(
        evaluation=one, appeal_until=UNTIL, by=by, at=LATER
    ),
    "close": lambda one, by: assessment.close_evaluation(evaluation=one, by=by, at=AFTER),
    "cancel": lambda one, by: assessment.cancel_evaluation(evaluation=one, by=by, at=LATER, note="改期"),
}


def bring(cast: Any, evaluation: Any, state: Any) -> Any:
    """Bring an evaluation to a state by the moves that lead there."""
    if state is State.CANCELLED:
        return CALLS["cancel"](evaluation, cast.chen)
    if state is State.PREVIEW:
        assessment.write_conclusion(
            evaluation=evaluation, narrative="总体完成。", problems="", lessons="", by=cast.xie, at=AT
        )
        return CALLS["preview"](evaluation, cast.xie)
    if state is State.FROZEN:
        return frozen(cast, evaluation)
    if state in (State.PUBLISHED, State.CLOSED):
        published(cast, evaluation)
    return CALLS["close"](evaluation, cast.han) if state is State.CLOSED else evaluation


MOVES = [(state, move) for state in State for move in EVALUATION_FLOW.moves_from(state)]


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=str)
    def test_each_of_the_cast_may_or_may_not(self, cast: Any, evaluation: Any, state: Any, move: str) -> None:
        one = bring(cast, evaluation, state)
        for who in EVERYBODY:  # those who may not come first: the last one moves it
            if who not in ALLOWED[move]:
                with pytest.raises(Forbidden):
                    CALLS[move](one, getattr(cast, who))
                assert Evaluation.objects.get(pk=one.pk).phase is state
        for who in sorted(ALLOWED[move]):
            Evaluation.objects.filter(pk=one.pk).update(state=state)
            fresh = Evaluation.objects.get(pk=one.pk)
            assert CALLS[move](fresh, getattr(cast, who)).phase is EVALUATION_FLOW.after(state, move)

    def test_what_the_table_does_not_hold_is_refused(self, cast: Any, evaluation: Any) -> None:
        for state in State:
            Evaluation.objects.filter(pk=evaluation.pk).update(state=state, narrative="总体完成。")
            for move, allowed in ALLOWED.items():
                if (state, move) not in MOVES:
                    with pytest.raises(IllegalMove):
                        CALLS[move](Evaluation.objects.get(pk=evaluation.pk), getattr(cast, min(allowed)))

    def test_of_two_at_once_one_succeeds(self, cast: Any, evaluation: Any) -> None:
        same = Evaluation.objects.get(pk=evaluation.pk)
        CALLS["preview"](evaluation, cast.xie)
        with pytest.raises(StaleEvaluation, match="现在是“试算”"):
            CALLS["preview"](same, cast.chen)

    def test_every_step_is_kept_with_who_and_why(self, cast: Any, evaluation: Any) -> None:
        CALLS["thaw"](frozen(cast, evaluation), cast.chen)
        steps = EvaluationMove.objects.filter(evaluation=evaluation)
        assert [(one.move, one.by.display_name, one.note) for one in steps] == [
            ("preview", "谢", ""), ("freeze", "陈", ""), ("thaw", "陈", "数据有误"),
        ]  # fmt: skip


class TestWhatGoesWithAMove:
    def test_it_is_frozen_with_its_conclusion(self, cast: Any, evaluation: Any) -> None:
        CALLS["preview"](evaluation, cast.xie)
        with pytest.raises(MissingConclusion):
            CALLS["freeze"](evaluation, cast.chen)

    @pytest.mark.parametrize("move", ["thaw", "cancel"])
    def test_a_step_back_needs_a_reason(self, cast: Any, evaluation: Any, move: str) -> None:
        action = {"thaw": assessment.thaw_evaluation, "cancel": assessment.cancel_evaluation}[move]
        with pytest.raises(MissingReason):
            action(evaluation=evaluation, by=cast.chen, at=LATER, note=" ")

    def test_who_froze_it_does_not_publish_it_even_with_the_right(self, cast: Any, evaluation: Any) -> None:
        from qingshan.accounts import public as accounts

        accounts.grant_role(
            user=cast.chen, role="leader", district=cast.county, from_on=date(2021, 1, 1), by=None, at=AT
        )
        with pytest.raises(OwnWork):
            CALLS["publish"](frozen(cast, evaluation), cast.chen)

    def test_departments_get_days_to_appeal(self, cast: Any, evaluation: Any) -> None:
        with pytest.raises(BadEvaluation, match="已经过去"):
            assessment.publish_evaluation(
                evaluation=frozen(cast, evaluation), appeal_until=date(2026, 11, 19), by=cast.lin, at=AT
            )

    def test_one_of_a_kind_and_year_is_published(self, cast: Any, plan: Any, evaluation: Any) -> None:
        published(cast, evaluation)
        other = frozen(cast, set_up(cast, plan, "strict-2026"))
        with pytest.raises(AlreadyPublished):
            CALLS["publish"](other, cast.lin)
        assert Evaluation.objects.get(pk=other.pk).phase is State.FROZEN

    def test_what_is_thawed_and_frozen_again_is_a_version_more(self, cast: Any, evaluation: Any) -> None:
        CALLS["thaw"](frozen(cast, evaluation), cast.chen)
        frozen(cast, evaluation)
        assert list(evaluation.versions.values_list("number", flat=True)) == [1, 2]


class TestSettingUp:
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"on": date(2026, 11, 21)}, "还没有到"),
            ({"on": date(2020, 12, 31)}, "还没有这个规划"),
            ({"year": 2026}, "不在规划期 2021—2025 内"),
            ({"year": 2024}, "终期评估的年度是规划期末年 2025"),
            ({"scheme": "strict-2026", "purpose": assessment.Purpose.MID_TERM}, "不用于这一类评估"),
            ({"zone": "港口区"}, "没有功能区“港口区”"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field(
        self, cast: Any, plan: Any, given: dict[str, Any], told: str
    ) -> None:
        usual = {"plan": plan, "purpose": assessment.Purpose.FINAL, "year": 2025, "on": TODAY,
                 "scheme": "progress-2026", "by": cast.chen, "at": AT}  # fmt: skip
        with pytest.raises(BadEvaluation, match=told):
            assessment.create_evaluation(**{**usual, **given})
        assert not Evaluation.objects.exists()

    def test_only_who_organises_there_sets_one_up(self, cast: Any, plan: Any) -> None:
        for who in set(EVERYBODY) - {"chen", "gao"}:
            with pytest.raises(Forbidden):
                assessment.create_evaluation(
                    plan=plan, purpose=assessment.Purpose.FINAL, year=2025, on=TODAY, scheme="progress-2026",
                    by=getattr(cast, who), at=AT,
                )  # fmt: skip

    def test_who_has_no_right_to_evaluate_is_not_named(self, cast: Any, evaluation: Any) -> None:
        with pytest.raises(BadEvaluation, match="没有开展评估的权限"):
            assessment.name_evaluator(evaluation=evaluation, user=cast.wu, by=cast.chen, at=AT)

    def test_a_scheme_of_the_bureau_is_kept_in_full_and_told_apart(self, cast: Any, plan: Any) -> None:
        from qingshan.assessment.scoring.reading import shipped_texts

        text = shipped_texts()["progress-2026"]
        with pytest.raises(BadEvaluation, match="progress-2026 已有方案使用"):
            assessment.add_scheme(district=cast.county, text=text, by=cast.chen, at=AT)
        own = text.replace("code: progress-2026", "code: qingchuan-2026").replace(
            'points: "60"', 'points: "55"'
        )
        from qingshan.plans.public import PackError

        with pytest.raises(PackError, match="add up to full"):
            assessment.add_scheme(district=cast.county, text=own, by=cast.chen, at=AT)
        own = text.replace("code: progress-2026", "code: qingchuan-2026")
        assessment.add_scheme(district=cast.county, text=own, by=cast.chen, at=AT)
        made = set_up(cast, plan, "qingchuan-2026")
        assert (made.scheme_text, str(assessment.score_of(made).whole.total)) == (own, "71.15")


class TestFindings:
    def find(self, cast: Any, evaluation: Any, by: Any, **more: Any) -> Any:
        given = {
            "kind": assessment.ListName.INDICATORS,
            "code": "I1",
            "opinion": assessment.Opinion.CONFIRMED,
        }
        return assessment.record_finding(evaluation=evaluation, by=by, at=LATER, **{**given, **more})

    def test_only_who_is_named_enters_them(self, cast: Any, evaluation: Any) -> None:
        for who in set(EVERYBODY) - {"xie"}:
            with pytest.raises(Forbidden):
                self.find(cast, evaluation, getattr(cast, who))
        self.find(cast, evaluation, cast.xie)
        assessment.release_evaluator(evaluator=evaluation.evaluators.get(), by=cast.chen, at=LATER)
        with pytest.raises(Forbidden):
            self.find(cast, evaluation, cast.xie)

    def test_a_counter_checked_value_is_scored_in_place_of_the_ledgers(
        self, cast: Any, evaluation: Any
    ) -> None:
        doubt = {"opinion": assessment.Opinion.DOUBTED, "reason": "站点数据缺测"}
        self.find(cast, evaluation, cast.xie, **doubt, checked="28")
        self.find(
            cast, evaluation, cast.xie, **doubt, checked="40", kind=assessment.ListName.PROJECTS, code="P4"
        )
        scored = assessment.score_of(evaluation)
        air, trees = scored.row("indicators", "I1"), scored.row("projects", "P4")
        assert (air.actual, air.ledger, air.row.verdict, air.doubt) == ("28", "24", "missed", "站点数据缺测")
        assert (trees.actual, trees.ledger, int(trees.row.done)) == ("40%", "80%", 40)
        line = scored.whole.lists[0].lines[0]
        assert line.why == "自基准值起的进度 (28 − 30) ÷ (25 − 30) = 40.0%"

    def test_the_newest_finding_counts_and_a_doubt_alone_changes_no_score(
        self, cast: Any, evaluation: Any
    ) -> None:
        before = assessment.score_of(evaluation).whole.total
        doubt = {"opinion": assessment.Opinion.DOUBTED, "reason": "缺原始记录"}
        self.find(cast, evaluation, cast.xie, **doubt, checked="28")
        self.find(cast, evaluation, cast.xie, **doubt)
        scored = assessment.score_of(evaluation)
        assert (scored.whole.total, scored.row("indicators", "I1").opinion) == (before, "doubted")

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"opinion": assessment.Opinion.DOUBTED}, MissingReason),
            ({"opinion": assessment.Opinion.DOUBTED, "reason": "因", "checked": "约28"}, BadEvaluation),
            ({"opinion": assessment.Opinion.DOUBTED, "reason": "因", "checked": "NaN"}, BadEvaluation),
            ({"code": "I99"}, NoSuchRow),
        ],
    )
    def test_bad_input(self, cast: Any, evaluation: Any, more: dict[str, Any], error: Any) -> None:
        with pytest.raises(error):
            self.find(cast, evaluation, cast.xie, **more)

    def test_nothing_is_entered_once_it_is_frozen(self, cast: Any, evaluation: Any) -> None:
        frozen(cast, evaluation)
        with pytest.raises(NotOpen):
            self.find(cast, evaluation, cast.xie)
        with pytest.raises(NotOpen):
            assessment.add_fact(
                evaluation=evaluation, kind="late_report", count=1, evidence="一次", by=cast.chen, at=LATER
            )

    def test_what_a_page_loaded_before_the_freeze_enters_nothing_after_it(
        self, cast: Any, evaluation: Any
    ) -> None:
        frozen(cast, Evaluation.objects.get(pk=evaluation.pk))
        fact = evaluation.facts.first()
        assert evaluation.phase is fact.evaluation.phase is State.DRAFTING  # as the page had it
        with pytest.raises(NotOpen):
            self.find(cast, evaluation, cast.xie)
        with pytest.raises(NotOpen):
            assessment.withdraw_fact(fact=fact, by=cast.xie, at=LATER)
        with pytest.raises(NotOpen):
            assessment.set_zones(evaluation=evaluation, zone="", zones={}, by=cast.chen, at=LATER)

    def test_a_fact_needs_a_rule_and_what_shows_it_and_can_be_taken_back(
        self, cast: Any, evaluation: Any
    ) -> None:
        with pytest.raises(BadEvaluation, match="没有加减分项“praise”"):
            assessment.add_fact(
                evaluation=evaluation, kind="praise", count=1, evidence="", by=cast.chen, at=LATER
            )
        for fact in evaluation.facts.all():
            assessment.withdraw_fact(fact=fact, by=cast.xie, at=LATER)
        assert assessment.score_of(evaluation).whole.conduct == ()


def appeal(cast: Any, evaluation: Any, **more: Any) -> Any:
    given = {"department": cast.departments["水务局"], "kind": "indicators", "code": "I4",
             "reason": "台账漏计新建设施", "by": cast.wu, "at": LATER, **more}  # fmt: skip
    return assessment.make_appeal(evaluation=evaluation, **given)


class TestAppeals:
    @pytest.fixture
    def shown(self, cast: Any, evaluation: Any) -> Any:
        return published(cast, evaluation)

    @pytest.mark.parametrize("who", EVERYBODY)
    def test_only_the_department_itself_appeals(self, cast: Any, shown: Any, who: str) -> None:
        if who == "wu":
            assert appeal(cast, shown).phase is assessment.AppealState.MADE
        else:
            with pytest.raises(Forbidden):
                appeal(cast, shown, by=getattr(cast, who))

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"code": "I1"}, NoSuchRow),  # the environment bureau's
            ({"code": "I99"}, NoSuchRow),
            ({"kind": "", "code": "national_title"}, NoSuchRow),
            ({"reason": " "}, MissingReason),
            ({"at": AT + timedelta(days=30)}, AppealsOver),
        ],
    )
    def test_bad_appeals(self, cast: Any, shown: Any, more: dict[str, Any], error: Any) -> None:
        with pytest.raises(error):
            appeal(cast, shown, **more)

    def test_before_it_is_published_nobody_appeals(self, cast: Any, evaluation: Any) -> None:
        with pytest.raises(AppealsOver):
            appeal(cast, frozen(cast, evaluation))

    @pytest.mark.parametrize("move", sorted({move for _state, move in APPEAL_FLOW._table}))
    def test_each_of_the_cast_may_or_may_not_answer(self, cast: Any, shown: Any, move: str) -> None:
        made = appeal(cast, shown)
        given = {"upheld": move == "uphold", "answer": "已核实", "correction": {"actual": "60"}, "at": LATER}
        for who in set(EVERYBODY) - {"chen", "gao"}:
            with pytest.raises(Forbidden):
                assessment.answer_appeal(appeal=made, by=getattr(cast, who), **given)
        answered = assessment.answer_appeal(appeal=made, by=cast.gao, **given)
        assert answered.phase is APPEAL_FLOW.after(assessment.AppealState.MADE, move)
        with pytest.raises(IllegalMove):
            assessment.answer_appeal(appeal=answered, by=cast.chen, **given)

    def test_upheld_it_is_scored_again_with_a_trail_of_what_changed_and_why(
        self, cast: Any, shown: Any
    ) -> None:
        # 农村生活污水治理率 60 instead of 55: its share is 1 instead of 0.75; 60 x 7 / 8.5 = 49.4117...
        made = appeal(cast, shown)
        assessment.answer_appeal(
            appeal=made, upheld=True, answer="补报 3 处设施，核实为 60%", correction={"actual": "60"},
            by=cast.gao, at=LATER,
        )  # fmt: skip
        newest, first = assessment.trail_of(shown)
        assert (first.version.total, newest.version.total) == ("71.15", "72.91")
        (change,) = newest.changed.changes
        assert (change.code, str(change.before), str(change.after)) == ("I4", "5.29", "7.06")
        assert newest.appeal == made
        assert newest.version.reason == "采纳申诉：补报 3 处设施，核实为 60%"
        row = assessment.score_of(shown).row("indicators", "I4")
        assert (row.actual, row.ledger, row.row.verdict) == ("60", "55", "met")
        assert (row.phase.label, row.method) == ("已达标", "按采纳的申诉更正")  # what it is called follows
        water = next(one for one in assessment.score_of(shown).departments if one.name == "水务局")
        assert str(water.sheet.total) == "93.50"  # 60 + 20 + 20 - 6.5
        assert str(assessment.score_of(shown, 1).whole.total) == "71.15"

    def test_a_fact_is_recounted(self, cast: Any, shown: Any) -> None:
        made = appeal(cast, shown, kind="", code="late_report", reason="一次系统故障")
        assessment.answer_appeal(
            appeal=made, upheld=True, answer="属实", correction={"count": "2"}, by=cast.gao, at=LATER
        )
        assert str(assessment.score_of(shown).whole.total) == "71.65"  # 2 x 0.5 instead of 1.5

    def test_rejected_nothing_changes(self, cast: Any, shown: Any) -> None:
        assessment.answer_appeal(
            appeal=appeal(cast, shown), upheld=False, answer="佐证不足", by=cast.gao, at=LATER
        )
        assert shown.versions.count() == 1

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"answer": " "}, MissingReason),
            ({"correction": {}}, BadEvaluation),
            ({"correction": {"done": "50"}}, BadEvaluation),
            ({"correction": {"actual": "六十"}}, BadEvaluation),
            ({"correction": {"verdict": "on_track"}}, BadEvaluation),
        ],
    )
    def test_bad_answers(self, cast: Any, shown: Any, given: dict[str, Any], error: Any) -> None:
        usual = {
            "upheld": True,
            "answer": "属实",
            "correction": {"actual": "60"},
            "by": cast.gao,
            "at": LATER,
        }
        with pytest.raises(error):
            assessment.answer_appeal(appeal=appeal(cast, shown), **{**usual, **given})
        assert shown.versions.count() == 1

    def test_who_appealed_does_not_answer_even_with_the_right(self, cast: Any, shown: Any) -> None:
        from qingshan.accounts import public as accounts

        accounts.grant_role(
            user=cast.wu, role="planner", district=cast.county, from_on=date(2021, 1, 1), by=None, at=AT
        )
        with pytest.raises(OwnWork):
            assessment.answer_appeal(
                appeal=appeal(cast, shown), upheld=False, answer="不", by=cast.wu, at=LATER
            )

    def test_it_closes_after_its_appeals(self, cast: Any, shown: Any) -> None:
        made = appeal(cast, shown)
        with pytest.raises(OpenAppeals, match="1 件"):
            CALLS["close"](shown, cast.lin)
        assessment.answer_appeal(appeal=made, upheld=False, answer="佐证不足", by=cast.gao, at=LATER)
        assert CALLS["close"](shown, cast.lin).phase is State.CLOSED

    def test_it_does_not_close_before_its_days_for_appeals_are_over(self, cast: Any, shown: Any) -> None:
        with pytest.raises(AppealsRunning, match="2026-12-05"):
            assessment.close_evaluation(evaluation=shown, by=cast.lin, at=AFTER - timedelta(days=1))
        assert Evaluation.objects.get(pk=shown.pk).phase is State.PUBLISHED

    def test_what_a_page_loaded_before_the_close_is_not_appealed(self, cast: Any, shown: Any) -> None:
        CALLS["close"](Evaluation.objects.get(pk=shown.pk), cast.lin)
        assert shown.phase is State.PUBLISHED  # as the page had it
        with pytest.raises(AppealsOver):
            appeal(cast, shown)


class TestWhatOthersAsk:
    def test_only_what_is_published_by_the_day_counts(self, cast: Any, plan: Any, evaluation: Any) -> None:
        assert assessment.published_evaluations(plan) == []
        published(cast, evaluation)
        final = assessment.Purpose.FINAL
        assert assessment.latest_evaluation(plan, final, TODAY) == evaluation
        assert assessment.latest_evaluation(plan, final, date(2026, 11, 19)) is None
        assert assessment.latest_evaluation(plan, assessment.Purpose.YEARLY) is None
        assert assessment.lessons_of(evaluation) == ["早开工", "早监测"]

    def test_a_recommendation_becomes_a_proposal_in_the_ledger_and_changes_nothing_itself(
        self, cast: Any, evaluation: Any
    ) -> None:
        from qingshan.assessment.tests.conftest import number
        from qingshan.plans import public as plans
        from qingshan.plans.models import TargetAdjustment

        advice = assessment.recommend_target(
            evaluation=evaluation, code="I4", year=2025, typed=number("58"), reason="管网工期顺延",
            by=cast.xie, at=AT,
        )  # fmt: skip
        with pytest.raises(assessment.AssessmentRefusal, match="公布后"):
            assessment.pass_on_recommendation(recommendation=advice, by=cast.chen, at=LATER)
        published(cast, evaluation)
        with pytest.raises(Forbidden):
            assessment.pass_on_recommendation(recommendation=advice, by=cast.xie, at=LATER)
        assessment.pass_on_recommendation(recommendation=advice, by=cast.chen, at=LATER)
        proposal = TargetAdjustment.objects.get()
        assert (proposal.source, proposal.entered_by) == (str(evaluation.ref), cast.chen)
        held = plans.target_of(plan=evaluation.plan, code="I4", year=2025)
        assert str(held.typed.value) == "60"
        with pytest.raises(assessment.AssessmentRefusal, match="已经转为"):
            assessment.pass_on_recommendation(recommendation=advice, by=cast.chen, at=LATER)

    def test_what_changed_since_the_last_one(self, cast: Any, plan: Any) -> None:
        from qingshan.assessment.queries import since_last

        air = Indicator.objects.get(code="I1")
        enter_value(cast, air, "26", year=2024)
        yearly = published(cast, set_up(cast, plan, purpose=assessment.Purpose.YEARLY, year=2024))
        final = set_up(cast, plan)
        earlier, changed = since_last(final, assessment.score_of(final))
        assert earlier == yearly
        assert {one.code for one in changed.changes} >= {"I2", "I3"}
        assert changed.total_after - changed.total_before == changed.by
