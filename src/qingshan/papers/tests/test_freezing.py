"""An issued paper never changes: not by actions, not past them, and it would be found out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from qingshan.papers import actions, guards
from qingshan.papers.errors import FrozenPaper
from qingshan.papers.freezing import is_intact
from qingshan.papers.models import Issue, NumberSeries, Paper, PaperText
from qingshan.papers.policies import may_change_ref
from qingshan.papers.public import PaperState
from qingshan.papers.tests.conftest import AT, BODY, drafted

LATER = AT + timedelta(hours=1)


def refused(change: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as problem:
        return "an issued paper never changes" in str(problem)
    return False


class TestActions:
    def test_none_touches_an_issued_paper(self, cast: Any, issued: Any) -> None:
        given = {"paper": issued, "by": cast.fang, "at": LATER}
        for act in (
            lambda: actions.save_text(seen=1, title="改", body=BODY, **given),
            lambda: actions.update_figures(**given),
            lambda: actions.set_parties(recipients=[cast.town], copies_to=[], cosigners=[], **given),
        ):
            with pytest.raises(FrozenPaper, match="已印发"):
                act()
        assert is_intact(Issue.objects.get(paper=issued))

    def test_nothing_more_is_attached_to_it(self, cast: Any, draft: Any, issued: Any) -> None:
        assert may_change_ref(cast.fang, drafted(cast).ref)
        assert not may_change_ref(cast.fang, issued.ref)


@pytest.fixture
def guarded(issued: Paper) -> Iterator[Paper]:
    guards.install(connection)
    yield issued
    guards.remove(connection)


class TestGuards:
    def test_what_was_issued_is_neither_changed_nor_deleted(self, guarded: Paper) -> None:
        issues = Issue.objects.filter(paper=guarded)
        assert refused(lambda: issues.update(body=[]))
        assert refused(lambda: issues.update(number=99))
        assert refused(lambda: issues._raw_delete("default"))

    def test_neither_are_its_texts(self, guarded: Paper) -> None:
        texts = PaperText.objects.filter(paper=guarded)
        assert refused(lambda: texts.update(body=[]))
        assert refused(lambda: texts._raw_delete("default"))

    def test_the_paper_itself_is_only_archived(self, cast: Any, guarded: Paper) -> None:
        rows = Paper.objects.filter(pk=guarded.pk)
        assert refused(lambda: rows.update(title="改"))
        assert refused(lambda: rows.update(department=cast.water))
        assert refused(lambda: rows.update(state=PaperState.DRAFTING))
        assert refused(lambda: rows._raw_delete("default"))
        actions.archive_paper(paper=guarded, by=cast.chen, at=LATER)
        assert refused(lambda: rows.update(state=PaperState.ISSUED))

    def test_drafts_live_on(self, cast: Any, guarded: Paper) -> None:
        paper = drafted(cast)
        actions.save_text(paper=paper, seen=1, title="改", body=BODY, by=cast.fang, at=LATER)
        Paper.objects.filter(pk=paper.pk).update(department=cast.water)

    def test_what_is_simulated_goes_as_it_came(self, guarded: Paper) -> None:
        guards.remove(connection)
        Paper.objects.filter(pk=guarded.pk).update(simulated=True)
        Issue.objects.filter(paper=guarded).update(simulated=True)
        guards.install(connection)
        assert refused(lambda: Issue.objects.filter(paper=guarded).update(number=99))
        PaperText.objects.filter(paper=guarded)._raw_delete("default")
        Issue.objects.filter(paper=guarded)._raw_delete("default")

    def test_the_migration_installs_what_the_room_describes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        called: list[Any] = []
        monkeypatch.setattr("qingshan.papers.guards.install", called.append)
        migration = importlib.import_module("qingshan.papers.migrations.0002_guards")
        migration.install(None, type("Editor", (), {"connection": connection}))
        assert called == [connection]


class TestDigest:
    @pytest.mark.parametrize(
        "change", [{"title": "改"}, {"number": 2}, {"recipients": []}, {"figures": []}, {"body": []}]
    )
    def test_a_change_past_the_guards_is_found_out(self, issued: Paper, change: dict[str, Any]) -> None:
        assert is_intact(Issue.objects.get(paper=issued))
        Issue.objects.filter(paper=issued).update(**change)
        assert not is_intact(Issue.objects.get(paper=issued))


class TestNumbers:
    def test_a_number_that_was_not_used_is_given_back(self, cast: Any, to_issue: Any) -> None:
        def fails() -> None:
            with transaction.atomic():
                actions.issue_paper(paper=to_issue, by=cast.lin, at=AT)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fails()
        to_issue.refresh_from_db()
        assert not NumberSeries.objects.exists()
        assert actions.issue_paper(paper=to_issue, by=cast.lin, at=AT).number == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_number_once_without_a_gap(
    transactional_db: None, cast: Any, organ: Any
) -> None:
    papers = []
    for _number in range(12):
        paper = drafted(cast)
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        papers.append(actions.check_paper(paper=paper, by=cast.chen, at=AT).pk)

    def issue(pk: int) -> int:
        try:
            return actions.issue_paper(paper=Paper.objects.get(pk=pk), by=cast.lin, at=AT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        numbers = list(threads.map(issue, papers))
    assert sorted(numbers) == list(range(1, 13))
    assert sorted(Issue.objects.values_list("number", flat=True)) == list(range(1, 13))
