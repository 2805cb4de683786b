"""Records of the ledger as the house's assignments name them: kind, name, page, and who may assign them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from qingshan.accounts.public import scope_of
from qingshan.kernel.refs import Ref
from qingshan.plans.addresses import commitment_url, indicator_url, measure_url, project_url
from qingshan.plans.models import (
    CommitmentResponsibility,
    CommitmentVersion,
    IndicatorVersion,
    MeasureResponsibility,
    MeasureVersion,
    Plan,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.reach import own_rows, visible_versions
from qingshan.workflow.public import Subject

__all__ = ["ASSIGNABLE", "subjects_of"]


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str | Promise
    url: Callable[[str, str], str]
    versions: type[Any]
    duties: type[Any] | None


_KINDS = {
    "indicator": _Kind(pgettext_lazy("several", "指标"), indicator_url, IndicatorVersion, None),
    "measure": _Kind(pgettext_lazy("several", "措施"), measure_url, MeasureVersion, MeasureResponsibility),
    "commitment": _Kind(
        pgettext_lazy("several", "承诺"), commitment_url, CommitmentVersion, CommitmentResponsibility
    ),
    "project": _Kind(pgettext_lazy("several", "项目"), project_url, ProjectVersion, ProjectResponsibility),
}
#: Families of records that may be assigned to a person or a post.
ASSIGNABLE = tuple(f"plans.{kind}" for kind in _KINDS)


def subjects_of(user: Any, refs: Iterable[Ref], on: date) -> dict[Ref, Subject]:
    """Return those of some records that a person sees on a day; a few queries for any number of them.

    Whoever may change or approve the plans of a district may assign its records.
    """
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for ref in refs:
        if ref.key.isdecimal():
            asked[ref.kind].add(int(ref.key))
    managed = _managed(user)
    return {
        Ref("plans", kind, str(row.subject_id)): Subject(
            kind=str(_KINDS[kind].label),
            name=str(row),
            url=_KINDS[kind].url(row.plan.code, row.subject.code),
            district_id=row.plan.district_id,
            may_assign=row.plan_id in managed,
        )
        for kind, numbers in asked.items()
        for row in _rows(kind, user, on).filter(subject_id__in=numbers).select_related("subject", "plan")
    }


def _managed(user: Any) -> set[int]:
    plans = Plan.objects.none()
    for capability in ("plans.edit", "plans.approve"):
        scope = scope_of(user, capability=capability)
        if not scope.nothing:
            plans = plans | Plan.objects.filter(scope.rows(district="district"))
    return set(plans.values_list("pk", flat=True))


def _rows(kind: str, user: Any, on: date) -> QuerySet[Any]:
    what = _KINDS[kind]
    if what.duties is not None:
        return own_rows(versions=what.versions, duties=what.duties, user=user, on=on)
    plans = visible_versions(user=user, on=on).values("subject_id")
    found: QuerySet[Any] = what.versions.objects.on(on).filter(plan_id__in=plans)
    return found
