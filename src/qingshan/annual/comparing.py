"""Two editions of an annual plan side by side: which rows came, went, or say otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from qingshan.annual.models import AnnualPlan, AnnualRowVersion, Edition
from qingshan.annual.queries import edition_rows
from qingshan.history.public import FieldChange, changes

__all__ = ["Difference", "compared", "editions_of"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row in which two editions differ; one side is None for a row that came or went."""

    before: AnnualRowVersion | None
    after: AnnualRowVersion | None
    changes: tuple[FieldChange, ...]

    @property
    def row(self) -> AnnualRowVersion:
        """The row, as it is named last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference without a row")
        return found


def editions_of(*, annual: AnnualPlan) -> list[Edition]:
    """Return the editions of an annual plan, oldest first."""
    return list(annual.editions.select_related("by"))


def compared(
    *, annual: AnnualPlan, numbers: list[int], departments: frozenset[int] | None = None
) -> list[Difference]:
    """Return the rows in which two editions differ, in the order of the plan.

    Parameters
    ----------
    numbers : list of two int
        The earlier edition and the later one.
    departments : frozenset of int, optional
        Rows of these departments only, before or after.
    """
    by_number = {one.number: one for one in editions_of(annual=annual)}
    if not set(numbers) <= by_number.keys():
        raise Http404
    before, after = (edition_rows(edition=by_number[number]) for number in numbers)
    found = [_difference(before.get(key), after.get(key)) for key in {*before, *after}]
    seen = [one for one in found if one is not None and _is_of(one, departments)]
    return sorted(seen, key=lambda one: one.row.subject.number)


def _difference(before: AnnualRowVersion | None, after: AnnualRowVersion | None) -> Difference | None:
    if before is None or after is None:
        return Difference(before, after, ())
    return Difference(before, after, changes(before, after)) if before.number != after.number else None


def _is_of(one: Difference, departments: frozenset[int] | None) -> bool:
    if departments is None:
        return True
    held = [side.department_ids for side in (one.before, one.after) if side is not None]
    return any(not departments.isdisjoint(ids) for ids in held)
