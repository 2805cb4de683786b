"""Each rule on conflicts with the smallest plan that shows it, and with the plan put right."""

from __future__ import annotations

import pytest

from qingshan.reading.conflicts.read import RULES
from qingshan.reading.public import Relation, compare, extract, statements_of

GOALS = "第一章 规划目标\n"
TASKS = "第一章 主要任务\n"
HEAD = "表1 青河县生态环境“十四五”规划指标\n序号\t指标\t单位\t2020年现状值\t2025年目标值\t属性\n"
ONE = "2\t空气质量优良天数比例\t%\t93.5\t95\t约束性\n3\t耕地红线\t-\t遵守\t遵守\t约束性\n"
WORKS = "附表 重点项目（近期）\n序号\t项目类型\t项目名称\t建设内容\t起止年限\t投资(万元)\t责任单位\n"
ROW = "1\t治理工程\t污水厂扩建工程\t新建处理设施和管网若干。\t2021-2023\t800\t县水利局\n"
NEXT = "2\t治理工程\t河道整治工程\t清淤并整治岸线若干公里。\t2021-2023\t900\t县水利局\n"

EXAMPLES: dict[str, tuple[str, str]] = {
    "deadline_before_issue": (
        "《青河县生态环境保护“十四五”规划》\n青河县人民政府\n2023年2月2日\n"
        + TASKS
        + "2022年底前完成预案修编。\n",
        "deadline_before_issue",
    ),
    "base_year": (
        "前言\n规划基准年为2018年。\n" + GOALS + HEAD + "1\t森林覆盖率\t%\t45.1\t46\t约束性\n" + ONE,
        "base_year_mismatch",
    ),
    "mixed_base_year": (
        GOALS + HEAD + "1\t绿色出行率\t%\t32（2018年数据）\t50\t预期性\n" + ONE,
        "mixed_base_year",
    ),
    "period_mismatch": (
        TASKS + "重点工程近期（2021-2022年）2项。\n" + WORKS + ROW + NEXT,
        "period_mismatch",
    ),
    "period_leak": (
        WORKS + ROW.replace("新建处理设施和管网若干", "其中2020年完成30公里管网建设") + NEXT,
        "period_leak",
    ),
    "start_before_plan": (
        "前言\n规划期为2021年至2025年。\n" + WORKS + ROW.replace("2021-2023", "2020-2023") + NEXT,
        "start_before_plan",
    ),
    "same_target_twice": (
        TASKS + "到2025年，全市公交车全部实现电动化。\n2023年年底前，全市公交全面实现电动化。\n",
        "date_conflict",
    ),
    "target_below_base": (
        "第一章 工作成效\n2020年畜禽粪污综合利用率达到84.3%。\n"
        "第二章 主要任务\n到2025年，畜禽粪污综合利用率达到80%以上。\n",
        "target_below_base",
    ),
    "text_against_table": (
        GOALS + "到2025年，优良天数比例达到90%以上。\n" + HEAD + "1\t森林覆盖率\t%\t45.1\t46\t约束性\n" + ONE,
        "text_vs_table",
    ),
    "sums": (TASKS + "低效林改造总面积6600hm2，其中2020年完成3000hm2，2025年完成1800hm2。\n", "arithmetic"),
    "counts": (
        GOALS + "规划指标共5项指标。\n" + HEAD + "1\t森林覆盖率\t%\t45.1\t46\t约束性\n" + ONE,
        "count_mismatch",
    ),
    "levels": (
        TASKS + "形成市、县（区）、乡镇（街道）、村（社区）、村民小组四级秸秆禁烧体系。\n",
        "count_mismatch",
    ),
    "sign_confusion": (
        GOALS + HEAD + "1\t二氧化硫排放总量减少\t%\t30\t-25.7\t约束性\n" + ONE,
        "sign_confusion",
    ),
    "unit_error": (GOALS + HEAD + "1\t空间规划\t%\t编制\t编制\t约束性\n" + ONE, "unit_error"),
    "column_shift": (
        WORKS
        + ROW
        + "2\t新寨路污水主干管改造工程\t对260米主干管提升改造。\t青河市高汇有限公司\t2022-2023\t800\n",
        "column_shift",
    ),
    "category_shift": (
        GOALS + "表1 青河县生态环境“十三五”规划指标\n序号\t类别\t指标\t2020年现状值\t2025年目标值\t属性\n"
        "1\t总量控制\t地表水水质优良比例（%）\t90\t91\t约束性\n2\t\tPM2.5年均浓度\t21\t20\t约束性\n3\t\t城市黑臭水体比例（%）\t0\t0\t约束性\n",
        "category_shift",
    ),
    "merged_names": (
        WORKS + ROW.replace("污水厂扩建工程", "环卫设施完善提升工程餐厨垃圾资源化利用工程") + NEXT,
        "merged_names",
    ),
    "duplicate_text": (TASKS + "开展安全利用和修复治理工程。安全利用和修复治理工程。\n", "duplicate_text"),
    "unit_alias": (
        TASKS
        + "制定青河市生态环境局高新分局工作制度。\n"
        + WORKS
        + ROW.replace("县水利局", "市生态环境局高新区分局")
        + NEXT,
        "unit_alias",
    ),
    "claim_against_table": (
        "第一章 存在问题\n目前危险废物处置能力无法满足需求。\n第二章 规划目标\n"
        + HEAD
        + "1\t危险废物安全处置率\t%\t100\t100\t约束性\n"
        + ONE,
        "claim_vs_table",
    ),
    "old_standard": (TASKS + "地下水执行《地下水质量标准》（GB/T14848-1993）。\n", "outdated_standard"),
}


def test_every_rule_has_its_example() -> None:
    assert set(EXAMPLES) == set(RULES)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_the_fault_of_its_example(rule: str) -> None:
    text, kind = EXAMPLES[rule]
    assert kind in [conflict.type for conflict in extract(text).conflicts]


def test_a_sound_plan_has_no_conflict(small: str) -> None:
    assert extract(small).conflicts == ()


def test_an_upper_plan_shows_an_easier_and_a_later_target() -> None:
    upper = statements_of(
        TASKS + "到2025年，森林覆盖率达到45.2%以上。到2020年，政府绿色采购比例达到95%以上。\n"
    )
    lower = statements_of(TASKS + "到2025年，森林覆盖率达到44.8%。到2025年，政府采购绿色产品比例达到95%。\n")
    assert [found.rule for found in compare(upper, lower, Relation.UPPER)] == [
        "easier_than_upper",
        "later_than_upper",
    ]


def test_a_county_already_beyond_the_upper_target_is_shown_with_both_years() -> None:
    upper = statements_of(TASKS + "到2020年，全市农村生活污水治理率提高至40%以上。\n")
    lower = statements_of("第一章 工作成效\n截至2020年底，农村生活污水治理率达89%。\n")
    assert [found.type for found in compare(upper, lower, Relation.UPPER)] == ["cross_level_base"]


def test_a_target_easier_than_the_last_plan_is_shown() -> None:
    before = statements_of(TASKS + "到2020年，森林覆盖率达到46%。\n")
    after = statements_of(TASKS + "到2025年，森林覆盖率达到45%。\n")
    assert [found.type for found in compare(before, after, Relation.PREVIOUS)] == ["target_below_prev_target"]
    assert compare(after, before, Relation.PREVIOUS) == ()
