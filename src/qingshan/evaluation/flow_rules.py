"""Holds the share of days with enough flow against its line (生态流量)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact
from qingshan.science.water.ecological_flow import Satisfaction, flow_satisfaction

__all__ = ["FlowRules"]


class FlowRules(DatedRules):
    """The line of days that must have their ecological flow. Not verified: refused unless allowed."""

    STANDARDS = {"flow": "河湖生态流量"}
    SHIPPED = {"flow": "水资管〔2020〕67号"}

    def satisfied(
        self, daily_means_m3_per_s: Iterable[Exact | Missing], target_m3_per_s: Exact
    ) -> tuple[Satisfaction, bool | Missing, Basis]:
        """Return how many days had the flow, whether that is enough, and what it rests on.

        The share alone rests on nothing doubtful: `flow_satisfaction` gives it without a line.

        Raises
        ------
        UnverifiedValue
            The line is not verified, and that is not allowed.
        """
        rules = self.rulebook("flow")
        line = rules.cell("satisfaction", period="day")
        basis = rules.verdict_basis(line, allow_unverified=self.allow_unverified)
        found = flow_satisfaction(daily_means_m3_per_s, target_m3_per_s)
        if isinstance(found.percent, Missing):
            return found, found.percent, basis
        return found, found.percent >= Fraction(line.number), basis
