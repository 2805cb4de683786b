"""The page on which a move of a life cycle is confirmed before it is made, and what most of them ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LONGEST = 500


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


class NoteForm(forms.Form):
    """A word with a step, where one may be given."""

    note = forms.CharField(
        label=_("意见"), max_length=_LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a step is taken."""

    note = forms.CharField(label=_("理由"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
