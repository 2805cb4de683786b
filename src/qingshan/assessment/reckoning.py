"""Reckoning an evaluation: the plan's sheet, each department's, and both again after a correction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation

from qingshan.areas.public import DepartmentKind, DepartmentVersion, department_names
from qingshan.assessment.errors import UnusableScheme
from qingshan.assessment.models import Evaluation, ScoreVersion
from qingshan.assessment.rows import ListRow, Lists, list_row_from, plain_list_row, read_lists
from qingshan.assessment.scoring.kept import conduct_from, plain_conduct, plain_sheet, sheet_from
from qingshan.assessment.scoring.reading import scheme_of
from qingshan.assessment.scoring.shapes import Conduct, Line, ListKind, Row, Scheme, Sheet, Verdict
from qingshan.assessment.scoring.sheets import UnknownCategory, UnknownConduct, UnknownZone, score
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
        return _scored(evaluation, scheme_in(evaluation), read_lists(evaluation), tuple(facts))


def corrected(
    evaluation: Evaluation, scored: Scored, kind: str, code: str, correction: Mapping[str, str]
) -> Scored:
    """Reckon again with one line put right (复核更正); every other row stays as it was frozen.

    Parameters
    ----------
    kind : str
        The list; empty for a fact beside the lists, whose kind is then ``code``.
    correction : mapping
        ``actual``, ``verdict``, ``done`` or ``excluded`` of a row; ``count`` and ``department`` of a fact.
    """
    rows, facts = dict(scored.rows), scored.conduct
    if kind:
        rows[ListKind(kind)] = tuple(
            _corrected(one, correction) if one.row.code == code else one for one in rows[ListKind(kind)]
        )
    else:
        facts = tuple(_recounted(facts, code, correction))
    return _scored(evaluation, scored.scheme, rows, facts)


def _corrected(told: ListRow, correction: Mapping[str, str]) -> ListRow:
    row = told.row
    if "excluded" in correction:
        return replace(told, row=replace(row, excluded=correction["excluded"]))
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
    return replace(told, row=row)


def _verdict(row: Row) -> Verdict | None:
    """By the number where there is one to hold it against; else as it was."""
    if row.actual is None or row.target is None:
        return row.verdict
    lower = row.direction is Direction.LOWER_BETTER
    reached = row.actual <= row.target if lower else row.actual >= row.target
    return Verdict.MET if reached else Verdict.MISSED


def _recounted(facts: Iterable[Conduct], kind: str, correction: Mapping[str, str]) -> Iterable[Conduct]:
    """Put the number of cases of one department right: its first line carries it, none where it is 0."""
    left = int(correction["count"])
    for fact in facts:
        if (fact.kind, fact.department) != (kind, correction["department"]):
            yield fact
        elif left:
            yield replace(fact, count=left)
            left = 0


def _scored(evaluation: Evaluation, scheme: Scheme, rows: Lists, facts: tuple[Conduct, ...]) -> Scored:
    plain = {kind: [one.row for one in found] for kind, found in rows.items()}
    try:
        whole = score(scheme, plain, facts, zone=evaluation.zone)
        named = _departments(evaluation, plain, facts)
        zones = {pk: evaluation.zones.get(str(pk), evaluation.zone) for pk, _name, _kind in named}
        sheets = [
            DepartmentScore(pk, name, kind, score(scheme, plain, facts, department=name, zone=zones[pk]))
            for pk, name, kind in named
        ]
    except (UnknownZone, UnknownCategory, UnknownConduct) as error:
        raise UnusableScheme(str(error)) from error
    ranked = sorted(sheets, key=lambda one: (-one.sheet.total, one.name))
    return Scored(scheme, rows, facts, whole, tuple(ranked))


def _departments(
    evaluation: Evaluation, rows: Mapping[ListKind, Sequence[Row]], facts: Sequence[Conduct]
) -> list[tuple[int, str, DepartmentKind]]:
    """Every department that answers for a row or to whom a fact belongs, under its name of the day."""
    names = {name for found in rows.values() for row in found for name in (row.lead, *row.joint)}
    names |= {fact.department for fact in facts}
    names.discard("")
    held = DepartmentVersion.objects.on(evaluation.on).filter(name__in=names)
    district = evaluation.plan.district_id
    # Two counties may each have a bureau of one name: the plan's own district goes first.
    found: dict[str, tuple[int, str, DepartmentKind]] = {}
    for version in sorted(held, key=lambda one: (one.district_id != district, one.subject_id)):
        found.setdefault(version.name, (version.subject_id, version.name, DepartmentKind(version.kind)))
    return list(found.values())


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
