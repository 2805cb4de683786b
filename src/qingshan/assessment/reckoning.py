"""Reckoning an evaluation: the plan's sheet, each department's, and both again after a correction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.areas.public import DepartmentKind, DepartmentVersion, department_names
from qingshan.assessment.errors import UnusableScheme
from qingshan.assessment.models import Evaluation, ScoreVersion
from qingshan.assessment.rows import ListRow, Lists, list_row_from, plain_list_row, read_lists
from qingshan.assessment.scoring.kept import conduct_from, plain_conduct, plain_sheet, sheet_from
from qingshan.assessment.scoring.reading import scheme_of
from qingshan.assessment.scoring.shapes import Conduct, Line, ListKind, Row, Scheme, Sheet, Verdict
from qingshan.assessment.scoring.sheets import UnknownCategory, UnknownConduct, UnknownZone, score
from qingshan.plans import public as plans
from qingshan.plans.packs.words import Direction

__all__ = [
    "DepartmentScore",
    "Scored",
    "corrected",
    "digest_of",
    "plain_scored",
    "reckoned",
    "scheme_in",
    "scored_from",
    "scored_of",
]


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """What one department answers for, scored (单位得分)."""

    department_id: int
    name: str
    kind: DepartmentKind
    sheet: Sheet

    @property
    def is_township(self) -> bool:
        """Whether it is a township or street office."""
        return self.kind is DepartmentKind.TOWNSHIP


@dataclass(frozen=True, slots=True)
class Scored:
    """All that was reckoned: rows and facts, the plan's sheet, the departments' from the best down."""

    scheme: Scheme
    rows: Lists
    conduct: tuple[Conduct, ...]
    whole: Sheet
    departments: tuple[DepartmentScore, ...]

    def line(self, kind: str, code: str) -> Line | None:
        """Return what a row earned on the plan's sheet."""
        lines = (line for one in self.whole.lists if one.kind == kind for line in one.lines)
        return next((line for line in lines if line.row.code == code), None)

    def row(self, kind: str, code: str) -> ListRow | None:
        """Return the row of a list with a code."""
        return next((one for one in self.rows.get(ListKind(kind), ()) if one.row.code == code), None)


def scheme_in(evaluation: Evaluation) -> Scheme:
    """Return the scheme of an evaluation, read from the text frozen with it."""
    return scheme_of(evaluation.scheme_text, f"{evaluation.scheme_code}.yaml")


def reckoned(evaluation: Evaluation, facts: Sequence[Conduct]) -> Scored:
    """Reckon an evaluation from the ledger as of its day (试算). Stores nothing.

    Raises
    ------
    UnusableScheme
        The scheme does not know a zone, a category or a kind of fact.
    """
    with translation.override(settings.LANGUAGE_CODE):  # a sheet is a Chinese paper, whoever asks for it
        rows = read_lists(evaluation)
        return _scored(
            evaluation, scheme_in(evaluation), rows, tuple(facts), _parties(evaluation, rows, facts)
        )


def corrected(
    evaluation: Evaluation,
    scored: Scored,
    kind: str,
    code: str,
    correction: Mapping[str, str],
    department_id: int,
) -> Scored:
    """Reckon again with one line put right (复核更正); every other row stays as it was frozen.

    Parameters
    ----------
    kind : str
        The list; empty for a fact beside the lists, whose kind is then ``code``.
    correction : mapping
        ``actual``, ``verdict``, ``done`` or ``excluded`` of a row; ``count`` and ``department`` of a fact.
    department_id : int
        Who appealed; of a fact, whose cases are counted again.
    """
    rows, facts = dict(scored.rows), scored.conduct
    parties = [(one.department_id, one.name, one.kind) for one in scored.departments]
    with translation.override(settings.LANGUAGE_CODE):  # as `reckoned`: Chinese, whoever answers the appeal
        if kind:
            rows[ListKind(kind)] = tuple(
                _corrected(one, correction, evaluation) if one.row.code == code else one
                for one in rows[ListKind(kind)]
            )
        else:
            facts = tuple(_recounted(facts, code, correction, department_id))
        return _scored(evaluation, scored.scheme, rows, facts, parties)


def _corrected(told: ListRow, correction: Mapping[str, str], evaluation: Evaluation) -> ListRow:
    row = told.row
    if "excluded" in correction:
        status = plans.Status.NOT_EVALUABLE.value if told.kind is ListKind.INDICATORS else told.status
        row = replace(row, excluded=correction["excluded"])
        return replace(told, row=row, status=status, method=_("按采纳的申诉更正"))
    row = replace(row, excluded="")
    if "done" in correction:
        done = Decimal(correction["done"])
        return replace(
            told, row=replace(row, done=done), actual=f"{done:f}%", ledger=told.ledger or told.actual
        )
    if "actual" in correction:
        row = replace(row, actual=Decimal(correction["actual"]))
        row = replace(row, verdict=_verdict(row))
        told = replace(told, actual=correction["actual"], ledger=told.ledger or told.actual)
    if "verdict" in correction:
        row = replace(row, verdict=Verdict(correction["verdict"]))
    return _judged_anew(replace(told, row=row), evaluation)


