"""The words of the ledger, each with its Chinese label (用词). States are in ``states.py``.

The plain enumerations are those of the plan packs, which know no framework; what only the living
ledger needs is added here.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.plans.packs.words import (
    Attribute,
    CommitmentKind,
    Direction,
    Effect,
    MeasureRole,
    Operator,
    ProjectKind,
    ProvisionKind,
    TableKind,
    ValueKind,
)

__all__ = [
    "ATTRIBUTES",
    "COMMITMENT_KINDS",
    "CONFLICT_TYPES",
    "DIRECTIONS",
    "EFFECTS",
    "MEASURE_ROLES",
    "OPERATORS",
    "OPERATOR_SIGNS",
    "PROJECT_KINDS",
    "PROVISION_KINDS",
    "TABLE_KINDS",
    "TARGET_KINDS",
    "WORK_ROLES",
    "Attribute",
    "Caution",
    "CommitmentKind",
    "Direction",
    "Effect",
    "Finding",
    "MakingKind",
    "MeasureKind",
    "MeasureRole",
    "MeasuredKind",
    "Operator",
    "PlanLevel",
    "ProjectKind",
    "ProvisionKind",
    "ResponsibilityRole",
    "TableKind",
    "ValueKind",
]

ATTRIBUTES = {
    Attribute.BINDING: _("约束性"),
    Attribute.EXPECTED: _("预期性"),
    Attribute.REFERENCE: _("参考性"),
    Attribute.NONE: _("未分属性"),
}
TABLE_KINDS = {TableKind.TARGETS: _("目标指标表"), TableKind.COMPLETION: _("上一规划完成情况表")}
#: What may disagree in a text, as a person enters it; packs and the reader name finer kinds besides.
CONFLICT_TYPES = {
    "number_mismatch": _("数值不一致"),
    "count_mismatch": _("项数不符"),
    "text_vs_table": _("正文与表不一致"),
    "unit_error": _("单位有误"),
    "date_conflict": _("日期不一致"),
    "scope_conflict": _("范围不一致"),
    "definition_mismatch": _("定义不一致"),
    "actor_diff": _("责任单位不一致"),
    "cross_level_target": _("与上级规划不一致"),
    "typo": _("文字差错"),
}
TARGET_KINDS = {
    ValueKind.NUMBER: _("数值"),
    ValueKind.KEEP_NOT_WORSE: _("保持、不下降"),
    ValueKind.ELIMINATE: _("消除"),
    ValueKind.ASSIGNED: _("上级下达"),
    ValueKind.QUALITATIVE: _("定性"),
    ValueKind.RELATIVE: _("相对变化"),
    ValueKind.ALL_OF: _("同时满足"),
    ValueKind.NO_DATA: _("未列数据"),
}
OPERATORS = {
    Operator.AT_LEAST: _("不低于"),
    Operator.AT_MOST: _("控制在以内"),
    Operator.EQUAL: _("等于"),
    Operator.MORE_THAN: _("高于"),
    Operator.LESS_THAN: _("低于"),
}
OPERATOR_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.EQUAL: "=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}
DIRECTIONS = {
    Direction.HIGHER_BETTER: _("越高越好"),
    Direction.LOWER_BETTER: _("越低越好"),
    Direction.WITHIN: _("控制在范围内"),
    Direction.QUALITATIVE: _("定性"),
}
PROJECT_KINDS = {
    ProjectKind.PROJECT: _("项目表所列"),
    ProjectKind.BOX_TASK: _("专栏任务"),
    ProjectKind.NAMED_IN_TEXT: _("正文提及"),
}
PROVISION_KINDS = {ProvisionKind.DUTY: _("职责"), ProvisionKind.ZONING: _("准入规则")}
EFFECTS = {
    Effect.PROHIBIT: _("禁止"),
    Effect.RESTRICT: _("限制"),
    Effect.REQUIRE: _("要求"),
    Effect.ALLOW: _("允许"),
    Effect.PREFER: _("鼓励、引导"),
    Effect.CLOSE: _("退出、关停"),
}
MEASURE_ROLES = {
    MeasureRole.BACKGROUND: _("形势与基础"),
    MeasureRole.GOALS: _("目标与原则"),
    MeasureRole.TASKS: _("任务"),
    MeasureRole.SAFEGUARDS: _("保障"),
    MeasureRole.ANNEX: pgettext_lazy("plan", "附件"),
}
#: Only these parts of a plan's body are somebody's work.
WORK_ROLES = (MeasureRole.TASKS, MeasureRole.SAFEGUARDS)
COMMITMENT_KINDS = {
    CommitmentKind.QUANTIFIED: _("量化承诺"),
    CommitmentKind.THRESHOLD: _("适用门槛"),
    CommitmentKind.DATED_STATE: _("限期承诺"),
    CommitmentKind.STATE: _("状态承诺"),
    CommitmentKind.ASSIGNED: _("上级下达"),
}


class PlanLevel(TextChoices):
    """Whom the plan binds (规划层级)."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    ZONE = "zone", _("园区")
    TOWNSHIP = "township", _("镇级")


class MakingKind(TextChoices):
    """What an entry of the making file is (编制过程记录类别)."""

    SURVEY = "survey", _("调研")
    PROBLEM = "problem", _("问题清单")
    OPINION = "opinion", _("征求意见")
    ANSWER = "answer", _("意见采纳")
    REVIEW = "review", _("评审")
    APPROVAL = "approval", _("审批")
    FILING = "filing", _("备案")
    STEP = "step", _("其他环节")


class MeasureKind(TextChoices):
    """A node of the plan's body (章、节、措施、专栏)."""

    CHAPTER = "chapter", _("章")
    SECTION = "section", _("节")
    MEASURE = "measure", _("措施")
    BOX = "box", _("专栏")


class ResponsibilityRole(TextChoices):
    """How a department answers for something (责任分工)."""

    LEAD = "lead", _("牵头")
    JOINT = "joint", _("配合")
    #: The printed text lists departments and does not say who leads; nobody is promoted by us.
    NAMED = "named", _("责任单位（未分主次）")


class MeasuredKind(TextChoices):
    """How a value came about (数值来源类别); which one counts is said by ``precedence.yaml``."""

    NOTIFIED = "notified", _("上级通报")
    AUDITED = "audited", _("审核数据")
    REALTIME = "realtime_unaudited", _("实时未审核")
    OWN = "own_computation", _("自行计算")
    REPORTED = "department_report", _("部门报送")
    #: Stands in an approved plan, which does not say how it was measured.
    PRINTED = "printed", _("规划文本刊载")


class Finding(TextChoices):
    """What a person found where no number can decide (定性结论)."""

    REACHED = "reached", _("已达到")
    NOT_REACHED = "not_reached", _("未达到")


class Caution(TextChoices):
    """What a reader of a verdict must know besides (提示)."""

    AGAINST_DIRECTION = "against_direction", _("目标的限定方向与指标方向相反，请核对原文")
    EASIER_THAN_BASELINE = "easier_than_baseline", _("目标比基准值宽松")
    OTHER_UNIT = "other_unit", _("数值与目标的单位不同")
    OTHER_SCOPE = "other_scope", _("基准值的范围或测定条件与本规划不同，路径仅供参考")
    PART_OF_YEAR = "part_of_year", _("所用数值只覆盖年内部分时段")
    TARGET_YEAR_OVER = "target_year_over", _("目标年已过，目标年数值尚未获知")
