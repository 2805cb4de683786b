"""What rooms make their policies of: a guard from a question, and the record behind a name."""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas.models import District
from qingshan.kernel.refs import Ref


class TestAGuard:
    @pytest.fixture
    def guard(self) -> Any:
        return accounts.requiring(
            lambda user, verb, record: (user, verb) == ("陈", "view"),
            {"view": "plans.view", "edit": "plans.edit"},
        )

    def test_it_lets_pass_whom_the_question_lets(self, guard: Any) -> None:
        guard("陈", "view", "规划")

    def test_it_refuses_others_and_names_what_is_missing(self, guard: Any) -> None:
        with pytest.raises(accounts.Forbidden) as refused:
            guard("陈", "edit", "规划")
        assert (refused.value.capability, refused.value.what) == ("plans.edit", "规划")

    def test_the_system_itself_is_not_asked(self, guard: Any) -> None:
        guard(None, "edit", "规划")

    def test_a_capability_that_is_not_in_the_list_is_found_at_once(self) -> None:
        with pytest.raises(ValueError, match=r"plans\.guess"):
            accounts.requiring(lambda user, verb, record: True, {"guess": "plans.guess"})


@pytest.mark.django_db
class TestARecordByItsName:
    def test_it_is_looked_for_in_the_table_of_its_kind(self, land: Any) -> None:
        tables = {"district": District.objects}
        assert accounts.record_named(Ref("areas", "district", str(land.county.pk)), tables) == land.county

    @pytest.mark.parametrize(("kind", "key"), [("department", "1"), ("district", "0"), ("district", "x")])
    def test_another_kind_an_unknown_key_and_no_number_stand_for_nothing(self, kind: str, key: str) -> None:
        assert accounts.record_named(Ref("areas", kind, key), {"district": District.objects}) is None
