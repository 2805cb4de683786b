"""Who is to see to a record of the ledger: assigned, seen by whom it concerns, handed over, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from qingshan.workflow.public import Assignment, HandOver, assign, holders

DAY = "2026-11-20"


def to(name: str, *args: Any) -> str:
    return reverse(f"workflow:{name}", args=args)


@pytest.fixture
def chen(client: Any, cast: Any, ledger: Any) -> Any:
    client.force_login(cast.chen)
    return client


@pytest.fixture
def hers(cast: Any, ledger: Any, at: Any) -> dict[str, Assignment]:
    """What 吴 of the water bureau has by name: the pipes and the plant."""
    return {
        name: assign(
            about=getattr(ledger, name).ref, duty="keeper", from_on=date(2026, 1, 5), user=cast.wu,
            by=cast.chen, at=at,
        )
        for name in ("sewage", "plant")
    }  # fmt: skip


@pytest.fixture
def zheng(cast: Any, book: Any) -> Any:
    """郑, who came to the water bureau."""
    person = book.user("郑", cast.water, cast.county)
    book.grant(person, "department_officer", cast.county, cast.water)
    return person


class TestAssigning:
    def test_a_record_is_given_to_a_person_from_its_page(self, chen: Any, cast: Any, ledger: Any) -> None:
        page = reverse("plans:measure", args=["qingchuan-2021", "M1-1"])
        assert to("record", ledger.sewage.ref) in chen.get(page).content.decode()
        sent = {"to": f"user-{cast.wu.pk}", "duty": "keeper", "from_on": DAY, "note": "管网"}
        assert chen.post(to("assign", ledger.sewage.ref), sent).status_code == 302
        assert [held.user for held in holders(ledger.sewage.ref, date(2026, 11, 20))] == [cast.wu]
        assert "吴" in chen.get(to("record", ledger.sewage.ref)).content.decode()
        again = chen.post(to("assign", ledger.sewage.ref), sent)
        assert (again.status_code, "不必重复分派" in again.content.decode()) == (422, True)

    def test_it_is_ended_with_a_reason(self, chen: Any, hers: Any) -> None:
        address = to("end_assignment", hers["sewage"].pk)
        assert chen.post(address, {"on": DAY}).status_code == 422
        assert chen.post(address, {"on": DAY, "reason": "改由单位办理"}).status_code == 302
        hers["sewage"].refresh_from_db()
        assert (hers["sewage"].to_on, hers["sewage"].end_reason) == (date(2026, 11, 20), "改由单位办理")

    def test_only_who_keeps_or_approves_the_plan_assigns(self, client: Any, cast: Any, ledger: Any) -> None:
        for person, answer in ((cast.lin, 200), (cast.wu, 403), (cast.zhou, 404)):
            client.force_login(person)
            assert client.get(to("assign", ledger.sewage.ref)).status_code == answer


class TestMine:
    def test_everybody_sees_what_is_theirs(self, client: Any, cast: Any, hers: Any) -> None:
        client.force_login(cast.wu)
        page = client.get(to("mine")).content.decode()
        assert "建设污水管网" in page
        assert "负责办理" in page
        assert "各人名下" not in page

    def test_a_manager_sees_the_desks_of_her_people_and_nobody_elses(
        self, client: Any, cast: Any, hers: Any
    ) -> None:
        client.force_login(cast.lin)
        assert to("person", cast.wu.pk) in client.get(to("mine")).content.decode()
        assert "建设污水管网" in client.get(to("person", cast.wu.pk)).content.decode()
        client.force_login(cast.zhou)
        assert "吴" not in client.get(to("mine")).content.decode()
        assert client.get(to("person", cast.wu.pk)).status_code == 404
        client.force_login(cast.wu)
        assert client.get(to("person", cast.lin.pk)).status_code == 404


class TestWhereAPersonSits:
    def test_an_account_without_a_district_sits_in_that_of_its_department(
        self, chen: Any, cast: Any, hers: Any
    ) -> None:
        cast.wu.district = None
        cast.wu.save()
        assert to("hand_over", cast.wu.pk) in chen.get(to("person", cast.wu.pk)).content.decode()

    def test_one_who_sits_nowhere_is_nobodys(self, chen: Any, book: Any, ledger: Any, at: Any) -> None:
        stray = book.user("游", None, None)
        assign(about=ledger.plant.ref, duty="keeper", from_on=date(2026, 1, 5), user=stray, by=None, at=at)
        assert chen.get(to("person", stray.pk)).status_code == 404
        assert "游" not in chen.get(to("mine")).content.decode()


class TestHandingOver:
    @pytest.fixture
    def address(self, cast: Any) -> str:
        return to("hand_over", cast.wu.pk)

    @pytest.fixture
    def sent(self, zheng: Any, hers: Any) -> dict[str, Any]:
        return {
            "to_user": zheng.pk, "on": DAY, "note": "轮岗", "chosen": [one.pk for one in hers.values()],
        }  # fmt: skip

    def test_it_is_looked_at_before_it_is_done(self, chen: Any, address: str, sent: Any) -> None:
        shown = chen.post(address, sent)
        assert shown.status_code == 200
        assert "确认交接" in shown.content.decode()
        assert "县城污水处理厂扩建" in shown.content.decode()
        assert not HandOver.objects.exists()

    def test_confirmed_it_is_done_and_the_desk_is_empty(
        self, chen: Any, cast: Any, ledger: Any, zheng: Any, address: str, sent: Any
    ) -> None:
        done = chen.post(address, sent | {"confirm": "1"}, follow=True)
        assert done.redirect_chain[-1][0] == to("handed_over", HandOver.objects.get().pk)
        assert "轮岗" in done.content.decode()
        assert [held.user for held in holders(ledger.plant.ref, date(2026, 11, 20))] == [zheng]
        assert not Assignment.objects.filter(user=cast.wu, to_on__isnull=True).exists()

    def test_only_what_is_chosen_goes(self, chen: Any, cast: Any, hers: Any, address: str, sent: Any) -> None:
        chen.post(address, sent | {"confirm": "1", "chosen": [hers["plant"].pk]})
        assert list(Assignment.objects.filter(user=cast.wu, to_on__isnull=True)) == [hers["sewage"]]

    def test_the_preview_says_what_the_receiver_has_already_or_cannot_see(
        self, chen: Any, cast: Any, ledger: Any, zheng: Any, book: Any, at: Any, address: str, sent: Any
    ) -> None:
        assign(about=ledger.plant.ref, duty="keeper", from_on=date(2026, 1, 5), user=zheng, by=None, at=at)
        assert "接收人已有，不重复" in chen.post(address, sent).content.decode()
        stranger = book.user("郝", cast.bureau, cast.county)
        book.grant(stranger, "department_officer", cast.county, cast.bureau)
        shown = chen.post(address, sent | {"to_user": stranger.pk}).content.decode()
        assert "接收人现在无权查看" in shown

    def test_without_a_reason_or_to_nobody_it_comes_back(self, chen: Any, address: str, sent: Any) -> None:
        for lacking in ("note", "to_user", "chosen"):
            assert chen.post(address, {**sent, lacking: ""}).status_code == 422
        assert chen.post(address, {**sent, "to_user": "999999", "confirm": "1"}).status_code == 422

    def test_what_was_handed_over_meanwhile_is_said(
        self, chen: Any, cast: Any, address: str, sent: Any
    ) -> None:
        chen.post(address, sent | {"confirm": "1"})
        late = chen.post(address, sent | {"confirm": "1"})
        assert late.status_code == 422  # what is gone is offered no more
        assert HandOver.objects.count() == 1

    def test_it_is_not_for_the_people_themselves_nor_for_strangers(
        self, client: Any, cast: Any, address: str, sent: Any
    ) -> None:
        for person, answer in ((cast.wu, 403), (cast.zhou, 404)):
            client.force_login(person)
            assert client.get(address).status_code == answer
            assert client.post(address, sent | {"confirm": "1"}).status_code == answer
        assert not HandOver.objects.exists()

    def test_both_see_the_slip_and_a_manager_takes_it_back(
        self, client: Any, cast: Any, ledger: Any, zheng: Any, address: str, sent: Any
    ) -> None:
        client.force_login(cast.chen)
        client.post(address, sent | {"confirm": "1"})
        slip = HandOver.objects.get()
        for person in (cast.wu, zheng):
            client.force_login(person)
            page = client.get(to("handed_over", slip.pk)).content.decode()
            assert "县城污水处理厂扩建" in page
            assert to("undo_hand_over", slip.pk) not in page
            assert client.post(to("undo_hand_over", slip.pk), {"reason": "x"}).status_code == 403
        client.force_login(cast.zhou)
        assert client.get(to("handed_over", slip.pk)).status_code == 404
        client.force_login(cast.lin)
        assert client.post(to("undo_hand_over", slip.pk), {"reason": "名字选错"}).status_code == 302
        assert "已撤销" in client.get(to("handed_over", slip.pk)).content.decode()
        assert Assignment.objects.filter(user=cast.wu, to_on__isnull=True).count() == 2
