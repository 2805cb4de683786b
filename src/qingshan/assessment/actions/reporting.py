"""Drafting the report on what is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from qingshan.assessment import policies
from qingshan.assessment.actions.holding import hold
from qingshan.assessment.errors import StaleEvaluation
from qingshan.assessment.models import Evaluation
from qingshan.assessment.queries import report_drafted, score_of
from qingshan.assessment.report import report_of
from qingshan.assessment.states import STORED
from qingshan.audit import public as audit
from qingshan.papers import public as papers

__all__ = ["draft_report"]


@transaction.atomic
def draft_report(*, evaluation: Evaluation, by: Any, at: datetime) -> papers.Paper:
    """Draft the report as an official paper (起草评估报告); checking and issuing are the papers' own way.

    One report at a time: while the one drafted before is not withdrawn, it is returned and no other is made.

    Raises
    ------
    Forbidden
    StaleEvaluation
        Nothing is frozen yet: a report speaks of stored numbers only.
    """
    policies.require(by, "organise", evaluation)
    now = hold(evaluation)
    if now.phase not in STORED:
        raise StaleEvaluation(str(now.phase.label))
    if (held := report_drafted(now)) is not None:
        return held
    with translation.override(settings.LANGUAGE_CODE):
        report = report_of(evaluation, score_of(evaluation))
    plan = evaluation.plan
    paper = papers.draft_paper(
        kind=papers.PaperKind.REPORT, district=plan.district, department=getattr(by, "department", None),
        title=report.title, body=report.blocks, figures=report.figures, about=evaluation.ref,
        simulated=plan.simulated, by=by, at=at,
    )  # fmt: skip
    evaluation.paper_ref = str(paper.ref)
    evaluation.save(update_fields=["paper_ref"])
    audit.record(
        "assessment.draft_report", evaluation.ref, by=by, at=at, detail={"paper": evaluation.paper_ref}
    )
    return paper
