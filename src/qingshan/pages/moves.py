"""The page on which a move of a life cycle is confirmed before it is made, and what most of them ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow

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


Page = TypeVar("Page", bound=MovePage)


def asked_move(
    request: HttpRequest,
    found: Any,
    move: str,
    *,
    pages: Mapping[str, Page],
    flow: Flow[Any],
    verbs: Mapping[str, str],
    require: Callable[[Any, str, Any], object],
) -> Page:
    """Return the page of a move that is asked for.

    What is sent when the move is past comes through: the action refuses it in words, and the form keeps
    what was typed.

    Parameters
    ----------
    found
        The record; its ``phase`` is the state it is in.
    verbs : mapping of move to verb
        What somebody needs the right to.
    require : callable
        The room's own, of user, verb and record; raises its ``Forbidden``.

    Raises
    ------
    Http404
        There is no such move, or none from where the record is.
    """
    if move not in pages:
        raise Http404
    require(request.user, verbs[move], found)
    if request.method != "POST" and not flow.allows(found.phase, move):
        raise Http404
    return pages[move]


class NoteForm(forms.Form):
    """A word with a step, where one may be given."""

    note = forms.CharField(
        label=_("意见"), max_length=_LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a step is taken."""

    note = forms.CharField(label=_("理由"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
