"""What annual plans want of a person: to answer for the department, or a request, or to publish."""

from __future__ import annotations

from typing import Any

from qingshan.annual import public as annual
from qingshan.annual.tests.conftest import AT, TODAY, row_of
from qingshan.annual.waiting import waiting


def waits_for(user: Any) -> list[tuple[str, int]]:
    return [(str(one.label), one.count) for one in waiting(user, TODAY) if one.count]


NAME = "青川“十四五”规划 2023年度计划"


def test_departments_are_asked_for_what_they_have_not_answered(cast: Any, asked: Any, ledger: Any) -> None:
    assert (waits_for(cast.wu), waits_for(cast.zhou)) == ([(f"答复{NAME}", 3)], [])
    annual.accept_rows(rows=[row_of(asked, ledger.plant)], by=cast.wu, at=AT)
    assert waits_for(cast.wu) == [(f"答复{NAME}", 2)]


def test_a_request_waits_for_who_keeps_the_plan_and_once_published_for_who_publishes(
    cast: Any, asked: Any, ledger: Any
) -> None:
    annual.ask_change(row=row_of(asked, ledger.plant), by=cast.wu, at=AT, reason="财力", seen=1, goal="前期")
    assert waits_for(cast.chen) == [(f"答复调整申请：{NAME}", 1)]
    assert waits_for(cast.lin) == []


def test_what_was_handed_in_waits_for_another_person(cast: Any, handed_in: Any) -> None:
    assert [str(one.label) for one in waiting(cast.lin, TODAY)] == [f"发布{NAME}"]
    assert list(waiting(cast.chen, TODAY)) == []
