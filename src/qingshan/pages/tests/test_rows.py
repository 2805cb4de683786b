"""A table of rows inside a form."""

from typing import Any

from django import forms

from qingshan.pages.public import FormWithRows, RowForm


class Thing(RowForm):
    name = forms.CharField()
    amount = forms.IntegerField(required=False)


class Things(FormWithRows):
    title = forms.CharField()
    row_form = Thing
    rows_name, rows_legend, row_label, add_label, rows_after = "things", "物品", "物品", "加一行", "title"


def sent(count: Any, **fields: str) -> Things:
    return Things({"title": "清单", "things-count": str(count), **fields})


def named(form: Things) -> list[str]:
    assert form.is_valid(), form.errors
    return [row.cleaned_data["name"] for row in form.rows.filled]


class TestRows:
    def test_what_is_there_is_shown_and_an_empty_row_where_there_is_nothing(self) -> None:
        assert len(Things().rows.forms) == 1
        shown = Things(initial={"things": [{"name": "甲"}, {"name": "乙"}]}).rows.forms
        assert [row["name"].value() for row in shown] == ["甲", "乙"]

    def test_empty_and_dropped_rows_are_none(self) -> None:
        form = sent(
            3, **{"things-0-name": "甲", "things-1-name": "", "things-2-name": "丙", "things-2-drop": "on"}
        )
        assert named(form) == ["甲"]

    def test_a_row_that_says_something_but_not_all_is_refused(self) -> None:
        form = sent(1, **{"things-0-amount": "3"})
        assert not form.is_valid()
        assert form.rows.forms[0].errors["name"]

    def test_asking_for_a_row_judges_nothing(self) -> None:
        form = Things({"things-count": "1", "things-0-amount": "x", "add_row": "things"})
        assert (form.unfinished, len(form.rows.forms), form.is_valid()) == (True, 2, True)
        assert form.rows.forms[0]["amount"].value() == "x"
        assert not form.rows.forms[0].errors

    def test_no_more_rows_are_made_than_a_person_fills_in(self) -> None:
        assert len(sent("999").rows.forms) == 60
        assert sent("99999").rows.forms == sent("²").rows.forms == sent("-1").rows.forms == []
