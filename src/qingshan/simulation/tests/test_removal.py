"""Removing the county leaves everything as it was before, but for the audit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import TestCase

from qingshan.accounts.models import LoginAttempt, SessionRecord
from qingshan.areas.public import create_district
from qingshan.audit.public import actions_known
from qingshan.cli import main
from qingshan.documents.public import attach
from qingshan.intake import public as intake
from qingshan.jobs.models import OutboxEvent
from qingshan.pages.models import SavedView
from qingshan.plans import models
from qingshan.plans.public import approve_report
from qingshan.simulation.papers import letter
from qingshan.simulation.public import NotThere, StillTied, county_district, load_county, remove_county

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("county")]

AT = datetime(2026, 11, 21, 3, tzinfo=UTC)


def picture() -> list[Any]:
    """What the plan says, without the database's numbers."""
    values = models.Value.objects.order_by("indicator__code", "year", "entered_at")
    reports = models.ProgressReport.objects.order_by("entered_at", "text", "percent")
    money = models.MoneyVersion.objects.order_by(
        "recorded_at", "subject__project__code", "subject__funds", "subject__year", "number"
    )
    who = ("entered_by__username", "entered_at", "reviewed_at")
    return [
        *values.values_list("indicator__code", "year", "number", "state", *who),
        *reports.values_list("on", "percent", "state", "text", *who),
        *money.values_list("subject__funds", "planned_yuan", "received_yuan", "paid_yuan", "valid_from"),
    ]


class TestRemoval:
    def test_every_table_holds_what_it_held_before(self, county: Any) -> None:
        assert county.rows_now() - county.before
        remove_county(at=AT)
        assert county.rows_now() == county.before

    def test_the_files_go_too(self, county_with_files: Any) -> None:
        assert county_with_files.files_now()
        with TestCase.captureOnCommitCallbacks(execute=True):
            gone = remove_county(at=AT)
        assert county_with_files.files_now() == set()
        assert gone.files > 0

    def test_a_file_that_something_real_holds_too_stays(self, county_with_files: Any) -> None:
        paper = letter(number="1", title="t", sender="s", written_on=date(2026, 1, 1), lines=["模拟"])
        real = models.Plan.objects.get(simulated=False)
        for plan in (county_with_files.plan, real):
            kept = attach(paper, to=plan.ref, by=None, at=AT, title="附件（模拟）")
        with TestCase.captureOnCommitCallbacks(execute=True):
            remove_county(at=AT)
        assert county_with_files.files_now() == {kept.newest.sha256}

    def test_what_people_did_afterwards_goes_with_it(self, county: Any) -> None:
        lin, chen = county.person("lin"), county.person("chen")
        SavedView.objects.create(owner=lin, listing="plans", title="t", query="", created_at=AT)
        SessionRecord.objects.create(user=lin, key="k" * 32, address="127.0.0.1", began_at=AT, seen_at=AT)
        LoginAttempt.objects.create(username="lin", address="127.0.0.1", at=AT, succeeded=True)
        approve_report(report=models.ProgressReport.objects.get(state="submitted"), by=chen, at=AT)
        assert OutboxEvent.objects.exists()
        remove_county(at=AT)
        assert county.rows_now() == county.before

    def test_the_review_of_a_document_goes_with_its_findings_and_its_file(
        self, county_with_files: Any
    ) -> None:
        chen, plan = county_with_files.person("chen"), county_with_files.plan
        text = plan.sources.get(main=True).text.replace("生态环境保护", "生态环境保护 ", 1)
        review = intake.start(
            data=text.encode(), file_name="修订稿.txt", district=plan.district, plan=plan, by=chen, at=AT
        )
        last = review.findings.filter(kind="measure").order_by("order").last()
        intake.accept_above(finding=last, by=chen, at=AT)
        intake.undo(intake=review, by=chen, at=AT)
        intake.accept(finding=last, expected_version=3, by=chen, at=AT)
        intake.enter(intake=review, by=chen, at=AT)
        assert review.decisions.count() == 4
        with TestCase.captureOnCommitCallbacks(execute=True):
            remove_county(at=AT)
        assert county_with_files.rows_now() == county_with_files.before
        assert county_with_files.files_now() == set()

    def test_the_audit_says_that_it_was_removed(self, county: Any) -> None:
        remove_county(at=AT)
        assert {"simulation.load_county", "simulation.remove_county"} <= set(actions_known())

    def test_real_plans_stay(self, county: Any) -> None:
        remove_county(at=AT)
        (plan,) = models.Plan.objects.all()
        assert not plan.simulated

    def test_it_refuses_where_a_fictional_person_signed_something_real(self, county: Any) -> None:
        create_district(
            code="110000", name="某地", valid_from=date(2020, 1, 1), by=county.person("lin"), at=AT
        )
        held = county.rows_now()
        with pytest.raises(StillTied, match="登记人"):
            remove_county(at=AT)
        assert county.rows_now() == held

    def test_it_can_be_loaded_again_and_is_then_the_same(self, county: Any) -> None:
        first = picture()
        remove_county(at=AT)
        load_county(at=AT)
        assert picture() == first

    def test_without_a_county_there_is_nothing_to_remove(self, county: Any) -> None:
        remove_county(at=AT)
        assert county_district() is None
        with pytest.raises(NotThere):
            remove_county(at=AT)


class TestTheCommands:
    def test_remove_says_what_went_and_then_that_nothing_is_there(self, county: Any, capsys: Any) -> None:
        assert main(["demo", "remove"]) == 0
        assert "真实规划未动" in capsys.readouterr().out
        assert main(["demo", "remove"]) == 1
        assert "无需移除" in capsys.readouterr().err

    def test_load_refuses_a_county_that_is_there(self, county: Any, capsys: Any) -> None:
        assert main(["demo", "load"]) == 1
        assert "已经载入" in capsys.readouterr().err
