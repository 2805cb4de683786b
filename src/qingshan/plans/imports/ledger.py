"""What rows of a table are held against: the plan's records as they stand, and departments by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingshan.areas.public import AmbiguousName, Department, find_department
from qingshan.pages.public import Problem
from qingshan.plans.actions import make_responsible
from qingshan.plans.imports.rows import Filled
from qingshan.plans.models import IndicatorVersion, PlanVersion, ProjectVersion, TargetVersion
from qingshan.plans.vocabulary import ResponsibilityRole

__all__ = ["Shelf"]


class Shelf:
    """A plan's records as they stood when the table was opened, each list read once."""

    def __init__(self, plan: PlanVersion, today: date) -> None:
        self.plan, self.today = plan, today
        self._departments: dict[str, Department | None] = {}
        self._added: Counter[str] = Counter()

    @cached_property
    def indicators(self) -> dict[str, IndicatorVersion]:
        """Indicators by code."""
        held = IndicatorVersion.objects.current().filter(plan_id=self.plan.subject_id)
        rows = held.select_related("subject__plan", "catalogue").order_by("order")
        return {one.subject.code: one for one in rows}

    @cached_property
    def projects(self) -> dict[str, ProjectVersion]:
        """Projects by code."""
        held = ProjectVersion.objects.current().filter(plan_id=self.plan.subject_id)
        return {one.subject.code: one for one in held.select_related("subject__plan").order_by("order")}

    @cached_property
    def targets(self) -> dict[tuple[str, int], TargetVersion]:
        """Targets by indicator's code and year."""
        held = TargetVersion.objects.current().filter(subject__indicator__plan_id=self.plan.subject_id)
        rows = held.select_related("subject__indicator")
        return {(one.subject.indicator.code, one.subject.year): one for one in rows}

    def next_order(self, kind: str, held: int) -> int:
        """Return the place of a new record behind those held and those added before it."""
        self._added[kind] += 1
        return held + self._added[kind]

    def department(self, name: str) -> Department | None:
        """Return the department that a name means today, or meant when the plan began.

        Raises
        ------
        AmbiguousName
            Several answer to it.
        """
        if name not in self._departments:
            where, begin = self.plan.subject.district, self.plan.valid_from
            self._departments[name] = find_department(name, where, self.today) or find_department(
                name, where, begin
            )
        return self._departments[name]

    def unknown_indicators(self, rows: Iterable[Filled]) -> list[Problem]:
        """Return a problem for each row that names no indicator of the plan."""
        some = "、".join(list(self.indicators)[:8])
        return [
            row.problem("indicator", _("本规划的指标编号，如 %s") % some)
            for row in rows
            if row.facts.get("indicator") and row.facts["indicator"] not in self.indicators
        ]

    def unknown_departments(self, rows: Iterable[Filled], *fields: str) -> list[Problem]:
        """Return a problem for each cell that names a department nobody knows, or several at once."""
        return [
            row.problem(field, why)
            for row in rows
            for field in fields
            for name in row.facts.get(field) or ()
            if (why := self._unknown(name))
        ]

    def _unknown(self, name: str) -> str:
        try:
            known = self.department(name)
        except AmbiguousName as several:
            return str(several)
        if known is None:
            return _("“%s”不是已登记的单位；请写全称，或先在辖区管理中新增") % name
        return ""

    def assign(
        self,
        subject: Any,
        roles: Mapping[str, ResponsibilityRole],
        *,
        by: Any,
        at: datetime,
        reason: str,
    ) -> None:
        """Let the named departments answer for a record; those that do already stay as they are."""
        duties = subject.responsibilities.filter(valid_to__isnull=True)
        held = set(duties.values_list("department_id", flat=True))
        for order, (name, role) in enumerate(roles.items()):
            department = self.department(name)
            if department is not None and department.pk not in held:
                make_responsible(
                    subject=subject, department=department, role=role, valid_from=self.plan.valid_from,
                    by=by, at=at, reason=reason, order=order,
                )  # fmt: skip
