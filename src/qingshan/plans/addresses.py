"""Addresses of the ledger's pages, for figures and links that are made outside a template."""

from __future__ import annotations

from django.urls import reverse

__all__ = [
    "commitment_url",
    "indicator_url",
    "measure_url",
    "plan_url",
    "project_url",
    "provisions_url",
    "report_url",
    "value_url",
]


def plan_url(plan_code: str) -> str:
    """Return the address of a plan's overview."""
    return reverse("plans:overview", args=[plan_code])


def indicator_url(plan_code: str, code: str) -> str:
    """Return the address of an indicator: its values, targets, verdict and their sources."""
    return reverse("plans:indicator", args=[plan_code, code])


def measure_url(plan_code: str, code: str) -> str:
    """Return the address of a measure."""
    return reverse("plans:measure", args=[plan_code, code])


def commitment_url(plan_code: str, code: str) -> str:
    """Return the address of a commitment."""
    return reverse("plans:commitment", args=[plan_code, code])


def project_url(plan_code: str, code: str) -> str:
    """Return the address of a project."""
    return reverse("plans:project", args=[plan_code, code])


def value_url(plan_code: str, code: str, value_id: int) -> str:
    """Return the address of one value of an indicator."""
    return reverse("plans:value", args=[plan_code, code, value_id])


def report_url(plan_code: str, report_id: int) -> str:
    """Return the address of a report of progress."""
    return reverse("plans:report", args=[plan_code, report_id])


def provisions_url(plan_code: str) -> str:
    """Return the address of a plan's duties and zoning rules."""
    return reverse("plans:provisions", args=[plan_code])
