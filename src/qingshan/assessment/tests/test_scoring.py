"""Score sheets against sheets computed by hand (sheets.yaml), and what schemes refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.assessment.scoring.reading import SCHEME_FOLDER, read_scheme, shipped_schemes
from qingshan.assessment.scoring.shapes import Conduct, Line, ListKind, Row, Sheet, Verdict
from qingshan.assessment.scoring.sheets import UnknownCategory, UnknownConduct, UnknownZone, score
from qingshan.kernel.rounding import exact, round_places
from qingshan.plans.packs.fields import PackError
from qingshan.plans.packs.words import Attribute, Direction

BY_HAND = yaml.safe_load(Path(__file__).with_name("sheets.yaml").read_text(encoding="utf-8"))
SCHEMES = shipped_schemes()


def row_of(item: dict[str, Any]) -> Row:
    numbers: dict[str, Any] = {
        name: Decimal(item[name]) for name in ("baseline", "target", "actual", "done") if name in item
    }
    words: dict[str, Any] = {
        name: kind(item[name])
        for name, kind in (("attribute", Attribute), ("direction", Direction), ("verdict", Verdict))
        if name in item
    }
    plain = {
        name: item[name] for name in ("code", "name", "category", "key", "excluded", "lead") if name in item
    }
    return Row(**plain, **words, **numbers, joint=tuple(item.get("joint", ())))


ROWS = {ListKind(kind): [row_of(item) for item in rows] for kind, rows in BY_HAND["rows"].items()}
CONDUCT = [Conduct(**item) for item in BY_HAND["conduct"]]


def sheet_of(expected: dict[str, Any]) -> Sheet:
    scheme = SCHEMES[expected["scheme"]]
    return score(scheme, ROWS, CONDUCT, department=expected.get("department", ""))


def named(expected: dict[str, Any]) -> str:
    return f"{expected['scheme']} {expected.get('department', '')}"


@pytest.mark.parametrize("expected", BY_HAND["sheets"], ids=named)
class TestSheetsByHand:
    def test_the_total_and_the_grade_are_those_of_the_hand(self, expected: dict[str, Any]) -> None:
        sheet = sheet_of(expected)
        assert (str(sheet.total), sheet.grade) == (expected["total"], expected["grade"])
        assert list(sheet.because) == expected["because"]

    def test_each_list_has_its_points_and_its_rows(self, expected: dict[str, Any]) -> None:
        sheet = sheet_of(expected)
        assert {one.kind: str(round_places(one.points, 2)) for one in sheet.lists} == {
            kind: item["points"] for kind, item in expected["lists"].items()
        }
        assert {one.kind: [line.row.code for line in one.lines] for one in sheet.lists} == {
            kind: list(item["rows"]) for kind, item in expected["lists"].items()
        }

    def test_each_row_has_its_weight_share_and_points(self, expected: dict[str, Any]) -> None:
        for code, line in lines_of(sheet_of(expected)):
            told = next(item["rows"][code] for item in expected["lists"].values() if code in item["rows"])
            if line.left_out:
                assert told == {"left_out": line.left_out}
            else:
                assert (line.weight, line.share) == (exact(told["weight"]), exact(told["share"]))
                assert str(round_places(line.points, 2)) == told["points"]
                assert line.why

    def test_conduct_adds_and_takes_what_the_hand_did(self, expected: dict[str, Any]) -> None:
        sheet = sheet_of(expected)
        found = {one.rule.kind: str(round_places(one.points, 2)) for one in sheet.conduct}
        assert found == expected["conduct"]


def lines_of(sheet: Sheet) -> Iterator[tuple[str, Line]]:
    return ((line.row.code, line) for one in sheet.lists for line in one.lines)


class TestEveryPoint:
    @pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.code)
    def test_the_points_of_all_rows_that_count_add_up_to_the_full(self, scheme: Any) -> None:
        sheet = score(scheme, ROWS)
        assert sum(line.full for _code, line in lines_of(sheet)) == scheme.full

    def test_nothing_to_score_is_no_grade_instead_of_the_worst(self) -> None:
        sheet = score(SCHEMES["progress-2026"], {ListKind.MEASURES: [ROWS[ListKind.MEASURES][2]]})
        assert (sheet.total, sheet.grade) == (Decimal("0.00"), "")

    def test_a_total_is_never_below_nothing(self) -> None:
        lies = [Conduct("false_report", 9, "水务局")]
        assert (
            score(SCHEMES["progress-2026"], {ListKind.MEASURES: [Row("M", "m", done=Decimal(5))]}, lies).total
            == 0
        )


class TestOneRow:
    SCHEME = SCHEMES["progress-2026"]

    def share(self, **facts: Any) -> tuple[Any, Any]:
        row = replace(ROWS[ListKind.INDICATORS][1], **facts)
        ((_code, line),) = lines_of(score(self.SCHEME, {ListKind.INDICATORS: [row]}))
        return line.share, line.why

    def test_a_value_worse_than_the_baseline_earns_nothing(self) -> None:
        assert self.share(actual=Decimal("87.9")) == (
            0, "自基准值起的进度 (87.9 − 88.0) ÷ (92.0 − 88.0) = -2.5%，比基准值差，以 0 计",
        )  # fmt: skip

    def test_the_baseline_itself_earns_nothing_and_the_target_everything(self) -> None:
        assert self.share(actual=Decimal("88.0"))[0] == 0
        assert self.share(actual=Decimal("92.0"))[0] == 1
        assert self.share(actual=Decimal("91.99"))[0] < 1

    def test_a_target_no_better_than_the_baseline_is_all_or_nothing(self) -> None:
        held = {"target": Decimal("88.0"), "actual": Decimal("89")}
        assert self.share(**held, verdict=Verdict.MET)[0] == 1
        assert self.share(**held, verdict=Verdict.MISSED)[0] == 0

    def test_a_finding_without_a_number_can_earn_everything(self) -> None:
        assert self.share(actual=None, verdict=Verdict.MET)[0] == 1
        assert self.share(actual=None, verdict=Verdict.NO_DATA) == (0, "无数据，不得分")

    @pytest.mark.parametrize(
        ("actual", "share"), [("100", 1), ("95", "0.8"), ("94.99", "0.6"), ("90", "0.6"), ("89.99", 0)]
    )
    def test_both_sides_of_every_band(self, actual: str, share: Any) -> None:
        row = replace(ROWS[ListKind.INDICATORS][2], actual=Decimal(actual), target=Decimal(100))
        ((_code, line),) = lines_of(score(SCHEMES["strict-2026"], {ListKind.INDICATORS: [row]}))
        assert line.share == exact(share)

    def test_nobody_reported_is_said_and_earns_nothing(self) -> None:
        for scheme in SCHEMES.values():
            ((_code, line),) = lines_of(score(scheme, {ListKind.MEASURES: [Row("M", "m")]}))
            assert line.share == 0
            assert line.why == "未报告进展，不得分"

    def test_an_attainment_needs_two_numbers_above_nothing(self) -> None:
        row = replace(ROWS[ListKind.INDICATORS][0], target=Decimal(0), actual=Decimal(0))
        ((_code, line),) = lines_of(score(SCHEMES["strict-2026"], {ListKind.INDICATORS: [row]}))
        assert (line.share, line.why) == (exact(1), "判定达标，得满分")

    def test_without_a_target_the_verdict_decides(self) -> None:
        row = replace(ROWS[ListKind.INDICATORS][0], target=None)
        ((_code, line),) = lines_of(score(SCHEMES["strict-2026"], {ListKind.INDICATORS: [row]}))
        assert line.share == 1

    def test_bands_without_a_value_earn_nothing(self) -> None:
        row = replace(ROWS[ListKind.INDICATORS][0], actual=None, verdict=Verdict.NO_DATA)
        ((_code, line),) = lines_of(score(SCHEMES["strict-2026"], {ListKind.INDICATORS: [row]}))
        assert (line.share, line.why) == (exact(0), "无数据，不得分")


class TestBreaches:
    def projects(self, done: int, of: int) -> list[Row]:
        return [Row(f"P{n}", "p", key=True, done=Decimal(100 if n < done else 99)) for n in range(of)]

    def test_four_of_five_key_projects_are_enough_and_three_are_not(self) -> None:
        enough = score(SCHEMES["progress-2026"], {ListKind.PROJECTS: self.projects(4, 5)})
        too_few = score(SCHEMES["progress-2026"], {ListKind.PROJECTS: self.projects(3, 5)})
        assert enough.because == ()
        assert (too_few.total, too_few.cut) == (
            Decimal("60.00"), ("重点项目完成比例不足，本清单最多得 60.00 分",),
        )  # fmt: skip

    def test_a_missed_binding_target_holds_the_grade_down(self) -> None:
        rows = {
            ListKind.INDICATORS: [ROWS[ListKind.INDICATORS][1]],
            ListKind.MEASURES: [Row("M", "m", done=Decimal(100))] * 1,
            ListKind.PROJECTS: self.projects(1, 1),
        }
        titles = [Conduct("national_title", 2)]
        rows[ListKind.INDICATORS] = [replace(rows[ListKind.INDICATORS][0], actual=Decimal("91.9"))]
        sheet = score(SCHEMES["progress-2026"], rows, titles)
        assert sheet.total > 90
        assert (sheet.grade, sheet.cut) == ("合格", ("约束性指标未达标，等级最高为“合格”",))

    def test_a_missed_binding_target_caps_the_total(self) -> None:
        rows = {
            ListKind.INDICATORS: [replace(ROWS[ListKind.INDICATORS][1], actual=Decimal("91.9"))],
            ListKind.MEASURES: [Row("M", "m", done=Decimal(100))],
        }
        sheet = score(SCHEMES["strict-2026"], rows)
        assert (sheet.total, sheet.grade) == (Decimal("59.00"), "不合格")


class TestZones:
    def test_a_zone_weighs_its_categories_more(self) -> None:
        rows = {ListKind.INDICATORS: ROWS[ListKind.INDICATORS]}
        plain, protected = (score(SCHEMES["progress-2026"], rows, zone=zone) for zone in ("", "优先保护区"))
        weights = [dict(lines_of(sheet))["I6"].weight for sheet in (plain, protected)]
        assert weights == [1, 2]
        assert protected.total != plain.total


class TestRefusals:
    def test_a_zone_category_or_fact_that_the_scheme_does_not_know(self) -> None:
        with pytest.raises(UnknownZone, match="没有功能区“港口区”"):
            score(SCHEMES["progress-2026"], ROWS, zone="港口区")
        with pytest.raises(UnknownConduct, match="没有加减分项：praise"):
            score(SCHEMES["progress-2026"], ROWS, [Conduct("praise", 1)])
        with pytest.raises(UnknownCategory, match="类别“其他”不在方案的分类中"):
            score(SCHEMES["strict-2026"], {ListKind.INDICATORS: [Row("X", "x", category="其他")]})

    @pytest.mark.parametrize(
        ("found", "put", "told"),
        [
            ('points: "60"', 'points: "61"', "add up to full"),
            ("curve: progress", "curve: bands", "bands where the curve is bands"),
            ('at_least: "0"}', 'at_least: "10"}', "down to one at least 0"),
            ("value: 合格}", "value: 及格}", "one of the grades"),
            ("purposes: [yearly,", "purposes: [weekly,", "yearly, mid_term, final"),
            ('    key_share: "0.8"\n', "", "together, or neither"),
            ('joint_share: "0.3"', "joint_share: 0.3", "must be quoted"),
            ("notes:", "remarks: []\nnotes:", "remarks"),
            ('weights: [{weight: "1"}]', "weights: []", "no row would weigh anything"),
            ('value: "0.6"}', "value: 六成}", "a quoted plain number"),
            ("notes:", 'total_assessment: "501"\nat_least_share: "0.2"\nnotes:', "at least 0.2 of 501"),
            ("notes:", 'total_assessment: "501"\nnotes:', "with at_least_share, or neither"),
        ],
    )
    def test_a_scheme_that_cannot_be(self, tmp_path: Path, found: str, put: str, told: str) -> None:
        text = (SCHEME_FOLDER / "progress-2026.yaml").read_text(encoding="utf-8")
        assert found in text
        path = tmp_path / "scheme.yaml"
        path.write_text(text.replace(found, put, 1), encoding="utf-8")
        with pytest.raises(PackError, match=told):
            read_scheme(path)

    def test_category_points_that_do_not_add_up(self, tmp_path: Path) -> None:
        text = (SCHEME_FOLDER / "strict-2026.yaml").read_text(encoding="utf-8")
        path = tmp_path / "scheme.yaml"
        path.write_text(text.replace('环境质量: "30"', '环境质量: "31"', 1), encoding="utf-8")
        with pytest.raises(PackError, match="a sum of 70"):
            read_scheme(path)
