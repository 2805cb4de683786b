"""Tables in the shapes plans print them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qingshan.reading.public import extract

PLANS = Path(__file__).parent / "plans"

CELLS_PER_LINE = (PLANS / "cells_per_line.txt").read_text(encoding="utf-8")


def test_cells_printed_one_a_line_find_their_rows_and_columns() -> None:
    rows = extract(CELLS_PER_LINE).indicators
    assert [row.name for row in rows] == ["生态文明建设规划", "单位GDP能耗", "森林覆盖率（平原地区）"]
    assert [row.attribute for row in rows] == ["约束性", "约束性", "参考性"]
    assert rows[2].baseline is not None
    assert (rows[2].baseline.year, rows[2].baseline.raw) == ("2017", "45.06")


def test_a_merged_target_serves_every_year_it_covers() -> None:
    row = extract(CELLS_PER_LINE).indicators[1]
    assert [(target.year, target.raw) for target in row.targets] == [
        (year, "达到省级考核要求") for year in ("2020", "2025")
    ]
    assert "targets_spread" in row.flags


RUN_ON = (PLANS / "run_on.txt").read_text(encoding="utf-8")


def test_a_table_without_tabs_is_read_by_its_grammar() -> None:
    rows = extract(RUN_ON).indicators
    assert [(row.order, row.category, row.name) for row in rows] == [
        (1, "环境质量", "城市空气质量优良天数比例"),
        (2, "环境质量", "县级以上集中式饮用水源水质达到或优于Ⅲ类比例"),
        (3, "总量控制", "二氧化硫排放量"),
        (4, "总量控制", "氨氮排放量"),
    ]
    assert rows[0].actual is not None
    assert rows[0].actual.raw == "97.82"
    assert rows[3].targets[0].raw == "控制在市下达的指标内"


SHIFTED = (PLANS / "shifted.txt").read_text(encoding="utf-8")


def test_a_slipped_row_is_dealt_out_again_and_flagged() -> None:
    _, slipped, nameless = extract(SHIFTED).projects
    assert slipped.name == "新寨路污水主干管改扩建工程"
    assert slipped.departments == ("青河市高汇资产经营有限公司",)
    assert slipped.group == "环境综合治理工程"
    assert "column_shift" in slipped.flags
    assert (nameless.name, nameless.group) == (None, "生态环境基础能力建设工程")
    assert (nameless.start_year, nameless.end_year) == (2022, 2022)


def test_a_head_repeated_on_the_next_page_is_no_row() -> None:
    head, *rows = SHIFTED.split("\n")[2:]
    text = "\n".join(["附表 重点项目", "", head, rows[0], "", head, rows[1], ""])
    assert len(extract(text).projects) == 2


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_table_whose_tabs_were_lost_keeps_its_rows(small: str, between: str) -> None:
    flat = re.sub(r"\t+", between, small)
    whole, read = extract(small), extract(flat)
    assert [(r.order, r.name, r.attribute, r.targets) for r in read.indicators] == [
        (r.order, r.name, r.attribute, r.targets) for r in whole.indicators
    ]
    assert [(p.name, p.departments, p.end_year, p.investment_wan) for p in read.projects] == [
        (p.name, p.departments, p.end_year, p.investment_wan) for p in whole.projects
    ]


def test_a_plan_without_chapters_and_with_a_boxed_table_is_read_to_its_end() -> None:
    text = (PLANS / "no_chapters.txt").read_text(encoding="utf-8")
    found = extract(text)
    assert [(row.order, row.category) for row in found.indicators][::3] == [
        (1, "环境治理"),
        (4, "应对气候变化"),
    ]
    first = found.indicators[0]
    assert first.baseline is not None
    assert (first.baseline.year, first.targets[0].year, first.targets[0].raw) == ("2020", "2025", "36")
    cement = next(one for one in found.commitments if one.unit == "家")
    assert (cement.value, cement.deadline) == (5, "2024-06-30")
    assert found.measures[-1].departments == ("市生态环境局", "市工业和信息化局", "各县市区人民政府")
    assert [rule.effect for rule in found.zoning] == ["prohibit"]


RUN_ON_PAGES = (PLANS / "run_on_pages.txt").read_text(encoding="utf-8")


class TestARowOverTwoPages:
    def test_the_rest_of_its_category_is_joined_below_the_repeated_head(self) -> None:
        rows = extract(RUN_ON_PAGES).indicators
        assert [row.order for row in rows] == [1, 2, 3, 4, 5]
        assert {row.category for row in rows} == {"环境基础设施建设"}

    def test_its_printed_state_is_joined_too(self) -> None:
        states = [row.status for row in extract(RUN_ON_PAGES).indicators]
        assert states == ["未完成", "完成", "统计口径变化", "完成", "统计口径变化"]

    def test_a_note_gives_rows_with_a_star_another_year(self) -> None:
        rows = extract(RUN_ON_PAGES).indicators
        years = [row.actual.year for row in rows if row.actual]
        assert years == ["2020", "2019", "2020", "2020", "2020"]
        assert rows[1].name == "氨氮排放量"
