"""The administration pages: each administrator sees and does their own part."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.accounts.models import SessionRecord, User
from qingshan.areas import public as areas

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def pages(cast, land):
    """Every page of the administration that is only looked at, and which capability opens it."""
    return {
        "/administration/roles/": {"system", "security", "audit"},
        "/administration/users/": {"system", "security", "audit"},
        f"/administration/users/{cast.chen.pk}/": {"system", "security", "audit"},
        "/administration/users/new/": {"system"},
        f"/administration/users/{cast.chen.pk}/edit/": {"system"},
        f"/administration/users/{cast.chen.pk}/grant/": {"security"},
        "/administration/districts/": {"system"},
        f"/administration/districts/?top={land.county.code}": {"system"},
        "/administration/districts/new/": {"system"},
        f"/administration/districts/{land.county.pk}/": {"system"},
        f"/administration/districts/{land.county.pk}/edit/": {"system"},
        f"/administration/districts/{land.county.pk}/end/": {"system"},
        "/administration/departments/": {"system"},
        "/administration/departments/new/": {"system"},
        f"/administration/departments/{land.water.pk}/": {"system"},
        f"/administration/departments/{land.water.pk}/edit/": {"system"},
        f"/administration/departments/{land.water.pk}/merge/": {"system"},
        f"/administration/departments/{land.water.pk}/split/": {"system"},
        f"/administration/departments/{land.water.pk}/dissolve/": {"system"},
        f"/administration/departments/{land.water.pk}/posts/new/": {"system"},
    }


class TestWhoSeesWhat:
    @pytest.mark.parametrize("who", ["system", "security", "audit", "lin", "chen", "zhou"])
    def test_each_page_opens_for_those_it_is_for(self, cast, pages, browse, who):
        client = browse(getattr(cast, who))
        found = {address: client.get(address).status_code for address in pages}

        assert found == {address: 200 if who in open_to else 403 for address, open_to in pages.items()}

    def test_nobody_sees_anything_before_logging_in(self, pages, client):
        assert {client.get(address).status_code for address in pages} == {302}

    @pytest.mark.parametrize("who", ["system", "lin"])
    def test_every_fragment_asks_for_the_same_right(self, cast, pages, browse, who):
        client = browse(getattr(cast, who))
        for address, open_to in pages.items():
            answer = client.get(address, headers={"HX-Request": "true"})
            assert answer.status_code == (200 if who in open_to else 403)
            assert "<html" not in text(answer)


class TestARefusal:
    def test_it_says_what_is_needed_and_who_can_give_it(self, cast, browse):
        page = text(browse(cast.lin).get("/administration/users/new/"))

        assert "新增、修改、停用账户" in page
        assert "系统管理员" in page
        assert "安全管理员甲" in page
        assert "0750-5550001" in page


class TestUsers:
    def test_a_new_user_is_entered_and_the_password_shown_once(self, cast, land, browse):
        client = browse(cast.system)
        answer = client.post(
            "/administration/users/new/",
            {"username": "zhao", "display_name": "赵", "department": land.water.pk},
        )
        zhao = User.objects.get(username="zhao")
        shown = text(answer).split("<code>")[1].split("</code>")[0]

        assert zhao.check_password(shown)
        assert "no-store" in answer["Cache-Control"]
        assert shown not in text(client.get(f"/administration/users/{zhao.pk}/"))

    def test_a_name_taken_is_told_on_the_form_with_what_was_typed(self, cast, browse):
        answer = browse(cast.system).post(
            "/administration/users/new/", {"username": "chen", "display_name": "陈二"}
        )

        assert answer.status_code == 422
        assert "已被使用" in text(answer)
        assert 'value="陈二"' in text(answer)

    def test_the_list_is_filtered_and_exported(self, cast, browse):
        client = browse(cast.security)
        page = text(client.get("/administration/users/?role=planner"))

        assert "王" in page
        assert "周" not in page
        assert client.get("/administration/users/?state=locked&q=陈").status_code == 200
        assert client.get("/administration/users/?export=xlsx")["Content-Type"].startswith(
            "application/vnd.openxmlformats"
        )

    def test_a_password_is_reset_but_not_an_administrators(self, cast, browse):
        client = browse(cast.system)
        shown = client.post(f"/administration/users/{cast.chen.pk}/password/")
        refused = client.post(f"/administration/users/{cast.security.pk}/password/", follow=True)

        assert "一次性口令" in text(shown)
        assert "qingshan users reset-password" in text(refused)

    def test_a_role_is_granted_and_taken_back(self, cast, land, browse):
        client = browse(cast.security)
        client.post(
            f"/administration/users/{cast.zhou.pk}/grant/",
            {"role": "evaluator", "district": land.county.pk, "from_on": "2026-11-01"},
        )
        grant = cast.zhou.grants.get(role="evaluator")
        assert grant.granted_by == cast.security

        client.post(f"/administration/users/{cast.zhou.pk}/grants/{grant.pk}/end/")
        grant.refresh_from_db()
        assert grant.to_on is not None

    def test_a_grant_that_breaks_separation_is_refused_in_words(self, cast, browse):
        answer = browse(cast.security).post(
            f"/administration/users/{cast.system.pk}/grant/",
            {"role": "audit_admin", "from_on": "2026-11-01"},
        )

        assert answer.status_code == 422
        assert "三员分立" in text(answer)

    def test_locking_needs_a_reason(self, cast, browse):
        client = browse(cast.security)
        client.post(f"/administration/users/{cast.chen.pk}/lock/", {"reason": ""})
        assert User.objects.get(pk=cast.chen.pk).locked_at is None

        client.post(f"/administration/users/{cast.chen.pk}/lock/", {"reason": "离岗"})
        assert User.objects.get(pk=cast.chen.pk).locked_reason == "离岗"
        client.post(f"/administration/users/{cast.chen.pk}/lock/")
        assert User.objects.get(pk=cast.chen.pk).locked_at is None

    def test_closing_and_opening(self, cast, browse):
        client = browse(cast.system)
        for active in (False, True):
            client.post(f"/administration/users/{cast.chen.pk}/close/")
            assert User.objects.get(pk=cast.chen.pk).is_active is active

    def test_the_security_administrator_ends_a_session(self, cast, browse):
        other = browse(cast.chen)
        record = SessionRecord.objects.get(user=cast.chen)
        browse(cast.security).post(f"/administration/users/{cast.chen.pk}/sessions/{record.pk}/end/")

        assert other.get("/account/").status_code == 302

    @pytest.mark.parametrize("action", ["password", "close", "lock"])
    def test_reading_an_address_that_acts_does_nothing(self, cast, browse, action):
        for who in (cast.system, cast.security):
            answer = browse(who).get(f"/administration/users/{cast.chen.pk}/{action}/")
            assert answer.status_code in (403, 405)


class TestDepartments:
    def test_a_merger_is_entered_and_shown_on_both_sides(self, cast, land, browse):
        client = browse(cast.system)
        answer = client.post(
            f"/administration/departments/{land.water.pk}/merge/",
            {"into": land.ecology.pk, "on": "2026-06-01", "document": "台机编〔2026〕1号"},
        )

        assert answer.status_code == 302
        assert areas.current_departments(land.water, DAY) == (land.ecology,)
        assert "台机编〔2026〕1号" in text(client.get(f"/administration/departments/{land.water.pk}/"))
        assert "承接了以下单位的职责" in text(client.get(f"/administration/departments/{land.ecology.pk}/"))

    def test_the_page_as_of_the_day_before_shows_the_day_before(self, cast, land, at, browse):
        areas.merge_departments(
            departments=[land.water], into=land.ecology, on=date(2026, 6, 1), by=None, at=at
        )
        client = browse(cast.system)

        before = text(client.get(f"/administration/departments/{land.ecology.pk}/?as_of=2026-05-31"))
        assert "承接了以下单位的职责" not in before
        assert "台山市水利局" in text(client.get("/administration/departments/?as_of=2026-05-31"))
        assert "台山市水利局" not in text(client.get("/administration/departments/?as_of=2026-06-01"))

    def test_a_rename_keeps_the_old_name_in_the_history(self, cast, land, browse):
        client = browse(cast.system)
        client.post(
            f"/administration/departments/{land.water.pk}/edit/",
            {
                "name": "台山市水务局",
                "kind": "bureau",
                "district": land.county.pk,
                "valid_from": "2026-06-01",
                "reason": "机构改革",
                "seen_version": 1,
            },
        )
        page = text(client.get(f"/administration/departments/{land.water.pk}/"))

        assert "<del>台山市水利局</del>" in page
        assert "<ins>台山市水务局</ins>" in page

    def test_a_stale_form_shows_what_came_between(self, cast, land, at, browse):
        areas.rename_department(
            department=land.water, name="台山市水务局", on=DAY, by=None, at=at, reason="机构改革"
        )
        answer = browse(cast.system).post(
            f"/administration/departments/{land.water.pk}/edit/",
            {
                "name": "台山市水资源局",
                "kind": "bureau",
                "district": land.county.pk,
                "valid_from": "2026-11-21",
                "reason": "更正",
                "seen_version": 1,
            },
        )

        assert answer.status_code == 409
        assert "台山市水务局" in text(answer)
        assert 'value="台山市水资源局"' in text(answer)

    def test_a_day_before_the_last_change_is_refused_in_words(self, cast, land, at, browse):
        areas.rename_department(
            department=land.water, name="台山市水务局", on=DAY, by=None, at=at, reason="机构改革"
        )
        answer = browse(cast.system).post(
            f"/administration/departments/{land.water.pk}/merge/",
            {"into": land.ecology.pk, "on": "2026-01-01"},
        )

        assert answer.status_code == 422
        assert "2026-11-20" in text(answer)

    def test_a_split_needs_two(self, cast, land, browse):
        answer = browse(cast.system).post(
            f"/administration/departments/{land.water.pk}/split/",
            {"into": [land.ecology.pk], "on": "2026-06-01"},
        )

        assert answer.status_code == 422
        assert "至少要有两个" in text(answer)

    def test_posts_are_made_held_and_left(self, cast, land, browse):
        client = browse(cast.system)
        client.post(
            f"/administration/departments/{land.water.pk}/posts/new/", {"name": "股长", "leads": "on"}
        )
        post = areas.Post.objects.get()
        client.post(
            f"/administration/posts/{post.pk}/appoint/", {"user": cast.chen.pk, "from_on": "2026-01-01"}
        )
        holding = areas.PostHolding.objects.get()
        assert "陈" in text(client.get(f"/administration/departments/{land.water.pk}/"))

        client.post(f"/administration/holdings/{holding.pk}/leave/", {"on": "2026-11-01"})
        assert areas.posts_of(cast.chen, DAY) == ()

    def test_a_new_department_is_entered_with_its_other_names(self, cast, land, browse):
        browse(cast.system).post(
            "/administration/departments/new/",
            {
                "name": "台山市气象局",
                "aliases": "气象部门\n市气象台",
                "kind": "bureau",
                "district": land.county.pk,
                "valid_from": "2026-01-01",
            },
        )

        assert areas.find_department("气象部门", land.county, DAY).name == "台山市气象局"


class TestDistricts:
    def test_a_functional_area_is_entered(self, cast, land, browse):
        answer = browse(cast.system).post(
            "/administration/districts/new/",
            {
                "code": "440700-GX",
                "name": "江门高新区",
                "kind": "functional",
                "parent": land.city.pk,
                "valid_from": "2026-01-01",
            },
        )

        assert answer.status_code == 302
        assert areas.find_district("440700-GX").level == 3

    def test_a_bad_code_is_refused_in_words(self, cast, browse):
        answer = browse(cast.system).post(
            "/administration/districts/new/",
            {"code": "44", "name": "某地", "kind": "division", "valid_from": "2026-01-01"},
        )

        assert answer.status_code == 422
        assert "6、9 或 12 位数字" in text(answer)

    def test_a_town_is_merged_away(self, cast, land, at, browse):
        second = areas.create_district(
            code="440781108",
            name="沙栏镇",
            parent=land.county,
            valid_from=date(2020, 1, 1),
            by=None,
            at=at,
        )
        browse(cast.system).post(
            f"/administration/districts/{second.pk}/end/", {"into": land.town.pk, "on": "2026-06-01"}
        )

        assert second.pk in areas.districts_under(land.town, DAY)

    def test_one_is_renamed(self, cast, land, browse):
        browse(cast.system).post(
            f"/administration/districts/{land.town.pk}/edit/",
            {
                "code": land.town.code,
                "name": "海宴街道",
                "parent": land.county.pk,
                "valid_from": "2026-06-01",
                "reason": "撤镇设街道",
                "seen_version": 1,
            },
        )

        assert areas.district_names({land.town.pk}, DAY) == {land.town.pk: "海宴街道"}
