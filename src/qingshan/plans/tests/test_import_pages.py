"""Importing on the page: tried, kept for its writer, carried out; whoever may not is told in the dry run."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from qingshan.pages.models import KeptUpload
from qingshan.pages.public import tidy
from qingshan.plans.imports import check, template_file
from qingshan.plans.models import Value

HEAD = ["指标编号", "年度", "数值类别", "数值", "数据来源"]
ADDRESS = reverse("plans:upload", args=["qingchuan-2021", "values"])


def table(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sent(client: Any, *rows: list[Any], **data: Any) -> Any:
    file = SimpleUploadedFile("数值.xlsx", table(*rows))
    return client.post(ADDRESS, {"file": file, **data})


@pytest.fixture
def chen(client: Any, cast: Any, ledger: Any) -> Any:
    client.force_login(cast.chen)
    return client


class TestCarryingOutWhatWasTried:
    ROW = ["A1", 2025, "上级通报", 93.4, "省厅通报"]

    def test_the_workbook_is_chosen_once(self, chen: Any) -> None:
        tried = sent(chen, HEAD, self.ROW)
        assert (tried.status_code, Value.objects.count()) == (200, 0)
        kept = tried.context["kept"]
        assert f'name="kept" value="{kept}"' in tried.content.decode()
        assert chen.post(ADDRESS, {"kept": kept, "carry_out": "1"}).status_code == 302
        assert Value.objects.get().source == "省厅通报"
        assert not KeptUpload.objects.exists()  # nothing is left behind

    def test_it_is_nobody_elses(self, chen: Any, cast: Any, client: Any) -> None:
        kept = sent(chen, HEAD, self.ROW).context["kept"]
        client.force_login(cast.wu)
        answer = client.post(ADDRESS, {"kept": kept, "carry_out": "1"})
        assert (answer.status_code, Value.objects.count()) == (422, 0)
        assert "请重新选择文件" in answer.content.decode()

    def test_after_half_an_hour_it_is_gone(self, chen: Any) -> None:
        kept = sent(chen, HEAD, self.ROW).context["kept"]
        KeptUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert chen.post(ADDRESS, {"kept": kept, "carry_out": "1"}).status_code == 422
        tidy(at=timezone.now())
        assert not KeptUpload.objects.exists()

    def test_of_several_tries_the_last_is_kept(self, chen: Any) -> None:
        first = sent(chen, HEAD, self.ROW).context["kept"]
        sent(chen, HEAD, [*self.ROW[:3], 94, "省厅通报"])
        assert KeptUpload.objects.count() == 1
        assert chen.post(ADDRESS, {"kept": first, "carry_out": "1"}).status_code == 422

    def test_a_table_with_errors_is_not_kept(self, chen: Any) -> None:
        sent(chen, HEAD, self.ROW)
        assert sent(chen, HEAD, ["A9", *self.ROW[1:]]).status_code == 422
        assert not KeptUpload.objects.exists()

    def test_it_is_checked_again_before_it_is_written(self, chen: Any, ledger: Any) -> None:
        kept = sent(chen, HEAD, self.ROW).context["kept"]
        ledger.air.code = "A8"
        ledger.air.save()
        answer = chen.post(ADDRESS, {"kept": kept, "carry_out": "1"})
        assert (answer.status_code, Value.objects.count()) == (422, 0)

    @pytest.mark.parametrize("data", [{}, {"kept": "x"}, {"kept": "", "carry_out": "1"}, {"kept": "é" * 40}])
    def test_without_a_file_it_asks_for_one(self, chen: Any, data: dict[str, str]) -> None:
        assert chen.post(ADDRESS, data).status_code == 422


class TestRights:
    def test_a_row_of_another_department_is_refused_in_the_dry_run(
        self, client: Any, cast: Any, ledger: Any
    ) -> None:
        client.force_login(cast.wu)  # of the water bureau; A1 is the environment bureau's
        answer = sent(
            client, HEAD, ["A2", 2025, "部门报送", 91, "报表"], ["A1", 2025, "部门报送", 93, "报表"]
        )
        assert answer.status_code == 422
        (error,) = answer.context["found"].errors
        assert (error.address, error.found) == ("A3", "A1")
        assert "由其他单位填报" in error.allowed

    def test_ones_own_rows_go_in(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.wu)
        assert sent(client, HEAD, ["A2", 2025, "部门报送", 91, "报表"], carry_out="1").status_code == 302


class TestLanguages:
    def tried(self, ledger: Any, cast: Any, content: bytes) -> Any:
        plan = ledger.plan.versions.get()
        return check(
            kind="values", plan=plan, file=io.BytesIO(content), name="v.xlsx", size=len(content), by=cast.chen
        )

    def test_choices_are_taken_in_both_languages_whatever_the_page_speaks(
        self, cast: Any, ledger: Any
    ) -> None:
        rows = [
            ["A1", 2024, "上级通报", 93, "省厅"], ["A1", 2025, "Notified figure", 93, "省厅"],
        ]  # fmt: skip
        for language in ("zh-hans", "en"):
            with override(language):
                assert self.tried(ledger, cast, table(HEAD, *rows)).errors == []

    def test_a_template_of_one_language_is_read_in_the_other(self, cast: Any, ledger: Any) -> None:
        with override("en"):
            book = load_workbook(template_file(kind="values", plan=ledger.plan.versions.get()))
        sheet = book.worksheets[0]
        headings = [cell.value for cell in sheet[1]]
        assert "指标编号" not in headings
        told = dict(zip(headings, [None] * len(headings), strict=True))
        sheet.append(["A1", 2025, "上级通报", 93] + [None] * 7 + ["省厅"] + [None] * (len(told) - 12))
        file = io.BytesIO()
        book.save(file)
        assert self.tried(ledger, cast, file.getvalue()).errors == []
