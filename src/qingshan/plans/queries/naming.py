"""What records of the ledger are called, many at once, for lists of other rooms that hold only their refs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.addresses import (
    commitment_url,
    indicator_url,
    measure_url,
    plan_url,
    project_url,
    report_url,
    value_url,
)
from qingshan.plans.models import (
    Commitment,
    CommitmentVersion,
    ExclusionLetter,
    Indicator,
    IndicatorVersion,
    MakingEntry,
    Measure,
    MeasureVersion,
    Milestone,
    Money,
    NotEvaluable,
    Plan,
    PlanVersion,
    ProgressReport,
    Project,
    ProjectVersion,
    Rebaselining,
    Target,
    TargetAdjustment,
    Value,
)

__all__ = ["names_of"]

#: Records with a name of their own: their table, their versions, and the page of one.
_NAMED: dict[type[Any], tuple[Any, Callable[[Any], str]]] = {
    Plan: (PlanVersion, lambda one: plan_url(one.code)),
    Indicator: (IndicatorVersion, lambda one: indicator_url(one.plan.code, one.code)),
    Measure: (MeasureVersion, lambda one: measure_url(one.plan.code, one.code)),
    Commitment: (CommitmentVersion, lambda one: commitment_url(one.plan.code, one.code)),
    Project: (ProjectVersion, lambda one: project_url(one.plan.code, one.code)),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Records named after the one they belong to, and by what tells them apart there."""

    table: Any
    owner: Callable[[Any], Any]
    related: tuple[str, ...]
    apart: Callable[[Any], str]
    url: Callable[[Any, str], str] = lambda _one, owner_url: owner_url


_KINDS: dict[str, type[Any]] = {model._meta.model_name or "": model for model in _NAMED}
_OF_INDICATOR: tuple[Callable[[Any], Any], tuple[str, ...]] = (
    lambda one: one.indicator,
    ("indicator__plan",),
)
_OF_PROJECT: tuple[Callable[[Any], Any], tuple[str, ...]] = (lambda one: one.project, ("project__plan",))
_OF_PLAN: tuple[Callable[[Any], Any], tuple[str, ...]] = (lambda one: one.plan, ("plan",))
_OF_WORK: tuple[Callable[[Any], Any], tuple[str, ...]] = (
    lambda one: one.subject,
    ("measure__plan", "project__plan", "commitment__plan"),
)
_PARTS: dict[str, _Part] = {
    "target": _Part(Target, *_OF_INDICATOR, lambda one: _("%d年目标") % one.year),
    "value": _Part(
        Value,
        *_OF_INDICATOR,
        lambda one: _("%d年数值") % one.year,
        lambda one, _owner: value_url(one.indicator.plan.code, one.indicator.code, one.pk),
    ),
    "not_evaluable": _Part(NotEvaluable, *_OF_INDICATOR, lambda one: _("%d年不予评估") % one.year),
    "adjustment": _Part(
        TargetAdjustment,
        lambda one: one.indicator,
        ("target__indicator__plan",),
        lambda one: _("%d年目标调整申请") % one.target.year,
    ),
    "milestone": _Part(Milestone, *_OF_PROJECT, lambda one: _("节点 %s") % one.code),
    "money": _Part(Money, *_OF_PROJECT, lambda one: _("%d年资金") % one.year),
    "rebaselining": _Part(Rebaselining, *_OF_PROJECT, lambda one: _("调整申请")),
    "making": _Part(MakingEntry, *_OF_PLAN, str),
    "exclusion": _Part(ExclusionLetter, *_OF_PLAN, str),
    "report": _Part(
        ProgressReport,
        *_OF_WORK,
        lambda one: _("%s 进展报告") % one.on,
        lambda one, _owner: report_url(one.subject.plan.code, one.pk),
    ),
}


def names_of(kind: str, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Return name and address of records of one kind by their keys; a few queries for any number.

    Parameters
    ----------
    kind : str
        The second word of a ref, such as ``measure``.
    keys : collection of str
        Those that are gone, or never were, have no name.
    """
    wanted = [int(key) for key in keys if key.isdecimal()]
    if kind in _KINDS:
        found = _KINDS[kind].objects.filter(pk__in=wanted)
        records = list(found if kind == "plan" else found.select_related("plan"))
        return {str(one.pk): told for one, told in _named(records).items()}
    part = _PARTS.get(kind)
    if part is None:
        return {}
    rows = list(part.table.objects.filter(pk__in=wanted).select_related(*part.related))
    owners = _named([part.owner(row) for row in rows])
    return {str(row.pk): _as_part(part, row, *owners[part.owner(row)]) for row in rows}


def _as_part(part: _Part, row: Any, name: str, url: str) -> tuple[str, str]:
    return f"{name}，{part.apart(row)}", part.url(row, url)


def _named(records: Collection[Any]) -> dict[Any, tuple[str, str]]:
    """Newest name and address of each, in one query for each kind."""
    found: dict[Any, tuple[str, str]] = {}
    for model in {type(one) for one in records}:
        versions, url = _NAMED[model]
        asked = {one.pk: one for one in records if type(one) is model}
        names = {
            row.subject_id: str(row) for row in versions.objects.filter(subject__in=asked).order_by("number")
        }
        found |= {one: (names.get(pk, one.code), url(one)) for pk, one in asked.items()}
    return found
