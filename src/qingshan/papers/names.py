"""What papers, organs and instructions are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.audit.public import Called, namer
from qingshan.papers.models import Instruction, Organ, Paper

__all__ = ["names_of"]


def _papers(rows: list[Any]) -> list[str]:
    return [f"{row.title}（{row.number}）" if row.number else row.title for row in rows]


def _instructions(rows: list[Any]) -> list[str]:
    return [_("关于《%s》的批示") % row.paper.title for row in rows]


names_of = namer(
    paper=Called(Paper, lambda one: reverse("papers:paper", args=[one.pk]), _papers, ("issue",)),
    organ=Called(Organ, lambda _one: reverse("papers:organs")),
    instruction=Called(
        Instruction, lambda one: reverse("papers:paper", args=[one.paper_id]), _instructions, ("paper",)
    ),
)
