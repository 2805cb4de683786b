"""Every read of the ledger, one function each: who asks (``user``), and as of which day (``on``)."""

from qingshan.plans.queries.asked import asked_of
from qingshan.plans.queries.assessed import Assessed, AssessedRow, assessed_rows
from qingshan.plans.queries.catalogue import (
    CatalogueEntry,
    catalogue_by_code,
    catalogue_by_name,
    catalogue_entries,
    catalogue_entry,
)
from qingshan.plans.queries.completion import CompletionRow, CompletionTable, completion_tables
from qingshan.plans.queries.continuing import (
    MoneyLeft,
    indicators_by_number,
    is_untouched,
    last_whole_year,
    money_left,
    uses_of_catalogue,
)
from qingshan.plans.queries.departments import DepartmentPage, department_page, my_department
from qingshan.plans.queries.errors import NoSuchPlan, NoSuchRecord
from qingshan.plans.queries.funding import FundedProject, MoneyHeld, funded_projects
from qingshan.plans.queries.heads import head_of
from qingshan.plans.queries.history import steps_of
from qingshan.plans.queries.indicators import (
    IndicatorDetail,
    IndicatorRow,
    TargetCell,
    TargetRow,
    ValueRow,
    adjustments_from,
    indicator_detail,
    indicator_rows,
    indicators_for,
    printed_tables,
)
from qingshan.plans.queries.known import (
    KnownRecord,
    known_conflicts,
    known_records,
    main_source,
    plan_of_code,
    plan_of_indicator,
    plan_was_there,
    target_of,
    target_words_of,
)
from qingshan.plans.queries.measures import (
    CommitmentDetail,
    MeasureDetail,
    MeasureNode,
    commitment_detail,
    commitments_for,
    measure_detail,
    measure_tree,
    measures_for,
    with_shares,
)
from qingshan.plans.queries.naming import names_of
from qingshan.plans.queries.passages import Passage
from qingshan.plans.queries.plans import (
    Making,
    Overview,
    PlanCard,
    making_of,
    plan_for,
    plan_overview,
    visible_plans,
)
from qingshan.plans.queries.projects import (
    MoneySummary,
    ProjectDetail,
    money_summary,
    project_counts,
    project_detail,
    projects_for,
    timeline,
)
from qingshan.plans.queries.provisions import provisions_for, with_passages
from qingshan.plans.queries.quoting import (
    FIGURE_KEYS,
    figure_now,
    figure_to_print,
    figures_now,
    figures_to_print,
)
from qingshan.plans.queries.reach import visible_versions
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.queries.search import Hit, search
from qingshan.plans.queries.standing import Standing, standings
from qingshan.plans.queries.statements import (
    Kinship,
    LedgerStatement,
    Relative,
    relatives_of,
    statements_of,
)
from qingshan.plans.queries.work import WorkItem, subject_of, work_items

__all__ = [
    "FIGURE_KEYS",
    "Assessed",
    "AssessedRow",
    "CatalogueEntry",
    "CommitmentDetail",
    "CompletionRow",
    "CompletionTable",
    "DepartmentPage",
    "FundedProject",
    "Hit",
    "IndicatorDetail",
    "IndicatorRow",
    "Kinship",
    "KnownRecord",
    "LedgerStatement",
    "Making",
    "MeasureDetail",
    "MeasureNode",
    "MoneyHeld",
    "MoneyLeft",
    "MoneySummary",
    "NoSuchPlan",
    "NoSuchRecord",
    "Overview",
    "Passage",
    "PlanCard",
    "ProjectDetail",
    "Relative",
    "Share",
    "Standing",
    "TargetCell",
    "TargetRow",
    "ValueRow",
    "WorkItem",
    "adjustments_from",
    "asked_of",
    "assessed_rows",
    "catalogue_by_code",
    "catalogue_by_name",
    "catalogue_entries",
    "catalogue_entry",
    "commitment_detail",
    "commitments_for",
    "completion_tables",
    "department_page",
    "figure_now",
    "figure_to_print",
    "figures_now",
    "figures_to_print",
    "funded_projects",
    "head_of",
    "indicator_detail",
    "indicator_rows",
    "indicators_by_number",
    "indicators_for",
    "is_untouched",
    "known_conflicts",
    "known_records",
    "last_whole_year",
    "main_source",
    "making_of",
    "measure_detail",
    "measure_tree",
    "measures_for",
    "money_left",
    "money_summary",
    "my_department",
    "names_of",
    "plan_for",
    "plan_of_code",
    "plan_of_indicator",
    "plan_overview",
    "plan_was_there",
    "printed_tables",
    "project_counts",
    "project_detail",
    "projects_for",
    "provisions_for",
    "relatives_of",
    "search",
    "shares_of",
    "standings",
    "statements_of",
    "steps_of",
    "subject_of",
    "target_of",
    "target_words_of",
    "timeline",
    "uses_of_catalogue",
    "visible_plans",
    "visible_versions",
    "with_passages",
    "with_shares",
    "work_items",
]
