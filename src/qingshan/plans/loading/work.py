"""The body of a plan, its commitments and projects, and the departments that the text names for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.plans.actions.duties import DUTIES
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.loading.places import placed
from qingshan.plans.loading.upsert import Desk
from qingshan.plans.models import (
    Commitment,
    CommitmentVersion,
    Indicator,
    Measure,
    MeasureVersion,
    Plan,
    Project,
    ProjectIndicator,
    ProjectVersion,
)
from qingshan.plans.models.project import YUAN_PER_WAN
from qingshan.plans.packs.shapes import Box, Pack
from qingshan.plans.packs.shapes import Measure as Node
from qingshan.plans.packs.shapes import Project as Row
from qingshan.plans.packs.words import MeasureRole
from qingshan.plans.vocabulary import MeasureKind, ResponsibilityRole

#: No plan is nested deeper; nodes that begin at one place stand in the order of their depths.
DEEPEST = 16

Departments = Mapping[str, Department]


def put_work(
    desk: Desk, pack: Pack, plan: Plan, departments: Departments, indicators: Mapping[str, Indicator]
) -> None:
    """Enter measures, boxes, commitments and projects with their departments and links."""
    measures = _put_body(desk, pack, plan)
    for node in pack.measures:
        _put_duties(desk, measures[node.code], departments, node.departments)
    for order, one in enumerate(pack.commitments, start=1):
        facts = {
            "order": desk.order(order, one.place.start),
            "kind": one.kind,
            "topic": one.subject,
            "metric": one.metric,
            "typed": one.typed,
            "deadline": one.deadline,
            "due_on": one.due_on,
            "since": one.since,
            "scope": one.scope,
            "measure": measures[one.measure] if one.measure else None,
            "notes": "\n".join(one.notes),
            **placed(one.place),
        }
        commitment = desk.put(
            Commitment, CommitmentVersion, {"code": one.code}, facts, within={"plan": plan}, plan=plan
        )
        _put_duties(desk, commitment, departments, one.departments)
    for position, row in enumerate(pack.projects, start=1):
        order = desk.order(position, row.place.start)
        project = desk.put(
            Project, ProjectVersion, {"code": row.code},
            {**_project_facts(row, order), "measure": _home(row, pack, measures)},
            within={"plan": plan}, plan=plan,
        )  # fmt: skip
        _put_duties(desk, project, departments, row.departments, lead=row.lead, joint=row.joint)
        _link(desk, project, [indicators[code] for code in row.linked_indicators])


def _put_body(desk: Desk, pack: Pack, plan: Plan) -> dict[str, Measure]:
    """Enter the nodes in reading order, a box after the node it stands in; parents come before children."""
    found: dict[str, Measure] = {}
    depths: dict[str, int] = {}
    nodes: list[Node | Box] = sorted(
        [*pack.measures, *pack.boxes],
        key=lambda node: (node.extent[0], -node.extent[1], isinstance(node, Box)),
    )
    for order, node in enumerate(nodes, start=1):
        depth = 0 if node.parent is None else depths[node.parent] + 1
        parent = None if node.parent is None else found[node.parent]
        facts = {**_node_facts(node), "depth": depth, "parent": parent}
        facts["order"] = desk.order(order, node.extent[0] * DEEPEST + depth)
        found[node.code] = desk.put(
            Measure, MeasureVersion, {"code": node.code}, facts, within={"plan": plan}, plan=plan
        )
        depths[node.code] = depth
    return found


def _node_facts(node: Node | Box) -> dict[str, Any]:
    own = (
        {"kind": MeasureKind.BOX, "role": MeasureRole.TASKS, "summary": ""}
        if isinstance(node, Box)
        else {"kind": MeasureKind(node.kind.value), "role": node.role, "summary": node.summary}
    )
    return {
        **own,
        "label": node.number,
        "title": node.title,
        "extent_start": node.extent[0],
        "extent_end": node.extent[1],
        **placed(node.place),
    }


def _project_facts(row: Row, order: int) -> dict[str, Any]:
    return {
        "order": order,
        "kind": row.kind,
        "counts_as": row.project,
        "label": row.number_printed,
        "sub_item": row.sub_item,
        "name": row.name,
        "name_printed": row.name_printed,
        "group": row.group,
        "content": row.content,
        "quantities": row.quantities,
        "start_year": row.start,
        "end_year": row.end,
        "years_raw": row.years_raw or "",
        "investment_yuan": yuan(row.investment_wan),
        "notes": "\n".join(row.notes),
        **placed(row.place),
    }


def yuan(wan: Decimal | None) -> int | None:
    """Return ten thousand yuan as whole yuan.

    Raises
    ------
    LedgerRefusal
        The amount is not whole yuan.

    Examples
    --------
    >>> yuan(Decimal("201264")), yuan(Decimal("0.0001")), yuan(None)
    (2012640000, 1, None)
    """
    if wan is None:
        return None
    found = wan * YUAN_PER_WAN
    if found != found.to_integral_value():
        raise LedgerRefusal(_("%s 万元不是整数元。") % wan)
    return int(found)


def _home(row: Row, pack: Pack, measures: Mapping[str, Measure]) -> Measure | None:
    """The innermost node of the body that a project's passage lies in; None for tables behind the body."""
    if row.place.document:
        return None
    nodes: list[Node | Box] = [*pack.measures, *pack.boxes]
    around = [node for node in nodes if node.extent[0] <= row.place.start and row.place.end <= node.extent[1]]
    if not around:
        return None
    return measures[min(around, key=lambda node: node.extent[1] - node.extent[0]).code]


def _put_duties(
    desk: Desk,
    subject: Any,
    departments: Departments,
    named: Iterable[str],
    *,
    lead: str | None = None,
    joint: Iterable[str] = (),
) -> None:
    """Enter the departments the text names; who leads is said only where the text says it.

    A subject that has duties already keeps them: they may have been shared out by people since.
    """
    table: Any = DUTIES[type(subject)]
    if table.objects.filter(subject=subject).exists():
        return
    roles = dict.fromkeys(joint, ResponsibilityRole.JOINT)
    if lead is not None:
        roles[lead] = ResponsibilityRole.LEAD
    once: dict[int, str] = {}
    for name in named:  # two spellings may be one department
        once.setdefault(departments[name].pk, name)
    table.objects.bulk_create(
        table(
            subject=subject,
            department=departments[name],
            role=roles.get(name, ResponsibilityRole.NAMED),
            order=order,
            valid_from=desk.day,
            reason=desk.reason,
            recorded_at=desk.at,
            recorded_by=desk.by,
        )
        for order, name in enumerate(once.values())
    )


def _link(desk: Desk, project: Project, indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        ProjectIndicator.objects.get_or_create(
            project=project,
            indicator=indicator,
            defaults={"recorded_at": desk.at, "recorded_by": desk.by},
        )
