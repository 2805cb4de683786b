"""A target of several parts is shown, changed and entered part by part; nothing is flattened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from qingshan.plans import actions
from qingshan.plans.models import CommitmentVersion, TargetVersion
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import Direction, Operator, ValueKind

PLAN, DAY = "qingchuan-2021", "2026-11-20"
BOTH = Typed(
    ValueKind.ALL_OF,
    parts=(Typed(ValueKind.ASSIGNED, authority="云岭市"), Typed(ValueKind.KEEP_NOT_WORSE)),
)


@pytest.fixture
def target(ledger: Any, cast: Any, at: Any) -> Any:
    """达到市考核目标且不下降."""
    made = {"valid_from": cast.lin.grants.get().from_on, "by": cast.chen, "at": at}
    return actions.add_target(
        indicator=ledger.air, year=2024, facts={"typed": BOTH, "raw": "达到市考核目标且不下降"}, **made
    )


@pytest.fixture
def address(target: Any) -> str:
    return reverse("plans:revise_target", args=[PLAN, "A1", 2024])


@pytest.fixture
def lin(client: Any, cast: Any) -> Any:
    client.force_login(cast.lin)
    return client


def as_shown(form: Any) -> dict[str, Any]:
    """What a browser would send back of a form, untouched."""
    sent = {name: form[name].value() for name in form.fields}
    sent["parts-count"] = len(form.rows.forms)
    for row in form.rows.forms:
        sent |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: "" if value is None else str(value) for name, value in sent.items() if value is not False}


def held(target: Any) -> TargetVersion:
    return TargetVersion.objects.current().get(subject=target)


class TestChangingOne:
    def test_the_page_shows_every_part(self, lin: Any, address: str) -> None:
        page = lin.get(address)
        rows = page.context["form"].rows.forms
        assert [row["kind"].value() for row in rows] == [ValueKind.ASSIGNED, ValueKind.KEEP_NOT_WORSE]
        assert "云岭市" in page.content.decode()

    def test_sent_back_as_it_was_shown_it_stays_what_it_was(
        self, lin: Any, target: Any, address: str
    ) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "核对"}
        assert lin.post(address, sent).status_code == 302
        assert held(target).typed == BOTH

    def test_one_part_is_changed_and_the_other_stays(self, lin: Any, target: Any, address: str) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "改由省考核"}
        assert lin.post(address, sent | {"parts-0-authority": "省厅"}).status_code == 302
        assert held(target).typed.parts == (Typed(ValueKind.ASSIGNED, authority="省厅"), BOTH.parts[1])
        assert (
            "由省厅下达，且不低于基准水平"
            in lin.get(reverse("plans:indicator", args=[PLAN, "A1"])).content.decode()
        )

    def test_a_row_is_asked_for_without_scripts_and_nothing_typed_is_lost(
        self, lin: Any, target: Any, address: str
    ) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "增加底线"}
        again = lin.post(address, sent | {"add_row": "parts"})
        form = again.context["form"]
        assert (again.status_code, len(form.rows.forms), form["reason"].value()) == (200, 3, "增加底线")
        assert (held(target).number, bool(form.errors)) == (1, False)
        more = {
            "parts-2-kind": "number",
            "parts-2-operator": ">=",
            "parts-2-value": "92",
            "parts-2-unit": "%",
        }
        assert lin.post(address, as_shown(form) | more).status_code == 302
        assert held(target).typed.parts[2] == Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(92), "%")

    def test_with_one_part_left_it_is_no_target_of_several(self, lin: Any, target: Any, address: str) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "x", "parts-1-drop": "on"}
        answer = lin.post(address, sent)
        assert answer.status_code == 422
        assert "至少要有两项要求" in answer.content.decode()
        assert held(target).number == 1

    def test_a_part_that_lacks_something_says_so_at_its_field(self, lin: Any, address: str) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "x", "parts-0-authority": ""}
        answer = lin.post(address, sent)
        assert answer.status_code == 422
        assert answer.context["form"].rows.forms[0].errors["authority"]
        assert "请写明由哪个上级单位下达" in answer.content.decode()

    def test_of_two_who_change_it_the_second_sees_what_the_first_made(
        self, lin: Any, target: Any, address: str
    ) -> None:
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "一"}
        assert lin.post(address, sent | {"parts-0-authority": "省厅"}).status_code == 302
        late = lin.post(address, sent | {"parts-0-authority": "生态环境部", "reason": "二"})
        assert late.status_code == 409
        assert "由省厅下达，且不低于基准水平" in late.content.decode()
        assert 'value="生态环境部"' in late.content.decode()


class TestABareNumber:
    def test_it_still_binds_by_the_direction_after_another_change(
        self, lin: Any, ledger: Any, cast: Any, at: Any
    ) -> None:
        bare = Typed(ValueKind.NUMBER, Operator.EQUAL, Decimal("45.1"), "%", implied=True)
        target = actions.add_target(
            indicator=ledger.air, year=2023, facts={"typed": bare, "raw": "45.1"}, by=cast.chen, at=at,
            valid_from=at.date(),
        )  # fmt: skip
        address = reverse("plans:revise_target", args=[PLAN, "A1", 2023])
        sent = as_shown(lin.get(address).context["form"]) | {"reason": "更正", "value": "45.2"}
        assert lin.post(address, sent).status_code == 302
        assert held(target).typed == Typed(
            ValueKind.NUMBER, Operator.EQUAL, Decimal("45.2"), "%", implied=True
        )


class TestEnteringOne:
    def test_a_new_target_of_several_parts(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.chen)
        sent = {
            "year": 2022, "kind": "all_of", "valid_from": DAY, "parts-count": "3",
            "parts-0-kind": "number", "parts-0-operator": ">=", "parts-0-value": "91", "parts-0-unit": "%",
            "parts-1-kind": "relative", "parts-1-text": "持续提升", "parts-1-direction": "higher_better",
            "parts-2-kind": "",
        }  # fmt: skip
        assert client.post(reverse("plans:add_target", args=[PLAN, "A1"]), sent).status_code == 302
        typed = TargetVersion.objects.get(subject__indicator=ledger.air, subject__year=2022).typed
        assert typed.parts == (
            Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(91), "%"),
            Typed(ValueKind.RELATIVE, text="持续提升", direction=Direction.HIGHER_BETTER),
        )

    def test_rows_of_another_kind_are_not_asked(self, client: Any, cast: Any, ledger: Any) -> None:
        client.force_login(cast.chen)
        sent = {
            "year": 2022, "kind": "keep_not_worse", "valid_from": DAY, "parts-count": "1",
            "parts-0-kind": "number",
        }  # fmt: skip
        assert client.post(reverse("plans:add_target", args=[PLAN, "A1"]), sent).status_code == 302
        typed = TargetVersion.objects.get(subject__indicator=ledger.air, subject__year=2022).typed
        assert typed == Typed(ValueKind.KEEP_NOT_WORSE)


class TestACommitment:
    def test_its_parts_are_changed_on_its_page(self, client: Any, cast: Any, ledger: Any, at: Any) -> None:
        actions.revise_commitment(
            commitment=ledger.promise, changes={"typed": BOTH}, seen=1, by=cast.chen, at=at, reason="补充"
        )
        client.force_login(cast.chen)
        address = reverse("plans:revise_commitment", args=[PLAN, "C1"])
        sent = as_shown(client.get(address).context["form"]) | {"reason": "改由省考核"}
        assert client.post(address, sent | {"parts-0-authority": "省厅"}).status_code == 302
        assert CommitmentVersion.objects.current().get().typed.parts[0].authority == "省厅"
