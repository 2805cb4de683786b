"""How often a river keeps its ecological flow (生态流量保障)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["Satisfaction", "flow_satisfaction"]


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Share of periods whose mean flow reached the target (满足程度).

    ``percent`` is Missing when no period has a flow; ``missing`` periods are left out of it.
    """

    reached: int
    judged: int
    missing: int
    percent: Fraction | Missing


def flow_satisfaction(mean_flows_m3_per_s: Iterable[Exact | Missing], target_m3_per_s: Exact) -> Satisfaction:
    """Return how often the mean flow of a day or month reached the ecological flow.

    Parameters
    ----------
    mean_flows_m3_per_s : iterable of Decimal, Fraction, int, str or Missing
        Mean flow of each day, or of each month, m³/s.
    target_m3_per_s : Decimal, Fraction, int or str, scalar
        Ecological flow of the section, m³/s, above zero.

    Returns
    -------
    Satisfaction
        Percent of the periods that have a flow, not rounded. Equal to the target reaches it.

    Raises
    ------
    ValueError
        A negative flow, or a target that is not above zero.

    Notes
    -----
    No document was found that says how many days may be missing; they are counted and named.

    Source
    ------
    关于做好河湖生态流量确定和保障工作的指导意见 (2020), as basin studies apply it.

    Examples
    --------
    >>> found = flow_satisfaction(["12", "10", "9.9", Missing("no_gauge")], "10")
    >>> found.reached, found.judged, found.missing, found.percent
    (2, 3, 1, Fraction(200, 3))
    """
    target = exact(target_m3_per_s)
    if target <= 0:
        raise ValueError(f"an ecological flow of {target_m3_per_s} m³/s is not above zero")
    reached = judged = missing = 0
    for flow in mean_flows_m3_per_s:
        if isinstance(flow, Missing):
            missing += 1
            continue
        amount = exact(flow)
        if amount < 0:
            raise ValueError(f"a mean flow of {flow} m³/s is negative")
        judged += 1
        reached += amount >= target
    percent = Fraction(reached * 100, judged) if judged else Missing("no_period_has_a_flow")
    return Satisfaction(reached, judged, missing, percent)
