"""The printed completion tables of plans 002 and 004, row by row, from what the ledger holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from operator import eq, ge, gt, le, lt
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.plans import public as plans
from qingshan.plans.models import Indicator, Value
from qingshan.plans.packs import CATALOGUE_FILE, PACK_FOLDERS, read_catalogue, read_pack

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PACKS = {code: read_pack(PACK_FOLDERS[code]) for code in ("001", "002", "004")}
#: What the tables print, and what the ledger concludes; every other word there says why a row is left out.
CONCLUSIONS = {"完成": "完成", "未完成": "未完成"}
#: The note under the table of 004: 标*2020年实际值均为2019年值.
STARRED = {"004-T1-10", "004-T1-12", "004-T1-22"}


@pytest.fixture
def load(db: None) -> Any:
    areas.load_divisions(areas.bundled_divisions(), valid_from=date(2018, 1, 1), by=None, at=AT)
    catalogue = plans.load_catalogue(read_catalogue(CATALOGUE_FILE), at=AT)
    return lambda code: plans.load_pack(PACKS[code], catalogue=catalogue, at=AT).plan


def printed_rows(code: str) -> list[Any]:
    (table,) = [one.code for one in PACKS[code].tables if one.kind == "completion"]
    return [row for row in PACKS[code].indicators if row.table == table]


def bare(words: str) -> str:
    return words.replace(" ", "")


@pytest.mark.parametrize("code", ["002", "004"])
class TestPrintedTable:
    def table(self, load: Any, code: str) -> plans.CompletionTable:
        first, *_others = plans.completion_tables(plan=load(code), on=TODAY)
        assert first.ended
        return first

    def test_every_row_has_its_name_target_value_and_attribute(self, load: Any, code: str) -> None:
        found, printed = self.table(load, code).rows, printed_rows(code)
        assert [row.number for row in found] == list(range(1, len(printed) + 1))
        words = {"binding": "约束性", "expected": "预期性"}
        for row, was in zip(found, printed, strict=True):
            assert (row.code, row.name, row.unit) == (was.code, was.name, was.unit)
            assert row.attribute == words[was.attribute]
            assert [row.target] == [one.raw for one in was.targets]
            told = "" if was.actual.typed.kind == "no_data" else was.actual.raw
            assert bare(row.value_words) == bare(told), row.code

    def test_every_row_ends_as_printed_or_says_why_it_is_not_evaluated(self, load: Any, code: str) -> None:
        for row, was in zip(self.table(load, code).rows, printed_rows(code), strict=True):
            if was.printed_status in CONCLUSIONS:
                assert (row.conclusion, row.reason) == (CONCLUSIONS[was.printed_status], ""), row.method
            else:
                assert (row.conclusion, row.reason) == ("不予评估", was.exclusion)
                assert row.reason
                assert row.evidence.startswith("规划文本")

    def test_a_value_of_another_year_is_shown_with_its_year(self, load: Any, code: str) -> None:
        table = self.table(load, code)
        other = {row.code for row in table.rows if row.value_year not in (row.target_year, None)}
        assert other == (STARRED if code == "004" else set())


class TestWhatTheTextsSayOfTheTables:
    """The sums are printed in the running text of both plans, apart from the tables."""

    def counts(self, plan: Any) -> dict[str, Counter[str]]:
        table = plans.completion_tables(plan=plan, on=TODAY)[0]
        found: dict[str, Counter[str]] = {"": Counter(row.conclusion for row in table.rows)}
        for attribute in ("约束性", "预期性"):
            found[attribute] = Counter(row.conclusion for row in table.rows if row.attribute == attribute)
        return found

    def test_002_leaves_four_of_18_out_and_meets_the_others(self, load: Any) -> None:
        assert self.counts(load("002"))[""] == {"完成": 14, "不予评估": 4}

    def test_004_meets_18_of_the_22_it_evaluates_with_every_binding_one(self, load: Any) -> None:
        found = self.counts(load("004"))
        assert found[""] == {"完成": 18, "未完成": 4, "不予评估": 5}
        assert found["约束性"] == {"完成": 11}
        assert found["预期性"] == {"完成": 7, "未完成": 4, "不予评估": 5}


class TestPlan001OnAnyDay:
    """In force to 2030. It prints baselines and the targets of three years, and no value after them."""

    DAYS = {
        date(2020, 12, 31): 2020, date(2021, 1, 1): 2025, date(2025, 12, 31): 2025, date(2026, 1, 1): 2030,
        TODAY: 2030, date(2030, 12, 31): 2030, date(2031, 1, 1): 2030,
    }  # fmt: skip

    def test_on_each_day_each_row_stands_as_the_printed_numbers_say(self, load: Any) -> None:
        plan = load("001")
        assert plans.completion_tables(plan=plan, on=date(2017, 1, 1)) == []
        for on, goal in self.DAYS.items():
            tables = plans.completion_tables(plan=plan, on=on)
            rows = {row.code: row for table in tables for row in table.rows}
            for was in PACKS["001"].indicators:
                row, target = rows[was.code], next(one for one in was.targets if one.year == goal)
                assert (row.target_year, row.target) == (goal, target.raw)
                expected = "等待上级下达" if self.waits(target.typed) else "尚无数值"
                assert row.conclusion == expected, (on, row.method)
                assert row.at_start == self.reached(was, target.typed), (on, row.code)

    def waits(self, typed: Any) -> bool:
        return typed.kind == "assigned" or any(self.waits(part) for part in typed.parts)

    def reached(self, was: Any, typed: Any) -> bool | None:
        """By a comparison of its own: the printed baseline against the printed number."""
        base = was.baseline.typed if was.baseline else None
        if base is None or base.value is None or typed.value is None or base.kind != "number":
            return None
        if typed.unit and base.unit and typed.unit != base.unit:
            return None
        compare = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}[typed.operator]
        return bool(compare(base.value, typed.value))

    def test_a_value_that_becomes_known_changes_the_days_after_it_alone(self, load: Any) -> None:
        plan = load("001")
        good = next(one for one in PACKS["001"].indicators if one.targets[-1].typed.operator == ">=")
        goal = good.targets[-1].typed.value
        Value.objects.create(
            indicator=Indicator.objects.get(code=good.code), year=2025, kind="audited", number=goal,
            unit=good.targets[-1].typed.unit, as_of=date(2025, 12, 31), known_on=date(2026, 3, 1),
            source="省站", state="approved", entered_at=AT,
        )  # fmt: skip

        def said(on: date) -> str:
            tables = plans.completion_tables(plan=plan, on=on)
            return next(row.conclusion for table in tables for row in table.rows if row.code == good.code)

        assert [said(date(2026, 2, 28)), said(date(2026, 3, 1))] == ["尚无数值", "进度正常"]
