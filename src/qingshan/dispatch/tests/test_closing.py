"""Closing a round: frozen figures, drafted papers, letters by rule; opening it again; conduct over a year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.dispatch import public as dispatch
from qingshan.dispatch.errors import BadRow, BadRules, MissingReason, RoundNotOpen, WaitingRows
from qingshan.dispatch.figures import digest_of, figures_from, plain
from qingshan.dispatch.models import Closing, Reminder, Round
from qingshan.dispatch.queries import previous_of
from qingshan.dispatch.queries.figures import bearing_of, points_behind
from qingshan.dispatch.rules import read_rules, rules
from qingshan.dispatch.tests.conftest import (
    AT,
    DUE,
    TODAY,
    hand_in,
    later,
    open_november,
    part_of,
    photo,
    row_of,
    save,
)
from qingshan.dispatch.vocabulary import Bearing
from qingshan.jobs.public import replaying
from qingshan.papers import public as papers
from qingshan.papers.public import PaperKind
from qingshan.workflow import public as workflow

OCTOBER = {"within": date(2026, 10, 15), "due_on": DUE}
CLOSED_AT = datetime(2026, 12, 14, 2, tzinfo=UTC)
PartState = dispatch.PartState


def close(found: Any, by: Any, at: datetime = CLOSED_AT) -> Any:
    return dispatch.close_round(round=found, by=by, at=at)


def states(found: Any) -> dict[str, str]:
    return {one.name: str(one.phase) for one in dispatch.figures_of(found, TODAY).departments}


class TestFigures:
    def test_who_was_on_time_late_partial_or_silent(self, opened: Any, cast: Any) -> None:
        for about in (cast.sewage, cast.plant):
            hand_in(row_of(opened, about), cast.wu)
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng, at=datetime(2026, 12, 12, tzinfo=UTC))
        assert states(opened) == {
            "青川县水利局": "pending",
            "青川县住房和城乡建设局": "late",
            "青川县生态环境局": "pending",
        }
        dispatch.accept_undoubted(round=opened, by=cast.chen, at=CLOSED_AT)
        close(opened, cast.chen)
        assert states(opened) == {
            "青川县水利局": "partly",
            "青川县住房和城乡建设局": "late",
            "青川县生态环境局": "silent",
        }

    def test_the_last_day_itself_is_on_time(self, opened: Any, cast: Any) -> None:
        at = datetime(2026, 12, 11, 15, 59, tzinfo=UTC)
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng, at=at)
        assert states(opened)["青川县住房和城乡建设局"] == "on_time"

    def test_a_row_sent_back_is_as_punctual_as_it_was(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        dispatch.send_back_row(row=row, note="缺照片", by=cast.chen, at=later(hours=1))
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng, at=datetime(2026, 12, 13, tzinfo=UTC))
        assert states(opened)["青川县住房和城乡建设局"] == "on_time"

    def test_a_row_sent_back_and_never_corrected_is_not_on_time(self, opened: Any, cast: Any) -> None:
        part = part_of(opened, cast.housing)
        row = hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        assert workflow.deadlines_of(part.ref)[0].phase is workflow.DeadlineState.MET
        dispatch.extend_round(round=opened, due_on=date(2026, 12, 18), reason="系统升级", by=cast.chen, at=AT)
        row = row_of(opened, cast.forest, cast.housing)
        dispatch.send_back_row(row=row, note="缺照片", by=cast.chen, at=later(hours=1))
        (deadline,) = workflow.deadlines_of(part.ref)
        assert (deadline.phase, deadline.due_on) == (workflow.DeadlineState.RUNNING, date(2026, 12, 18))
        assert states(opened)["青川县住房和城乡建设局"] == "pending"
        close(opened, cast.chen)
        held = dispatch.figures_of(opened, TODAY).of(cast.housing.pk)
        assert held is not None
        assert (str(held.phase), held.reported, held.missing) == ("partly", 0, 1)

    def test_what_lags_behind_the_straight_line(self, opened: Any, cast: Any) -> None:
        # 334 of 730 days of 2026 and 2027 are gone on 30 November: 45 per cent
        row = hand_in(row_of(opened, cast.plant), cast.wu, percent=20)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        row.refresh_from_db()
        assert (points_behind(row, date(2026, 11, 30)), bearing_of(row, date(2026, 11, 30))) == (
            25,
            Bearing.BEHIND,
        )
        (one,) = dispatch.figures_of(opened, TODAY).lagging
        assert (one.title, one.percent, one.expected, one.points) == ("县城污水处理厂扩建", 20, 45, 25)

    def test_where_nothing_is_dated_or_told_nothing_is_judged(self, opened: Any, cast: Any) -> None:
        for about in (cast.sewage, cast.plant):
            row = row_of(opened, about)
            assert (points_behind(row, TODAY), bearing_of(row, TODAY)) == (0, Bearing.UNKNOWN)

    def test_a_chapter_counts_its_whole_work_and_leaves_out_what_nobody_told(
        self, opened: Any, cast: Any
    ) -> None:
        row = hand_in(row_of(opened, cast.sewage), cast.wu, work_state="done", percent=100)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        row = hand_in(row_of(opened, cast.plant), cast.wu, percent=25)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        (chapter,) = dispatch.figures_of(opened, TODAY).chapters
        # two measures and a project; the forest has told nothing: (100 + 25) / 2
        assert (chapter.total, chapter.done, chapter.told, chapter.mean) == (3, 1, 2, "62.5")


class TestClosing:
    def test_rows_that_wait_are_decided_first(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.sewage), cast.wu)
        with pytest.raises(WaitingRows, match="还有 1 项等待审核"):
            close(opened, cast.chen)

    def test_figures_stand_as_they_stood_and_nothing_changes_any_more(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.plant), cast.wu)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        closing = close(opened, cast.chen)
        assert digest_of(closing.figures) == closing.sha256
        assert plain(figures_from(closing.figures)) == plain(dispatch.figures_of(opened, TODAY))
        dispatch.Row.objects.filter(round=opened).update(percent=1)  # whatever happens to the rows
        assert plain(dispatch.figures_of(opened, TODAY)) == plain(figures_from(closing.figures))
        with pytest.raises(RoundNotOpen, match="已关闭"):
            save(row_of(opened, cast.sewage), cast.wu)
        with pytest.raises(RoundNotOpen):
            dispatch.press_part(part=part_of(opened, cast.water), note="快报", by=cast.lin, at=CLOSED_AT)

    def test_nobody_is_pressed_for_a_closed_round(self, opened: Any, cast: Any) -> None:
        close(opened, cast.chen)
        phases = {
            deadline.phase for part in opened.parts.all() for deadline in workflow.deadlines_of(part.ref)
        }
        assert phases == {workflow.DeadlineState.LIFTED}

    def test_a_reopened_round_presses_who_has_rows_left(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        close(opened, cast.chen)
        dispatch.reopen_round(round=opened, reason="漏报", by=cast.lin, at=CLOSED_AT)
        dispatch.press_due(on=CLOSED_AT.date(), at=CLOSED_AT)
        pressed = Reminder.objects.filter(part__round=opened)
        assert {one.part.department for one in pressed} == {cast.water, cast.bureau}

    def test_bulletin_and_agenda_are_drafted_with_linked_figures(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.plant), cast.wu)
        dispatch.accept_row(row=row, by=cast.chen, at=later(hours=1))
        closing = close(opened, cast.chen)
        drafted = {paper.kind: paper for paper in papers.papers_about(ref=opened.ref, user=cast.chen)}
        assert {PaperKind.BULLETIN, PaperKind.AGENDA} <= set(drafted)
        bulletin = drafted[PaperKind.BULLETIN]
        assert bulletin.title == "关于青川规划实施情况2026年11月调度的通报"
        text = bulletin.texts.get()
        figures = {one.key: one for one in text.printed_figures}
        assert (figures["rows"].value, figures["reported"].value, figures["accepted"].value) == (
            "5",
            "1",
            "1",
        )
        assert figures["rows"].source == f"dispatch.closing/{closing.pk}"
        assert figures["rows"].simulated
        assert dispatch.figure_now(figures["rows"]) == figures["rows"]

    def test_letters_are_drafted_by_rule_to_the_department(self, ledgered: Any) -> None:
        for month in ({**OCTOBER}, {}):
            found = open_november(ledgered, **month)
            row = hand_in(row_of(found, ledgered.forest, ledgered.housing), ledgered.zheng)
            dispatch.accept_row(row=row, by=ledgered.chen, at=later(hours=1))
            close(found, ledgered.chen)
        letters = [
            paper
            for paper in papers.papers_about(ref=found.ref, user=ledgered.chen)
            if paper.kind == PaperKind.LETTER
        ]
        assert {paper.title for paper in letters} == {"关于连续未报送调度进展的预警函"}
        to = {party.department.name for paper in letters for party in paper.parties.all()}
        assert to == {"青川县水利局", "青川县生态环境局"}
        for paper in letters:
            figure = next(one for one in paper.texts.get().printed_figures if "silent" in one.key)
            assert figure.value == "2"
            assert dispatch.figure_now(figure).value == "2"

    def test_a_month_nobody_was_asked_breaks_the_row_of_silence(self, ledgered: Any) -> None:
        close(open_november(ledgered, within=date(2026, 9, 1)), ledgered.chen)
        found = open_november(ledgered)
        close(found, ledgered.chen)
        assert {one.silent_running for one in dispatch.figures_of(found, TODAY).departments} == {1}


class TestReopening:
    def test_the_leader_opens_it_again_and_both_closings_stay(self, opened: Any, cast: Any) -> None:
        close(opened, cast.chen)
        with pytest.raises(MissingReason):
            dispatch.reopen_round(round=opened, reason="", by=cast.lin, at=CLOSED_AT)
        dispatch.reopen_round(round=opened, reason="水利局补报", by=cast.lin, at=CLOSED_AT)
        row = hand_in(row_of(opened, cast.plant), cast.wu, at=CLOSED_AT)
        dispatch.accept_row(row=row, by=cast.chen, at=CLOSED_AT)
        close(opened, cast.chen)
        first, second = Closing.objects.filter(round=opened)
        assert (first.reopened_by, first.reopen_reason) == (cast.lin, "水利局补报")
        assert figures_from(first.figures).total("reported") == 0
        assert figures_from(second.figures).total("reported") == 1

    def test_a_new_last_day_is_for_who_reports_after_it(self, opened: Any, cast: Any) -> None:
        # due on the 11th: housing is late by a day; then the bureau, which was silent, gets until the 18th
        late_at = datetime(2026, 12, 12, 2, tzinfo=UTC)
        row = hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng, at=late_at)
        dispatch.accept_row(row=row, by=cast.chen, at=late_at)
        close(opened, cast.chen)
        dispatch.reopen_round(
            round=opened, reason="生态环境局补报", due_on=date(2026, 12, 18), by=cast.lin, at=CLOSED_AT
        )
        assert states(opened)["青川县住房和城乡建设局"] == "late"  # not pardoned by the bureau's new day
        for about, day in ((cast.sewage, 16), (cast.plant, 19), (cast.task, 16)):
            at = datetime(2026, 12, day, 2, tzinfo=UTC)
            dispatch.accept_row(row=hand_in(row_of(opened, about), cast.wu, at=at), by=cast.chen, at=at)
        close(opened, cast.chen, datetime(2026, 12, 21, 2, tzinfo=UTC))

        def late() -> dict[str, int]:
            return {one.name: one.late for one in dispatch.figures_of(opened, TODAY).departments}

        held = {"青川县住房和城乡建设局": 1, "青川县水利局": 1, "青川县生态环境局": 0}
        assert late() == held
        again = datetime(2026, 12, 22, 2, tzinfo=UTC)
        dispatch.reopen_round(round=opened, reason="再补报", due_on=date(2026, 12, 25), by=cast.lin, at=again)
        assert late() == held  # nobody's row is judged, or counted, a second time

    def test_a_new_last_day_is_later_and_still_to_come(self, opened: Any, cast: Any) -> None:
        close(opened, cast.chen)
        held = opened.due_on
        for day in (held, date(2026, 12, 13)):  # the day it had; a later one that is over
            with pytest.raises(BadRow):
                dispatch.reopen_round(round=opened, reason="补报", due_on=day, by=cast.lin, at=CLOSED_AT)
        assert opened.phase is dispatch.RoundState.CLOSED
        day = CLOSED_AT.date()
        dispatch.reopen_round(round=opened, reason="补报", due_on=day, by=cast.lin, at=CLOSED_AT)
        assert (opened.due_on, Round.objects.get(pk=opened.pk).due_on) == (day, day)
        running = [one for part in opened.parts.all() for one in workflow.deadlines_of(part.ref)]
        assert {one.due_on for one in running if one.phase is workflow.DeadlineState.RUNNING} == {day}


class TestTrend:
    def test_it_is_held_against_the_last_closed_round_of_its_kind(self, ledgered: Any) -> None:
        before = open_november(ledgered, **OCTOBER)
        close(before, ledgered.chen)
        quarter = open_november(ledgered, period=dispatch.Period.QUARTER)
        found = open_november(ledgered)
        held = previous_of(found)
        assert held is not None
        assert held[0] == before
        assert held[1].count(PartState.SILENT) == 3
        assert previous_of(quarter) is None


class TestConduct:
    def test_it_counts_late_silent_and_false_reports_of_a_year(self, ledgered: Any) -> None:
        before = open_november(ledgered, **OCTOBER)
        row = hand_in(row_of(before, ledgered.plant), ledgered.wu)
        dispatch.accept_row(row=row, by=ledgered.chen, at=later(hours=1))
        close(before, ledgered.chen)
        finding = dispatch.find_false(
            row=row_of(before, ledgered.plant), reason="现场未动工", on=TODAY,
            work_state="under_way", percent=0, evidence=[photo()], by=ledgered.chen, at=later(hours=2),
        )  # fmt: skip
        dispatch.confirm_false(finding=finding, by=ledgered.gao, at=later(hours=3))
        open_november(ledgered)  # still open: it does not count
        found = {
            (str(one.kind), one.name): [str(each.ref) for each in one.evidence]
            for one in dispatch.conduct_of(plan=ledgered.plan, year=2026)
        }
        assert found == {
            ("late_report", "青川县水利局"): [str(before.ref)],
            ("silent", "青川县住房和城乡建设局"): [str(before.ref)],
            ("silent", "青川县生态环境局"): [str(before.ref)],
            ("false_report", "青川县水利局"): [str(finding.ref)],
        }
        assert dispatch.conduct_of(plan=ledgered.plan, year=2027) == []

    def test_as_of_a_day_only_what_was_known_by_then_counts(self, ledgered: Any) -> None:
        found = open_november(ledgered)
        row = hand_in(row_of(found, ledgered.plant), ledgered.wu)
        dispatch.accept_row(row=row, by=ledgered.chen, at=later(hours=1))
        finding = dispatch.find_false(
            row=row_of(found, ledgered.plant), reason="现场未动工", on=TODAY, work_state="under_way",
            percent=0, evidence=[photo()], by=ledgered.chen, at=later(hours=2),
        )  # fmt: skip
        dispatch.confirm_false(finding=finding, by=ledgered.gao, at=datetime(2026, 12, 15, 2, tzinfo=UTC))
        close(found, ledgered.chen)  # on the 14th
        reopened_at = datetime(2026, 12, 16, 2, tzinfo=UTC)
        dispatch.reopen_round(round=found, reason="漏报", by=ledgered.lin, at=reopened_at)

        def known(on: date | None) -> set[str]:
            told = dispatch.conduct_of(plan=ledgered.plan, year=2026, on=on)
            return {str(one.kind) for one in told}

        assert known(date(2026, 12, 13)) == set()
        assert known(date(2026, 12, 14)) == {"late_report", "silent"}
        assert known(date(2026, 12, 15)) == {"late_report", "silent", "false_report"}
        assert known(date(2026, 12, 16)) == known(None) == {"false_report"}


class TestRules:
    def test_a_bureau_puts_its_own_in_their_place(self, settings: Any, tmp_path: Any) -> None:
        settings.RULES = tmp_path
        assert (rules().before, len(rules().letters)) == (3, 5)
        own = "reminders: {before: 5, after: 2, superior: 4}\nbehind_points: 10\nletters: []\n"
        (tmp_path / "dispatch.yaml").write_text(own, "utf-8")
        assert (rules().before, rules().behind_points, rules().letters) == (5, 10, ())

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[", "不是 YAML"),
            ("- 1", "应有 reminders"),
            ("reminders: {before: 0, after: 1, superior: 2}\nbehind_points: 1", "before 现为 0"),
            ("reminders: {before: 1, after: 3, superior: 2}\nbehind_points: 1", "superior 不能早于 after"),
            ("reminders: {before: 1, after: 1, superior: 2}\nbehind_points: 1\nmore: 1", "没有“more”"),
            (
                "reminders: {before: 1, after: 1, superior: 2}\nbehind_points: 1\n"
                "letters: [{key: a, measure: mood, at_least: 1, title: t, text: x}]",
                "measure 可用 silent_running",
            ),
            (
                "reminders: {before: 1, after: 1, superior: 2}\nbehind_points: 1\n"
                "letters: [{key: a, measure: behind_worst, at_least: 1, title: t, text: '{who}'}]",
                "文字中可用 {found}",
            ),
            (
                "reminders: {before: 1, after: 1, superior: 2}\nbehind_points: 1\n"
                "letters: [{key: a, measure: behind_worst, at_least: 1, title: t}]",
                "缺少 text",
            ),
        ],
    )
    def test_what_cannot_be_read_is_named(self, text: str, told: str) -> None:
        with pytest.raises(BadRules, match=told):
            read_rules(text.encode())


class TestReplayed:
    def test_rounds_of_years_ago_are_played_without_telling_anybody(self, ledgered: Any) -> None:
        with replaying():
            found = open_november(ledgered)
        assert found.phase is dispatch.RoundState.OPEN
        assert AT < CLOSED_AT
