"""Duties and zoning rules of a plan."""

from __future__ import annotations

from qingshan.plans.loading.places import placed
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.models import Plan, Provision, ProvisionVersion
from qingshan.plans.packs.shapes import Pack


def put_provisions(desk: Desk, pack: Pack, plan: Plan) -> None:
    """Enter duties and zoning rules, in the order of the pack."""
    for order, one in enumerate(pack.provisions, start=1):
        facts = {
            "kind": one.kind,
            "order": desk.order(order, one.place.start),
            "duty_code": one.duty_code,
            "name": one.name,
            "effect": one.effect or "",
            "zone": one.zone,
            "subjects": "\n".join(one.subjects),
            "wording": one.wording,
            "notes": "\n".join(one.notes),
            **placed(one.place),
        }
        desk.put(Provision, ProvisionVersion, {"code": one.code}, facts, within={"plan": plan}, plan=plan)
