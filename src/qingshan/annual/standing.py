"""How far the year has come, department by department: what its page, its workbook and the picture show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from qingshan.annual.models import AnnualRowVersion, RowTask
from qingshan.areas.public import Department, current_departments, department_names
from qingshan.tasks import public as tasks

__all__ = ["DepartmentStanding", "RowStanding", "by_department", "row_standings"]


@dataclass(frozen=True, slots=True)
class RowStanding:
    """A row and how far its task has come: per cent, or None where there is none or nobody has said."""

    version: AnnualRowVersion
    task: tasks.Task | None
    percent: int | None

    @property
    def closed(self) -> bool:
        """Whether its task is done."""
        return self.task is not None and self.task.phase is tasks.TaskState.CLOSED

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed and its task is not done."""
        due = self.version.due_on
        return self.task is not None and not self.closed and due is not None and due < on


@dataclass(slots=True)
class DepartmentStanding:
    """What a department leads in the year, and how far that has come."""

    department_id: int
    name: str
    targets: list[RowStanding] = field(default_factory=list)
    work: list[RowStanding] = field(default_factory=list)
    joins: int = 0

    @property
    def closed(self) -> int:
        """How many of its tasks are done."""
        return sum(one.closed for one in self.work)

    @property
    def weight_hundredths(self) -> int:
        """What its work weighs together."""
        return sum(one.version.weight_hundredths for one in self.work)

    @property
    def percent(self) -> int | None:
        """Its work by weight, rounded down: what nobody has reported on counts as zero; None without work."""
        whole = self.weight_hundredths
        if not whole:
            return None
        return sum((one.percent or 0) * one.version.weight_hundredths for one in self.work) // whole

    def overdue(self, on: date) -> int:
        """How many of its tasks are late."""
        return sum(one.is_overdue(on) for one in self.work)


def row_standings(rows: Iterable[AnnualRowVersion]) -> list[RowStanding]:
    """Return rows with their tasks; a few queries for all."""
    given = list(rows)
    links = RowTask.objects.filter(row__in=[row.subject_id for row in given]).select_related("task")
    made = {link.row_id: link.task for link in links}
    percents = tasks.progress_of(tasks=made.values())
    return [
        RowStanding(row, made.get(row.subject_id), _percent(made.get(row.subject_id), percents))
        for row in given
    ]


def _percent(task: tasks.Task | None, percents: dict[int, int | None]) -> int | None:
    return None if task is None else percents[task.pk]


def by_department(rows: Iterable[AnnualRowVersion], on: date) -> list[DepartmentStanding]:
    """Return what each department leads, by name; the work of one that ended is its followers'."""
    given = [one for one in row_standings(rows) if one.version.included]
    heirs = _heirs({pk for one in given for pk in one.version.department_ids}, on)
    names = department_names({heir for found in heirs.values() for heir in found}, on)
    found: defaultdict[int, DepartmentStanding] = defaultdict(lambda: DepartmentStanding(0, ""))
    for one in given:
        for pk in _of(one.version.lead_id, heirs):
            kept = found[pk]
            kept.department_id, kept.name = pk, names.get(pk, "")
            (kept.work if one.version.subject.what.is_work else kept.targets).append(one)
        for pk in {heir for joint in one.version.joint for heir in heirs[joint]}:
            kept = found[pk]
            kept.department_id, kept.name = pk, names.get(pk, "")
            kept.joins += 1
    return sorted(found.values(), key=lambda one: one.name)


def _of(lead: int | None, heirs: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    return heirs[lead] if lead else ()


def _heirs(ids: set[int], on: date) -> dict[int, tuple[int, ...]]:
    """Each department -> who has its duties on the day: mostly itself, asked for only where it has ended."""
    return {
        one.pk: (one.pk,)
        if one.ended_on is None or one.ended_on > on
        else tuple(heir.pk for heir in current_departments(one, on)) or (one.pk,)
        for one in Department.objects.filter(pk__in=ids)
    }
