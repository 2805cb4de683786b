"""What of a review goes into the ledger: put together once, for the preview and for real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.packing import IncompletePack, Packed, build
from qingshan.intake.states import ConflictState
from qingshan.intake.vocabulary import Outcome
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = ["Parcel", "confirmed", "parcel_of"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pack with all that `plans.load_pack` is told beside it."""

    packed: Packed
    known: list[plans.KnownRecord]
    how: dict[str, Any]


def parcel_of(intake: Intake, findings: Sequence[Finding], *, at: datetime, by: Any) -> Parcel:
    """Return what goes to the ledger when these findings are entered.

    Raises
    ------
    IncompletePack
        The plan's own information lacks something, or its code belongs to another plan.
    """
    _refuse_taken_code(intake)
    known = plans.known_records(plan=intake.plan) if intake.plan else []
    source, document = _source(intake)
    packed = build(
        intake, findings, conflicts=confirmed(intake), known=known, source=source, document=document
    )
    catalogue = plans.catalogue_by_code(on=beijing_day(at))
    strangers = {row.catalogue for row in packed.pack.indicators if row.catalogue} - set(catalogue)
    if strangers:
        told = _("指标目录中没有“%s”") % "、".join(sorted(strangers))
        raise IncompletePack({"catalogue": told})
    how = {
        "catalogue": catalogue,
        "at": at,
        "by": by,
        "reviewed": True,
        "district": intake.plan.district if intake.plan else intake.district,
        "text": intake.text,
        "another_edition": bool(document),
    }
    return Parcel(packed, known, how)


def confirmed(intake: Intake) -> list[Conflict]:
    """Return the conflicts that people confirmed; they stand in the ledger with the reason."""
    rows = Conflict.objects.filter(intake=intake, state=ConflictState.SETTLED, outcome=Outcome.CONFIRMED)
    return list(rows.select_related("other_plan", "intake"))


def _refuse_taken_code(intake: Intake) -> None:
    code = intake.head.get("code") or ""
    if intake.plan is None and code and plans.plan_of_code(code) is not None:
        told = _("编号“%s”已属于另一个规划；如为其修订版，请从该规划导入") % code
        raise IncompletePack({"code": told})


def _source(intake: Intake) -> tuple[str, str]:
    """Code of the source, and what places name it: nothing for the main text, its code for another edition.

    A passage counts characters of the text it was accepted in, so texts are never exchanged.
    """
    main = plans.main_source(plan=intake.plan) if intake.plan else None
    if main is None:
        return "", ""
    if main.sha256 == intake.sha256:
        return main.code, ""
    own = f"text-{intake.pk}"
    return own, own
