"""Tables in: a dry run names every wrong cell; then all rows are entered, or none."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from qingshan.pages.public import UnreadableTable
from qingshan.plans.imports import KINDS, carry_out, check, template_file
from qingshan.plans.imports.checking import Refused
from qingshan.plans.models import (
    Indicator,
    IndicatorVersion,
    Project,
    ProjectVersion,
    TargetVersion,
    Value,
)
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import ResponsibilityRole, ValueKind

TODAY = date(2026, 11, 20)


def book(*rows: list[Any]) -> io.BytesIO:
    work = Workbook()
    for row in rows:
        work.active.append(row)
    file = io.BytesIO()
    work.save(file)
    return file


@pytest.fixture
def plan(ledger: Any) -> Any:
    return ledger.plan.versions.get()


@pytest.fixture
def tried(cast: Any, plan: Any) -> Any:
    def run(kind: str, *rows: list[Any], name: str = "表.xlsx") -> Any:
        file = book(*rows)
        size = file.getbuffer().nbytes
        return check(kind=kind, plan=plan, file=file, name=name, size=size, by=cast.chen, on=TODAY)

    return run


def told(found: Any) -> list[tuple[str, str, str]]:
    return [(one.address, one.column, one.found) for one in found.errors]


class TestValues:
    HEAD = ["指标编号", "年度", "数值类别", "数值", "数据来源"]

    def test_they_are_entered_and_wait_for_a_second_person(
        self, cast: Any, plan: Any, tried: Any, at: Any
    ) -> None:
        found = tried("values", self.HEAD, ["A1", 2025, "上级通报", 93.4, "省厅通报"])
        assert (found.errors, found.count) == ([], 1)
        assert carry_out(checked=found, plan=plan, by=cast.chen, at=at) == 1
        value = Value.objects.get()
        assert (value.number, value.unit, value.state) == (Decimal("93.4"), "%", ReviewState.SUBMITTED)

    def test_every_wrong_cell_is_named_with_what_stands_there(self, tried: Any) -> None:
        found = tried(
            "values",
            [*self.HEAD, "数据截至", "获知日期"],
            ["A9", 2025, "上级通报", 93.4, "省厅通报", None, None],
            ["A1", "去年", "传闻", "约93", "省厅通报", "2025-02-30", None],
            ["A2", 2024, "审核数据", None, None, "2025-12-31", None],
        )
        assert told(found) == [
            ("B3", "年度", "去年"),
            ("C3", "数值类别", "传闻"),
            ("D3", "数值", "约93"),
            ("F3", "数据截至", "2025-02-30"),
            ("E4", "数据来源", ""),
            ("A2", "指标编号", "A9"),
            ("D4", "数值", ""),
            ("F4", "数据截至", "2025-12-31"),
        ]
        assert "上级通报" in found.errors[1].allowed

    def test_a_formula_is_refused(self, tried: Any) -> None:
        found = tried("values", self.HEAD, ["A1", 2025, "上级通报", "=90+3.4", "省厅通报"])
        assert told(found) == [("D2", "数值", "=90+3.4")]

    def test_the_rest_of_a_formula_with_endless_digits_is_refused(self, tried: Any) -> None:
        found = tried("values", self.HEAD, ["A1", 2025, "上级通报", 1 / 3, "省厅通报"])
        assert told(found) == [("D2", "数值", "0.3333333333333333")]

    def test_a_row_that_stands_twice_is_refused(self, tried: Any) -> None:
        row = ["A1", 2025, "上级通报", 93.4, "省厅通报"]
        found = tried("values", self.HEAD, row, row)
        assert told(found) == [("A3", "指标编号", "A1")]
        assert "第2行" in found.errors[0].allowed

    def test_one_known_already_is_warned_of(self, cast: Any, ledger: Any, tried: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2025, number="93", kind="notified")
        found = tried("values", self.HEAD, ["A1", 2025, "上级通报", 93.4, "省厅通报"])
        assert (found.errors, len(found.warnings)) == ([], 1)

    def test_with_one_wrong_cell_nothing_is_written(self, cast: Any, plan: Any, tried: Any, at: Any) -> None:
        good = ["A1", 2025, "上级通报", 93.4, "省厅通报"]
        found = tried("values", self.HEAD, good, ["A2", 2025, "上级通报", "x", "省厅通报"])
        with pytest.raises(Refused):
            carry_out(checked=found, plan=plan, by=cast.chen, at=at)
        assert not Value.objects.exists()

    def test_what_the_ledger_refuses_at_the_end_leaves_nothing_either(
        self, cast: Any, plan: Any, tried: Any, at: Any
    ) -> None:
        head = [*self.HEAD, "获知日期"]
        found = tried(
            "values",
            head,
            ["A1", 2025, "上级通报", 93.4, "省厅通报", None],
            ["A2", 2025, "上级通报", 93.4, "省厅通报", "2026-12-24"],  # after today
        )
        assert found.errors == []
        with pytest.raises(Refused, match="第3行"):
            carry_out(checked=found, plan=plan, by=cast.chen, at=at)
        assert not Value.objects.exists()


class TestTargets:
    HEAD = ["指标编号", "目标年", "目标"]

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("≥95", ValueKind.NUMBER),
            ("控制在25以内", ValueKind.NUMBER),
            ("45.1", ValueKind.NUMBER),
            ("全面消除", ValueKind.ELIMINATE),
            ("完成市下达目标", ValueKind.ASSIGNED),
            ("不降低", ValueKind.KEEP_NOT_WORSE),
            ("持续提升", ValueKind.RELATIVE),
            ("达到省考核目标且不下降", ValueKind.ALL_OF),
            ("/", ValueKind.NO_DATA),
            ("制定实施", ValueKind.QUALITATIVE),
        ],
    )
    def test_they_are_read_as_people_write_them(
        self, cast: Any, plan: Any, tried: Any, at: Any, words: str, kind: ValueKind
    ) -> None:
        found = tried("targets", self.HEAD, ["A1", 2023, words])
        assert found.errors == []
        carry_out(checked=found, plan=plan, by=cast.chen, at=at)
        assert TargetVersion.objects.get(subject__year=2023).typed.kind is kind

    def test_one_easier_than_the_baseline_is_warned_of(self, tried: Any) -> None:
        found = tried("targets", self.HEAD, ["A1", 2023, "≥80"])
        assert (found.errors, [one.address for one in found.warnings]) == ([], ["C2"])

    def test_a_year_outside_the_plan_is_refused(self, tried: Any) -> None:
        assert told(tried("targets", self.HEAD, ["A1", 2030, "≥95"])) == [("B2", "目标年", "2030")]

    def test_one_that_is_there_is_not_changed_in_passing(self, tried: Any) -> None:
        found = tried("targets", self.HEAD, ["A1", 2025, "≥80"])
        assert told(found) == [("C2", "目标", "≥80")]
        assert "≥92.5%" in found.errors[0].allowed


class TestIndicators:
    HEAD = ["编号", "名称", "属性", "方向", "基准年", "基准值", "责任单位"]

    def test_a_new_one_is_entered_with_its_departments(
        self, cast: Any, plan: Any, tried: Any, at: Any
    ) -> None:
        row = ["A3", "森林覆盖率", "预期性", "越高越好", 2020, "52.1", "县水利局、县生态环境局"]
        carry_out(checked=tried("indicators", self.HEAD, row), plan=plan, by=cast.chen, at=at)
        version = IndicatorVersion.objects.get(subject__code="A3")
        assert (version.order, version.baseline.value, version.baseline_raw) == (3, Decimal("52.1"), "52.1")
        assert set(version.subject.responsibilities.values_list("department_id", flat=True)) == {
            cast.water.pk,
            cast.bureau.pk,
        }

    def test_a_code_that_cannot_stand_in_an_address_is_named(self, tried: Any) -> None:
        found = tried("indicators", self.HEAD, ["A/3", "森林覆盖率", None, None, None, None, None])
        assert told(found) == [("A2", "编号", "A/3")]

    def test_an_unknown_department_is_named(self, tried: Any) -> None:
        row = ["A3", "森林覆盖率", None, None, None, None, "县林业局"]
        found = tried("indicators", self.HEAD, row)
        assert told(found) == [("G2", "责任单位", "县林业局")]
        assert "县林业局" in found.errors[0].allowed

    def test_one_that_is_there_gets_a_new_version_and_a_warning(
        self, cast: Any, plan: Any, ledger: Any, tried: Any, at: Any
    ) -> None:
        found = tried("indicators", ["编号", "名称", "单位"], ["A1", "空气质量优良天数比例", None])
        assert len(found.warnings) == 1
        carry_out(checked=found, plan=plan, by=cast.chen, at=at)
        version = IndicatorVersion.objects.current().get(subject=ledger.air)
        assert (version.number, version.name, version.unit) == (2, "空气质量优良天数比例", "%")


class TestProjects:
    HEAD = ["编号", "名称", "起始年", "完成年", "总投资（万元）", "牵头单位", "责任单位", "支撑指标"]

    def test_money_becomes_whole_yuan(self, cast: Any, plan: Any, tried: Any, at: Any) -> None:
        row = ["P2", "河道整治", 2022, 2024, 1250.5, "县水利局", "县生态环境局", "A2"]
        carry_out(checked=tried("projects", self.HEAD, row), plan=plan, by=cast.chen, at=at)
        project = Project.objects.get(code="P2")
        assert project.versions.get().investment_yuan == 12_505_000
        assert dict(project.responsibilities.values_list("department__name", "role")) == {
            "青川县水利局": ResponsibilityRole.LEAD,
            "青川县生态环境局": ResponsibilityRole.JOINT,
        }
        assert project.indicator_links.get().indicator.code == "A2"

    def test_years_out_of_order_and_unknown_indicators_are_refused(self, tried: Any) -> None:
        found = tried("projects", self.HEAD, ["P2", "x", 2024, 2022, -1, None, None, "A7"])
        assert told(found) == [
            ("E2", "总投资（万元）", "-1"),
            ("D2", "完成年", "2022"),
            ("H2", "支撑指标", "A7"),
        ]

    def test_the_money_of_a_project_is_not_changed_in_passing(self, tried: Any) -> None:
        found = tried("projects", ["编号", "名称", "总投资（万元）"], ["P1", "县城污水处理厂扩建", 9999])
        assert told(found) == [("C2", "总投资（万元）", "9999")]


class TestTheFile:
    def test_a_column_that_is_missing_or_strange_is_named(self, tried: Any) -> None:
        found = tried("targets", ["指标编号", "年份", "目标"], ["A1", 2025, "≥95"])
        assert [one.column for one in found.errors] == ["目标年", "年份"]

    def test_a_page_posing_as_a_workbook_is_refused(self, cast: Any, plan: Any) -> None:
        data = b"<html><table><tr><td>1</td></tr></table></html>"
        with pytest.raises(UnreadableTable, match="HTML"):
            check(
                kind="values", plan=plan, file=io.BytesIO(data), name="值.xlsx", size=len(data), by=cast.chen
            )

    def test_a_csv_of_an_old_office_in_gbk_is_read(self, cast: Any, plan: Any) -> None:
        data = "指标编号,年度,数值类别,数值,数据来源\nA1,2025,上级通报,93.40,省厅通报\n".encode("gbk")
        found = check(
            kind="values", plan=plan, file=io.BytesIO(data), name="值.csv", size=len(data), by=cast.chen
        )
        assert (found.errors, str(found.rows[0].facts["number"])) == ([], "93.40")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_read_back_unchanged_changes_nothing(
    cast: Any, plan: Any, ledger: Any, at: Any, kind: str
) -> None:
    file = io.BytesIO(template_file(kind=kind, plan=plan).read())
    headings = [cell.value for cell in load_workbook(file).worksheets[0][1]]
    assert headings == [str(column.heading) for column in KINDS[kind].columns]
    size = file.getbuffer().nbytes
    found = check(kind=kind, plan=plan, file=file, name="模板.xlsx", size=size, by=cast.chen, on=TODAY)
    if kind == "values":  # values are added, never changed: the template has none
        assert (found.count, [one.found for one in found.errors]) == (0, [""])
        return
    assert found.errors == []
    before = [model.objects.count() for model in (Indicator, IndicatorVersion, TargetVersion, ProjectVersion)]
    carry_out(checked=found, plan=plan, by=cast.chen, at=at)
    after = [model.objects.count() for model in (Indicator, IndicatorVersion, TargetVersion, ProjectVersion)]
    assert after == before
