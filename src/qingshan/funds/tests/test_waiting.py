"""What waits in the reserve: counted by the database, for each who may move it on and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.funds import actions
from qingshan.funds.models import ReserveEntry
from qingshan.funds.states import ReserveState
from qingshan.funds.waiting import waiting


def count(user: Any, on: Any) -> int:
    (one,) = waiting(user, on)
    return one.count


def test_each_is_told_of_the_entries_they_may_move_on(cast: Any, proposed: ReserveEntry, book: Any) -> None:
    other = actions.propose_entry(
        department=cast.bureau, facts=book.FACTS | {"name": "县城大气自动站"}, by=cast.fang, at=book.AT
    )
    away = actions.propose_entry(
        department=cast.away, facts=book.FACTS | {"name": "白石河治理"}, by=cast.zhou, at=book.AT
    )
    people = {name: getattr(cast, name) for name in ("lin", "chen", "wu", "fang", "zhou")}

    def told() -> dict[str, int]:
        return {name: count(user, book.TODAY) for name, user in people.items()}

    assert told() == {"lin": 0, "chen": 2, "wu": 0, "fang": 0, "zhou": 1}
    actions.review_entry(entry=other, by=cast.chen, at=book.AT)
    ReserveEntry.objects.filter(pk=away.pk).update(state=ReserveState.WITHDRAWN)
    assert told() == {"lin": 1, "chen": 1, "wu": 0, "fang": 0, "zhou": 0}


def test_no_entry_is_read_to_be_counted(
    cast: Any, proposed: ReserveEntry, book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_row: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(ReserveEntry, "from_db", read)
    assert count(cast.chen, book.TODAY) == 1
