"""Families of examples about the air."""

from __future__ import annotations

from collections.abc import Mapping

from qingshan.evaluation.conformance.examples import Family

__all__ = ["FAMILIES"]

FAMILIES: Mapping[str, Family] = {}
