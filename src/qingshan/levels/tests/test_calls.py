"""Calls: who is asked, who has answered, who is late; and who is told what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import IllegalMove
from qingshan.levels import actions
from qingshan.levels.consumers import (
    tell_call_late,
    tell_call_made,
    tell_call_near,
    tell_call_urged,
    tell_submission_moved,
)
from qingshan.levels.errors import BadCall, BadSubmission
from qingshan.levels.events import CallMade, CallUrged, SubmissionMoved
from qingshan.levels.models import Call, Submission
from qingshan.levels.queries.calls import (
    NoSuchCall,
    answers_of,
    call_for,
    calls_asking,
    matrix,
    silent_districts,
)
from qingshan.levels.states import CALL_FLOW, CallState
from qingshan.levels.tests.conftest import AS_OF, AT, TODAY
from qingshan.messages.models import Notice
from qingshan.workflow import public as workflow

DUE = TODAY + timedelta(days=10)
LATER = AT + timedelta(hours=2)


@pytest.fixture
def call(cast: Any) -> Call:
    return actions.make_call(
        district=cast.city, title="2026 年三季度规划进展", as_of=AS_OF, due_on=DUE,
        called=[cast.county, cast.elsewhere], by=cast.meng, at=AT,
    )  # fmt: skip


class TestMakingOne:
    def test_districts_below_are_asked_and_its_deadline_runs(self, cast: Any, call: Call) -> None:
        assert silent_districts(call) == tuple(sorted((cast.county.pk, cast.elsewhere.pk)))
        (deadline,) = workflow.deadlines_of(call.ref)
        assert deadline.due_on == DUE

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"title": " "}, "请填写报送要求的名称"),
            ({"due_on": TODAY - timedelta(days=1)}, "早于"),
            ({"as_of": date(2027, 3, 31), "due_on": date(2027, 1, 1)}, "早于"),
            ({"called": []}, "请选择应报辖区"),
        ],
    )
    def test_one_that_cannot_be_is_refused(self, cast: Any, changes: dict[str, Any], told: str) -> None:
        given = {
            "district": cast.city, "title": "进展", "as_of": AS_OF, "due_on": DUE, "called": [cast.county],
            "by": cast.meng, "at": AT, **changes,
        }  # fmt: skip
        with pytest.raises(BadCall, match=told):
            actions.make_call(**given)

    def test_nobody_asks_a_district_that_is_not_below(self, cast: Any) -> None:
        with pytest.raises(BadCall):
            actions.make_call(
                district=cast.county, title="进展", as_of=AS_OF, due_on=DUE, called=[cast.elsewhere],
                by=cast.chen, at=AT,
            )  # fmt: skip

    def test_only_who_receives_for_the_district_asks(self, cast: Any) -> None:
        for who in (cast.lin, cast.chen, cast.wu, cast.he, cast.zhou, cast.ping):
            with pytest.raises(Forbidden):
                actions.make_call(
                    district=cast.city, title="进展", as_of=AS_OF, due_on=DUE, called=[cast.county], by=who,
                    at=AT,
                )  # fmt: skip


class TestAnswering:
    def test_a_submission_of_that_day_answers_it_by_itself(self, cast: Any, plan: Any, call: Call) -> None:
        made = actions.draft_submission(plan=plan, to_district=cast.city, as_of=AS_OF, by=cast.chen, at=AT)
        assert made.call == call
        assert cast.county.pk in silent_districts(call)  # only drawn up
        actions.submit_submission(submission=made, by=cast.chen, at=LATER)
        assert silent_districts(call) == (cast.elsewhere.pk,)

    def test_it_is_not_answered_with_another_day(self, cast: Any, plan: Any, call: Call) -> None:
        with pytest.raises(BadSubmission, match="没有要求"):
            actions.draft_submission(
                plan=plan, to_district=cast.city, as_of=date(2026, 6, 30), call=call, by=cast.chen, at=AT
            )

    def test_who_is_silent_after_the_last_day_is_late_and_who_answered_late_stays_so(
        self, cast: Any, plan: Any, call: Call
    ) -> None:
        def late(on: date) -> list[bool]:
            return [one.late for one in answers_of(call=call, on=on)]

        assert late(DUE) == [False, False]
        assert late(DUE + timedelta(days=1)) == [True, True]
        made = actions.draft_submission(plan=plan, to_district=cast.city, as_of=AS_OF, by=cast.chen, at=AT)
        actions.submit_submission(submission=made, by=cast.chen, at=AT)
        assert late(DUE + timedelta(days=1)) == [False, True]
        Submission.objects.get(pk=made.pk).editions.update(submitted_at=AT + timedelta(days=30))
        assert late(DUE + timedelta(days=60)) == [True, True]

    def test_the_matrix_shows_districts_by_calls(self, cast: Any, plan: Any, call: Call) -> None:
        actions.make_call(
            district=cast.city, title="全年", as_of=TODAY, due_on=DUE, called=[cast.county], by=cast.meng,
            at=AT,
        )  # fmt: skip
        shown = matrix(user=cast.gao, on=TODAY)
        assert [one.title for one in shown.calls] == ["2026 年三季度规划进展", "全年"]
        cells = {district.name: [answer is not None for _call, answer in row] for district, row in shown.rows}
        assert cells == {"青川县": [True, True], "白石县": [True, False]}
        assert matrix(user=cast.chen, on=TODAY).calls == []

    def test_it_is_seen_by_who_made_it_and_who_is_asked(self, cast: Any, call: Call) -> None:
        for who in (cast.gao, cast.meng, cast.lin, cast.chen, cast.zhou):
            assert call_for(user=who, pk=call.pk) == call
        for who in (cast.wu, cast.he, cast.ping):
            with pytest.raises(NoSuchCall):
                call_for(user=who, pk=call.pk)

    def test_those_one_is_asked_by_are_not_those_one_made(self, cast: Any, call: Call) -> None:
        assert list(calls_asking(user=cast.chen)) == [call]
        assert list(calls_asking(user=cast.meng)) == []

    def test_the_page_asks_as_often_for_many_as_for_one(self, cast: Any, call: Call, client: Client) -> None:
        client.force_login(cast.chen)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("levels:calls")).status_code == 200
            return len(queries)

        asked()  # the first visit also fills what is kept for the person
        one = asked()
        for title in ("全年", "上半年", "一季度"):
            actions.make_call(
                district=cast.city, title=title, as_of=AS_OF, due_on=DUE, called=[cast.county], by=cast.meng,
                at=AT,
            )  # fmt: skip
        assert asked() == one


class TestClosing:
    @pytest.mark.parametrize("who", ["lin", "chen", "wu", "he", "gao", "meng", "zhou", "ping"])
    def test_each_of_the_cast_may_or_may_not(self, cast: Any, call: Call, who: str) -> None:
        if who in ("gao", "meng"):
            assert actions.close_call(call=call, by=getattr(cast, who), at=LATER).phase is CallState.CLOSED
        else:
            with pytest.raises(Forbidden):
                actions.close_call(call=call, by=getattr(cast, who), at=LATER)

    def test_its_deadline_ends_and_it_is_closed_once(self, cast: Any, call: Call) -> None:
        actions.close_call(call=call, by=cast.meng, at=LATER)
        (deadline,) = workflow.deadlines_of(call.ref)
        assert deadline.state == workflow.DeadlineState.MET
        assert not CALL_FLOW.allows(call.state, "close")
        with pytest.raises(IllegalMove):
            actions.close_call(call=call, by=cast.meng, at=LATER)


def told(template: str) -> dict[str, str]:
    return {one.to.display_name: one.subject for one in Notice.objects.filter(template=template)}


class TestTelling:
    def test_who_is_asked_is_told_and_signs_for_it(self, cast: Any, call: Call) -> None:
        event = CallMade(call.pk, cast.meng.pk, AT)
        for _time in range(2):
            tell_call_made(event, at=AT)
        assert set(told("levels.called")) == {"林", "陈", "周"}
        assert all(one.needs_receipt for one in Notice.objects.all())

    def test_who_is_silent_is_urged_and_nobody_when_all_have_answered(
        self, cast: Any, plan: Any, call: Call
    ) -> None:
        made = actions.draft_submission(plan=plan, to_district=cast.city, as_of=AS_OF, by=cast.chen, at=AT)
        actions.submit_submission(submission=made, by=cast.chen, at=LATER)
        silent = actions.urge_call(call=call, by=cast.meng, at=LATER)
        tell_call_urged(CallUrged(call.pk, silent, cast.meng.pk, LATER), at=LATER)
        assert set(told("levels.urged")) == {"周"}
        Call.objects.get(pk=call.pk).called.filter(district=cast.elsewhere).delete()
        with pytest.raises(BadCall, match="无需催报"):
            actions.urge_call(call=call, by=cast.meng, at=LATER)

    def test_the_last_day_reminds_and_then_tells_who_asked(self, cast: Any, call: Call) -> None:
        tell_call_near(workflow.DeadlineNear(call.ref, "报送", DUE, 3, False), at=LATER)
        assert set(told("levels.near")) == {"林", "陈", "周"}
        tell_call_late(workflow.DeadlinePassed(call.ref, "报送", DUE), at=LATER)
        assert set(told("levels.late")) == {"林", "陈", "周", "高", "孟"}
        late = Notice.objects.filter(template="levels.late").first()
        assert late is not None
        assert "青川县" in late.body

    def test_what_is_handed_up_waits_for_the_receiver_and_its_fate_is_told_below(
        self, cast: Any, handed_up: Submission
    ) -> None:
        tell_submission_moved(SubmissionMoved(handed_up.pk, "submit", 1, "", cast.chen.pk, "陈", AT), at=AT)
        assert set(told("levels.submitted")) == {"高", "孟"}
        moved = SubmissionMoved(handed_up.pk, "send_back", 1, "请核对", cast.meng.pk, "孟", LATER)
        tell_submission_moved(moved, at=LATER)
        assert set(told("levels.decided")) == {"林", "陈"}

    def test_another_rooms_deadline_is_none_of_ours(self, cast: Any, call: Call) -> None:
        tell_call_late(workflow.DeadlinePassed(cast.county.ref, "x", DUE), at=LATER)
        assert not Notice.objects.exists()
