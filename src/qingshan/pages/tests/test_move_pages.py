"""The page of a move: there while the move is possible, and for what is sent too late."""

from __future__ import annotations

from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from qingshan.kernel.flow import Flow
from qingshan.pages.public import MovePage, NoteForm, ReasonForm, asked_move


class Life(StrEnum):
    OPEN = "open"
    SHUT = "shut"


FLOW = Flow({(Life.OPEN, "close"): Life.SHUT, (Life.SHUT, "reopen"): Life.OPEN})
PAGES = {"close": MovePage(NoteForm, print, "已关"), "reopen": MovePage(ReasonForm, print, "已开")}
OPEN = SimpleNamespace(phase=Life.OPEN)


def require(user: Any, verb: str, record: Any) -> None:
    if verb not in user.may:
        raise PermissionDenied


def asked(move: str, *, method: str = "get", may: str = "keep") -> MovePage:
    request: Any = getattr(RequestFactory(), method)("/")
    request.user = SimpleNamespace(may=[may])
    return asked_move(
        request, OPEN, move, pages=PAGES, flow=FLOW, verbs=dict.fromkeys(PAGES, "keep"), require=require
    )


def test_a_possible_move_has_its_page():
    assert asked("close") is PAGES["close"]


def test_a_move_that_is_not_possible_now_has_none():
    with pytest.raises(Http404):
        asked("reopen")


def test_what_is_sent_too_late_reaches_the_action_which_says_why_not():
    assert asked("reopen", method="post") is PAGES["reopen"]


@pytest.mark.parametrize("move", ["explode", ""])
def test_a_move_that_nobody_knows_is_not_found(move):
    with pytest.raises(Http404):
        asked(move, method="post")


def test_who_may_not_is_refused_before_it_is_told_whether_it_is_possible():
    with pytest.raises(PermissionDenied):
        asked("reopen", may="look")


def test_a_form_is_filled_with_what_was_sent_even_with_nothing():
    page = PAGES["reopen"]
    assert not page.filled(RequestFactory().get("/")).is_bound
    assert page.filled(RequestFactory().post("/")).errors == {"note": ["这个字段是必填项。"]}
