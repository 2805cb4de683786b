"""One small plan, read whole."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from qingshan.reading.public import as_json, extract


def test_it_reads_the_plan_itself(small: str) -> None:
    plan = extract(small).plan
    assert (plan.title, plan.first_year, plan.last_year) == ("青河县生态环境保护“十四五”规划", 2021, 2025)
    assert (plan.base_year, plan.issued_on, plan.issuer) == (2020, "2022-06-01", "青河县人民政府")


def test_it_reads_indicator_rows_with_the_category_carried_down(small: str) -> None:
    rows = extract(small).indicators
    assert [(row.order, row.category, row.name, row.unit) for row in rows] == [
        (1, "环境治理", "PM2.5年均浓度", "μg/m³"),
        (2, "环境治理", "城镇生活污水处理率", "%"),
        (3, "生态保护", "森林覆盖率", "%"),
    ]
    assert rows[1].targets[0].operator == ">="
    assert rows[1].targets[0].value == Decimal(95)


def test_it_splits_bodies_printed_without_anything_between(small: str) -> None:
    first, second = extract(small).projects
    assert first.departments == ("县住房城乡建设局", "县水利局", "各镇人民政府")
    assert second.departments == ("市生态环境局青河分局", "县水利局")
    assert (second.group, second.investment_wan) == ("水环境治理工程", Decimal("300.5"))


def test_a_promise_takes_the_date_in_front_of_it(small: str) -> None:
    found = {(one.value, one.operator): one.deadline for one in extract(small).commitments}
    assert found[Decimal("45.1"), "="] == "2025"
    assert found[Decimal(95), ">="] == "2025"
    assert found[Decimal(12), "="] == "2023-12-31"


def test_it_names_duties_and_siting_rules_with_their_passage(small: str) -> None:
    found = extract(small)
    codes = {duty.code: small[slice(*duty.span)] for duty in found.duties}
    assert {"F08", "F15", "P01", "A18"} <= set(codes)
    assert "河湖长制" in codes["F15"]
    forbidden = [small[slice(*rule.span)] for rule in found.zoning if rule.effect == "prohibit"]
    assert any("禁止新建排污口" in passage for passage in forbidden)


def test_every_finding_has_a_short_passage_and_a_confidence(small: str) -> None:
    found = as_json(extract(small))
    for key, items in found.items():
        for item in items if key not in ("plan", "sections") else ():
            start, end = item["span"]
            assert 0 <= start < end <= len(small), key
            assert end - start <= 400, key
            assert 0 < item["confidence"] < 1, key


def test_a_plan_without_faults_yields_no_conflict_but_the_declared_ones(small: str) -> None:
    assert extract(small).conflicts == ()
    assert extract(small).missing == ()


def test_a_table_announced_and_absent_is_missing_and_not_filled_in(small: str) -> None:
    start, end = small.index("序号\t类别"), small.index("第二章")
    found = extract(small[:start] + "注：1、[]内为2019年值；\n\n" + small[end:] + "\n附件：重点工程\n")
    assert [(one.kind, one.what) for one in found.missing] == [
        ("table", "表1青河县生态环境保护“十四五”规划指标"),
        ("appendix", "附件：重点工程"),
    ]
    assert found.indicators == ()


def test_a_contents_page_yields_nothing() -> None:
    entries = ["第一章 总体要求\t1", "第一节 规划目标......2", "第二章 全面推行河湖长制......5"]
    entries += ["第一节 实施排污许可证动态管理......6", "附表 重点工程项目......9"]
    found = as_json(extract("目 录\n\n" + "\n".join(entries) + "\n"))
    assert {key: items for key, items in found.items() if key != "plan" and items} == {}


@pytest.mark.parametrize("leader", ["......", "……", "·····", "    ", "\t"])
def test_a_contents_page_before_the_text_changes_nothing(small: str, leader: str) -> None:
    titles = [line for line in small.split("\n") if line.startswith(("第", "附表"))]
    page = "目 录\n\n" + "".join(f"{title}{leader}{n}\n" for n, title in enumerate(titles, 1)) + "\n"
    alone, whole = as_json(extract(page)), extract(page + small)
    assert {key: items for key, items in alone.items() if key != "plan" and items} == {}
    assert [section.title for section in whole.sections] == [
        section.title for section in extract(small).sections
    ]
    assert len(whole.duties) == len(extract(small).duties)
    assert whole.missing == ()


def test_reading_text_needs_no_package_of_another_format(small: str) -> None:
    script = (
        "import sys; from qingshan.reading.public import extract, read_document; "
        "extract(read_document(sys.stdin.buffer.read()).text); "
        "print([name for name in ('pdfplumber', 'docx', 'lxml', 'django', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=small.encode(), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "[]"


def test_headings_alone_are_no_duties() -> None:
    assert extract("第一章 全面推行河湖长制\n第二章 实施生态环境损害赔偿\n第三章 保障措施\n").duties == ()


def test_it_never_raises_on_text_that_is_no_plan() -> None:
    odd = [
        "",
        "\n\n",
        "\t\t\t",
        "第",
        "一、",
        "表1",
        "1\t2\t3\n\n4\t5\t6",
        "（" * 500,
        "，" * 500,
        "2025年" * 300,
    ]
    for text in odd:
        extract(text)


def test_a_project_whose_name_looks_like_a_body_is_no_slipped_row() -> None:
    head = "附表 重点项目\n序号\t项目名称\t建设内容\t起止年限\t责任单位\n"
    found = extract(head + "市生态环境局\t\t\t2021-2022\t\n1\t管网工程\t新建管网。\t2021-2022\t县水利局\n")
    assert [project.departments for project in found.projects][-1] == ("县水利局",)
