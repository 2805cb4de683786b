"""Tables of the ledger. A changing record is an identity and its dated versions (see ``history``)."""

from qingshan.plans.models.adjustment import TargetAdjustment
from qingshan.plans.models.catalogue import CatalogueIndicator, CatalogueIndicatorVersion
from qingshan.plans.models.indicator import (
    Indicator,
    IndicatorResponsibility,
    IndicatorTable,
    IndicatorVersion,
    Target,
    TargetVersion,
)
from qingshan.plans.models.measure import (
    Commitment,
    CommitmentResponsibility,
    CommitmentVersion,
    Measure,
    MeasureResponsibility,
    MeasureVersion,
)
from qingshan.plans.models.plan import (
    KnownConflict,
    MakingEntry,
    MissingPart,
    Plan,
    PlanSource,
    PlanVersion,
)
from qingshan.plans.models.project import (
    Milestone,
    MilestoneVersion,
    Money,
    MoneyVersion,
    Project,
    ProjectIndicator,
    ProjectResponsibility,
    ProjectVersion,
    Rebaselining,
)
from qingshan.plans.models.provision import Provision, ProvisionVersion
from qingshan.plans.models.report import ProgressReport
from qingshan.plans.models.value import ExclusionLetter, NotEvaluable, Value

__all__ = [
    "CatalogueIndicator",
    "CatalogueIndicatorVersion",
    "Commitment",
    "CommitmentResponsibility",
    "CommitmentVersion",
    "ExclusionLetter",
    "Indicator",
    "IndicatorResponsibility",
    "IndicatorTable",
    "IndicatorVersion",
    "KnownConflict",
    "MakingEntry",
    "Measure",
    "MeasureResponsibility",
    "MeasureVersion",
    "Milestone",
    "MilestoneVersion",
    "MissingPart",
    "Money",
    "MoneyVersion",
    "NotEvaluable",
    "Plan",
    "PlanSource",
    "PlanVersion",
    "ProgressReport",
    "Project",
    "ProjectIndicator",
    "ProjectResponsibility",
    "ProjectVersion",
    "Provision",
    "ProvisionVersion",
    "Rebaselining",
    "Target",
    "TargetAdjustment",
    "TargetVersion",
    "Value",
]
