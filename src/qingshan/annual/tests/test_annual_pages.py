"""The pages of annual plans, as each of the cast opens them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from qingshan.annual import public as annual
from qingshan.annual.models import AnnualPlan, RowTask
from qingshan.annual.tests.conftest import AT, YEAR, held, person, row_of
from qingshan.pages.public import today
from qingshan.papers import public as papers
from qingshan.tasks import public as tasks


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(year: Any, name: str = "annual", *more: Any) -> str:
    return reverse(f"annual:{name}", args=[year.pk, *more])


def text(response: Any) -> str:
    return str(response.content.decode())


class TestList:
    def test_a_draft_is_its_makers_and_later_everybody_s(self, cast: Any, draft: Any, as_: Any) -> None:
        def seen() -> list[bool]:
            people = (cast.chen, cast.lin, cast.wu, cast.zhou)
            return [page(draft) in text(as_(who).get(reverse("annual:list"))) for who in people]

        assert seen() == [True, True, False, False]
        annual.consult(annual=draft, by=cast.chen, at=AT)
        assert seen() == [True, True, True, False]

    def test_who_comes_from_outside_is_led_to_no_department_of_theirs(
        self, cast: Any, published: Any, as_: Any
    ) -> None:
        away = cast.zhou.department
        third = person("何", cast.county, away, ("evaluator", None))
        shown = text(as_(third).get(page(published)))
        assert page(published, "department", away.pk) not in shown
        assert as_(third).get(page(published, "department", away.pk)).status_code == 404
        own = page(published, "department", cast.wu.department.pk)
        assert "本单位的目标和任务" in text(as_(cast.wu).get(page(published)))
        assert as_(cast.wu).get(own).status_code == 200

    def test_an_empty_list_says_what_comes_next(self, cast: Any, as_: Any) -> None:
        assert "起草年度计划" in text(as_(cast.chen).get(reverse("annual:list")))

    def test_it_is_exported(self, cast: Any, draft: Any, as_: Any) -> None:
        assert as_(cast.chen).get(f"{reverse('annual:list')}?export=xlsx").status_code == 200


class TestQuarters:
    def test_a_row_tells_what_each_of_its_quarters_weighs(
        self, cast: Any, draft: Any, ledger: Any, as_: Any
    ) -> None:
        row = row_of(draft, ledger.plant)
        annual.revise_row(row=row, seen=1, changes={"quarterly": True}, by=cast.chen, at=AT, reason="")
        browser, address = as_(cast.chen), page(draft, "row", row.number)
        assert "权重由各季度平分" in text(browser.get(address))
        annual.consult(annual=draft, by=cast.chen, at=AT)
        annual.submit_annual(annual=draft, by=cast.chen, at=AT)
        annual.publish(annual=draft, by=cast.lin, at=AT)
        whole = RowTask.objects.get(row=row).task
        tasks.cancel_task(task=whole.parts.order_by("code")[1], by=cast.chen, at=AT, note="汛期不施工")
        shown = browser.get(address)
        told = [share and str(share.value) for _part, share in shown.context["parts"]]
        assert told == ["0.33", None, "0.33", "0.34"]
        assert str(shown.context["weight"].value) == "1.00"
        assert "合计不变" in text(shown)
        past = browser.get(address, {"as_of": "2024-01-01"}).context["parts"]
        assert {share.as_of for _part, share in past if share} == {today()}  # reckoned as the parts are now


class TestDraft:
    def test_one_step_drafts_the_year(self, cast: Any, ledger: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(reverse("annual:new"), {"plan": ledger.plan.code, "year": YEAR})
        made = AnnualPlan.objects.get()
        assert answered.url == page(made)
        shown = text(as_(cast.chen).get(page(made)))
        assert "测算建议值" in shown
        assert "青川县水利局" in shown

    def test_a_year_outside_the_plan_is_told_on_the_form(self, cast: Any, ledger: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(reverse("annual:new"), {"plan": ledger.plan.code, "year": 2030})
        assert answered.status_code == 422
        assert "不在规划期" in text(answered)

    @pytest.mark.parametrize(
        "given",
        [{"year": "二三"}, {"plan": "nowhere", "year": YEAR}, {}],
        ids=["words", "no plan", "nothing"],
    )
    def test_bad_input_is_named(self, cast: Any, ledger: Any, as_: Any, given: Any) -> None:
        assert as_(cast.chen).post(reverse("annual:new"), given).status_code == 422

    def test_who_does_not_keep_plans_is_told_so(self, cast: Any, ledger: Any, as_: Any) -> None:
        assert as_(cast.wu).get(reverse("annual:new")).status_code == 403


class TestAnnual:
    def test_the_buttons_are_what_the_table_and_the_right_allow(
        self, cast: Any, draft: Any, as_: Any
    ) -> None:
        def buttons(who: Any) -> list[str]:
            return [str(door.label) for door in as_(who).get(page(draft)).context["actions"]]

        assert buttons(cast.chen) == ["征求单位意见", "撤回", "新增事项", "表格导入"]
        assert buttons(cast.lin) == []
        annual.consult(annual=draft, by=cast.chen, at=AT)
        annual.submit_annual(annual=draft, by=cast.chen, at=AT)
        assert buttons(cast.lin) == ["退回", "发布"]

    def test_it_is_not_there_for_who_may_not_see_it(self, cast: Any, draft: Any, as_: Any) -> None:
        assert [as_(who).get(page(draft)).status_code for who in (cast.wu, cast.zhou)] == [404, 404]

    def test_silent_departments_and_open_requests_are_shown(
        self, cast: Any, asked: Any, ledger: Any, as_: Any
    ) -> None:
        annual.ask_change(
            row=row_of(asked, ledger.promise),
            by=cast.lan,
            at=AT,
            reason="汛期",
            seen=1,
            due_on=date(YEAR, 9, 30),
        )
        shown = text(as_(cast.chen).get(page(asked)))
        assert "尚未反馈的单位" in shown
        assert "期限改为 2023-09-30" in shown
        assert "尚未反馈的单位" not in text(as_(cast.wu).get(page(asked)))  # not the others' business

    def test_the_step_pages_ask_what_the_step_needs(self, cast: Any, asked: Any, as_: Any) -> None:
        shown = text(as_(cast.chen).get(page(asked, "step", "submit")))
        assert "尚未反馈的单位" in shown
        assert as_(cast.chen).post(page(asked, "step", "redraft"), {"note": ""}).status_code == 422
        assert as_(cast.chen).get(page(asked, "step", "publish")).status_code == 403
        assert as_(cast.lin).get(page(asked, "step", "publish")).status_code == 404  # not now
        assert as_(cast.chen).get(page(asked, "step", "praise")).status_code == 404

    def test_an_earlier_day_is_shown_as_it_stood(self, cast: Any, published: Any, as_: Any) -> None:
        response = as_(cast.chen).get(f"{page(published)}?as_of=2023-01-09")
        assert response.context["phase"] is annual.AnnualState.DRAFTING
        assert response.context["work"] == 0


class TestWholeYearByThePages:
    def test_from_the_draft_to_the_task(self, cast: Any, draft: Any, ledger: Any, as_: Any) -> None:
        def post(who: Any, name: str, data: dict[str, Any], *more: Any) -> None:
            answered = as_(who).post(page(draft, name, *more), data)
            assert answered.status_code == 302, text(answered)

        promise = row_of(draft, ledger.promise)
        post(cast.chen, "step", {"reply_by": timezone.localdate() + timedelta(days=9)}, "consult")
        given = {"due_on": "2023-09-30", "reason": "汛期", "seen_version": 1}
        post(cast.lan, "ask", given, promise.number)
        request = promise.requests.get()
        post(cast.chen, "answer", {"granted": "yes", "answer": ""}, request.pk)
        post(cast.wu, "accept_all", {}, cast.water.pk)
        post(cast.wu, "accept", {}, row_of(draft, ledger.plant).number)
        post(cast.chen, "step", {"note": ""}, "submit")
        post(cast.lin, "step", {"note": "印发"}, "publish")
        task = RowTask.objects.get(row=promise).task
        assert tasks.current_terms(task).due_on == date(YEAR, 9, 30)
        row = page(draft, "row", promise.number)
        shown = text(as_(cast.lan).get(reverse("tasks:task", args=[task.code])))
        assert f'href="{row}"' in shown  # from the task to its row
        assert task.code in text(as_(cast.lan).get(row))  # and back
        post(cast.lin, "step", {"note": ""}, "close")


class TestRows:
    def test_it_is_sifted_and_exported(self, cast: Any, draft: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        found = {
            query: "建设污水管网" in text(browser.get(f"{page(draft, 'rows')}?{query}"))
            for query in (
                "q=管网", "q=道路", "kind=measure", "kind=target", "basis=words", "basis=proposed",
                f"department={cast.town.pk}", f"department={cast.bureau.pk}", "included=yes", "included=no",
            )
        }  # fmt: skip
        assert list(found.values()) == [True, False, True, False, True, False, True, False, True, False]
        assert browser.get(f"{page(draft, 'rows')}?export=xlsx").status_code == 200

    def test_a_department_sees_its_own_rows(self, cast: Any, asked: Any, as_: Any) -> None:
        shown = text(as_(cast.lan).get(page(asked, "rows")))
        assert "建设污水管网" in shown  # its town joins in
        assert "营造水源涵养林" not in shown

    def test_a_row_of_another_department_is_not_there(
        self, cast: Any, asked: Any, ledger: Any, as_: Any
    ) -> None:
        forest = row_of(asked, ledger.forest).number
        assert as_(cast.lan).get(page(asked, "row", forest)).status_code == 404
        assert as_(cast.lan).post(page(asked, "accept", forest)).status_code == 404
        assert as_(cast.lan).get(page(asked, "ask", forest)).status_code == 404

    def test_a_row_shows_how_its_number_came_about(
        self, cast: Any, draft: Any, ledger: Any, as_: Any
    ) -> None:
        shown = text(as_(cast.chen).get(page(draft, "row", row_of(draft, ledger.air).number)))
        assert "由2020年数值 88% 到2025年目标 ≥92.5% 的直线" in shown
        assert "优良天数比例</a>" in shown  # and leads to the indicator

    def given(self, cast: Any, **changes: Any) -> dict[str, Any]:
        return {
            "name": "建设污水管网", "goal": "10 公里", "lead": cast.water.pk, "joint": [cast.town.pk],
            "due_on": "2023-12-31", "weight": "1.50", "included": "on", "seen_version": 1, **changes,
        }  # fmt: skip

    def test_it_is_changed_by_form(self, cast: Any, draft: Any, ledger: Any, as_: Any) -> None:
        row = row_of(draft, ledger.sewage)
        where = page(draft, "revise_row", row.number)
        assert "新建污水管网 30 公里。" in text(as_(cast.chen).get(where))
        assert as_(cast.chen).post(where, self.given(cast)).status_code == 302
        assert (held(row).goal, held(row).weight_hundredths) == ("10 公里", 150)
        assert (
            as_(cast.chen).post(where, self.given(cast, goal="乙")).status_code == 409
        )  # somebody was faster

    def test_line_ends_of_the_browser_are_no_change(
        self, cast: Any, draft: Any, ledger: Any, as_: Any
    ) -> None:
        row = row_of(draft, ledger.plant)
        where = page(draft, "revise_row", row.number)
        shown = as_(cast.chen).get(where).context["form"].initial
        assert "\n" in shown["evidence_wanted"]
        given = {name: given for name, given in shown.items() if given not in (None, False)}
        given["evidence_wanted"] = shown["evidence_wanted"].replace("\n", "\r\n")
        assert as_(cast.chen).post(where, given).status_code == 302
        assert held(row).number == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"due_on": "2024-01-01"}, "due_on"), ({"weight": "1.005"}, "weight"),
            ({"weight": "-1"}, "weight"), ({"value": "九十"}, "value"), ({"goal": ""}, "goal"),
            ({"lead": "999999"}, "lead"),
        ],
    )  # fmt: skip
    def test_an_error_names_its_field(
        self, cast: Any, draft: Any, ledger: Any, as_: Any, changes: Any, field: str
    ) -> None:
        where = page(draft, "revise_row", row_of(draft, ledger.sewage).number)
        answered = as_(cast.chen).post(where, self.given(cast, **changes))
        assert answered.status_code == 422
        assert list(answered.context["form"].errors) == [field]

    def test_a_target_is_shared_out_by_form(self, cast: Any, draft: Any, ledger: Any, as_: Any) -> None:
        where = page(draft, "add_row")
        assert as_(cast.chen).get(where).status_code == 200
        given = self.given(
            cast, source=str(ledger.air.ref), name="", goal="≥91%", lead=cast.town.pk, joint=[]
        )
        assert as_(cast.chen).post(where, given).status_code == 302
        made = draft.rows.get(number=7)
        assert (made.kind, held(made).name, held(made).lead) == ("target", "优良天数比例", cast.town)


class TestAfterPublication:
    def test_who_keeps_it_proposes_another_lead_and_the_editions_show_it(
        self, cast: Any, published: Any, ledger: Any, as_: Any
    ) -> None:
        row = row_of(published, ledger.plant)
        given = {"lead": cast.bureau.pk, "reason": "机构职责调整", "seen_version": 1}
        assert as_(cast.chen).post(page(published, "ask", row.number), given).status_code == 302
        request = row.requests.get()
        assert (
            as_(cast.chen).post(page(published, "answer", request.pk), {"granted": "yes"}).status_code == 403
        )
        assert (
            as_(cast.lin).post(page(published, "answer", request.pk), {"granted": "yes"}).status_code == 302
        )
        shown = text(as_(cast.lin).get(page(published, "editions")))
        assert "<del>青川县水利局</del> → <ins>青川县生态环境局</ins>" in shown
        assert "机构职责调整" in shown

    def test_editions_that_are_not_there_are_not_compared(self, cast: Any, published: Any, as_: Any) -> None:
        assert as_(cast.lin).get(f"{page(published, 'editions')}?from=1&to=9").status_code == 404
        assert as_(cast.lin).get(f"{page(published, 'editions')}?from=x&to=y").status_code == 200

    def test_a_request_is_taken_back(self, cast: Any, published: Any, ledger: Any, as_: Any) -> None:
        row = row_of(published, ledger.plant)
        request = annual.ask_change(row=row, by=cast.wu, at=AT, reason="缓建", seen=1, goal="完成前期")
        where = page(published, "take_back", request.pk)
        assert as_(cast.lan).post(where).status_code == 404
        assert as_(cast.wu).get(where).status_code == 405
        as_(cast.wu).post(where)
        request.refresh_from_db()
        assert request.phase is annual.RequestState.TAKEN_BACK


class TestDepartment:
    def test_its_page_has_targets_work_totals_and_what_it_joins_in(
        self, cast: Any, published: Any, as_: Any
    ) -> None:
        shown = as_(cast.wu).get(page(published, "department", cast.water.pk))
        kept = shown.context["department"]
        assert ([one.version.name for one in kept.targets], len(kept.work)) == (["水质优良比例"], 2)
        assert "县城污水处理厂扩建" in text(shown)
        assert [one.version.name for one in as_(cast.lan).get(
            page(published, "department", cast.town.pk)
        ).context["joins"]] == ["建设污水管网"]  # fmt: skip

    def test_it_is_its_own_and_the_district_s(self, cast: Any, published: Any, as_: Any) -> None:
        where = page(published, "department", cast.water.pk)
        people = (cast.lin, cast.chen, cast.wu, cast.fang, cast.zhou)
        assert [as_(who).get(where).status_code for who in people] == [200, 200, 200, 404, 404]

    def test_its_workbook_holds_the_rows_and_their_sum(self, cast: Any, published: Any, as_: Any) -> None:
        answered = as_(cast.wu).get(f"{page(published, 'department', cast.water.pk)}?export=xlsx")
        sheet = load_workbook(io.BytesIO(b"".join(answered.streaming_content))).worksheets[0]
        lines = list(sheet.iter_rows(values_only=True))
        assert [line[2] for line in lines[1:-1]] == ["水质优良比例", "建设污水管网", "县城污水处理厂扩建"]
        assert (lines[-1][1], lines[-1][6]) == ("合计", 3)

    def test_the_picture_has_a_bar_for_each(self, cast: Any, published: Any, ledger: Any, as_: Any) -> None:
        task = RowTask.objects.get(row=row_of(published, ledger.plant)).task
        task = tasks.accept_task(task=task, by=cast.wu, at=AT)
        tasks.report_on_task(task=task, on=AT.date(), text="过半", percent=60, key="k", by=cast.wu, at=AT)
        shown = text(as_(cast.lin).get(page(published, "departments")))
        assert '<progress max="100" value="30" aria-label="青川县水利局 进度">' in shown


class TestTable:
    def sheet(self, cast: Any, draft: Any, as_: Any) -> Any:
        answered = as_(cast.chen).get(page(draft, "workbook"))
        return load_workbook(io.BytesIO(b"".join(answered.streaming_content)))

    def sent(self, cast: Any, draft: Any, as_: Any, book: Any, carry_out: str = "1") -> Any:
        file = io.BytesIO()
        book.save(file)
        upload = SimpleUploadedFile("计划.xlsx", file.getvalue())
        return as_(cast.chen).post(page(draft, "table"), {"file": upload, "carry_out": carry_out})

    def test_read_back_unchanged_it_changes_nothing(self, cast: Any, draft: Any, as_: Any) -> None:
        shown = self.sent(cast, draft, as_, self.sheet(cast, draft, as_), "0")
        assert shown.status_code == 200
        assert (shown.context["found"].count, shown.context["found"].errors) == (0, [])

    def test_rows_are_changed_all_at_once(self, cast: Any, draft: Any, ledger: Any, as_: Any) -> None:
        book = self.sheet(cast, draft, as_)
        sheet = book.worksheets[0]
        sheet["D2"], sheet["E4"], sheet["G4"], sheet["J4"] = 90.5, "青川县生态环境局", "2023-10-31", "是"
        assert self.sent(cast, draft, as_, book).status_code == 302
        air, sewage = held(row_of(draft, ledger.air)), held(row_of(draft, ledger.sewage))
        assert (air.value, air.goal) == ("90.5", "≥90.5%")
        assert (sewage.lead, sewage.due_on, sewage.quarterly) == (cast.bureau, date(YEAR, 10, 31), True)

    @pytest.mark.parametrize(
        ("cell", "found", "column"),
        [
            ("A2", "999", "序号"), ("A3", "001", "序号"), ("D2", "很多", "数值"),
            ("E4", "县太空局", "牵头单位"), ("G4", "2024-01-01", "完成期限"), ("G4", "年底", "完成期限"),
            ("I4", "-1", "权重"),
            ("I4", "1.005", "权重"), ("J4", "也许", "按季度分解"), ("C2", None, "年度目标"),
            ("D2", "=1+1", "数值"), ("F4", "青川县水利局", "配合单位"),
        ],
    )  # fmt: skip
    def test_each_wrong_cell_is_named_and_nothing_is_written(
        self, cast: Any, draft: Any, ledger: Any, as_: Any, cell: str, found: Any, column: str
    ) -> None:
        book = self.sheet(cast, draft, as_)
        book.worksheets[0]["C5"] = "改了的一行"
        book.worksheets[0][cell] = found
        answered = self.sent(cast, draft, as_, book)
        assert answered.status_code == 422
        assert [one.column for one in answered.context["found"].errors] == [column]
        assert held(row_of(draft, ledger.forest)).number == 1

    def test_a_file_that_is_no_table_is_told_so(self, cast: Any, draft: Any, as_: Any) -> None:
        fake = SimpleUploadedFile("计划.xlsx", b"<html></html>")
        answered = as_(cast.chen).post(page(draft, "table"), {"file": fake, "carry_out": "1"})
        assert (answered.status_code, "网页" in text(answered)) == (422, True)

    def test_a_kept_file_is_carried_out_without_choosing_it_again(
        self, cast: Any, draft: Any, ledger: Any, as_: Any
    ) -> None:
        book = self.sheet(cast, draft, as_)
        book.worksheets[0]["C5"] = "造林 100 亩"
        kept = self.sent(cast, draft, as_, book, "0").context["kept"]
        assert as_(cast.chen).post(page(draft, "table"), {"kept": kept, "carry_out": "1"}).status_code == 302
        assert held(row_of(draft, ledger.forest)).goal == "造林 100 亩"

    def test_what_waits_to_be_published_is_not_imported(self, cast: Any, handed_in: Any, as_: Any) -> None:
        book = self.sheet(cast, handed_in, as_)
        book.worksheets[0]["C5"] = "造林 100 亩"
        answered = self.sent(cast, handed_in, as_, book)
        assert (answered.status_code, "待发布" in text(answered)) == (422, True)


class TestPaper:
    def test_it_becomes_the_draft_of_a_notice_whose_figures_lead_back(
        self, cast: Any, published: Any, ledger: Any, as_: Any
    ) -> None:
        answered = as_(cast.chen).post(page(published, "paper"), {})
        assert answered.status_code == 302, text(answered)
        made = papers.papers_about(ref=published.ref, user=cast.chen)[0]
        assert (made.title, made.simulated) == ("关于印发青川“十四五”规划2023年度计划的通知", True)
        printed = made.texts.get()
        words = str(printed.body)
        assert "县城污水处理厂扩建" in words
        assert "{fig:row001}" in words
        figure = next(one for one in printed.figures if one["key"] == "row001")
        assert (figure["value"] + figure["unit"], figure["url"]) == (
            "≥90.70%", page(published, "row", row_of(published, ledger.air).number),
        )  # fmt: skip

    def test_a_draft_is_no_paper_yet(self, cast: Any, draft: Any, as_: Any) -> None:
        assert as_(cast.chen).get(page(draft, "paper")).status_code == 200
        assert as_(cast.chen).post(page(draft, "paper"), {}).status_code == 422
        assert as_(cast.lin).get(page(draft, "paper")).status_code == 403
