"""The money of a plan: sums say how many parts are missing; real plans are shown as printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.areas.divisions import bundled
from qingshan.funds.figures import amount_figure
from qingshan.funds.queries import Amount, summary_of
from qingshan.funds.views.pictures import bars
from qingshan.plans import public as plans

JUNE = date(2026, 6, 10)


def named(rows: Any) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {row.name: (row.planned.yuan, row.received.yuan, row.paid.yuan) for row in rows}


@pytest.fixture
def filled(cast: Any, ledger: Any, book: Any) -> Any:
    """The plant: 900 planned and 400 received of the province, 50 of the county; the station: nothing."""
    plans.set_money(
        project=ledger.plant, year=2026, funds="省级财政", amounts={"planned_yuan": 900 * book.WAN},
        by=cast.wu, at=book.AT,
    )  # fmt: skip
    book.enter(ledger.plant, "receipt", JUNE, 400, "到1", cast.wu)
    book.enter(ledger.plant, "payment", JUNE, 100, "付1", cast.wu)
    book.enter(ledger.plant, "receipt", JUNE, 50, "到2", cast.wu, funds="县级财政", year=2025)
    return ledger


class TestASummary:
    def test_by_source_and_by_year(self, filled: Any, book: Any) -> None:
        found = summary_of(plan=filled.plan, on=book.TODAY)
        wan = book.WAN
        assert named(found.by_source) == {
            "省级": (900 * wan, 400 * wan, 100 * wan), "县级": (None, 50 * wan, None),
        }  # fmt: skip
        assert named(found.by_year) == {
            "2025": (None, 50 * wan, None), "2026": (900 * wan, 400 * wan, 100 * wan),
        }  # fmt: skip

    def test_by_chapter_a_group_that_hangs_on_no_measure_comes_last(self, filled: Any, book: Any) -> None:
        found = summary_of(plan=filled.plan, on=book.TODAY)
        assert [row.name for row in found.by_chapter] == ["水环境", "能力建设"]
        water, other = found.by_chapter
        assert (water.received.yuan, water.invested) == (450 * book.WAN, Amount(1200 * book.WAN, 1, 0))
        assert (other.received.yuan, other.invested) == (None, Amount(None, 1, 1))

    def test_the_whole_says_how_many_parts_are_missing(self, filled: Any, book: Any) -> None:
        whole = summary_of(plan=filled.plan, on=book.TODAY).whole
        assert whole.received == Amount(450 * book.WAN, 2, 1)
        figure = amount_figure(whole.received, on=book.TODAY, simulated=True, of="个项目")
        assert figure is not None
        assert (figure.printed, figure.source) == ("450", "2 个项目合计，其中 1 个项目没有数据，未计入")

    def test_nothing_known_is_missing_and_no_zero(self, ledger: Any, book: Any) -> None:
        whole = summary_of(plan=ledger.plan, on=book.TODAY).whole
        assert whole.planned == Amount(None, 2, 2)
        figure = amount_figure(whole.planned, on=book.TODAY, simulated=True, of="个项目")
        assert figure is not None
        assert figure.is_missing

    def test_as_of_a_day_before_it_is_empty(self, filled: Any) -> None:
        whole = summary_of(plan=filled.plan, on=date(2026, 6, 9)).whole
        assert (whole.received.yuan, whole.planned.yuan) == (None, None)

    def test_somebody_sees_the_sums_of_what_they_may_see(self, cast: Any, filled: Any, book: Any) -> None:
        mine = summary_of(plan=filled.plan, on=book.TODAY, user=cast.fang)
        assert (mine.whole.projects, mine.whole.received.yuan) == (1, None)
        assert summary_of(plan=filled.plan, on=book.TODAY, user=cast.zhou).whole.projects == 0

    def test_bars_are_of_one_scale(self, filled: Any, book: Any) -> None:
        found = summary_of(plan=filled.plan, on=book.TODAY)
        assert found.most_yuan == 1200 * book.WAN
        shown = bars(found.by_source[0], found.most_yuan, on=book.TODAY, simulated=True)
        assert [(bar.kind, bar.length) for bar in shown.bars] == [
            ("planned", 750), ("received", 333), ("paid", 83),
        ]  # fmt: skip


AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def packs() -> dict[str, Any]:
    return {code: plans.read_pack(folder) for code, folder in plans.PACK_FOLDERS.items()}


@pytest.fixture
def load(db: None, packs: dict[str, Any]) -> Any:
    areas.load_divisions(bundled(), valid_from=date(2018, 1, 1), by=None, at=AT)
    catalogue = plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=AT)
    return lambda code: plans.load_pack(packs[code], catalogue=catalogue, at=AT).plan


class TestRealPlans:
    def test_002_shows_the_printed_201264_and_nothing_else(self, load: Any) -> None:
        found = summary_of(plan=load("002"), on=AT.date())
        assert (found.whole.projects, found.whole.invested) == (11, Amount(2_012_640_000, 11, 0))
        figure = amount_figure(found.whole.invested, on=AT.date(), simulated=False, of="个项目")
        assert figure is not None
        assert (figure.printed, figure.unit, figure.simulated) == ("201,264", "万元", False)
        assert found.whole.planned == found.whole.received == found.whole.paid == Amount(None, 11, 11)
        assert (found.by_source, found.by_year) == ((), ())
        assert sum(row.invested.yuan or 0 for row in found.by_chapter if row.invested) == 2_012_640_000

    def test_001_shows_what_it_prints_and_says_what_it_does_not(
        self, load: Any, packs: dict[str, Any]
    ) -> None:
        printed = [one.investment_wan for one in packs["001"].projects if one.investment_wan is not None]
        whole = summary_of(plan=load("001"), on=AT.date()).whole
        assert whole.invested is not None
        assert whole.invested.missing == whole.projects - len(printed)
        wanted = int(sum(printed) * 10_000) if printed else None
        assert whole.invested.yuan == wanted
        assert whole.received.yuan is None
