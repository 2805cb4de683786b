"""Who is told of what, and never twice; who is pressed on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qingshan.dispatch import consumers, events
from qingshan.dispatch import public as dispatch
from qingshan.dispatch.models import Reminder
from qingshan.dispatch.queries import pressed_in
from qingshan.dispatch.tests.conftest import AT, DUE, hand_in, later, part_of, photo, row_of
from qingshan.messages import public as messages

LATER = AT + timedelta(hours=1)


def subjects(user: Any) -> list[str]:
    return [notice.subject for notice in messages.inbox(user)]


def twice(tell: Any, event: Any) -> None:
    for _time in range(2):  # delivered at least once
        tell(event, at=LATER)


def told(cast: Any) -> set[str]:
    people = ("lin", "chen", "gao", "wu", "he", "zheng", "qian", "zhou")
    assert all(len(subjects(getattr(cast, name))) <= 1 for name in people)
    return {name for name in people if subjects(getattr(cast, name))}


class TestNews:
    def test_each_department_is_told_of_a_new_round_and_signs_for_it(self, opened: Any, cast: Any) -> None:
        twice(consumers.tell_round_opened, events.RoundOpened(opened.pk, cast.chen.pk, AT))
        # nobody sits in the environment bureau who reports for it but its planners
        assert told(cast) == {"wu", "he", "zheng", "chen", "gao"}
        (notice,) = messages.inbox(cast.wu)
        assert (notice.subject, notice.needs_receipt) == ("请填报2026年11月调度：青川规划", True)
        assert "有 3 项需要填报" in notice.body

    def test_reviewers_are_told_that_rows_wait(self, opened: Any, cast: Any) -> None:
        part = part_of(opened, cast.water)
        twice(consumers.tell_part_reported, events.PartReported(part.pk, 2, cast.wu.pk, AT))
        assert told(cast) == {"chen", "gao"}

    def test_who_handed_in_is_told_that_a_row_came_back(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.sewage)
        event = events.RowSentBack(row.pk, cast.wu.pk, "缺照片", cast.chen.pk, AT)
        twice(consumers.tell_row_sent_back, event)
        assert (told(cast), subjects(cast.wu)) == ({"wu"}, ["调度填报被退回：建设污水管网"])

    def test_leaders_and_departments_are_told_that_a_round_is_closed(self, opened: Any, cast: Any) -> None:
        closing = dispatch.close_round(round=opened, by=cast.chen, at=AT)
        twice(consumers.tell_round_closed, events.RoundClosed(opened.pk, closing.pk, cast.chen.pk, AT))
        assert told(cast) == {"lin", "gao", "wu", "he", "zheng"}

    def test_they_are_told_that_it_is_open_again(self, opened: Any, cast: Any) -> None:
        twice(consumers.tell_round_reopened, events.RoundReopened(opened.pk, "补报", cast.lin.pk, AT))
        assert told(cast) == {"chen", "gao", "wu", "he", "zheng"}

    def test_a_department_signs_for_a_false_report(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.task), cast.wu)
        dispatch.accept_row(row=row, by=cast.chen, at=AT)
        finding = dispatch.find_false(
            row=row, reason="未清理", on=date(2026, 12, 7), evidence=[photo()], by=cast.chen, at=AT
        )
        twice(
            consumers.tell_false_report_found,
            events.FalseReportFound(finding.pk, row.pk, cast.lin.pk, AT),
        )
        assert told(cast) == {"wu", "he"}
        assert messages.inbox(cast.wu)[0].needs_receipt


#: The round is due on Friday, 11 December 2026; the days are Beijing's.
class TestPressing:
    def press(self, day: date) -> list[tuple[str, str]]:
        at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        before = set(Reminder.objects.values_list("pk", flat=True))
        for _time in range(2):  # a worker that was killed runs it again
            dispatch.press_due(on=day, at=at)
        made = Reminder.objects.exclude(pk__in=before).select_related("part__department")
        return sorted((str(one.stage), one.part.department.name) for one in made)

    def test_before_on_after_and_one_step_up_each_once(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)  # done: nobody presses it
        hand_in(row_of(opened, cast.forest, cast.bureau), cast.chen)
        water = "青川县水利局"
        assert self.press(date(2026, 12, 7)) == []
        assert self.press(date(2026, 12, 8)) == [("before", water)]
        assert self.press(date(2026, 12, 9)) == []
        assert self.press(date(2026, 12, 11)) == [("on", water)]
        assert self.press(date(2026, 12, 13)) == []  # Sunday
        assert self.press(date(2026, 12, 14)) == [("after", water)]
        assert self.press(date(2026, 12, 16)) == [("superior", water)]
        assert self.press(date(2026, 12, 20)) == []

    def test_an_extended_deadline_is_news_again(self, opened: Any, cast: Any) -> None:
        assert len(self.press(date(2026, 12, 11))) == 3
        dispatch.extend_round(round=opened, due_on=date(2026, 12, 18), reason="系统升级", by=cast.chen, at=AT)
        assert {stage for stage, _name in self.press(date(2026, 12, 18))} == {"on"}

    def test_reopened_by_its_old_day_a_round_repeats_nothing(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        hand_in(row_of(opened, cast.forest, cast.bureau), cast.chen)
        water = "青川县水利局"
        assert self.press(date(2026, 12, 14)) == [("after", water)]
        self.close_and_reopen(opened, cast, day=15)
        assert self.press(date(2026, 12, 15)) == []
        assert self.press(date(2026, 12, 16)) == [("superior", water)]  # it had not come that far

    def test_reopened_with_a_new_day_every_stage_is_told_anew_and_once(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        hand_in(row_of(opened, cast.forest, cast.bureau), cast.chen)
        water = "青川县水利局"
        assert self.press(date(2026, 12, 16)) == [("after", water), ("superior", water)]
        self.close_and_reopen(opened, cast, day=17, due_on=date(2026, 12, 25))
        told = {day: self.press(date(2026, 12, day)) for day in range(17, 32)}
        assert {day: made for day, made in told.items() if made} == {
            22: [("before", water)], 25: [("on", water)], 28: [("after", water)], 30: [("superior", water)],
        }  # fmt: skip

    def close_and_reopen(self, opened: Any, cast: Any, *, day: int, due_on: date | None = None) -> None:
        at = datetime(2026, 12, day, 1, tzinfo=UTC)
        for row in opened.rows.filter(state=dispatch.RowState.SUBMITTED):
            dispatch.accept_row(row=row, by=cast.gao if row.reported_by == cast.chen else cast.chen, at=at)
        dispatch.close_round(round=opened, by=cast.chen, at=at)
        dispatch.reopen_round(round=opened, reason="补报", due_on=due_on, by=cast.lin, at=at)

    @pytest.mark.parametrize(
        ("stage", "subject", "people"),
        [
            ("before", "2026年11月调度即将到期", {"wu", "he"}),
            ("on", "2026年11月调度今日到期", {"wu", "he"}),
            ("after", "2026年11月调度已逾期", {"wu", "he"}),
            ("superior", "上报：青川县水利局逾期未报2026年11月调度", {"wu", "he", "lin"}),
        ],
    )
    def test_the_department_and_in_the_end_its_leader_sign_for_it(
        self, opened: Any, cast: Any, stage: str, subject: str, people: set[str]
    ) -> None:
        part = part_of(opened, cast.water)
        made = Reminder.objects.create(part=part, stage=stage, due_on=DUE, on=DUE, at=AT)
        twice(consumers.tell_part_pressed, events.PartPressed(made.pk, AT))
        assert told(cast) == people
        assert subjects(cast.wu) == [subject]
        (shown,) = pressed_in(found=opened, parts=[part], on=DUE)
        assert (len(shown.notices), shown.signed) == (len(people), 0)
        messages.sign_receipt(notice=messages.inbox(cast.wu)[0], by=cast.wu, at=LATER)
        (shown,) = pressed_in(found=opened, parts=[part], on=DUE)
        assert shown.signed == 1

    def test_by_hand_it_is_done_as_often_as_somebody_sees_fit(self, opened: Any, cast: Any) -> None:
        part = part_of(opened, cast.water)
        for minutes in (1, 2):
            dispatch.press_part(part=part, note="今天必须报", by=cast.lin, at=later(minutes=minutes))
        assert [(one.by, one.note) for one in part.reminders.all()] == [(cast.lin, "今天必须报")] * 2