#: What a corrected row is called that was reached, and one that was not: on its way, and at its end.
_WAY_ON = (plans.Status.ON_TRACK, plans.Status.BEHIND)
_ENDED = (plans.Status.MET, plans.Status.MISSED)


def _judged_anew(told: ListRow, evaluation: Evaluation) -> ListRow:
    """Let what a row is called follow its verdict; how the ledger had come to its own no longer holds."""
    told, verdict = replace(told, method=_("按采纳的申诉更正")), told.row.verdict
    if told.kind is not ListKind.INDICATORS or verdict not in (Verdict.MET, Verdict.MISSED):
        return told
    met, missed = _WAY_ON if _on_its_way(told, evaluation) else _ENDED
    status = met if verdict is Verdict.MET else missed
    return replace(told, status=status.value)


def _on_its_way(told: ListRow, evaluation: Evaluation) -> bool:
    """Whether the year of the target is not the one evaluated, or not over: nothing is reached for good yet.

    The ledger may have had no status to go by. A row kept before target years were says what it was called.
    """
    if told.phase in _ENDED:
        return False
    if told.target_year is None:
        return told.phase in _WAY_ON
    return told.target_year > evaluation.year or evaluation.on <= date(told.target_year, 12, 31)


def _verdict(row: Row) -> Verdict | None:
    """By the number where there is one to hold it against; else as it was."""
    if row.actual is None or row.target is None:
        return row.verdict
    lower = row.direction is Direction.LOWER_BETTER
    reached = row.actual <= row.target if lower else row.actual >= row.target
    return Verdict.MET if reached else Verdict.MISSED


def _recounted(
    facts: Iterable[Conduct], kind: str, correction: Mapping[str, str], department_id: int
) -> Iterable[Conduct]:
    """Put the number of cases of one department right: its first line carries it, none where it is 0."""
    left = int(correction["count"])
    for fact in facts:
        if fact.kind != kind or not fact.is_of(correction["department"], department_id):
            yield fact
        elif left:
            yield replace(fact, count=left)
            left = 0


_Party = tuple[int, str, DepartmentKind]


def _scored(
    evaluation: Evaluation,
    scheme: Scheme,
    rows: Lists,
    facts: tuple[Conduct, ...],
    parties: Sequence[_Party],
) -> Scored:
    plain = {kind: [one.row for one in found] for kind, found in rows.items()}
    try:
        whole = score(scheme, plain, facts, zone=evaluation.zone)
        zones = {pk: evaluation.zones.get(str(pk), evaluation.zone) for pk, _name, _kind in parties}
        sheets = [
            DepartmentScore(
                pk, name, kind, score(scheme, plain, facts, department=name, number=pk, zone=zones[pk])
            )
            for pk, name, kind in parties
        ]
    except (UnknownZone, UnknownCategory, UnknownConduct) as error:
        raise UnusableScheme(str(error)) from error
    # An appeal may have taken a department's one fact away: it answers for nothing any more.
    held = [one for one in sheets if one.sheet.lists or one.sheet.conduct]
    ranked = sorted(held, key=lambda one: (-one.sheet.total, one.name, one.department_id))
    return Scored(scheme, rows, facts, whole, tuple(ranked))


def _parties(evaluation: Evaluation, lists: Lists, facts: Iterable[Conduct]) -> list[_Party]:
    """Every department that answers for a row or to whom a fact belongs, under its name of the day."""
    rows = [one.row for found in lists.values() for one in found]
    ids = {pk for row in rows for pk in (row.lead_id, *row.joint_ids)}
    ids |= {pk for fact in facts for pk in fact.whose or ()}
    held = DepartmentVersion.objects.on(evaluation.on).filter(subject_id__in=ids - {None})
    return [(one.subject_id, one.name, DepartmentKind(one.kind)) for one in held.order_by("subject_id")]


def name_on(evaluation: Evaluation, department_id: int) -> str:
    """Return what a department was called on the evaluation's day."""
    return department_names([department_id], evaluation.on).get(department_id, "")


def plain_scored(scored: Scored) -> dict[str, Any]:
    """Return everything reckoned as JSON holds it."""
    return {
        "rows": {kind.value: [plain_list_row(one) for one in found] for kind, found in scored.rows.items()},
        "conduct": [plain_conduct(one) for one in scored.conduct],
        "whole": plain_sheet(scored.whole),
        "departments": [
            {
                "id": one.department_id,
                "name": one.name,
                "kind": one.kind.value,
                "sheet": plain_sheet(one.sheet),
            }
            for one in scored.departments
        ],
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is kept, over its one canonical writing."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def scored_from(plain: Mapping[str, Any], scheme: Scheme) -> Scored:
    """Read what was kept."""
    return Scored(
        scheme,
        {ListKind(kind): tuple(list_row_from(one) for one in found) for kind, found in plain["rows"].items()},
        tuple(conduct_from(one) for one in plain["conduct"]),
        sheet_from(plain["whole"], scheme),
        tuple(
            DepartmentScore(
                one["id"], one["name"], DepartmentKind(one["kind"]), sheet_from(one["sheet"], scheme)
            )
            for one in plain["departments"]
        ),
    )


def scored_of(version: ScoreVersion) -> Scored:
    """Return a stored version as it was reckoned."""
    return scored_from(version.content, scheme_in(version.evaluation))
