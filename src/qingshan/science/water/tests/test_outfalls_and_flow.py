"""Steps of work on outfalls, and how often a river has its ecological flow."""

from fractions import Fraction

import pytest

from qingshan.kernel.basis import Missing
from qingshan.science.water.ecological_flow import flow_satisfaction
from qingshan.science.water.outfalls import OutfallStep, next_step, progress

SURVEY, MONITOR, TRACE, REMEDIATE = OutfallStep


class TestSteps:
    def test_they_follow_one_another(self):
        done = set()
        for step in OutfallStep:
            assert next_step(done) is step
            done.add(step)
        assert next_step(done) is None
        assert "".join(step.label for step in OutfallStep) == "查测溯治"

    def test_a_step_cannot_be_done_before_an_earlier_one(self):
        with pytest.raises(ValueError, match="溯 is done, 查 is not"):
            next_step({TRACE})


class TestProgress:
    def test_shares_are_of_the_plan_and_of_what_was_surveyed(self):
        found = progress(4, [{SURVEY}, {SURVEY, MONITOR, TRACE}, set(OutfallStep), set()])
        assert (found.surveyed, found.monitored) == (75, Fraction(200, 3))
        assert (found.traced, found.remediated) == (Fraction(200, 3), Fraction(100, 3))

    def test_nothing_to_do_has_no_share(self):
        assert progress(0, []).surveyed == Missing("nothing_to_do")

    def test_more_surveyed_than_planned_is_refused(self):
        with pytest.raises(ValueError, match="planned"):
            progress(1, [{SURVEY}, {SURVEY}])


class TestFlow:
    def test_equal_to_the_target_reaches_it_and_gaps_are_counted(self):
        found = flow_satisfaction(["10", "9.9", Missing("no_gauge")], "10")
        assert (found.percent, found.judged, found.missing) == (50, 2, 1)

    def test_without_any_flow_nothing_is_known(self):
        assert flow_satisfaction([Missing("no_gauge")], 1).percent == Missing("no_period_has_a_flow")

    def test_what_cannot_be_is_refused(self):
        with pytest.raises(ValueError, match="above zero"):
            flow_satisfaction([1], 0)
        with pytest.raises(ValueError, match="negative"):
            flow_satisfaction([-1], 1)
