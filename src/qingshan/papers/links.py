"""Where a received paper, or a leader's instruction on it, goes on: pages of rooms above.

This room does not know them. The portal registers each: its label, the capability it asks for, and what
makes its address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from qingshan.accounts.public import can
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.papers.models import Instruction, Paper

__all__ = ["FollowUp", "Origin", "follow_ups", "of_instruction", "of_paper", "register_follow_up"]

_TITLE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """What work comes from: an instruction on a paper (批示), or the paper itself (来函)."""

    ref: Ref
    district_id: int
    title: str
    words: str
    by: str
    on: date
    instructed: bool


def of_instruction(instruction: Instruction) -> Origin:
    """Return what an instruction asks for, by whom."""
    return Origin(
        instruction.ref,
        instruction.district_id,
        instruction.words[:_TITLE_AT_MOST],
        instruction.words,
        str(instruction.by),
        beijing_day(instruction.at),
        instructed=True,
    )


def of_paper(paper: Paper, district_id: int) -> Origin:
    """Return what an issued paper asks for of a district."""
    issue = paper.issue
    return Origin(
        paper.ref,
        district_id,
        issue.title,
        issue.printed_number,
        issue.organ,
        issue.issued_on,
        instructed=False,
    )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A page that takes it further: 转为任务."""

    label: str | Promise
    capability: str
    address: Callable[[Origin], str]


_FOLLOW_UPS: list[FollowUp] = []


def register_follow_up(follow_up: FollowUp) -> None:
    """Offer a page beside every instruction and received paper; called in ``portal/wiring.py``."""
    if follow_up not in _FOLLOW_UPS:
        _FOLLOW_UPS.append(follow_up)


def follow_ups(user: Any, origin: Origin) -> list[tuple[str, str]]:
    """Return the label and the address of each page that somebody may go on to."""
    return [
        (str(one.label), one.address(origin))
        for one in _FOLLOW_UPS
        if can(user, one.capability, district_id=origin.district_id)
    ]
