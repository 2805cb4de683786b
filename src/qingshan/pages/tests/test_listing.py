"""Lists: filter, sort, page, save a view, export."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import django_filters
import django_tables2 as tables
import pytest
from django import forms
from django import test as django_test
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qingshan.pages import actions, paging
from qingshan.pages.listing import Listing, show_list
from qingshan.pages.models import SavedView
from qingshan.pages.templatetags.listing import filter_field, table_rows

AT = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class ViewTable(tables.Table):  # type: ignore[misc]
    title = tables.Column("名称")

    class Meta:
        model = SavedView
        fields = ("title",)


class ViewFilters(django_filters.FilterSet):  # type: ignore[misc]
    title = django_filters.CharFilter(lookup_expr="contains", label="名称")


LISTING = Listing("pages.test", "测试表", ViewTable, ViewFilters, "pages/listing", "还没有记录；先新建一条。")


@pytest.fixture
def lin(db: None) -> Any:
    return get_user_model().objects.create_user("lin", password="not-used-here")


def asked(user: Any, query: str, **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/?{query}", **headers)
    request.user, request.session = user, SessionStore()  # type: ignore[assignment]
    return request


class TestSavedViews:
    def test_it_keeps_filters_and_order_but_not_the_page(self, lin: Any) -> None:
        view = actions.save_view(
            owner=lin, listing="x", title="落后", query="state=behind&page=7&as_of=2025-01-01", at=AT
        )
        assert view.query == "state=behind"

    def test_the_same_name_replaces_what_was_kept(self, lin: Any) -> None:
        for query in ("a=1", "a=2"):
            actions.save_view(owner=lin, listing="x", title="甲", query=query, at=AT)
        assert SavedView.objects.get().query == "a=2"

    def test_nobody_drops_the_view_of_another(self, lin: Any) -> None:
        zhou = get_user_model().objects.create_user("zhou")
        view = actions.save_view(owner=lin, listing="x", title="甲", query="", at=AT)
        assert not actions.drop_view(owner=zhou, view_id=view.pk)
        assert actions.drop_view(owner=lin, view_id=view.pk)

    def test_saving_never_leads_to_a_foreign_site(self, lin: Any, client: Client) -> None:
        client.force_login(lin)
        form = {"listing": "x", "title": "甲", "query": "", "next": "https://elsewhere.invalid/"}
        assert client.post("/views/save", form)["Location"] == "/"


class TestExport:
    def test_the_workbook_holds_all_filtered_rows_not_one_page(self, lin: Any) -> None:
        for number in range(60):
            actions.save_view(
                owner=lin, listing="x", title=f"{'=' if number % 2 else '甲'}{number}", query="", at=AT
            )
        response = show_list(asked(lin, "export=xlsx&title=甲"), LISTING, SavedView.objects.all())
        book = load_workbook(response.file_to_stream)  # type: ignore[attr-defined]
        titles = [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)]
        assert len(titles) == 30
        assert all(title.startswith("甲") for title in titles)


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "_kept", {})


@pytest.mark.usefixtures("nothing_kept")
class TestPaging:
    def test_a_short_list_is_counted_anew_each_time(self, lin: Any) -> None:
        for number in range(3):
            actions.save_view(owner=lin, listing="x", title=f"甲{number}", query="", at=AT)
            assert len(paging.RowsByKey(SavedView.objects.all())) == number + 1

    def test_a_long_list_is_counted_once_for_all_who_see_the_same_rows(
        self, lin: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paging, "LARGE", 1)
        for number in range(2):
            actions.save_view(owner=lin, listing="x", title=f"甲{number}", query="", at=AT)
        assert len(paging.RowsByKey(SavedView.objects.filter(owner=lin))) == 2
        with CaptureQueriesContext(
            connection,
        ) as asked_again:
            assert len(paging.RowsByKey(SavedView.objects.filter(owner=lin).order_by("-title"))) == 2
        assert len(asked_again) == 0

    def test_other_rights_are_another_count(self, lin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paging, "LARGE", 0)
        zhou = get_user_model().objects.create_user("zhou")
        actions.save_view(owner=lin, listing="x", title="甲", query="", at=AT)
        assert len(paging.RowsByKey(SavedView.objects.filter(owner=lin))) == 1
        assert len(paging.RowsByKey(SavedView.objects.filter(owner=zhou))) == 0

    def test_nobodys_rows_are_none(self) -> None:
        assert len(paging.RowsByKey(SavedView.objects.none())) == 0

    def test_a_count_serves_for_seconds_only(self, lin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paging, "LARGE", 0)
        monkeypatch.setattr(paging, "KEPT_S", 0.0)
        for number in range(2):
            actions.save_view(owner=lin, listing="y", title=f"甲{number}", query="", at=AT)
            assert len(paging.RowsByKey(SavedView.objects.filter(listing="y"))) == number + 1

    @pytest.mark.parametrize("large", [1, 100])
    def test_every_page_shows_what_stands_there_in_the_order_of_the_list(
        self, lin: Any, monkeypatch: pytest.MonkeyPatch, large: int
    ) -> None:
        monkeypatch.setattr(paging, "LARGE", large)
        for number in (3, 1, 4, 2, 5):
            actions.save_view(owner=lin, listing="x", title=f"甲{number}", query="", at=AT)
        rows = paging.RowsByKey(SavedView.objects.filter(owner=lin).order_by("-title"))
        pages = [[row.title for row in rows[start : start + 2]] for start in (0, 2, 4)]
        assert pages == [["甲5", "甲4"], ["甲3", "甲2"], ["甲1"]]

    def test_what_is_no_plain_record_is_cut_as_it_is(self) -> None:
        assert not paging.RowsByKey.serves(SavedView.objects.values("title").distinct())
        assert not paging.RowsByKey.serves([1, 2])


class TestPrinting:
    def test_a_cell_keeps_the_attributes_of_its_column_and_escapes_its_words(self, lin: Any) -> None:
        class NarrowTable(tables.Table):  # type: ignore[misc]
            title = tables.Column("<名称>", attrs={"td": {"class": "title"}})

        actions.save_view(owner=lin, listing="x", title="<b>甲</b>", query="", at=AT)
        table = NarrowTable(SavedView.objects.all())
        table.paginate()
        assert table_rows(table) == (
            '<tr><td class="title" data-label="&lt;名称&gt;">&lt;b&gt;甲&lt;/b&gt;</td></tr>'
        )

    def test_a_choice_shows_what_was_chosen_as_django_would(self) -> None:
        class ChoiceForm(forms.Form):
            state = forms.ChoiceField(choices=[("", "全部"), ("a", "<甲>"), ("b", "乙")], required=False)

        field = ChoiceForm({"state": "a"})["state"]
        django_test.TestCase().assertHTMLEqual(filter_field(field), field.as_widget())
