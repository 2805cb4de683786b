"""Grades of events, and warnings of heavy pollution under one forecast after another."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.risk.events import EventGrade, EventRule, event_grade
from qingshan.science.risk.warnings import (
    Action,
    Condition,
    WarningLevel,
    WarningRule,
    forecast_level,
    hours_below,
    is_met,
    next_warning,
)

_EVENTS = EventRule(
    {
        "deaths": (Fraction(30), Fraction(10), Fraction(3)),
        "evacuated": (Fraction(50000), Fraction(10000), Fraction(5000)),
    },
    {"water_source_cut": {"county_city": EventGrade.II}},
)
_LEVELS = {
    WarningLevel.YELLOW: ((Condition(200, 24),), (Condition(150, 48),)),
    WarningLevel.ORANGE: ((Condition(200, 48),), (Condition(150, 72),)),
    WarningLevel.RED: ((Condition(200, 72), Condition(300, 24)),),
}
_RULE = WarningRule(_LEVELS, 36)
_GAP = Missing("no_forecast")
_DAYS = st.lists(st.integers(0, 500), max_size=8)


class TestEvents:
    def test_any_one_criterion_suffices_and_is_named(self):
        found = event_grade({"deaths": 2, "evacuated": 12000}, {"water_source_cut": "county_city"}, _EVENTS)
        assert found.grade is EventGrade.II
        assert found.deciding == ("evacuated", "water_source_cut")

    def test_what_is_not_known_yet_is_named_and_does_not_count_as_zero(self):
        found = event_grade({"deaths": Missing("not_reported"), "evacuated": 5000}, {}, _EVENTS)
        assert (found.grade, found.unknown) == (EventGrade.III, ("deaths",))

    def test_an_event_that_did_nothing_of_this_is_the_lowest_grade(self):
        found = event_grade({}, {}, _EVENTS)
        assert (found.grade.label, found.deciding) == ("一般", ())

    @given(one=st.integers(0, 60), two=st.integers(0, 60))
    def test_more_deaths_never_make_a_milder_grade(self, one, two):
        low, high = sorted((one, two))
        assert (
            event_grade({"deaths": high}, {}, _EVENTS).grade
            <= event_grade({"deaths": low}, {}, _EVENTS).grade
        )

    @pytest.mark.parametrize(
        ("counts", "facts", "said"),
        [
            ({"cats": 1}, {}, "not counted"),
            ({"deaths": -1}, {}, "zero or more"),
            ({}, {"water_source_cut": "village"}, "county_city"),
            ({}, {"radiation": "x"}, "water_source_cut"),
        ],
    )
    def test_it_refuses_what_the_rule_does_not_know(self, counts, facts, said):
        with pytest.raises(ValueError, match=said):
            event_grade(counts, facts, _EVENTS)

    def test_numbers_of_a_rule_fall(self):
        with pytest.raises(ValueError, match="falling"):
            EventRule({"deaths": (Fraction(3), Fraction(10), Fraction(30))}, {})


class TestForecastLevel:
    def test_a_missing_day_ends_a_run(self):
        assert forecast_level([160, _GAP, 160], _RULE) is None
        assert forecast_level([160, 160, _GAP], _RULE) is WarningLevel.YELLOW

    def test_both_conditions_of_red_are_needed(self):
        assert forecast_level([210, 220, 230], _RULE) is WarningLevel.ORANGE
        assert forecast_level([301, 301], _RULE) is WarningLevel.ORANGE
        assert forecast_level([210, 220, 301], _RULE) is WarningLevel.RED

    def test_hourly_windows_count_the_hours_they_cover(self):
        assert not is_met(((Condition(150, 48),),), [160] * 24, step_hours=1)
        assert is_met(((Condition(150, 48),),), [160] * 25, step_hours=1)

    @pytest.mark.parametrize("step", [0, 25])
    def test_steps_of_a_forecast_are_hours_of_a_day(self, step):
        with pytest.raises(ValueError, match="step"):
            is_met(((Condition(150, 48),),), [160], step)

    def test_a_condition_is_never_shorter_than_a_day(self):
        with pytest.raises(ValueError, match="speaks of 24"):
            Condition(200, 23)

    def test_every_level_needs_a_condition(self):
        with pytest.raises(ValueError, match="every level"):
            WarningRule({WarningLevel.YELLOW: ((Condition(200, 24),),)})

    @given(days=_DAYS, worse=st.integers(0, 200), which=st.integers(0, 7))
    def test_worse_air_never_calls_for_a_milder_level(self, days, worse, which):
        worsened = [day + worse if place == which else day for place, day in enumerate(days)]
        assert (forecast_level(worsened, _RULE) or 0) >= (forecast_level(days, _RULE) or 0)


class TestMoves:
    @pytest.mark.parametrize(
        ("current", "days", "action", "level"),
        [
            (None, [150], Action.NONE, None),
            (None, [201], Action.ISSUE, WarningLevel.YELLOW),
            (WarningLevel.YELLOW, [201, 205], Action.RAISE, WarningLevel.ORANGE),
            (WarningLevel.ORANGE, [160, 155], Action.LOWER, WarningLevel.YELLOW),
            (WarningLevel.ORANGE, [160, 155, 170], Action.KEEP, WarningLevel.ORANGE),
            (WarningLevel.YELLOW, [140, 140], Action.LIFT, None),
            (WarningLevel.YELLOW, [140], Action.KEEP, WarningLevel.YELLOW),
            (WarningLevel.YELLOW, [140, _GAP], Action.KEEP, WarningLevel.YELLOW),
            (WarningLevel.YELLOW, [], Action.KEEP, WarningLevel.YELLOW),
            (WarningLevel.YELLOW, [160, 140], Action.LIFT, None),
        ],
    )
    def test_a_new_forecast_moves_the_warning(self, current, days, action, level):
        found = next_warning(current, days, _RULE)
        assert (found.action, found.level) == (action, level)

    def test_an_edition_that_does_not_say_how_lifts_nothing(self):
        assert next_warning(WarningLevel.RED, [50, 50, 50], WarningRule(_LEVELS)).action is Action.KEEP

    def test_hours_below_end_where_a_long_run_begins(self):
        assert hours_below([100, 160, 160], _RULE) == 24
        assert hours_below([100] * 13, _RULE, step_hours=1) == 36

    @given(current=st.sampled_from([None, *WarningLevel]), days=_DAYS)
    def test_lifting_and_issuing_agree_with_the_level_afterwards(self, current, days):
        found = next_warning(current, days, _RULE)
        assert (found.level is None) == (found.action in (Action.NONE, Action.LIFT))

    def test_actions_have_their_words(self):
        assert [action.label for action in Action] == ["不预警", "发布", "升级", "维持", "降级", "解除"]
