"""Published classes are recomputed from the rules alone, and every difference gets a cause."""

import csv
import json

import pytest

from qingshan.cli import main
from qingshan.evaluation.conformance.published_water import Cause, compare_published
from qingshan.evaluation.water_profile import BadProfile, read_water_profile
from qingshan.evaluation.water_rules import Water
from qingshan.evaluation.water_samples import read_sections

HEADING = "省份,流域,断面名称,监测时间,水质类别,pH,溶解氧,高锰酸盐指数,氨氮,总磷,站点情况"
RAW = ",原始_pH,原始_溶解氧,原始_高锰酸盐指数,原始_氨氮,原始_总磷"
GOOD = "7.00,8.00,1.50,0.100,0.015"  # class I in a river, II in a lake
PROFILE = "national-water"


@pytest.fixture
def compared(tmp_path):
    def compare(*rows, heading=HEADING, sections=None):
        path = tmp_path / "feed.csv"
        path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
        return compare_published(path, read_water_profile(PROFILE), sections or {})

    return compare


def row(published, values=GOOD, hour=8, name="甲", raw=""):
    return f"粤,珠江,{name},2021-04-01 {hour:02}:00,{published},{values},正常{raw}"


KNOWN = {("粤", "珠江", "甲"): Water.RIVER}


class TestShare:
    def test_rows_without_a_published_class_are_not_compared(self, compared):
        found, exact = compared(row("Ⅰ"), row("*"), row("", hour=9))
        assert (found.rows, found.agreeing, exact) == (1, 1, None)
        assert found.as_data()["share"] == 100.0

    def test_rows_that_lack_an_item_are_counted_apart(self, compared):
        found, _ = compared(row("Ⅰ", "7,8,1.5,0.1,*"), row("Ⅱ", "7,8,1.5,0.1,*", 12))
        assert (found.rows, found.incomplete_rows, found.incomplete_agreeing) == (0, 2, 1)
        assert found.as_data()["share"] is None
        assert found.causes == {"missing_item": 1}

    def test_unrounded_columns_are_compared_as_well(self, compared):
        raw = ",7.0,8.0,1.5,0.1,0.0204"
        found, exact = compared(row("Ⅱ", "7,8,1.50,0.100,0.020", raw=raw), heading=HEADING + RAW)
        assert (found.agreeing, found.causes) == (0, {"rounding_edge": 1})
        assert (exact.rows, exact.agreeing) == (1, 1)

    def test_a_value_that_the_feed_withheld_stays_withheld(self, compared):
        raw = ",7.0,8.0,1.5,0.1,0.5"
        _, exact = compared(row("Ⅰ", "7,8,1.50,0.100,*", raw=raw), heading=HEADING + RAW)
        assert (exact.rows, exact.incomplete_agreeing) == (0, 1)


class TestCauses:
    @pytest.mark.parametrize(
        ("rows", "sections", "cause"),
        [
            ([row("Ⅱ", "7,8,2.00,0.1,0.01")], KNOWN, Cause.ROUNDING_EDGE),
            ([row("劣Ⅴ", "9.00,8,1.5,0.1,0.01")], KNOWN, Cause.ROUNDING_EDGE),
            ([row("Ⅱ")], {}, Cause.KIND_UNKNOWN),
            ([row("Ⅱ")], KNOWN, Cause.OTHER_KIND),
            ([row("Ⅴ", "7,2.5,1.5,0.1,0.01", 4), row("Ⅴ")], KNOWN, Cause.PREVIOUS_STAMP),
            ([row("Ⅴ"), row("Ⅴ", "7,2.5,1.5,0.1,0.01", 12)], KNOWN, Cause.NEXT_STAMP),
            ([row("Ⅰ", "7,2.5,1.5,0.1,0.01")], KNOWN, Cause.ITEM_LEFT_OUT),
            ([row("Ⅳ")], KNOWN, Cause.WORSE_THAN_ITEMS),
            ([row("Ⅰ", "7,2.5,12.00,0.1,0.01")], KNOWN, Cause.BETTER_THAN_ITEMS),
        ],
    )
    def test_a_difference_gets_its_cause(self, compared, rows, sections, cause):
        found, _ = compared(*rows, sections=sections)
        assert [difference.cause for difference in found.disagreements] == [cause]

    def test_a_section_without_a_time_has_no_neighbours(self, compared):
        found, _ = compared(row("Ⅳ").replace("2021-04-01 08:00", "--"), sections=KNOWN)
        assert found.disagreements[0].time == ""


class TestCommand:
    def test_it_prints_the_share_and_writes_the_details(self, tmp_path, capsys):
        feed, sections, details = (tmp_path / name for name in ("f.csv", "s.csv", "d.csv"))
        raw = ",7.0,8.0,1.5,0.1,0.0204"
        lines = [HEADING + RAW, row("Ⅱ", "7,8,1.50,0.100,0.020", raw=raw), ""]
        feed.write_text("\n".join(lines), encoding="utf-8")
        sections.write_text("省份,流域,断面名称,水体类型\n粤,珠江,甲,河流\n", encoding="utf-8")
        words = ["conformance", "published-water", str(feed), "--sections", str(sections)]
        assert main([*words, "--details", str(details), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert (data["share"], data["rows"], data["unrounded"]["share"]) == (0.0, 1, 100.0)
        with details.open(encoding="utf-8-sig") as file:
            (difference,) = csv.DictReader(file)
        assert (difference["公布类别"], difference["复算类别"]) == ("II", "I")
        assert main(words) == 0
        assert "share\t0.0" in capsys.readouterr().out

    def test_a_feed_without_published_classes_is_a_wrong_call(self, tmp_path, capsys):
        path = tmp_path / "f.csv"
        path.write_text(HEADING.replace("水质类别", "类") + "\n", encoding="utf-8")
        with pytest.raises(BadProfile, match="published class"):
            compare_published(path, read_water_profile(PROFILE), {})
        assert main(["conformance", "published-water", str(path), "--sections", str(path)]) == 2
        assert "published class" in capsys.readouterr().err


@pytest.mark.shared
class TestPublishedFeeds:
    @pytest.mark.parametrize(
        ("name", "printed", "unrounded"),
        [
            ("auto_4h_202104_open", 98.4, None),
            ("national_snapshot_20200508", 99.5, 99.9),
            ("daily_98sections_20200510_20210112", 99.0, 99.0),
        ],
    )
    def test_published_classes_are_reproduced(self, shared, name, printed, unrounded):
        profile, folder = read_water_profile(PROFILE), shared / "data/water"
        sections = read_sections(folder / "national_auto_sections.csv", profile)
        found, exact = compare_published(folder / f"{name}.csv.gz", profile, sections)
        assert found.as_data()["share"] >= printed
        whole = found.rows + found.incomplete_rows - found.agreeing - found.incomplete_agreeing
        assert sum(found.causes.values()) == whole
        if unrounded is not None:
            assert exact.as_data()["share"] >= unrounded
