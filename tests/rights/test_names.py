"""What the auditor reads in the place of a record's number: each room calls its own records by name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import translation
from tests.rights.town import Town

from qingshan.audit.public import entries
from qingshan.documents import public as documents
from qingshan.kernel.refs import Ref
from qingshan.portal.auditing.names import NAMERS, named

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("town")]

#: Rooms of the plan's year; the others name a few kinds only, and keep the ref of the rest.
YEAR = (
    "annual", "assessment", "disclosure", "dispatch", "funds", "intake", "levels", "papers", "plans",
    "succession", "tasks",
)  # fmt: skip


@pytest.fixture
def subjects(town: Town) -> set[Ref]:
    """Every record of the year that the audit or an attachment of the town speaks of."""
    owners = {one.owner for one in documents.Document.objects.all()}
    return {one for one in {entry.subject for entry in entries()} | owners if one.room in YEAR}


class TestNames:
    def test_every_record_of_the_year_is_called_by_a_name(self, subjects: set[Ref]) -> None:
        known = named(subjects)
        # the catalogue of indicators belongs to no plan and is known by its code
        left = {one for one in subjects - set(known) if one.family != "plans.catalogue"}
        assert not left, sorted(map(str, left))
        assert {one.room for one in known} >= set(YEAR) - {"intake"}  # nothing is read in there

    def test_a_name_is_words_and_not_the_number_again(self, subjects: set[Ref]) -> None:
        bare = {
            str(one): told for one, (told, _url) in named(subjects).items() if not told.strip(one.key + " ")
        }
        assert not bare

    def test_its_page_is_one_of_the_house(self, subjects: set[Ref]) -> None:
        for told, url in named(subjects).values():
            assert not url or resolve(urlsplit(url).path), told

    def test_many_take_no_more_queries_than_one(
        self, subjects: set[Ref], django_assert_max_num_queries: Any
    ) -> None:
        kinds = defaultdict(list)
        for one in subjects:
            kinds[one.room, one.kind].append(one.key)
        for (room, kind), keys in kinds.items():
            if room != "plans":  # asks one more for each kind of work that a report may be about
                with django_assert_max_num_queries(4):
                    NAMERS[room](kind, keys)

    @pytest.mark.parametrize("room", YEAR)
    def test_what_is_gone_or_no_kind_of_a_room_has_no_name(self, room: str, db: None) -> None:
        assert NAMERS[room]("no_such_kind", ["1"]) == {}
        assert NAMERS[room]("task", ["0", "x"]) == {}
        assert NAMERS[room]("plan", ["0", "x"]) == {}


class TestWords:
    """One of each kind, in the words that the auditor reads."""

    @pytest.mark.parametrize(
        ("record", "said"),
        [
            ("tasks.task", "busy的任务"),
            ("papers.paper", "已印发的通知（青环〔"),
            ("papers.organ", "青川县生态环境局 青环"),
            ("annual.plan", "青川县规划 "),
            ("dispatch.round", "青川县规划 "),
            ("dispatch.part", "，青川县水利局"),
            ("assessment.evaluation", "年度评估"),
            ("succession.opening", "next-"),
            ("levels.call", "要求报送丙"),
            ("disclosure.page", "公开用 公开页"),
        ],
    )
    def test_they_say_what_it_is(self, subjects: set[Ref], record: str, said: str) -> None:
        told = [name for one, (name, _url) in named(subjects).items() if one.family == record]
        assert [name for name in told if said in name], told

    def test_feedback_is_called_by_its_number_alone(self, subjects: set[Ref]) -> None:
        told = [name for one, (name, _url) in named(subjects).items() if one.family == "disclosure.feedback"]
        assert told
        assert not [name for name in told if "反馈" in name]

    def test_they_are_said_in_the_readers_language(self, subjects: set[Ref]) -> None:
        with translation.override("en"):
            told = [name for one, (name, _url) in named(subjects).items() if one.family == "disclosure.page"]
        assert told
        assert not [name for name in told if "公开页" in name]
