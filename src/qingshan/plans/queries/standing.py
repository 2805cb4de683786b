"""How indicators stand on a day, many at once: targets, values and exclusions in one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from qingshan.plans.models import IndicatorVersion, NotEvaluable, TargetVersion, Value
from qingshan.plans.precedence import in_order
from qingshan.plans.states import COUNTED, ReviewState
from qingshan.plans.status import Case, Measured, Verdict, judge, target_year
from qingshan.plans.vocabulary import Direction, Finding

__all__ = ["Standing", "known_values", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator, all that is known of it on a day, and the verdict.

    ``values`` holds the approved values of each year, the one that counts first.
    """

    version: IndicatorVersion
    targets: dict[int, TargetVersion]
    values: dict[int, list[Value]]
    excluded: dict[int, NotEvaluable]
    case: Case
    verdict: Verdict

    @property
    def latest(self) -> Value | None:
        """The value that counts of the last year known."""
        return self.values[max(self.values)][0] if self.values else None

    @property
    def target_year(self) -> int | None:
        """The year whose target counts."""
        return target_year(self.case)


def standings(*, versions: Iterable[IndicatorVersion], on: date) -> list[Standing]:
    """Return how each of these indicators stands on a day, in the order given; three queries in all."""
    given = list(versions)
    ids = [version.subject_id for version in given]
    targets: dict[int, dict[int, TargetVersion]] = defaultdict(dict)
    for target in _targets(ids, on):
        targets[target.subject.indicator_id][target.subject.year] = target
    values: dict[int, dict[int, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in known_values(on).filter(indicator_id__in=ids):
        values[value.indicator_id][value.year].append(value)
    excluded: dict[int, dict[int, NotEvaluable]] = defaultdict(dict)
    for statement in _excluded(ids, on):
        excluded[statement.indicator_id][statement.year] = statement
    return [
        _standing(
            version,
            dict(sorted(targets[version.subject_id].items())),
            {year: in_order(found) for year, found in sorted(values[version.subject_id].items())},
            excluded[version.subject_id],
            on,
        )
        for version in given
    ]


def known_values(on: date) -> Any:
    """Return the approved values known on a day; a corrected one counts until its correction was known."""
    return Value.objects.filter(
        Q(superseded_on__isnull=True) | Q(superseded_on__gt=on),
        state__in=COUNTED,
        known_on__lte=on,
    )


def _targets(ids: list[int], on: date) -> Any:
    return TargetVersion.objects.on(on).filter(subject__indicator_id__in=ids).select_related("subject")


def _excluded(ids: list[int], on: date) -> Any:
    return NotEvaluable.objects.filter(
        indicator_id__in=ids, state=ReviewState.APPROVED, known_on__lte=on
    ).order_by("id")


def _standing(
    version: IndicatorVersion,
    targets: dict[int, TargetVersion],
    values: dict[int, list[Value]],
    excluded: dict[int, NotEvaluable],
    on: date,
) -> Standing:
    case = Case(
        on=on,
        targets={year: target.typed for year, target in targets.items() if target.typed is not None},
        values={year: _measured(found[0]) for year, found in values.items()},
        direction=Direction(version.direction) if version.direction else None,
        unit=version.unit,
        baseline_year=version.baseline_year,
        baseline=version.baseline,
        baseline_apart=bool(version.baseline_scope or version.baseline_condition),
        excluded={year: statement.reason for year, statement in excluded.items()},
    )
    return Standing(version, targets, values, excluded, case, judge(case))


def _measured(value: Value) -> Measured:
    return Measured(
        year=value.year,
        number=value.number,
        unit=value.unit,
        text=value.text,
        finding=Finding(value.finding) if value.finding else None,
        whole_year=value.whole_year,
    )
