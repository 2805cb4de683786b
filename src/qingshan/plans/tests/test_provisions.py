"""Duties and zoning rules of a plan: listed with their passages, found by words, hidden from strangers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from qingshan.plans.models import PlanSource, Provision, ProvisionVersion
from qingshan.plans.queries import provisions_for, search
from qingshan.plans.vocabulary import Effect, ProvisionKind

TEXT = "各镇建立入河排污口台账。一级保护区内禁止新建排污口。"


@pytest.fixture
def provisions(ledger: Any, at: Any, book: Any) -> Any:
    """A duty and a zoning rule of the plan, and its text."""
    PlanSource.objects.create(
        plan=ledger.plan, code="text", title="青川规划", sha256="0" * 64, characters=len(TEXT), text=TEXT
    )
    made: dict[str, Any] = {"plan": ledger.plan, "valid_from": book.BEGIN, "recorded_at": at}
    for order, (start, end, facts) in enumerate(
        (
            (0, 12, {"kind": ProvisionKind.DUTY, "duty_code": "C02", "name": "排污口台账"}),
            (12, 26, {"kind": ProvisionKind.ZONING, "effect": Effect.PROHIBIT, "zone": "一级保护区",
                      "wording": "禁止新建排污口"}),
        ), start=1,
    ):  # fmt: skip
        subject = Provision.objects.create(plan=ledger.plan, code=f"D-{order}")
        ProvisionVersion.objects.create(
            subject=subject, order=order, place_start=start, place_end=end,
            place_anchor=TEXT[start:end][:20], **made, **facts,
        )  # fmt: skip
    return ledger


class TestProvisions:
    def test_the_page_lists_them_with_their_passages(self, provisions: Any, cast: Any) -> None:
        client = Client()
        client.force_login(cast.chen)
        page = client.get("/plans/qingchuan-2021/provisions/").content.decode()
        for words in ("排污口台账", "C02", "禁止新建排污口", "一级保护区", "各镇建立入河排污口台账。"):
            assert words in page

    def test_they_are_sifted_by_kind_effect_and_words(self, provisions: Any, cast: Any) -> None:
        client = Client()
        client.force_login(cast.chen)
        for asked, shown, hidden in (
            ("kind=duty", "C02", "禁止新建排污口"),
            ("effect=prohibit", "禁止新建排污口", "C02"),
            ("q=一级保护区", "禁止新建排污口", "C02"),
            ("q=c02", "排污口台账", "禁止新建排污口"),
        ):
            page = client.get(f"/plans/qingchuan-2021/provisions/?{asked}").content.decode()
            body = page[page.index("<tbody") : page.index("</tbody>")]
            assert shown in body, asked
            assert hidden not in body, asked

    def test_search_finds_them(self, provisions: Any, cast: Any, book: Any) -> None:
        hits = [hit for hit in search(user=cast.wu, text="排污口", on=book.TODAY) if hit.kind != "原文"]
        assert [(hit.kind, hit.title) for hit in hits] == [
            ("职责", "排污口台账"), ("准入规则", "禁止新建排污口"),
        ]  # fmt: skip
        assert hits[0].url.startswith("/plans/qingchuan-2021/provisions/?q=")

    def test_a_stranger_sees_none(self, provisions: Any, cast: Any, book: Any) -> None:
        assert provisions_for(user=cast.zhou, on=book.TODAY).count() == 0
        assert search(user=cast.zhou, text="排污口", on=book.TODAY) == []
        client = Client()
        client.force_login(cast.zhou)
        assert client.get("/plans/qingchuan-2021/provisions/").status_code == 404
