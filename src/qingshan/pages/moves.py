"""The page on which a move of a life cycle is confirmed before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MovePage:
    """A move's page: its form, the action it calls, and what is said when it is done.

    A room keeps them by move in one table, beside the `Flow` that says which moves there are.
    """

    form: type[forms.Form]
    act: Callable[..., Any]
    said: str | Promise

    def filled(self, request: HttpRequest, **options: Any) -> forms.Form:
        """Return the form with what was sent; empty while the page is only looked at."""
        return self.form(request.POST if request.method == "POST" else None, **options)
