"""Pages of the audit."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.audit import public as audit
from qingshan.audit.public import record
from qingshan.documents import policies
from qingshan.documents.public import register_owner_policy
from qingshan.jobs.models import Job
from qingshan.kernel.refs import Ref
from qingshan.portal.auditing import names

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
THING = Ref("tests", "thing", "7")


@pytest.fixture
def cast(db):
    """周 audits; 陈 plans."""
    county = areas.create_district(
        code="440781", name="台山市", by=None, at=AT, valid_from=date(2020, 1, 1), parent=None
    )

    def hired(username, name, role, district):
        user = accounts.create_user(
            username=username, display_name=name, password="Qing-Shan-2026", by=None, at=AT
        ).user
        accounts.grant_role(user=user, role=role, district=district, by=None, at=AT, from_on=date(2020, 1, 1))
        user.must_change_password = False
        user.save()
        return user

    return {"周": hired("zhou", "周", "audit_admin", None), "陈": hired("chen", "陈", "planner", county)}


@pytest.fixture
def kept(cast):
    with transaction.atomic():
        record("plans.revise", THING, by=cast["陈"], at=AT, detail={"理由": "省厅来函"})
        record("jobs.reap", Ref("jobs", "job", "1"), by=None, at=AT)


@pytest.fixture
def auditor(client, cast):
    client.force_login(cast["周"])
    return client


@pytest.mark.usefixtures("kept")
class TestRecords:
    def test_the_auditor_sees_who_did_what_and_why(self, auditor):
        page = auditor.get(reverse("audit:records")).content.decode()
        assert "plans.revise" in page
        assert "理由：省厅来函" in page
        assert "系统" in page

    @pytest.mark.parametrize(
        ("asked", "seen"),
        [
            ({"action": "plans.revise"}, True),
            ({"action": "jobs.reap"}, False),
            ({"actor": "chen"}, True),
            ({"subject": "tests.thing/7"}, True),
            ({"subject": "jobs"}, False),
            ({"first_on": "2026-11-20", "last_on": "2026-11-20"}, True),
            ({"first_on": "2026-11-21"}, False),
        ],
    )
    def test_the_list_is_narrowed(self, auditor, asked, seen):
        page = auditor.get(reverse("audit:records"), asked, headers={"HX-Request": "true"}).content.decode()
        assert ("理由：省厅来函" in page) is seen

    def test_a_subject_has_its_name_beside_its_ref(self, auditor, cast):
        page = auditor.get(reverse("audit:records"), {"subject": str(cast["陈"].ref)}).content.decode()
        ref = cast["陈"].ref
        assert f'<a href="/audit/of/{ref}/">陈</a>' in page
        assert f">{ref}</td>" in page

    def test_what_no_room_can_name_keeps_its_ref(self, auditor):
        assert "tests.thing/7" in auditor.get(reverse("audit:records")).content.decode()

    def test_a_page_of_names_takes_a_query_for_each_kind(self, auditor, cast, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            names.dress_with_names(list(audit.entries()))

    def test_it_exports(self, auditor):
        answer = auditor.get(reverse("audit:records"), {"export": "xlsx"})
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"PK")
        answer.close()

    def test_nobody_else_sees_it(self, client, cast):
        client.force_login(cast["陈"])
        assert client.get(reverse("audit:records")).status_code == 403
        assert client.post(reverse("audit:verification")).status_code == 403


@pytest.mark.usefixtures("kept")
class TestTrail:
    def test_a_records_trail_is_seen_by_who_may_see_the_record(self, client, cast, monkeypatch):
        client.force_login(cast["陈"])
        address = reverse("audit:trail", args=[THING])
        assert client.get(address).status_code == 403
        monkeypatch.setattr(policies, "_POLICIES", dict(policies._POLICIES))
        register_owner_policy(
            "tests.thing", may_see=lambda user, ref: True, may_change=lambda user, ref: False
        )
        answer = client.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "plans.revise" in answer.content.decode()
        assert "jobs.reap" not in answer.content.decode()

    def test_the_auditor_sees_every_trail(self, auditor):
        assert auditor.get(reverse("audit:trail", args=[THING])).status_code == 200

    def test_a_record_without_a_trail_says_so(self, auditor):
        page = auditor.get(reverse("audit:trail", args=[Ref("tests", "thing", "8")])).content.decode()
        assert "还没有操作记录" in page


class TestVerification:
    def test_it_runs_in_the_background_and_only_once_at_a_time(self, auditor):
        for _ in range(2):
            answer = auditor.post(reverse("audit:verification"))
            assert answer.status_code == 302
        job = Job.objects.get(kind="portal.verify_audit")
        assert answer.url == reverse("jobs:job", args=[job.pk])
