"""A supervision slip on paper: from a task, with its progress as a figure of the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from qingshan.accounts.public import Forbidden
from qingshan.papers import public as papers
from qingshan.tasks.slips import draft_slip, figure_of
from qingshan.tasks.tests.conftest import AT, report

ANSWER_BY = date(2026, 12, 1)


def slip(task: Any, by: Any) -> papers.Paper:
    return draft_slip(task=task, demand="本月底前完成。", answer_by=ANSWER_BY, by=by, at=AT)


class TestSlips:
    def test_it_goes_to_the_departments_with_the_progress_as_a_figure(self, cast: Any, reported: Any) -> None:
        made = slip(reported, cast.chen)
        assert (made.kind, made.department, made.receipt_due_on) == ("slip", cast.bureau, ANSWER_BY)
        assert [(one.role, one.department) for one in made.parties.order_by("pk")] == [
            ("recipient", cast.water),
            ("copy", cast.bureau),
        ]
        text = made.texts.get()
        [figure] = text.printed_figures
        assert (figure.printed, figure.source) == ("60%", str(reported.ref))
        assert any("{fig:progress}" in getattr(block, "text", "") for block in text.blocks)
        assert papers.papers_about(ref=reported.ref, user=cast.chen) == [made]

    def test_a_newer_report_changes_the_ledgers_figure(self, cast: Any, reported: Any) -> None:
        [figure] = slip(reported, cast.chen).texts.get().printed_figures
        assert figure_of(figure) == figure
        report(reported, cast.wu, key="k2", later=9)
        reported.reports.filter(key="k2").update(percent=80, on=figure.as_of + timedelta(days=1))
        now = figure_of(figure)
        assert now is not None
        assert now.printed == "80%"

    def test_without_a_report_it_prints_none(self, cast: Any, assigned: Any) -> None:
        assert slip(assigned, cast.chen).texts.get().figures == []

    @pytest.mark.parametrize("who", ["lin", "wu", "fang", "zhou"])
    def test_who_does_not_supervise_and_draft_may_not(self, cast: Any, assigned: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            slip(assigned, getattr(cast, who))

    def test_the_page_takes_what_was_asked_last(self, cast: Any, assigned: Any, client: Any) -> None:
        client.force_login(cast.chen)
        page = reverse("tasks:slip", args=[assigned.code])
        assert "起草督办单" in client.get(reverse("tasks:task", args=[assigned.code])).content.decode()
        answer = client.post(page, {"demand": "加快。", "answer_by": "2026-12-01"})
        [made] = papers.papers_about(ref=assigned.ref, user=cast.chen)
        assert answer.headers["Location"] == reverse("papers:paper", args=[made.pk])
        assert made.title in client.get(reverse("tasks:task", args=[assigned.code])).content.decode()
