"""Addresses of the ledger's pages, for figures and links that are made outside a template."""

from __future__ import annotations

from django.urls import reverse

__all__ = [
    "commitment_url",
    "department_url",
    "indicator_url",
    "measure_url",
    "plan_url",
    "project_url",
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


def department_url(department_id: int) -> str:
    """Return the address of a department's duties."""
    return reverse("plans:department", args=[department_id])
