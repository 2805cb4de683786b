"""A table of rows inside a form: added and removed one at a time, with scripts and without.

A button of the form asks for one more row: the form comes back as it was typed, unjudged, one row longer.
A row that is left empty or ticked to be dropped is no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["FormWithRows", "RowForm", "Rows"]

#: Name of the button that asks for one more row.
ADD = "add_row"
#: More rows than a person fills in by hand.
MOST_ROWS = 60


class RowForm(forms.Form):
    """One row. A subclass adds its own fields."""

    drop = forms.BooleanField(label=gettext_lazy("删去"), required=False)

    def __init__(self, *args: Any, unfinished: bool = False, **options: Any) -> None:
        """Take ``unfinished`` for a row that is shown again before it is judged."""
        super().__init__(*args, **options)
        self._unfinished = unfinished

    @property
    def dropped(self) -> bool:
        """Whether the row says nothing, or is to be dropped."""
        ticked = bool(self.is_bound and self["drop"].data)
        return ticked or not any(name != "drop" for name in self.changed_data)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Its fields as the page shows them, without the box that drops it."""
        return [field for field in self.visible_fields() if field.name != "drop"]

    def full_clean(self) -> None:
        """Judge the row, unless there is nothing to judge."""
        if self._unfinished or (self.is_bound and self.dropped):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a form as the page shows them; ``after`` names the field below which they stand."""

    name: str
    legend: str | Promise
    row_label: str | Promise
    add_label: str | Promise
    after: str
    for_kind: str
    forms: list[RowForm]

    @property
    def filled(self) -> list[RowForm]:
        """The rows that say something."""
        return [row for row in self.forms if not row.dropped]


class FormWithRows(forms.Form):
    """A form with one table of rows; the rows shown at first are ``initial[rows_name]``."""

    row_form: ClassVar[type[RowForm]]
    rows_name: ClassVar[str]
    rows_legend: ClassVar[str | Promise]
    row_label: ClassVar[str | Promise]
    add_label: ClassVar[str | Promise]
    rows_after: ClassVar[str]
    #: Rows are there for one kind only, where the form has a field ``kind``; empty: for all.
    rows_for_kind: ClassVar[str] = ""
    #: Empty rows shown where there are none yet.
    rows_at_first: ClassVar[int] = 1

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unfinished = self.is_bound and ADD in self.data
        self.rows = Rows(
            self.rows_name, self.rows_legend, self.row_label, self.add_label, self.rows_after,
            self.rows_for_kind, self._sent_rows() if self.is_bound else self._first_rows(),
        )  # fmt: skip

    def rows_count(self) -> bool:
        """Whether what was sent makes use of the rows."""
        return True

    def full_clean(self) -> None:
        """Judge the form with its rows; one that only asks for another row is not judged."""
        if self.unfinished:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
        if self.is_bound and self.rows_count() and any(row.errors for row in self.rows.filled):
            self.add_error(None, _("“%s”中有填写不当之处，请看标红的地方。") % self.rows_legend)

    def _first_rows(self) -> list[RowForm]:
        given: Iterable[Mapping[str, Any]] = self.initial.get(self.rows_name) or ()
        empty: list[Mapping[str, Any]] = [{} for _row in range(self.rows_at_first)]
        return [
            self.row_form(initial=row, prefix=f"{self.rows_name}-{number}")
            for number, row in enumerate([*given] or empty)
        ]

    def _sent_rows(self) -> list[RowForm]:
        told = str(self.data.get(f"{self.rows_name}-count", ""))
        count = min(int(told), MOST_ROWS) if told.isdecimal() and len(told) < 4 else 0
        return [
            self.row_form(self.data, prefix=f"{self.rows_name}-{number}", unfinished=self.unfinished)
            for number in range(count + self.unfinished)
        ]
