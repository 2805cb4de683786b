"""The head of a plan: name and dates as printed, texts, making file, gaps and conflicts."""

from __future__ import annotations

from typing import Any

from qingshan.areas.public import District
from qingshan.plans.loading.places import placed
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.models import KnownConflict, MakingEntry, MissingPart, Plan, PlanSource, PlanVersion
from qingshan.plans.packs.shapes import Conflict, Pack
from qingshan.plans.packs.words import PackState
from qingshan.plans.states import PlanState
from qingshan.plans.vocabulary import MakingKind, PlanLevel

_STATES = {
    PackState.IN_FORCE: PlanState.IN_FORCE,
    PackState.FINAL_EVALUATION_DUE: PlanState.FINAL_EVALUATION,
}


def put_head(
    desk: Desk, pack: Pack, district: District, *, text: str = "", another_edition: bool = False
) -> Plan:
    """Enter the plan itself and all that is not a list of work.

    Parameters
    ----------
    text : str
        Characters of the source, where they are to be kept with it.
    another_edition : bool
        The source stands beside the one that is there: what was entered by that one keeps its passages.
    """
    head = pack.plan
    facts = {
        "name": head.name,
        "short_name": head.short_name,
        "kind": head.kind,
        "level": PlanLevel(head.level.value),
        "period_from": head.period[0],
        "period_to": head.period[1],
        "base_year": head.base_year,
        "parent": Plan.objects.filter(code=head.parent or "").first(),
        "parent_name": "" if head.parent is None else head.parent,
        "edition": head.edition,
        "issuer": head.issuer or "",
        "document_number": head.document_number or "",
        "approved_on": head.approved_on,
        "issued_on": head.issued_on,
        "in_force_on": head.valid_from,
        "notes": "\n".join(head.notes),
    }
    plan, new = Plan.objects.get_or_create(
        code=head.code, defaults={"district": district, "simulated": district.simulated}
    )
    if new:
        desk.first(PlanVersion, plan, {**facts, "state": _STATES[head.state]})
    else:  # its state is the ledger's own by now
        desk.again(PlanVersion.objects.current().get(subject=plan), facts)
    _put_sources(plan, pack, text, another_edition)
    _put_making(desk, plan, pack)
    _put_gaps(desk, plan, pack)
    return plan


def _put_sources(plan: Plan, pack: Pack, text: str, another_edition: bool) -> None:
    for source in (pack.plan.source, *pack.plan.companions):
        own = source is pack.plan.source
        facts: dict[str, Any] = {
            "title": source.title,
            "sha256": source.sha256,
            "characters": source.characters,
            "main": own and not another_edition,
        }
        if own and text:
            facts["text"] = text
        PlanSource.objects.update_or_create(plan=plan, code=source.code, defaults=facts)


def _put_making(desk: Desk, plan: Plan, pack: Pack) -> None:
    for step in pack.plan.making:
        MakingEntry.objects.get_or_create(
            plan=plan,
            kind=MakingKind(step.step.value),
            title=step.digest[:200],
            defaults={
                "on": step.done_on,
                "who": step.by,
                "recorded_at": desk.at,
                "recorded_by": desk.by,
                **placed(step.place),
            },
        )


def _put_gaps(desk: Desk, plan: Plan, pack: Pack) -> None:
    for gap in pack.plan.missing:
        MissingPart.objects.get_or_create(
            plan=plan,
            what=gap.what,
            defaults={
                "note": gap.note,
                "recorded_at": desk.at,
                "recorded_by": desk.by,
                **placed(gap.place),
            },
        )
    for conflict in pack.plan.known_conflicts:
        KnownConflict.objects.update_or_create(
            plan=plan,
            code=conflict.code,
            defaults=_conflict(conflict),
            create_defaults={**_conflict(conflict), "recorded_at": desk.at, "recorded_by": desk.by},
        )


def _conflict(conflict: Conflict) -> dict[str, Any]:
    other = conflict.b
    return {
        "type": conflict.type,
        "certain": conflict.certain,
        "rule": conflict.rule,
        "description": conflict.description,
        "value": conflict.a.value,
        **placed(conflict.a.place),
        "other_value": other.value if other else "",
        "other_start": other.place.start if other else None,
        "other_end": other.place.end if other else None,
        "other_anchor": other.place.anchor if other else "",
        "other_document": other.place.document if other else "",
        "other_plan": conflict.other_plan,
    }
