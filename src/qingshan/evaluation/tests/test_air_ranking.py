"""The monthly tables of Guangdong come out as they were published."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from qingshan.evaluation.air_ranking import monthly_ranking
from qingshan.kernel.basis import Missing
from qingshan.standards.public import NoSuchValue

COLUMNS = {"composite_index": "composite_index", "PM2.5": "pm25_ugm3", "good_day_ratio": "aqi_days_pct"}
PUBLISHED = {"composite_index": "composite_rank", "pm25": "pm25_rank", "good_day_ratio": "aqi_days_rank"}
COMPLETE = ["2017-08", "2018-04", "2021-12", "2022-06", "2024-03"]


@pytest.fixture
def months(shared):
    path = shared / "data/air/guangdong_monthly_bulletins_open.csv"
    found = defaultdict(dict)
    for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()):
        if row["city"] not in ("全省", "珠三角"):
            found[row["month"]][row["city"]] = row
    return found


def figures_of(rows):
    return {
        city: {name: Decimal(row[column]) for name, column in COLUMNS.items() if row[column]}
        for city, row in rows.items()
    }


def published_of(rows, ranking):
    return {city: int(row[PUBLISHED[ranking]]) for city, row in rows.items() if row[PUBLISHED[ranking]]}


@pytest.mark.shared
class TestGuangdong:
    @pytest.mark.parametrize("month", COMPLETE)
    def test_every_table_of_a_complete_month_is_reproduced(self, months, month):
        rows = months[month]
        tables = [ranking for ranking in PUBLISHED if published_of(rows, ranking)]
        assert len(rows) == 21
        assert tables
        for ranking in tables:
            found, _ = monthly_ranking(figures_of(rows), ranking, date.fromisoformat(f"{month}-01"))
            assert found == published_of(rows, ranking)

    def test_december_2018_is_reproduced_once_its_two_lost_cities_have_their_place(self, months):
        rows = months["2018-12"]
        published = published_of(rows, "composite_index")
        figures = {city: own for city, own in figures_of(rows).items() if "composite_index" in own}
        without, _ = monthly_ranking(figures, "composite_index", date(2018, 12, 1))
        assert {published[city] - rank for city, rank in without.items()} == {0, 1}
        # The source page breaks off: two cities have no index. The ranks say where they stood.
        lost = sorted(set(range(1, 22)) - set(published.values()))
        by_rank = {rank: figures[city]["composite_index"] for city, rank in published.items()}
        for rank in lost:
            better = max(value for place, value in by_rank.items() if place < rank)
            figures[f"第 {rank} 名"] = {"composite_index": better + Decimal("0.001")}
        found, _ = monthly_ranking(figures, "composite_index", date(2018, 12, 1))
        assert {city: found[city] for city in published} == published


class TestOneTable:
    def test_the_basis_says_how_the_order_is_known(self):
        _, basis = monthly_ranking({"甲": {"PM2.5": 20}}, "pm25", date(2024, 1, 1))
        assert basis.clauses == ("公布表",)

    def test_a_city_without_the_figure_has_no_rank(self):
        rows = {"甲": {"PM2.5": 20}, "乙": {}, "丙": {"PM2.5": Missing("blank")}, "丁": {"PM2.5": 21}}
        none = Missing("figure_missing")
        assert monthly_ranking(rows, "pm25", date(2024, 1, 1))[0] == {
            "甲": 1,
            "乙": none,
            "丙": none,
            "丁": 2,
        }

    def test_an_unknown_table_is_refused(self):
        with pytest.raises(NoSuchValue):
            monthly_ranking({}, "ozone", date(2024, 1, 1))
