"""The head of a pack: the plan itself, the bodies it names, what it lacks, and its confirmed conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.packing.places import ANCHOR, bare, lines, place_of
from qingshan.intake.vocabulary import FindingKind
from qingshan.plans.public import pack_shapes

__all__ = ["conflict_code", "head_of"]

_GOVERNMENT = re.compile(r"政府$|镇$|街道(办事处)?$|乡$")
_ENTERPRISE = re.compile(r"公司$|集团$|企业$|厂$")
_OTHER = re.compile(r"^(各|有关|相关)|中心$|学校$|医院$")


def head_of(
    intake: Intake, findings: Sequence[Finding], conflicts: Sequence[Conflict], *, source: str, document: str
) -> pack_shapes.Plan:
    """Return what a pack says of the plan itself.

    Parameters
    ----------
    findings, conflicts
        What is in the pack: the departments they name are declared, gaps and conflicts are listed.
    source, document : str
        Code of the source text; and what places name it by.
    """
    head, district = intake.head, intake.district
    return pack_shapes.Plan(
        code=intake.plan.code if intake.plan else head["code"],
        seed=head["prefix"].rstrip("-") or head["code"],
        name=head["name"],
        short_name=head["short_name"],
        kind=head["kind"],
        level=pack_shapes.Level(head["level"]),
        district=pack_shapes.District(district.code[:6], district.name),
        period=(head["period_from"], head["period_to"]),
        base_year=head["base_year"],
        parent=head["parent"] or None,
        edition=head["edition"] or _("公开文本"),
        issuer=head["issuer"] or None,
        document_number=head["document_number"] or None,
        approved_on=_day(head["approved_on"]),
        issued_on=_day(head["issued_on"]),
        valid_from=_day(head["in_force_on"]),
        state=pack_shapes.PackState(head["state"]),
        source=pack_shapes.Source(source, head["name"], intake.sha256, len(intake.text)),
        companions=(),
        making=(),
        departments=tuple(_departments(findings)),
        missing=tuple(_missing(intake, findings, document)),
        known_conflicts=tuple(_conflict(intake, one, document) for one in conflicts),
        notes=lines(head["notes"]),
    )


def conflict_code(conflict: Conflict) -> str:
    """Return the code of a conflict in the ledger; the same as long as it is the same conflict."""
    return f"{conflict.intake.head['prefix']}X-{conflict.key[:8]}"


def _missing(intake: Intake, findings: Sequence[Finding], document: str) -> Iterator[pack_shapes.Missing]:
    for one in findings:
        if one.kind == FindingKind.MISSING:
            place = place_of(intake.text, one.start, one.end, document)
            yield pack_shapes.Missing(one.facts["what"], one.facts["note"] or _("文中提到而未见"), place)


def _departments(findings: Sequence[Finding]) -> Iterator[pack_shapes.Department]:
    names = (name for one in findings for name in one.facts.get("departments", ()))
    for name in dict.fromkeys(names):
        yield pack_shapes.Department(name, (), _kind(name))


def _kind(name: str) -> pack_shapes.DepartmentKind:
    if _OTHER.search(name):
        return pack_shapes.DepartmentKind.OTHER
    if _GOVERNMENT.search(name):
        return pack_shapes.DepartmentKind.GOVERNMENT
    if _ENTERPRISE.search(name):
        return pack_shapes.DepartmentKind.ENTERPRISE
    return pack_shapes.DepartmentKind.DEPARTMENT


def _conflict(intake: Intake, one: Conflict, document: str) -> pack_shapes.Conflict:
    def side(start: int, end: int) -> pack_shapes.Side:
        place = place_of(intake.text, start, end, document)
        return pack_shapes.Side(bare(intake.text[start:end])[:ANCHOR], place)

    return pack_shapes.Conflict(
        code=conflict_code(one),
        type=one.type,
        certain=True,
        rule=one.rule,
        description=one.what,
        a=side(one.a_start, one.a_end),
        b=None if one.b_start is None or one.b_end is None else side(one.b_start, one.b_end),
        other_plan="" if one.other_plan is None else f"{one.other_plan.code}：{one.other_words}"[:200],
    )


def _day(text: str | None) -> date | None:
    return None if not text else date.fromisoformat(text)
