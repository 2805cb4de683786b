"""What is proposed for each record of the old plan, and why (接续建议).

A proposal is a first word for the person who chooses, never a decision. It rests on what the ledger says on
the day: the verdict on an indicator, the state of a measure or project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.public import Status
from qingshan.succession.vocabulary import Decision

__all__ = ["Proposed", "for_indicator", "for_work"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Keep, drop or redefine, and the reason in words."""

    decision: Decision
    why: str


#: Verdict on the day -> what is proposed.
_BY_VERDICT = {
    Status.MET: Decision.KEEP,
    Status.MISSED: Decision.KEEP,
    Status.ON_TRACK: Decision.KEEP,
    Status.BEHIND: Decision.KEEP,
    Status.WAITING_FOR_ASSIGNMENT: Decision.KEEP,
    Status.NOT_EVALUABLE: Decision.REDEFINE,
    Status.UNDECIDED: Decision.REDEFINE,
    Status.NO_VALUE: Decision.REDEFINE,
    Status.NO_TARGET: Decision.DROP,
}


def for_indicator(row: Any) -> Proposed:
    """Return what is proposed for an indicator.

    Parameters
    ----------
    row : IndicatorRow
        The indicator with its verdict on the day, as `plans.public.indicator_rows` gives it.

    Notes
    -----
    Met or missed, an indicator that can be judged is worth keeping; what could not be judged needs another
    definition or a source of data first; what had no target binds nobody and is let go.
    """
    told = {
        Status.MET: _("已达标，可保留并研究提高目标。"),
        Status.MISSED: _("未达标，应继续列入并分析原因。"),
        Status.ON_TRACK: _("进度正常，可保留。"),
        Status.BEHIND: _("进度滞后，应继续列入并分析原因。"),
        Status.WAITING_FOR_ASSIGNMENT: _("目标由上级下达而文件未登记；保留，新目标仍待下达。"),
        Status.NOT_EVALUABLE: _("经批准不予评估；应先明确口径再列入。"),
        Status.UNDECIDED: _("有数值而不能判定；应重新明确口径或目标写法。"),
        Status.NO_VALUE: _("规划期内没有可用数值；应先落实数据来源和口径。"),
        Status.NO_TARGET: _("上一轮没有目标值，只作记录；不建议再列入。"),
    }
    cautions = "；".join(str(one.label) for one in row.cautions)
    why = told[row.status] + (_("注意：%s。") % cautions if cautions else "")
    return Proposed(_BY_VERDICT[row.status], f"{why}{row.method}"[:500])


def for_work(*, percent: int | None, money: str = "", due: str = "") -> Proposed:
    """Return what is proposed for a measure, project or commitment that is not finished.

    Parameters
    ----------
    percent : int, optional
        Progress of the last approved report; None where nobody has reported.
    money : str
        The money left, in words.
    due : str
        The deadline of a commitment as the plan prints it; it ends with the old plan and is set anew.
    """
    if percent is None:
        why = _("未见经审核的进展报告；请先核实是否完成，未完成的保留。")
    else:
        why = _("已完成 %d%%，未完成部分建议接续。") % percent
    again = _("原期限 %s，须在新规划中另定。") % due if due else ""
    return Proposed(Decision.KEEP, why + money + again)
