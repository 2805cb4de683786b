"""Accepting writes to the ledger once, by two persons; sending back; a report found false later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.dispatch import ledger
from qingshan.dispatch import public as dispatch
from qingshan.dispatch.errors import (
    BadRow,
    LedgerRefused,
    MissingEvidence,
    MissingReason,
    NothingToReport,
    OwnReport,
    Stale,
)
from qingshan.dispatch.tests.conftest import AT, TODAY, hand_in, later, part_of, photo, row_of, save
from qingshan.documents import public as documents
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.refs import Ref
from qingshan.plans.models import ProgressReport, ProjectVersion
from qingshan.tasks import public as tasks
from qingshan.tasks.models import TaskReport


def accepted(row: Any, by: Any) -> Any:
    return dispatch.accept_row(row=row, by=by, at=later(hours=1))


class TestAccepting:
    def test_the_ledger_gets_a_report_of_two_persons_with_the_evidence(self, opened: Any, cast: Any) -> None:
        row = save(row_of(opened, cast.plant), cast.wu)
        documents.attach(photo(), to=row.ref, by=cast.wu, at=AT)
        dispatch.submit_part(part=row.part, by=cast.wu, at=AT)
        row = accepted(row_of(opened, cast.plant), cast.chen)
        report = ProgressReport.objects.get()
        assert (report.entered_by, report.reviewed_by, report.state) == (cast.wu, cast.chen, "approved")
        assert (report.on, report.percent, report.department) == (date(2026, 11, 30), 60, cast.water)
        assert [one.title for one in documents.documents_for(None, report.ref)] == ["photo.jpg"]
        version = ProjectVersion.objects.current().get(subject=cast.plant)
        assert (version.percent, version.reported_on, str(version.state)) == (
            60,
            date(2026, 11, 30),
            "under_way",
        )
        assert row.ledger_ref == str(report.ref)

    def test_the_report_leads_back_to_the_round_for_who_sees_the_row(self, opened: Any, cast: Any) -> None:
        row = accepted(hand_in(row_of(opened, cast.plant), cast.wu), cast.chen)
        ref = ProgressReport.objects.get().ref
        assert dispatch.row_of_report(ref) == row
        told = dispatch.origin_of_report(cast.wu, ref)
        assert told is not None
        assert told.name == "2026年11月"
        assert dispatch.origin_of_report(cast.zheng, ref) is None

    def test_a_task_gets_a_report_of_its_own(self, opened: Any, cast: Any) -> None:
        accepted(hand_in(row_of(opened, cast.task), cast.wu), cast.chen)
        made = TaskReport.objects.get()
        assert (made.by, made.percent, made.text) == (cast.wu, 60, "已铺设 6 公里。")

    def test_a_task_handed_in_meanwhile_takes_no_report_and_the_row_says_so(
        self, opened: Any, cast: Any
    ) -> None:
        row = hand_in(row_of(opened, cast.task), cast.wu)
        tasks.report_on_task(task=cast.task, on=TODAY, text="完成", key="k", by=cast.wu, at=AT)
        tasks.submit_task(task=cast.task, by=cast.wu, at=AT)
        row = accepted(row, cast.chen)
        assert (row.ledger_ref, row.ledger_note) == ("", "任务已提交审核或办结，不再另记进展。")

    def test_once(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.sewage), cast.wu)
        same = row_of(opened, cast.sewage)
        accepted(row, cast.chen)
        with pytest.raises(Stale, match="已采纳"):
            accepted(same, cast.gao)
        with pytest.raises(IllegalMove):
            accepted(row_of(opened, cast.sewage), cast.gao)
        assert ProgressReport.objects.count() == 1

    def test_what_the_ledger_refuses_stays_with_the_reviewer(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.sewage), cast.wu)
        accounts.close_user(user=cast.wu, by=None, at=AT)
        with pytest.raises(LedgerRefused, match="填报人 吴 现在无权填报"):
            accepted(row, cast.chen)
        assert row_of(opened, cast.sewage).phase is dispatch.RowState.SUBMITTED
        assert not ProgressReport.objects.exists()

    @pytest.mark.parametrize("act", [dispatch.accept_row, dispatch.send_back_row])
    def test_nobody_decides_on_what_they_wrote_or_handed_in(self, opened: Any, cast: Any, act: Any) -> None:
        save(row_of(opened, cast.sewage), cast.chen)  # a planner wrote it for the department
        dispatch.submit_part(part=part_of(opened, cast.water), by=cast.wu, at=AT)
        more = {"note": "x"} if act is dispatch.send_back_row else {}
        with pytest.raises(OwnReport):
            act(row=row_of(opened, cast.sewage), by=cast.chen, at=AT, **more)
        act(row=row_of(opened, cast.sewage), by=cast.gao, at=AT, **more)


class TestAcceptingAll:
    def test_doubtful_and_own_rows_are_left(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.sewage), cast.wu)
        hand_in(row_of(opened, cast.plant), cast.wu, work_state="done", percent=100)
        hand_in(row_of(opened, cast.forest, cast.housing), cast.chen)
        assert dispatch.accept_undoubted(round=opened, by=cast.chen, at=later(hours=1)) == 1
        left = dispatch.Row.objects.filter(state=dispatch.RowState.SUBMITTED)
        assert {row.title for row in left} == {"县城污水处理厂扩建", "营造水源涵养林"}
        with pytest.raises(NothingToReport):
            dispatch.accept_undoubted(round=opened, by=cast.chen, at=later(hours=2))


class TestSendingBack:
    def test_it_needs_a_reason_and_is_counted(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.sewage), cast.wu)
        with pytest.raises(MissingReason):
            dispatch.send_back_row(row=row, note=" ", by=cast.chen, at=AT)
        dispatch.send_back_row(row=row, note="缺照片", by=cast.chen, at=AT)
        row = hand_in(row_of(opened, cast.sewage), cast.wu, at=later(minutes=1), text="补充照片")
        row = accepted(row, cast.chen)
        assert (row.sent_back, row.phase) == (1, dispatch.RowState.ACCEPTED)
        moves = [(one.move, one.by.display_name, one.note) for one in row.moves.all()]
        assert moves == [
            ("save", "吴", ""), ("submit", "吴", ""), ("send_back", "陈", "缺照片"), ("save", "吴", ""),
            ("submit", "吴", ""), ("accept", "陈", ""),
        ]  # fmt: skip


class TestFalseReports:
    def find(self, row: Any, by: Any, **more: Any) -> Any:
        given = {
            "reason": "现场只铺了 3 公里", "on": TODAY, "work_state": "under_way", "percent": 30,
            "evidence": [photo("site.jpg")], **more,
        }  # fmt: skip
        return dispatch.find_false(row=row, by=by, at=later(hours=2), **given)

    @pytest.fixture
    def row(self, opened: Any, cast: Any) -> Any:
        return accepted(hand_in(row_of(opened, cast.plant), cast.wu), cast.chen)

    def test_the_ledger_is_put_right_by_a_new_report_and_the_old_one_stays(self, row: Any, cast: Any) -> None:
        finding = dispatch.confirm_false(finding=self.find(row, cast.chen), by=cast.gao, at=later(hours=3))
        old, new = ProgressReport.objects.order_by("pk")
        assert (old.percent, new.percent, new.entered_by, new.reviewed_by) == (60, 30, cast.chen, cast.gao)
        assert ProjectVersion.objects.current().get(subject=cast.plant).percent == 30
        assert finding.correction_ref == str(new.ref)
        assert [one.title for one in documents.documents_for(None, finding.ref)] == ["site.jpg"]

    def test_where_the_leader_confirms_the_correction_waits_for_who_keeps_the_ledger(
        self, row: Any, cast: Any
    ) -> None:
        dispatch.confirm_false(finding=self.find(row, cast.chen), by=cast.lin, at=later(hours=3))
        assert ProgressReport.objects.latest("pk").state == "submitted"
        assert ProjectVersion.objects.current().get(subject=cast.plant).percent == 60

    def test_a_false_report_on_a_task_is_pressed_by_a_slip(self, opened: Any, cast: Any) -> None:
        row = accepted(hand_in(row_of(opened, cast.task), cast.wu), cast.chen)
        finding = self.find(row, cast.chen, work_state="")
        dispatch.confirm_false(finding=finding, by=cast.lin, at=later(hours=3))
        (slip,) = tasks.task_detail(task=cast.task, on=TODAY).supervisions
        assert (slip.kind, slip.due_on > TODAY, "现场只铺了 3 公里" in slip.note) == ("slip", True, True)

    def test_who_found_it_does_not_decide(self, row: Any, cast: Any) -> None:
        finding = self.find(row, cast.chen)
        for decide in (dispatch.confirm_false, dispatch.dismiss_false):
            with pytest.raises(OwnReport):
                decide(finding=finding, by=cast.chen, at=AT, note="x")

    def test_dismissed_it_changes_nothing_and_may_be_found_anew(self, row: Any, cast: Any) -> None:
        finding = self.find(row, cast.chen)
        with pytest.raises(Stale, match="待确认"):
            self.find(row, cast.gao)
        with pytest.raises(MissingReason):
            dispatch.dismiss_false(finding=finding, by=cast.lin, at=AT, note="")
        dispatch.dismiss_false(finding=finding, by=cast.lin, at=AT, note="已补测，属实")
        row.refresh_from_db()
        assert row.phase is dispatch.RowState.ACCEPTED
        assert ProgressReport.objects.count() == 1
        self.find(row, cast.gao)

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"reason": ""}, MissingReason),
            ({"evidence": []}, MissingEvidence),
            ({"on": TODAY + timedelta(days=1)}, BadRow),
            ({"on": date(2026, 11, 29)}, BadRow),
            ({"work_state": ""}, BadRow),
            ({"percent": 101}, BadRow),
        ],
    )
    def test_it_needs_reason_evidence_day_and_what_is_true(
        self, row: Any, cast: Any, more: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            self.find(row, cast.chen, **more)

    def test_a_row_speaks_of_its_period_or_of_today_before_that_ends(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.plant)
        assert ledger.speaks_of(row, AT) == date(2026, 11, 30)
        row.round.ends_on = date(2026, 12, 31)
        assert ledger.speaks_of(row, AT) == TODAY


class TestLinks:
    def test_a_report_entered_by_hand_has_no_round(self, db: None) -> None:
        assert dispatch.row_of_report(Ref("plans", "report", "1")) is None
