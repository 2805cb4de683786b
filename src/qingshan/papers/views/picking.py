"""Picking figures of the ledger beside the text in which they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qingshan.accounts.public import needs
from qingshan.areas.public import District
from qingshan.pages.public import page_or_part, wants_part
from qingshan.papers import picking, policies
from qingshan.papers.forms import PickForm
from qingshan.papers.markup import with_mark
from qingshan.papers.models import Paper
from qingshan.papers.picking import Offers, Sought
from qingshan.papers.shapes import KEY, MARK, PrintedFigure, mark
from qingshan.papers.views.frame import home_of, opened
from qingshan.papers.views.reading import as_figure

__all__ = ["Desk", "as_typed", "pick", "pick_for"]

#: The button that was pressed besides saving: one finds, the others insert the figure they name.
STEP = "step"
FIND, INSERT = "find", "insert:"

F = TypeVar("F", bound=forms.Form)


def as_typed(request: HttpRequest, form: Callable[..., F], held: dict[str, Any] | None = None) -> F:
    """Return the form of a text: as held, as sent, or, while figures are picked, as typed so far.

    Parameters
    ----------
    held : mapping, optional
        What stands in the form when it is opened.
    """
    if request.method != "POST":
        return form(initial=held)
    step = request.POST.get(STEP, "")
    if not step:
        return form(request.POST)
    typed = request.POST.dict()
    key = step.removeprefix(INSERT)
    if step.startswith(INSERT) and KEY.fullmatch(key):
        typed["body"] = with_mark(typed.get("body", ""), key)
    made = form(initial=typed)
    made.unfinished = True  # type: ignore[attr-defined]  # nothing is saved yet, and nothing complained of
    return made


@dataclass(frozen=True, slots=True)
class Desk:
    """Where figures are picked: beside a new paper, or beside the next text of one."""

    form_id: str
    district_id: int
    simulated: bool
    paper: Paper | None = None

    @classmethod
    def of_paper(cls, paper: Paper) -> Desk:
        """Beside the next text of a paper."""
        return cls(f"paper-{paper.pk}", paper.district_id, paper.simulated, paper)

    @classmethod
    def of_new(cls, home: District) -> Desk:
        """Beside a paper that is not there yet."""
        return cls("paper", home.pk, home.simulated)

    @property
    def address(self) -> str:
        """Where figures are found without sending the text."""
        return reverse("papers:pick_for", args=[self.paper.pk]) if self.paper else reverse("papers:pick")

    def beside(
        self, request: HttpRequest, form: forms.Form, held: Iterable[PrintedFigure] = ()
    ) -> dict[str, Any]:
        """Return what a drafting page shows besides its form: the figures at hand, and the picker."""
        typed = MARK.findall(form["body"].value() or "")
        known = {one.key for one in held}
        added = picking.picked(request.user, [key for key in dict.fromkeys(typed) if key not in known])
        return {
            "draft": self.form_id,
            "keys": [*held, *added],
            **self.found(request, request.POST, form_id=self.form_id),
        }

    def found(self, request: HttpRequest, asked: Any, *, form_id: str) -> dict[str, Any]:
        """Return the picker with what was found.

        Parameters
        ----------
        form_id : str
            The form that a figure is inserted into; empty where marks are only shown.
        """
        every = picking.offers(request.user, Sought(simulated=self.simulated, district_id=self.district_id))
        sought = "find" in asked
        picker = PickForm(asked if sought else None, places=every.places, form_id=form_id)
        found = self._offers(request, picker.cleaned_data) if sought and picker.is_valid() else Offers()
        return {
            "picker": picker,
            "pick_into": form_id,
            "pick_at": self.address,
            "sought": sought and not picker.errors,
            "offers": [(one, _shown(one, request)) for one in found.found],
            "more": found.more,
        }

    def _offers(self, request: HttpRequest, asked: dict[str, Any]) -> Offers:
        return picking.offers(
            request.user,
            Sought(
                words=asked["find"], place=asked["find_place"], year=asked["find_year"],
                district_id=self.district_id, simulated=self.simulated,
            ),
        )  # fmt: skip


@needs("documents.edit")
def pick(request: HttpRequest) -> HttpResponse:
    """Find figures of the ledger for a paper that is not there yet."""
    return _answered(request, Desk.of_new(home_of(request)))


@needs("documents.edit")
def pick_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Find figures of the ledger for the next text of a paper."""
    paper = opened(request, pk)
    policies.require(request.user, "edit", paper)
    return _answered(request, Desk.of_paper(paper))


def _answered(request: HttpRequest, desk: Desk) -> HttpResponse:
    """As a fragment beside a text, with buttons; else as a page, with the marks to type."""
    form_id = desk.form_id if wants_part(request) else ""
    found = desk.found(request, request.GET, form_id=form_id)
    return page_or_part(request, "papers/pick", {"simulated": desk.simulated, "paper": desk.paper, **found})


def _shown(offer: picking.Offer, request: HttpRequest) -> list[dict[str, Any]]:
    """The figures of an offer as its rows show them; what they are called without the name above them."""
    return [
        {
            "said": one.label.removeprefix(offer.name).lstrip("，"),
            "label": one.label,
            "key": one.key,
            "mark": mark(one.key),
            "figure": as_figure(one, request.user),
            "as_of": one.as_of,
        }
        for one in offer.figures
    ]
