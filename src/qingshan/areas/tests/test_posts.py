"""Posts, and who held them when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qingshan.areas import public as areas
from qingshan.areas.errors import FictionMixed, HasEnded, NameTaken

pytestmark = pytest.mark.django_db

CAME, LEFT = date(2023, 5, 1), date(2025, 9, 1)


@pytest.fixture
def chen(django_user_model):
    return django_user_model.objects.create(username="chen", display_name="陈")


@pytest.fixture
def post(land, at):
    return areas.create_post(name="水资源股股长", department=land.water, leads=True, by=None, at=at)


class TestAnAppointment:
    def test_it_holds_from_the_first_day_to_the_day_before_leaving(self, post, chen, at):
        holding = areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)
        areas.leave(holding=holding, on=LEFT, by=None, at=at)

        held = [
            day for day in (CAME - timedelta(1), CAME, LEFT - timedelta(1), LEFT) if areas.posts_of(chen, day)
        ]
        assert held == [CAME, LEFT - timedelta(1)]

    def test_nobody_holds_the_same_post_twice_at_once(self, post, chen, at):
        areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)

        with pytest.raises(NameTaken):
            areas.appoint(user=chen, post=post, from_on=LEFT, by=None, at=at)

    def test_one_may_come_back_on_the_day_one_left(self, post, chen, at):
        holding = areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)
        areas.leave(holding=holding, on=LEFT, by=None, at=at)
        areas.appoint(user=chen, post=post, from_on=LEFT, by=None, at=at)

        assert areas.posts_of(chen, LEFT) == (post,)

    def test_leaving_twice_is_refused(self, post, chen, at):
        holding = areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)
        areas.leave(holding=holding, on=LEFT, by=None, at=at)

        with pytest.raises(HasEnded):
            areas.leave(holding=holding, on=LEFT, by=None, at=at)

    def test_leaving_before_coming_is_refused(self, post, chen, at):
        holding = areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)

        with pytest.raises(HasEnded):
            areas.leave(holding=holding, on=CAME - timedelta(1), by=None, at=at)

    def test_a_simulated_person_holds_no_real_post(self, post, chen, at):
        chen.is_simulated = True

        with pytest.raises(FictionMixed):
            areas.appoint(user=chen, post=post, from_on=CAME, by=None, at=at)


class TestAPost:
    def test_a_department_has_one_post_of_a_name(self, post, land, at):
        with pytest.raises(NameTaken):
            areas.create_post(name=post.name, department=land.water, by=None, at=at)

    def test_it_is_not_made_in_a_department_that_ended(self, land, at):
        areas.dissolve_department(department=land.marine, on=CAME, by=None, at=at)

        with pytest.raises(HasEnded):
            areas.create_post(name="局长", department=land.marine, by=None, at=at)
