"""What records of the ledger are called in lists of other rooms."""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.plans import actions
from qingshan.plans.models import Money, ProgressReport, Value
from qingshan.plans.policies import FAMILIES
from qingshan.plans.queries import names_of
from qingshan.plans.states import WorkState

PLAN = "/plans/qingchuan-2021/"


class TestNames:
    def test_a_record_with_a_name_has_it_as_it_is_now(self, cast: Any, ledger: Any, at: Any) -> None:
        actions.revise_measure(
            measure=ledger.sewage,
            changes={"title": "建设污水管网二期"},
            seen=1,
            by=cast.chen,
            at=at,
            reason="调整",
        )
        key = str(ledger.sewage.pk)
        assert names_of("measure", [key]) == {key: ("建设污水管网二期", f"{PLAN}measures/M1-1/")}

    def test_a_part_is_named_after_what_it_belongs_to(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        value = book.approved(cast, ledger.air, year=2024, number="91")
        actions.set_money(
            project=ledger.plant, year=2024, funds="县级财政", amounts={"paid_yuan": 1}, by=cast.wu, at=at
        )
        report = actions.enter_report(
            subject=ledger.promise,
            on=book.TODAY,
            work_state=WorkState.UNDER_WAY,
            text="已开工",
            by=cast.wu,
            at=at,
        )
        told = {
            kind: next(iter(names_of(kind, [str(one.pk)]).values()))
            for kind, one in (("value", value), ("money", Money.objects.get()), ("report", report))
        }
        assert told == {
            "value": ("优良天数比例，2024年数值", f"{PLAN}indicators/A1/values/{value.pk}/"),
            "money": ("县城污水处理厂扩建，2024年资金", f"{PLAN}projects/P1/"),
            "report": ("新建管网长度，2026-11-20 进展报告", f"{PLAN}reports/{report.pk}/"),
        }

    @pytest.mark.parametrize("family", FAMILIES)
    def test_every_kind_that_owns_attachments_can_be_asked(self, ledger: Any, family: str) -> None:
        assert names_of(family.removeprefix("plans."), ["0", "x"]) == {}

    def test_a_strange_kind_has_no_names(self, ledger: Any) -> None:
        assert names_of("dragon", ["1"]) == {}

    def test_many_take_as_many_queries_as_one(
        self, cast: Any, ledger: Any, at: Any, book: Any, django_assert_num_queries: Any
    ) -> None:
        for year in (2021, 2022, 2023):
            book.approved(cast, ledger.air, year=year, number="91")
        keys = [str(pk) for pk in Value.objects.values_list("pk", flat=True)]
        with django_assert_num_queries(2):
            assert len(names_of("value", keys)) == 3
        assert not ProgressReport.objects.exists()
