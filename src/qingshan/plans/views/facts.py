"""What a detail page says of a record, line by line: label, and a text, a figure or a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingshan.areas.public import district_on
from qingshan.kernel.figure import Figure
from qingshan.plans.figures import progress_figure, years_in_words
from qingshan.plans.models import PlanVersion
from qingshan.plans.queries import CommitmentDetail, MeasureDetail, ProjectDetail
from qingshan.plans.queries.entries import ValueDetail
from qingshan.plans.targets import quantity_in_words, typed_in_words


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: exactly one of text, figure and day is shown."""

    label: str | Promise
    text: str = ""
    figure: Figure | None = None
    day: date | None = None


def measure_facts(detail: MeasureDetail) -> list[Fact]:
    """Return what a measure says."""
    version = detail.version
    return list(
        _filled(
            Fact(_("位置"), " › ".join(f"{one.label} {one.title}".strip() for one in detail.above)),
            Fact(_("内容"), version.summary),
            Fact(_("性质"), version.get_role_display()),
            Fact(_("进度"), figure=progress_figure(version)),
        )
    )


def commitment_facts(detail: CommitmentDetail) -> list[Fact]:
    """Return what a commitment says."""
    version = detail.version
    return list(
        _filled(
            Fact(_("要求"), typed_in_words(version.typed) if version.typed else ""),
            Fact(_("期限（印刷）"), version.deadline),
            Fact(_("期限"), day=version.due_on),
            Fact(_("起始年"), str(version.since or "")),
            Fact(_("范围"), version.scope),
            Fact(_("所在措施"), detail.measure.title if detail.measure else ""),
            Fact(_("说明"), version.notes),
            Fact(_("进度"), figure=progress_figure(version)),
        )
    )


def project_facts(detail: ProjectDetail) -> list[Fact]:
    """Return what a project says."""
    version = detail.version
    return list(
        _filled(
            Fact(_("建设内容"), version.content),
            Fact(_("工程量"), "\n".join(quantity_in_words(one) for one in version.quantities)),
            Fact(_("年限"), years_in_words(version)),
            Fact(_("总投资"), figure=detail.investment),
            Fact(_("同一项目的其他行"), "\n".join(one.name for one in detail.siblings)),
            Fact(_("说明"), version.notes),
            Fact(_("进度"), figure=progress_figure(version)),
        )
    )


def value_facts(detail: ValueDetail) -> list[Fact]:
    """Return where a value comes from and who stands for it."""
    value = detail.value
    return list(
        _filled(
            Fact(_("数值"), figure=detail.figure),
            Fact(_("类别"), str(value.kind.label)),
            Fact(_("定性结论"), value.get_finding_display()),
            Fact(_("测定条件"), value.condition),
            Fact(_("数据截至"), day=value.as_of),
            Fact(_("获知日期"), day=value.known_on),
            Fact(_("数据来源"), value.source),
            Fact(_("说明"), value.note),
            Fact(_("录入人"), str(value.entered_by or _("系统载入"))),
            Fact(_("审核人"), str(value.reviewed_by or "")),
            Fact(_("审核意见"), value.review_note),
            Fact(_("被更正日期"), day=value.superseded_on),
        )
    )


def plan_facts(plan: PlanVersion, sources: list[Any]) -> list[Fact]:
    """Return the head of a plan; what the text does not print is said to be missing."""
    unprinted = _("文本未印出")
    district = district_on(plan.subject.district, plan.valid_from)
    return [
        Fact(_("规划范围"), district.name if district else str(plan.subject.district)),
        Fact(_("规划期"), f"{plan.period_from}—{plan.period_to}"),
        Fact(_("基准年"), str(plan.base_year or unprinted)),
        Fact(_("版次"), plan.edition or unprinted),
        Fact(_("发布单位"), plan.issuer or unprinted),
        Fact(_("文号"), plan.document_number or unprinted),
        *(
            Fact(label, day=day) if day else Fact(label, unprinted)
            for label, day in (
                (_("批准日期"), plan.approved_on),
                (_("印发日期"), plan.issued_on),
                (_("施行日期"), plan.in_force_on),
            )
        ),
        Fact(_("上级规划"), plan.parent_name or _("未登记")),
        *(
            Fact(
                _("原文"),
                _("%(title)s（%(characters)d 字，SHA-256 %(digest)s…）")
                % {"title": one.title, "characters": one.characters, "digest": one.sha256[:12]},
            )
            for one in sources
        ),
        *([Fact(_("说明"), plan.notes)] if plan.notes else []),
    ]


def _filled(*facts: Fact) -> Iterator[Fact]:
    for fact in facts:
        if fact.text or fact.day or fact.figure:
            yield fact
