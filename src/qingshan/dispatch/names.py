"""What rounds, parts, rows and findings are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.audit.public import Called, namer
from qingshan.dispatch.models import Closing, FalseReport, Part, Round, Row

__all__ = ["names_of"]


def _parts(rows: list[Any]) -> list[str]:
    return [f"{row.round}，{row.department}" for row in rows]


def _rows(rows: list[Any]) -> list[str]:
    return [f"{row.title}（{row.round}）" for row in rows]


def _findings(rows: list[Any]) -> list[str]:
    return [_("%(row)s，虚报认定") % {"row": row.row.title} for row in rows]


def _closings(rows: list[Any]) -> list[str]:
    return [_("%(round)s，%(on)s 办结") % {"round": row.round, "on": row.on} for row in rows]


def _row_page(row: Row) -> str:
    return reverse("dispatch:row", args=[row.round_id, row.pk])


names_of = namer(
    round=Called(Round, lambda one: reverse("dispatch:round", args=[one.pk])),
    part=Called(
        Part,
        lambda one: reverse("dispatch:part", args=[one.round_id, one.pk]),
        _parts,
        ("round", "department"),
    ),
    row=Called(Row, _row_page, _rows, ("round",)),
    finding=Called(FalseReport, lambda one: _row_page(one.row), _findings, ("row",)),
    closing=Called(
        Closing, lambda one: reverse("dispatch:round", args=[one.round_id]), _closings, ("round",)
    ),
)
