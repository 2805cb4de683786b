"""Refuse, while rendering, a binary float or a Decimal that reaches a page without its unit.

Django prints whatever stands between double braces. Here a fraction that comes that way raises,
while developing and in every test: it belongs into a `Figure`. Whole numbers pass, because keys and
page numbers are whole; ``tools/templates.py`` reads the templates for those.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.template import base


class BareNumber(TypeError):
    """A template printed a fraction by itself; print a `Figure` with the ``figure`` tag instead."""


def refuse_bare_numbers() -> None:
    """Install the check; calling it again changes nothing."""
    plain = base.render_value_in_context
    if getattr(plain, "refuses_bare_numbers", False):
        return

    def render(value: Any, context: Any) -> str:
        if isinstance(value, float | Decimal):
            raise BareNumber(f"{value!r} is printed bare in a template; print it with the figure tag")
        return plain(value, context)

    render.refuses_bare_numbers = True  # type: ignore[attr-defined]
    base.render_value_in_context = render
