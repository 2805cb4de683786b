"""A life cycle is one table."""

from enum import StrEnum

import pytest
from django.db import models

from qingshan.kernel.flow import Flow, IllegalMove


class Paper(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ISSUED = "issued"


class Letter(models.TextChoices):
    UNREAD = "unread", "未读"
    READ = "read", "已读"


PAPER = Flow(
    {
        (Paper.DRAFT, "submit"): Paper.IN_REVIEW,
        (Paper.IN_REVIEW, "send_back"): Paper.DRAFT,
        (Paper.IN_REVIEW, "issue"): Paper.ISSUED,
    },
    labels={"submit": "送审"},
)
LETTER = Flow({(Letter.UNREAD, "read"): Letter.READ})


class TestFlow:
    def test_a_move_leads_to_the_state_the_table_names(self):
        assert PAPER.after(Paper.DRAFT, "submit") is Paper.IN_REVIEW

    def test_a_state_as_the_database_stores_it_is_as_good_as_the_member(self):
        assert PAPER.after("in_review", "issue") is Paper.ISSUED
        assert LETTER.after("unread", "read") is Letter.READ

    def test_a_move_the_table_lacks_is_refused_with_what_would_be_possible(self):
        with pytest.raises(IllegalMove) as refused:
            PAPER.after(Paper.IN_REVIEW, "submit")
        assert refused.value.allowed == ("send_back", "issue")
        assert "send_back" in str(refused.value)

    def test_an_unknown_state_allows_nothing(self):
        assert PAPER.moves_from("burnt") == ()
        assert not PAPER.allows("burnt", "issue")
        with pytest.raises(IllegalMove):
            PAPER.after("burnt", "issue")

    def test_moves_come_in_the_order_of_the_table(self):
        assert PAPER.moves_from(Paper.IN_REVIEW) == ("send_back", "issue")

    def test_it_knows_from_where_a_move_is_possible(self):
        assert PAPER.sources("issue") == (Paper.IN_REVIEW,)

    def test_a_state_nothing_leads_out_of_is_final(self):
        assert PAPER.is_final(Paper.ISSUED)
        assert not PAPER.is_final(Paper.DRAFT)

    def test_life_begins_in_the_first_row_unless_said_otherwise(self):
        assert PAPER.start is Paper.DRAFT
        flow = Flow({(Paper.DRAFT, "issue"): Paper.ISSUED}, start=Paper.IN_REVIEW)
        assert flow.states == (Paper.IN_REVIEW, Paper.DRAFT, Paper.ISSUED)

    def test_a_move_without_a_label_shows_its_own_name(self):
        assert PAPER.label("submit") == "送审"
        assert PAPER.label("issue") == "issue"

    def test_a_label_for_a_move_that_does_not_exist_is_refused(self):
        with pytest.raises(ValueError, match="subnit"):
            Flow({(Paper.DRAFT, "submit"): Paper.IN_REVIEW}, labels={"subnit": "送审"})

    def test_an_empty_table_is_refused(self):
        with pytest.raises(ValueError):
            Flow({})

    def test_the_diagram_shows_labels_arrows_beginning_and_end(self):
        assert LETTER.diagram().splitlines() == [
            "stateDiagram-v2",
            '    state "未读" as unread',
            '    state "已读" as read',
            "    [*] --> unread",
            "    unread --> read: read",
            "    read --> [*]",
        ]
