"""Guessing passwords is slowed down: by name and address, by name alone, by address alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qingshan.accounts.actions import attempts
from qingshan.accounts.errors import TooManyAttempts
from qingshan.accounts.models import LoginAttempt

pytestmark = pytest.mark.django_db

HERE, THERE = "10.0.0.1", "10.0.0.2"
MINUTE = timedelta(minutes=1)


def guess(at, times=1, username="chen", address=HERE, every=timedelta(seconds=1)):
    for number in range(times):
        attempts.begin_attempt(username=username, address=address, at=at + every * number)


class TestOneNameFromOneAddress:
    def test_the_sixth_guess_is_not_heard(self, at):
        guess(at, 5)
        with pytest.raises(TooManyAttempts) as refused:
            guess(at + MINUTE)

        assert refused.value.until == at + 15 * MINUTE

    def test_it_is_heard_again_when_the_first_is_fifteen_minutes_old(self, at):
        guess(at, 5)
        with pytest.raises(TooManyAttempts):
            guess(at + 15 * MINUTE - timedelta(seconds=1))
        guess(at + 15 * MINUTE)

    def test_a_refused_guess_does_not_make_the_wait_longer(self, at):
        guess(at, 5)
        for number in range(20):
            with pytest.raises(TooManyAttempts):
                guess(at + MINUTE + timedelta(seconds=number))

        assert LoginAttempt.objects.count() == 5

    def test_a_right_password_forgives_what_was_before(self, at):
        guess(at, 4)
        right = attempts.begin_attempt(username="chen", address=HERE, at=at + MINUTE)
        attempts.succeed(attempt=right)
        guess(at + 2 * MINUTE, 5)

        with pytest.raises(TooManyAttempts):
            guess(at + 3 * MINUTE)

    def test_case_and_blanks_make_no_other_name(self, at):
        for name in ("chen", "CHEN", " Chen", "cheN", "chen "):
            guess(at, username=name)
        with pytest.raises(TooManyAttempts):
            guess(at + MINUTE)

    def test_another_person_at_the_same_address_is_heard(self, at):
        guess(at, 5)
        guess(at + MINUTE, username="lin")

    def test_the_same_person_elsewhere_is_heard(self, at):
        guess(at, 5)
        guess(at + MINUTE, address=THERE)


class TestManyPlaces:
    def test_one_name_is_guarded_over_all_addresses(self, at):
        for number in range(20):
            guess(at, address=f"10.1.0.{number}")
        with pytest.raises(TooManyAttempts):
            guess(at + MINUTE, address="10.1.1.1")


class TestManyNames:
    def test_one_address_is_guarded_over_all_names(self, at):
        for number in range(60):
            guess(at, username=f"user{number}")
        with pytest.raises(TooManyAttempts):
            guess(at + MINUTE, username="chen")

    def test_one_right_log_in_does_not_forgive_a_whole_address(self, at):
        for number in range(60):
            guess(at, username=f"user{number}")
            if number == 30:
                attempts.succeed(attempt=LoginAttempt.objects.first())
        with pytest.raises(TooManyAttempts):
            guess(at + MINUTE, username="chen", times=2)


def test_old_attempts_are_dropped(at):
    guess(at - timedelta(days=31))
    guess(at)

    assert attempts.forget_old_attempts(at=at) == 1
