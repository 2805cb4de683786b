"""The pages of money: what each shows, what a form refuses, and the whole way from reserve to task."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from qingshan.funds import actions
from qingshan.funds.models import GrantBid, MoneyEntry, ReserveEntry
from qingshan.funds.states import BidState, ReserveState
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks

PLAN = "qingchuan-2021"
JUNE = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: Any, book: Any) -> None:
    """The day of the fixtures, for the views that read the clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: book.AT)


def url(name: str, *args: Any) -> str:
    return reverse(f"funds:{name}", args=args)


def text(client: Any, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    found: str = answer.content.decode()
    return found


class TestTheReserve:
    FORM = {
        "name": "青川河生态缓冲带", "content": "建设缓冲带 3 公里", "field": "水环境",
        "estimated_yuan": "500.5", "wanted_sources": "省级 60%", "priority": "first",
    }  # fmt: skip

    def test_it_is_empty_and_says_what_to_do(self, client: Any, cast: Any) -> None:
        client.force_login(cast.wu)
        assert "申报储备项目" in text(client, url("reserve"))

    def test_a_project_goes_from_proposal_into_a_plan(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.wu)
        answer = client.post(url("propose"), self.FORM | {"department": cast.water.pk})
        entry = ReserveEntry.objects.get()
        assert answer["Location"] == url("entry", entry.code)
        assert entry.versions.get().estimated_yuan == 5_005_000
        assert client.post(url("step", entry.code, "review")).status_code == 403
        client.post(
            url("check", entry.code),
            {"matter": "eia", "done": "yes", "on": "2026-11-01", "document_number": "〔2026〕3号"},
        )
        shown = text(client, url("entry", entry.code))
        assert "〔2026〕3号" in shown
        assert "尚未核查" in shown
        client.force_login(cast.chen)
        client.post(url("step", entry.code, "review"), {"note": "符合"})
        client.force_login(cast.lin)
        client.post(url("step", entry.code, "admit"))
        client.force_login(cast.chen)
        assert 'value="P1"' not in text(client, url("step", entry.code, "take"))
        refused = client.post(url("step", entry.code, "take"), {"code": "P9"})
        assert (refused.status_code, "请选择已有项目" in refused.content.decode()) == (422, True)
        client.post(
            url("step", entry.code, "take"),
            {"plan": PLAN, "code": "P9", "start_year": "2026", "end_year": "2027"},
        )
        entry.refresh_from_db()
        assert entry.state == ReserveState.TAKEN
        assert "青川河生态缓冲带" in text(client, url("project", PLAN, "P9"))

    def test_its_list_is_sifted_and_exported(self, client: Any, cast: Any, reserved: ReserveEntry) -> None:
        client.force_login(cast.lin)
        assert reserved.code in text(client, url("reserve"), state="in_reserve")
        assert reserved.code not in text(client, url("reserve"), state="done")
        answer = client.get(url("reserve"), {"export": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
        assert [cell.value for cell in sheet[2]][:5] == [
            reserved.code, "青川河生态缓冲带", "水环境", "青川县水利局", 500,
        ]  # fmt: skip

    def test_it_is_revised_on_its_page_and_a_stale_form_shows_both(
        self, client: Any, cast: Any, book: Any, proposed: ReserveEntry
    ) -> None:
        client.force_login(cast.wu)
        form = client.get(url("revise", proposed.code)).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields} | {
            "reason": "初设批复",
            "estimated_yuan": "520",
        }
        assert sent["seen_version"] == 1
        assert client.post(url("revise", proposed.code), sent).status_code == 302
        assert client.post(url("revise", proposed.code), sent | {"name": "另名"}).status_code == 409

    @pytest.mark.parametrize(
        "wrong",
        [
            {"estimated_yuan": "五百"},
            {"estimated_yuan": "-1"},
            {"estimated_yuan": "1.00001"},
            {"name": ""},
            {"department": "999999"},
        ],
    )
    def test_what_cannot_be_is_refused_at_the_form(
        self, client: Any, cast: Any, wrong: dict[str, str]
    ) -> None:
        client.force_login(cast.wu)
        sent = self.FORM | {"department": cast.water.pk} | wrong
        assert client.post(url("propose"), sent).status_code == 422
        assert not ReserveEntry.objects.exists()


class TestABid:
    @staticmethod
    def form(cast: Any, **changes: Any) -> dict[str, Any]:
        return {
            "department": cast.water.pk, "call": "省级水污染防治资金", "level": "provincial", "year": "2026",
            "deadline_on": "2026-12-01", "purposes": "管网建设", "items-count": "1", **changes,
        }  # fmt: skip

    def test_it_is_drafted_handed_in_and_granted(
        self, client: Any, cast: Any, ledger: Any, reserved: ReserveEntry
    ) -> None:
        client.force_login(cast.wu)
        shown = text(client, url("draft"), entry=reserved.code)
        assert f'value="entry/{reserved.code}" selected' in shown
        sent = self.form(cast) | {"items-0-about": f"project/{ledger.plant.pk}", "items-0-asked_yuan": "600"}
        client.post(url("draft"), sent)
        bid = GrantBid.objects.get()
        client.post(url("change_bid", bid.code), sent | {"items-0-asked_yuan": "650"})
        assert bid.items.get().asked_yuan == 6_500_000
        client.force_login(cast.chen)
        client.post(url("bid_step", bid.code, "submit"))
        client.post(url("bid_step", bid.code, "shortlist"))
        part = f"part_{bid.items.get().pk}"
        assert "650 万元" in text(client, url("bid_step", bid.code, "grant"))
        answer = client.post(
            url("bid_step", bid.code, "grant"),
            {"granted_on": "2026-03-01", "grant_number": "省财〔2026〕8号", part: "500"},
        )
        assert answer.status_code == 302
        bid.refresh_from_db()
        assert (bid.state, bid.granted_yuan) == (BidState.GRANTED, 5_000_000)
        assert "省财〔2026〕8号" in text(client, url("bid", bid.code))
        assert "省财〔2026〕8号" in text(client, url("project", PLAN, "P1"))

    def test_a_project_of_the_reserve_must_be_in_a_plan_first(
        self, client: Any, cast: Any, draft: GrantBid, reserved: ReserveEntry, book: Any
    ) -> None:
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        client.force_login(cast.chen)
        parts = {f"part_{one.pk}": "100" for one in draft.items.all()}
        sent = {"granted_on": "2026-03-01", "grant_number": "省财〔2026〕8号", **parts}
        answer = client.post(url("bid_step", draft.code, "grant"), sent)
        assert (answer.status_code, "还没有纳入规划项目" in answer.content.decode()) == (422, True)

    def test_without_a_project_it_is_refused(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.wu)
        answer = client.post(url("draft"), self.form(cast))
        assert (answer.status_code, GrantBid.objects.exists()) == (422, False)

    def test_a_move_out_of_order_is_no_page(self, client: Any, cast: Any, draft: GrantBid) -> None:
        client.force_login(cast.chen)
        for move, code in (("close", 404), ("fly", 404), ("submit", 200)):
            assert client.get(url("bid_step", draft.code, move)).status_code == code
        assert client.post(url("bid_step", draft.code, "close")).status_code == 422


class TestMoney:
    FORM = {
        "kind": "receipt", "on": "2026-06-10", "amount_yuan": "300", "year": "2026", "funds": "省级财政",
        "voucher": "到1",
    }  # fmt: skip

    def test_it_is_entered_shown_and_taken_back(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.wu)
        assert client.post(url("enter", PLAN, "P1"), self.FORM).status_code == 302
        entry = MoneyEntry.objects.get()
        shown = text(client, url("project", PLAN, "P1"))
        assert url("reverse", PLAN, "P1", entry.pk) in shown
        client.post(url("reverse", PLAN, "P1", entry.pk), {"on": "2026-11-20", "reason": "重复登记"})
        shown = text(client, url("project", PLAN, "P1"))
        assert "冲销：重复登记" in shown
        assert url("reverse", PLAN, "P1", entry.pk) not in shown

    def test_a_grants_money_takes_year_and_source_from_it(
        self, client: Any, cast: Any, granted: GrantBid
    ) -> None:
        client.force_login(cast.wu)
        sent = self.FORM | {"bid": granted.pk, "year": "", "funds": ""}
        assert client.post(url("enter", PLAN, "P1"), sent).status_code == 302
        assert MoneyEntry.objects.get().funds == "省级财政"
        refused = client.post(url("enter", PLAN, "P1"), self.FORM | {"year": "", "voucher": "到2"})
        assert (refused.status_code, "没有选专项资金时必填" in refused.content.decode()) == (422, True)

    def test_a_department_that_joins_in_reads_of_a_grant_it_cannot_open(
        self, client: Any, cast: Any, ledger: Any, granted: GrantBid, book: Any
    ) -> None:
        plans.make_responsible(
            subject=ledger.plant, department=cast.bureau, role=plans.ResponsibilityRole.JOINT,
            valid_from=book.BEGIN, by=cast.chen, at=book.AT,
        )  # fmt: skip
        for who, leads in ((cast.wu, True), (cast.fang, False)):
            client.force_login(who)
            shown = text(client, url("project", PLAN, "P1"))
            assert granted.call in shown
            assert (url("bid", granted.code) in shown) is leads
            assert (client.get(url("bid", granted.code)).status_code == 200) is leads

    def test_it_is_nobody_elses(self, client: Any, cast: Any, ledger: Any) -> None:
        for who, code in (("fang", 404), ("lin", 403), ("zhou", 404)):
            client.force_login(getattr(cast, who))
            assert client.post(url("enter", PLAN, "P1"), self.FORM).status_code == code
        assert not MoneyEntry.objects.exists()

    def test_the_list_of_entries_is_exported_with_every_project(
        self, client: Any, cast: Any, ledger: Any, book: Any
    ) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu)
        client.force_login(cast.lin)
        assert "县城污水处理厂扩建" in text(client, url("entries", PLAN))
        answer = client.get(url("entries", PLAN), {"export": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
        row = [cell.value for cell in sheet[2]]
        assert (row[1], row[2], row[5], row[6]) == ("县城污水处理厂扩建", "到位", 300, "到1")

    def test_the_summary_and_the_first_page_show_the_sums(
        self, client: Any, cast: Any, ledger: Any, book: Any
    ) -> None:
        book.enter(ledger.plant, "payment", JUNE, 300, "付1", cast.wu)
        client.force_login(cast.lin)
        home = text(client, url("home"))
        assert "资金预警" in home
        shown = text(client, url("summary", PLAN))
        assert "2 个项目合计，其中 1 个项目没有数据，未计入" in shown
        assert "水环境" in shown
        client.force_login(cast.zhou)
        assert client.get(url("summary", PLAN)).status_code == 404

    def test_a_workbook_is_tried_and_then_carried_out(self, client: Any, cast: Any, ledger: Any) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        client.force_login(cast.wu)
        head = "项目编号,类别,日期,金额（万元）,资金年度,资金来源,凭证号"
        rows = head + "\nP1,到位,2026-06-10,{},2026,省级财政,到1\n"
        wrong = SimpleUploadedFile("流水.csv", rows.format("约三十").encode())
        answer = client.post(url("import_entries", PLAN), {"file": wrong, "carry_out": "1"})
        assert (answer.status_code, "没有写入任何内容" in answer.content.decode()) == (422, True)
        tried = client.post(
            url("import_entries", PLAN), {"file": SimpleUploadedFile("流水.csv", rows.format("30").encode())}
        )
        assert not MoneyEntry.objects.exists()
        kept = tried.context["kept"]
        assert client.post(url("import_entries", PLAN), {"kept": kept, "carry_out": "1"}).status_code == 302
        assert MoneyEntry.objects.get().amount_yuan == 300_000
        assert client.get(url("template", PLAN)).status_code == 200


class TestWarnings:
    @pytest.fixture
    def overpaid(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "payment", JUNE, 5, "付1", cast.wu)

    def test_none_says_so(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.lin)
        assert "没有资金预警" in text(client, url("warnings"))

    def test_one_is_shown_sifted_exported_and_pressed(self, client: Any, cast: Any, overpaid: None) -> None:
        client.force_login(cast.lin)
        answer = client.get(url("warnings"))
        (row,) = answer.context["rows"]
        assert (row.department, row.about) == ("青川县水利局", "县城污水处理厂扩建")
        assert answer.context["counts"] == [("青川县水利局", 1)]
        assert client.get(url("warnings"), {"rule": "idle"}).context["rows"] == []
        sheet = load_workbook(
            io.BytesIO(b"".join(client.get(url("warnings"), {"export": "xlsx"}).streaming_content))
        ).worksheets[0]
        assert [cell.value for cell in sheet[2]][:3] == ["支付超过到位", "县城污水处理厂扩建", "青川县水利局"]
        form = client.get(row.press).context["form"]
        assert form["lead"].value() == str(cast.water.pk)
        answer = client.post(
            url("press"), {"key": row.warning.key, "lead": cast.water.pk, "due_on": "2026-12-20"}
        )
        task = tasks.Task.objects.get()
        assert answer["Location"] == reverse("tasks:task", args=[task.code])
        assert task.code in text(client, url("warnings"))
        assert "资金预警" in text(client, reverse("tasks:task", args=[task.code]))
        assert client.get(url("warnings"), {"as_of": "2026-06-09"}).context["rows"] == []

    def test_who_may_not_press_sees_no_button(self, client: Any, cast: Any, overpaid: None) -> None:
        client.force_login(cast.wu)
        (row,) = client.get(url("warnings")).context["rows"]
        assert row.press == ""
        assert client.get(url("press"), {"key": row.warning.key}).status_code == 403
        client.force_login(cast.zhou)
        assert client.get(url("press"), {"key": row.warning.key}).status_code == 404


def test_every_page_has_its_fragment(
    client: Any, cast: Any, ledger: Any, granted: GrantBid, reserved: ReserveEntry
) -> None:
    client.force_login(cast.chen)
    addresses = [
        url("home"), url("summary", PLAN), url("project", PLAN, "P1"), url("entries", PLAN), url("reserve"),
        url("entry", reserved.code), url("bids"), url("bid", granted.code), url("warnings"),
        url("import_entries", PLAN), url("enter", PLAN, "P1"), url("propose"), url("draft"),
    ]  # fmt: skip
    for address in addresses:
        part = client.get(address, headers={"HX-Request": "true"})
        assert (part.status_code, "<!doctype" in part.content.decode()) == (200, False), address
