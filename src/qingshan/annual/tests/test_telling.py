"""Who is told of an annual plan's steps, requests and answers; and never twice."""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.annual import public as annual
from qingshan.annual.tests.conftest import AT, CAST, row_of
from qingshan.messages import public as messages


def told(cast: Any, event: Any, tell: Any) -> list[str]:
    """Deliver an event twice, as a worker that dies between may; return who was told what."""
    for _time in range(2):
        tell(event, at=AT)
    people = [getattr(cast, who) for who in CAST]
    return [f"{who.display_name} {notice.subject}" for who in people for notice in messages.inbox(who)]


def moved(year: Any, move: str, by: Any) -> annual.AnnualMoved:
    return annual.AnnualMoved(year.pk, move, "", by.pk, AT)


class TestMoved:
    @pytest.mark.parametrize(
        ("move", "by", "people"),
        [
            ("consult", "chen", "兰吴方"), ("redraft", "chen", "兰吴方"), ("submit", "chen", "林"),
            ("send_back", "lin", "陈"), ("publish", "lin", "兰吴方"), ("close", "lin", "兰吴方"),
            ("withdraw", "chen", "林"),
        ],
    )  # fmt: skip
    def test_a_step_is_told_to_whom_it_concerns_once(
        self, cast: Any, handed_in: Any, move: str, by: str, people: str
    ) -> None:
        found = told(cast, moved(handed_in, move, getattr(cast, by)), annual.tell_annual_moved)
        assert {one.split(" ")[0] for one in found} == set(people)
        assert len(found) == len(people)

    def test_it_says_which_plan_and_step(self, cast: Any, asked: Any) -> None:
        found = told(cast, moved(asked, "consult", cast.chen), annual.tell_annual_moved)
        assert all("青川“十四五”规划2023年度计划：征求单位意见" in one for one in found)


class TestRequests:
    def ask(self, year: Any, ledger: Any, by: Any) -> Any:
        row = row_of(year, ledger.plant)
        return annual.ask_change(row=row, by=by, at=AT, reason="财力", seen=1, goal="完成前期")

    @pytest.mark.parametrize(("state", "who"), [("asked", "陈"), ("published", "林")])
    def test_a_request_is_told_to_who_answers(
        self, cast: Any, ledger: Any, state: str, who: str, request: Any
    ) -> None:
        found = self.ask(request.getfixturevalue(state), ledger, cast.wu)
        event = annual.RowAsked(found.pk, cast.wu.pk, AT)
        assert told(cast, event, annual.tell_row_asked) == [f"{who} 申请调整：县城污水处理厂扩建"]

    def test_the_answer_is_told_to_who_asked(self, cast: Any, asked: Any, ledger: Any) -> None:
        found = self.ask(asked, ledger, cast.wu)
        annual.answer_request(request=found, granted=False, by=cast.chen, at=AT, answer="按规划执行")
        event = annual.RowAnswered(found.pk, cast.chen.pk, AT)
        assert told(cast, event, annual.tell_row_answered) == ["吴 调整申请不同意：县城污水处理厂扩建"]
