"""What a plan pack holds (规划数据包): frozen shapes, no framework.

A pack says what a printed plan says, nothing more. Three habits run through all shapes:
what is printed stays beside what it means (``raw`` and ``typed``), what is not printed is
None and never a guess, and every item carries the ``Place`` in the source text where it stands.
"""

from __future__ import annotations

from qingshan.plans.packs.shapes.head import (
    Conflict,
    Department,
    District,
    MakingStep,
    Missing,
    Plan,
    Side,
    Source,
)
from qingshan.plans.packs.shapes.indicators import CatalogueEntry, Indicator, IndicatorTable, StatedValue
from qingshan.plans.packs.shapes.pack import Pack
from qingshan.plans.packs.shapes.values import Place, Printed, Quantity, Typed
from qingshan.plans.packs.shapes.work import Box, Commitment, Measure, Project, Provision
from qingshan.plans.packs.words import (
    Attribute,
    CommitmentKind,
    DepartmentKind,
    Direction,
    Effect,
    Level,
    MakingKind,
    MeasureKind,
    MeasureRole,
    Operator,
    PackState,
    ProjectKind,
    ProvisionKind,
    TableKind,
    ValueKind,
)

__all__ = [
    "Attribute",
    "Box",
    "CatalogueEntry",
    "Commitment",
    "CommitmentKind",
    "Conflict",
    "Department",
    "DepartmentKind",
    "Direction",
    "District",
    "Effect",
    "Indicator",
    "IndicatorTable",
    "Level",
    "MakingKind",
    "MakingStep",
    "Measure",
    "MeasureKind",
    "MeasureRole",
    "Missing",
    "Operator",
    "Pack",
    "PackState",
    "Place",
    "Plan",
    "Printed",
    "Project",
    "ProjectKind",
    "Provision",
    "ProvisionKind",
    "Quantity",
    "Side",
    "Source",
    "StatedValue",
    "TableKind",
    "Typed",
    "ValueKind",
]
