"""Plans side by side: the printed plans against hand-worked rows, and a county's sum against its city's."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.accounts import public as accounts
from qingshan.plans import public as plans
from qingshan.plans.public import PACK_FOLDERS, PlanLevel, Typed, ValueKind
from qingshan.succession.queries.comparing import additive_codes, comparable_plans, compared
from qingshan.succession.tests.conftest import AT, BEGIN, TODAY, add_indicator, make_plan, number, person

ROWS = yaml.safe_load((Path(__file__).parent / "side_by_side.yaml").read_text(encoding="utf-8"))
CODES = {
    "000": "taishan-2021", "001": "jiangmen-2019", "002": "yangjiang-hightech-2021", "004": "lianzhou-2021",
}  # fmt: skip


@pytest.fixture
def reader(db: None) -> Any:
    """Somebody who sees the districts of the four printed plans, which are loaded."""
    return _reader_of(*PACK_FOLDERS)


def _reader_of(*seeds: str) -> Any:
    catalogue = plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=AT)
    for seed in seeds:
        plans.load_pack(plans.read_pack(PACK_FOLDERS[seed]), catalogue=catalogue, at=AT)
    made = accounts.create_user(
        username="读者", display_name="读者", password="Qingshan-2026-test", department=None, by=None, at=AT
    ).user
    for plan in plans.Plan.objects.all():
        accounts.grant_role(
            user=made,
            role="evaluator",
            district=plan.district,
            department=None,
            from_on=BEGIN,
            by=None,
            at=AT,
        )
    return made


class TestThePrintedPlans:
    def test_the_rows_stand_as_worked_by_hand(self, reader: Any) -> None:
        found = compared(user=reader, on=TODAY, codes=CODES.values(), year=2025)
        rows = {row.code: row for row in found.rows}
        for wanted in ROWS:
            row = rows[wanted["code"]]
            assert [cell.plan.subject.code for cell in row.strictest] == wanted["strictest"], wanted["code"]
            cells = {cell.plan.subject.code: cell for cell in row.cells}
            assert set(cells) == {CODES[one["plan"]] for one in wanted["cells"]}, wanted["code"]
            for one in wanted["cells"]:
                cell = cells[CODES[one["plan"]]]
                told = f"{wanted['code']} {one['plan']}"
                assert cell.base_year == one["base"], told
                assert (cell.target.words if cell.target else None) == one["target"], told
                assert cell.placed.strictness.value == one["placed"], told
                assert one.get("why", "") in cell.placed.why, told
                assert one.get("caution", "") in cell.caution, told

    @pytest.mark.shared
    def test_their_words_stand_in_the_texts(self, shared: Path) -> None:
        texts = {
            seed: re.sub(
                r"\s", "", next((shared / "plans").glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
            )
            for seed in CODES
        }
        missing = [
            one["printed"]
            for row in ROWS
            for one in row["cells"]
            if "printed" in one and one["printed"] not in texts[one["plan"]]
        ]
        assert missing == []

    def test_what_they_do_not_share_is_left_out_unless_asked_for_and_levels_are_sifted(
        self, reader: Any
    ) -> None:
        asked = {"user": reader, "on": TODAY, "codes": list(CODES.values()), "year": 2025}
        shared = {row.code for row in compared(**asked).rows}
        every = {row.code for row in compared(**asked, shared_only=False).rows}
        assert (
            "household-waste-treatment-rate" in every - shared
        )  # 001 alone has a target; others tell how it ended
        assert shared < every
        found = compared(user=reader, on=TODAY, codes=CODES.values(), year=2025, level=PlanLevel.COUNTY)
        assert [plan.subject.code for plan in found.plans] == ["lianzhou-2021", "taishan-2021"]
        assert len(comparable_plans(user=reader, on=TODAY, level=PlanLevel.ZONE)) == 1


@pytest.fixture
def cut(cast: Any) -> Any:
    return plans.add_catalogue_indicator(
        code="cod-project-cut", valid_from=BEGIN, by=None, at=AT,
        facts={
            "name": "化学需氧量减排量", "direction": "higher_better", "unit": "万吨",
            "definition": "重点工程减排量",
        },
    )  # fmt: skip


@pytest.fixture
def mayor(cast: Any) -> Any:
    """Somebody of the city, who sees the city's plan and both counties'."""
    return person("市长", cast.bureau, ("leader", cast.city, None), ("planner", cast.city, None))


def a_plan(cast: Any, code: str, district: Any, by: Any, cut: Any, target: Typed | None, **level: Any) -> Any:
    plan = make_plan(cast, code, district, by, **level)
    add_indicator(
        plan,
        "A1",
        by,
        target,
        name="COD减排量",
        unit="万吨",
        catalogue=cut,
        baseline=None,
        baseline_year=None,
    )
    return plan


class TestTheCountysSum:
    def asked(self, user: Any, *codes: str) -> Any:
        (row,) = compared(user=user, on=TODAY, codes=codes, year=2025, shared_only=False).rows
        (found,) = [one for one in row.sums if one.plan.subject.code == "city"]
        return found

    def build(self, cast: Any, mayor: Any, cut: Any, here: Typed | None, there: Typed | None) -> None:
        a_plan(cast, "city", cast.city, mayor, cut, number("0.05", unit="万吨"), level=PlanLevel.CITY)
        a_plan(cast, "here", cast.county, mayor, cut, here)
        a_plan(cast, "there", cast.elsewhere, mayor, cut, there)

    def test_counties_in_other_units_are_added_in_the_citys(self, cast: Any, mayor: Any, cut: Any) -> None:
        self.build(cast, mayor, cut, number("300", unit="吨"), number("0.025", unit="万吨"))
        found = self.asked(mayor, "city", "here", "there")
        assert [(part.name, part.amount) for part in found.parts] == [
            ("青川县", Decimal("0.03")), ("白石县", Decimal("0.025")),
        ]  # fmt: skip
        assert (found.total, found.wanted, found.unit) == (Decimal("0.055"), Decimal("0.05"), "万吨")
        assert found.verdict == "已知部分合计已达到上级目标"

    def test_a_gap_is_told_when_all_parts_are_known(self, cast: Any, mayor: Any, cut: Any) -> None:
        self.build(cast, mayor, cut, number("200", unit="吨"), number("0.025", unit="万吨"))
        assert self.asked(mayor, "city", "here", "there").verdict == "各部分合计比上级目标少 0.005万吨"

    def test_missing_parts_are_named_and_decide_nothing(self, cast: Any, mayor: Any, cut: Any) -> None:
        self.build(cast, mayor, cut, number("200", unit="吨"), Typed(ValueKind.ASSIGNED, authority="云岭市"))
        found = self.asked(mayor, "city", "here", "there")
        assert [(part.name, part.why) for part in found.missing] == [("白石县", "由上级下达，尚未登记")]
        assert found.verdict == "缺 1 个部分，不能判断"
        alone = self.asked(mayor, "city", "here")
        assert [(part.name, part.why) for part in alone.missing] == [("白石县", "没有列入比较的规划")]

    def test_a_unit_that_does_not_convert_is_a_missing_part(self, cast: Any, mayor: Any, cut: Any) -> None:
        self.build(cast, mayor, cut, number("200", unit="吨"), number("8", unit="%"))
        (missing,) = self.asked(mayor, "city", "here", "there").missing
        assert missing.why == "单位“%”不能换算为“万吨”"

    def test_rates_are_never_summed(self, cast: Any, mayor: Any) -> None:
        rate = plans.add_catalogue_indicator(
            code="forest-coverage", valid_from=BEGIN, by=None, at=AT,
            facts={
                "name": "森林覆盖率", "direction": "higher_better", "unit": "%", "definition": "森林面积比",
            },
        )  # fmt: skip
        for code, district in (("city", cast.city), ("here", cast.county)):
            a_plan(cast, code, district, mayor, rate, number("60"), level=PlanLevel.CITY)
        (row,) = compared(user=mayor, on=TODAY, codes=["city", "here"], year=2025).rows
        assert row.sums == []
        assert "forest-coverage" not in additive_codes()

    def test_every_additive_code_stands_in_the_catalogue(self) -> None:
        known = {one.code for one in plans.read_catalogue(plans.CATALOGUE_FILE)}
        assert additive_codes() <= known


class TestRights:
    def test_what_a_person_may_not_see_is_not_compared(self, cast: Any, mayor: Any, cut: Any) -> None:
        for code, district in (("here", cast.county), ("there", cast.elsewhere)):
            a_plan(cast, code, district, mayor, cut, number("1", unit="万吨"))
        seen = {
            name: [plan.subject.code for plan in compared(
                user=getattr(cast, name, mayor), on=TODAY, codes=["here", "there"], year=2025
            ).plans]
            for name in ("chen", "wu", "he", "zhou", "mayor")
        }  # fmt: skip
        assert seen == {
            "chen": ["here"], "wu": ["here"], "he": ["here"], "zhou": ["there"], "mayor": ["here", "there"]
        }  # fmt: skip

    def test_fictional_plans_do_not_stand_beside_real_ones(self, cast: Any) -> None:
        reader = _reader_of("004")
        accounts.grant_role(
            user=reader,
            role="evaluator",
            district=cast.county,
            department=None,
            from_on=BEGIN,
            by=None,
            at=AT,
        )
        make_plan(cast, "zz-fictional", cast.county, cast.chen)
        found = compared(user=reader, on=TODAY, codes=["lianzhou-2021", "zz-fictional"], year=2025)
        assert [plan.subject.code for plan in found.plans] == ["lianzhou-2021"]
        assert [plan.subject.code for plan in found.other_world] == ["zz-fictional"]
