"""A department's workbook: out, filled in, back in, all or nothing; wrong files refused in plain words."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from qingshan.dispatch import public as dispatch
from qingshan.dispatch import sheets
from qingshan.dispatch.errors import MixedUp
from qingshan.dispatch.models import Saying
from qingshan.dispatch.tests.conftest import AT, TODAY, hand_in, later, open_november, part_of, row_of, save
from qingshan.pages.public import UnreadableTable

STATE, PERCENT, TEXT = 8, 9, 10  # columns of the template, counted from 1


def template(found: Any, department: Any) -> Any:
    part = part_of(found, department)
    rows = list(part.rows.select_related("round__plan", "part").order_by("order"))
    return load_workbook(sheets.template_file(part=part, rows=rows, on=TODAY))


def filled(book: Any, *lines: tuple[Any, ...]) -> io.BytesIO:
    sheet = book.worksheets[0]
    for number, line in enumerate(lines, start=2):
        for offset, value in enumerate(line):
            sheet.cell(number, STATE + offset).value = value
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def check(found: Any, department: Any, file: io.BytesIO, by: Any, name: str = "填报表.xlsx") -> Any:
    size = len(file.getvalue())
    return sheets.check(part=part_of(found, department), file=file, name=name, size=size, by=by, at=AT)


DONE = (("推进中", 40, "已铺设 4 公里"), ("推进中", "65%", "桩基完成"), (None, 50, "清理两处"))


class TestOutAndIn:
    def test_a_filled_in_template_is_saved_row_by_row(self, opened: Any, cast: Any) -> None:
        found = check(opened, cast.water, filled(template(opened, cast.water), *DONE), cast.wu)
        assert (found.errors, found.count) == ([], 3)
        assert not Saying.objects.exists()  # a dry run writes nothing
        assert sheets.carry_out(checked=found, key="once", by=cast.wu, at=AT) == 3
        told = dispatch.Row.objects.filter(round=opened, part__department=cast.water).order_by("order")
        assert [(row.work_state, row.percent, row.text) for row in told] == [
            ("under_way", 40, "已铺设 4 公里"),
            ("under_way", 65, "桩基完成"),
            ("", 50, "清理两处"),
        ]

    def test_back_unchanged_it_changes_nothing(self, opened: Any, cast: Any) -> None:
        save(row_of(opened, cast.plant), cast.wu)
        found = check(opened, cast.water, filled(template(opened, cast.water)), cast.wu)
        assert (found.errors, found.count, found.unchanged) == ([], 0, 3)

    def test_what_is_with_the_reviewer_is_left_out_of_the_template(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.plant), cast.wu)
        sheet = template(opened, cast.water).worksheets[0]
        titles = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert titles == ["建设污水管网", "清理青川河漂浮物"]

    def test_the_template_says_what_may_be_reported(self, opened: Any, cast: Any) -> None:
        notes = [
            str(cell.value) for row in template(opened, cast.water).worksheets[-1].iter_rows() for cell in row
        ]
        assert "建设污水管网：未启动、推进中、已完成、已终止" in notes


class TestErrors:
    def test_each_names_cell_column_value_and_what_is_allowed(self, opened: Any, cast: Any) -> None:
        wrong = (("快完成了", 120, "x"), ("已完成", 80, "=1+1"), ("推进中", 50, "清理两处"))
        found = check(opened, cast.water, filled(template(opened, cast.water), *wrong), cast.wu)
        told = [(one.address, one.column, one.found, one.allowed) for one in found.errors]
        assert told == [
            ("H2", "本期状态", "快完成了", "未启动、推进中、已完成、已终止"),
            ("I2", "本期进度（%）", "120", "0 到 100 的整数，如 65"),
            ("J3", "进展情况", "=1+1", "数值或文字本身，不能是公式"),
            ("I3", "本期进度（%）", "80", "已完成的进度应为 100"),
            ("H4", "本期状态", "推进中", "空着：任务不填状态"),
        ]
        with pytest.raises(MixedUp, match="没有写入任何内容"):
            sheets.carry_out(checked=found, key="once", by=cast.wu, at=AT)
        assert not Saying.objects.exists()

    def test_a_line_number_that_was_changed_or_doubled_is_named(self, opened: Any, cast: Any) -> None:
        book = template(opened, cast.water)
        sheet = book.worksheets[0]
        sheet["A2"].value = "一"
        sheet["A4"].value = sheet["A3"].value
        found = check(opened, cast.water, filled(book), cast.wu)
        assert [(one.address, one.allowed) for one in found.errors] == [
            ("A2", "填报表原有的行号，不能改动或自行加行"),
            ("A4", "每项只出现一次"),
        ]

    def test_a_row_handed_in_since_the_template_was_taken_is_named(self, opened: Any, cast: Any) -> None:
        file = filled(template(opened, cast.water), *DONE)
        hand_in(row_of(opened, cast.sewage), cast.wu)
        found = check(opened, cast.water, file, cast.wu)
        assert [one.allowed for one in found.errors] == [
            "这一项已提交审核或采纳，不能再改；请从表中删去这一行"
        ]

    def test_a_row_handed_in_between_trial_and_yes_stops_all(self, opened: Any, cast: Any) -> None:
        found = check(opened, cast.water, filled(template(opened, cast.water), *DONE), cast.wu)
        hand_in(row_of(opened, cast.plant), cast.wu)
        with pytest.raises(MixedUp, match="没有写入任何内容。“县城污水处理厂扩建”"):
            sheets.carry_out(checked=found, key="once", by=cast.wu, at=later(minutes=1))
        assert not Saying.objects.filter(row__about=str(cast.sewage.ref)).exists()


class TestForeignFiles:
    def test_last_months_file_is_told_by_its_month(self, ledgered: Any) -> None:
        before = open_november(ledgered, within=AT.date() - timedelta(days=60))
        now = open_november(ledgered)
        with pytest.raises(MixedUp, match="这是2026年10月的填报表，不是2026年11月的"):
            check(now, ledgered.water, filled(template(before, ledgered.water)), ledgered.wu)

    def test_a_neighbours_file_is_told_apart(self, opened: Any, cast: Any) -> None:
        with pytest.raises(MixedUp, match="这是另一个单位的填报表"):
            check(opened, cast.water, filled(template(opened, cast.housing)), cast.wu)

    def test_any_other_workbook_is_none_of_ours(self, opened: Any, cast: Any) -> None:
        book = Workbook()
        book.active.append(["姓名", "工资"])
        book.active.append(["甲", 1])
        with pytest.raises(MixedUp, match="这不是调度填报表：缺少“填报行号”“本期状态”"):
            check(opened, cast.water, filled(book), cast.wu)

    def test_what_is_no_workbook_is_said_to_be_none(self, opened: Any, cast: Any) -> None:
        with pytest.raises(UnreadableTable, match="网页"):
            check(opened, cast.water, io.BytesIO(b"<html></html>"), cast.wu)


class TestPages:
    @pytest.fixture
    def found(self, ledgered: Any) -> Any:
        now = timezone.now()
        last = (now - timedelta(days=31)).date()
        due_on = timezone.localdate(now) + timedelta(days=5)
        return open_november(ledgered, within=last, due_on=due_on, at=now)

    def test_out_tried_and_saved(self, found: Any, cast: Any, client: Client) -> None:
        client.force_login(cast.wu)
        part = part_of(found, cast.water)
        given = client.get(reverse("dispatch:sheet", args=[found.pk, part.pk]))
        book = load_workbook(io.BytesIO(b"".join(given.streaming_content)))
        upload = SimpleUploadedFile("t.xlsx", filled(book, *DONE).getvalue())
        page = reverse("dispatch:upload", args=[found.pk, part.pk])
        tried = client.post(page, {"file": upload, "carry_out": "0"})
        assert "没有错误，可以存稿" in tried.content.decode()
        kept = tried.context["kept"]
        saved = client.post(page, {"kept": kept, "carry_out": "1", "once": tried.context["once"]})
        assert saved.status_code == 302
        assert Saying.objects.count() == 3

    def test_a_wrong_file_is_refused_on_the_page(self, found: Any, cast: Any, client: Client) -> None:
        client.force_login(cast.wu)
        page = reverse("dispatch:upload", args=[found.pk, part_of(found, cast.water).pk])
        refused = client.post(page, {"file": SimpleUploadedFile("t.xlsx", b"<html></html>")})
        assert refused.status_code == 422
        assert "网页" in refused.content.decode()
        assert client.post(page, {}).status_code == 422

    def test_a_round_is_exported_as_far_as_one_sees(self, found: Any, cast: Any, client: Client) -> None:
        def book(who: Any) -> Any:
            client.force_login(who)
            answer = client.get(reverse("dispatch:export", args=[found.pk]))
            return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

        assert book(cast.chen).sheetnames == ["调度事项", "单位", "分章进展", "进度滞后", "说明"]
        assert book(cast.chen).worksheets[0].max_row == 6
        assert book(cast.wu).sheetnames == ["调度事项", "说明"]
        assert book(cast.wu).worksheets[0].max_row == 4
