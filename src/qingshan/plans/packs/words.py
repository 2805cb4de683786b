"""The words a pack may say: levels, kinds, operators (用词). Labels for people are the ledger's business."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Attribute",
    "CommitmentKind",
    "DepartmentKind",
    "Direction",
    "Effect",
    "Level",
    "MakingKind",
    "MeasureKind",
    "MeasureRole",
    "Operator",
    "PackState",
    "ProjectKind",
    "ProvisionKind",
    "TableKind",
    "ValueKind",
]


class Level(StrEnum):
    """Whom the plan binds (规划层级)."""

    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


class PackState(StrEnum):
    """Where the plan stands in its life on the day the pack was made (规划状态)."""

    IN_FORCE = "in_force"
    FINAL_EVALUATION_DUE = "final_evaluation_due"


class DepartmentKind(StrEnum):
    """What kind of body a responsible unit is (责任单位类别)."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Attribute(StrEnum):
    """How hard an indicator binds (约束性、预期性、参考性)."""

    BINDING = "binding"
    EXPECTED = "expected"
    REFERENCE = "reference"
    NONE = "none"


class TableKind(StrEnum):
    """Targets to come, or how the former plan ended (目标表、完成情况表)."""

    TARGETS = "targets"
    COMPLETION = "completion"


class ValueKind(StrEnum):
    """What a printed value or target means (值的类型)."""

    NUMBER = "number"
    KEEP_NOT_WORSE = "keep_not_worse"
    ELIMINATE = "eliminate"
    ASSIGNED = "assigned"
    QUALITATIVE = "qualitative"
    RELATIVE = "relative"
    ALL_OF = "all_of"
    NO_DATA = "no_data"


class Operator(StrEnum):
    """How a number binds."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    MORE_THAN = ">"
    LESS_THAN = "<"


class Direction(StrEnum):
    """Which way is better (指标方向)."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    WITHIN = "within"
    QUALITATIVE = "qualitative"


class ProjectKind(StrEnum):
    """Where a project is printed: its table, a box (专栏), or the running text."""

    PROJECT = "project"
    BOX_TASK = "box_task"
    NAMED_IN_TEXT = "named_in_text"


class MeasureKind(StrEnum):
    """A node of the plan's tree (章、节、措施)."""

    CHAPTER = "chapter"
    SECTION = "section"
    MEASURE = "measure"


class MeasureRole(StrEnum):
    """What a node is for: only TASKS and SAFEGUARDS are somebody's work (章节性质)."""

    BACKGROUND = "background"
    GOALS = "goals"
    TASKS = "tasks"
    SAFEGUARDS = "safeguards"
    ANNEX = "annex"


class MakingKind(StrEnum):
    """What an entry of the making file is (编制过程记录类别)."""

    SURVEY = "survey"
    PROBLEM = "problem"
    OPINION = "opinion"
    ANSWER = "answer"
    REVIEW = "review"
    APPROVAL = "approval"
    FILING = "filing"
    STEP = "step"


class CommitmentKind(StrEnum):
    """How a commitment of the running text can be checked (承诺类型).

    THRESHOLD says whom a measure concerns (锅炉10蒸吨/小时及以上): it is looked up, never fulfilled.
    """

    QUANTIFIED = "quantified"
    THRESHOLD = "threshold"
    DATED_STATE = "dated_state"
    STATE = "state"
    ASSIGNED = "assigned"


class ProvisionKind(StrEnum):
    """What a provision lays down: that something must be kept, or what may be done where (职责、准入规则)."""

    DUTY = "duty"
    ZONING = "zoning"


class Effect(StrEnum):
    """What a zoning rule does (准入效力)."""

    PROHIBIT = "prohibit"
    RESTRICT = "restrict"
    REQUIRE = "require"
    ALLOW = "allow"
    PREFER = "prefer"
    CLOSE = "close"
