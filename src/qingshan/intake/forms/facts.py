"""The fields of a finding as a form, made from the room's one table of fields.

What holds several things (the targets of an indicator, the quantities of a project) becomes numbered
rows, two of them empty, so that one can be added without scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingshan.intake.fields import HEAD_FIELDS, Field, Holds, fields_of
from qingshan.pages.public import DayInput

__all__ = ["FactsForm", "Group", "finding_form", "head_form"]

_SPARE_ROWS = 2
_PARTS: dict[Holds, tuple[tuple[str, Any], ...]] = {
    Holds.PRINTED: (("year", _("年份")), ("raw", _("所印文字"))),
    Holds.PRINTED_LIST: (("year", _("年份")), ("raw", _("所印文字"))),
    Holds.QUANTITIES: (
        ("what", _("名称")),
        ("value", _("数值")),
        ("unit", pgettext_lazy("measurement", "单位")),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One field of a finding as the page shows it: one input, or rows of inputs under one legend."""

    label: str | Promise
    rows: list[list[forms.BoundField]]
    wide: bool = False

    @property
    def only(self) -> forms.BoundField | None:
        """The one input, where there is but one."""
        return self.rows[0][0] if len(self.rows) == 1 and len(self.rows[0]) == 1 else None

    @property
    def errors(self) -> list[str]:
        """What is wrong in any of them."""
        return [str(error) for row in self.rows for one in row for error in one.errors]


class FactsForm(forms.Form):
    """A form of the fields given; ``facts`` are shown, and `facts` returns what was made of them."""

    def __init__(
        self, data: Any = None, *, fields: Sequence[Field], facts: Mapping[str, Any], auto_id: str = "id_%s"
    ) -> None:
        self._told = fields
        self._inputs: dict[str, list[list[str]]] = {}
        super().__init__(data, auto_id=auto_id, initial=_initial(fields, facts))
        for one in fields:
            held = facts.get(one.name)
            rows = _names(one, len(held) if isinstance(held, list) else 0)
            self._inputs[one.name] = [self._row(one, names) for names in rows]

    def _row(self, one: Field, names: Sequence[tuple[str, str | Promise]]) -> list[str]:
        for name, label in names:
            self.fields[name] = _input(one, name, label)
        return [name for name, _label in names]

    def groups(self) -> Iterator[Group]:
        """Yield the fields as the page shows them."""
        for one in self._told:
            rows = [[self[name] for name in names] for names in self._inputs[one.name]]
            yield Group(one.label, rows, wide=one.holds in _WIDE or _is_long(one))

    def facts(self) -> dict[str, Any]:
        """Return what was typed, in the shape that the room keeps; it is checked by the action."""
        return {one.name: self._gathered(one) for one in self._told}

    def _gathered(self, one: Field) -> Any:
        rows = self._inputs[one.name]
        if one.holds not in _PARTS:
            return _plain(one, self.cleaned_data[rows[0][0]])
        keys = [key for key, _label in _PARTS[one.holds]]
        found = [dict(zip(keys, (self.cleaned_data[name] for name in names), strict=True)) for names in rows]
        kept = [row for row in found if any(row.values())]
        if one.holds is Holds.PRINTED:
            return kept[0] if kept else None
        return kept

    def refuse(self, told: Mapping[str, str]) -> None:
        """Show what the action refused at the inputs it speaks of."""
        labels = {one.name: str(one.label) for one in self._told}
        for name, words in told.items():
            rows = self._inputs.get(name)
            named = gettext("%(label)s：%(told)s") % {"label": labels.get(name, ""), "told": ""}
            self.add_error(rows[0][0] if rows else None, words.removeprefix(named))


#: A text that may be this long gets a line of its own.
_LONG = 200
_WIDE = frozenset({Holds.LONG_TEXT, Holds.NAMES, Holds.PRINTED_LIST, Holds.QUANTITIES})


def _is_long(one: Field) -> bool:
    return one.holds is Holds.TEXT and one.longest >= _LONG and one.name not in _SHORT_IN_FACT


#: Texts that may be long and hardly ever are.
_SHORT_IN_FACT = frozenset({"category", "scope", "zone"})


def finding_form(kind: str, facts: Mapping[str, Any], data: Any = None, *, key: str = "new") -> FactsForm:
    """Return the form of a finding; ``key`` keeps the names of two forms on one page apart."""
    return FactsForm(data, fields=fields_of(kind), facts=facts, auto_id=f"id_{key}_%s")


def head_form(head: Mapping[str, Any], data: Any = None) -> FactsForm:
    """Return the form of a plan's own information."""
    return FactsForm(data, fields=HEAD_FIELDS, facts=head)


def _names(one: Field, held: int) -> Iterator[list[tuple[str, Any]]]:
    """Yield the input names and labels of each row of a field."""
    if one.holds not in _PARTS:
        yield [(one.name, one.label)]
        return
    rows = 1 if one.holds is Holds.PRINTED else held + _SPARE_ROWS
    for row in range(rows):
        yield [(f"{one.name}-{row}-{key}", label) for key, label in _PARTS[one.holds]]


def _initial(fields: Sequence[Field], facts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields:
        held = facts.get(one.name)
        if one.holds not in _PARTS:
            found[one.name] = "、".join(held) if isinstance(held, list) else held
            continue
        for row, values in enumerate([held] if isinstance(held, Mapping) else held or ()):
            found |= {f"{one.name}-{row}-{key}": value for key, value in values.items()}
    return found


def _input(one: Field, name: str, label: Any) -> forms.Field:
    """Nothing is refused here that the action refuses better; but what is required says so."""
    last = name.rpartition("-")[2]
    if one.holds is Holds.CHOICE:
        choices = [("", "—"), *one.choices.items()]
        return forms.ChoiceField(label=label, choices=choices, required=one.required)
    if one.holds is Holds.DAY:
        return forms.DateField(label=label, widget=DayInput, required=one.required)
    attrs: dict[str, Any] = {}
    if one.holds is Holds.DECIMAL or (one.holds is Holds.QUANTITIES and last == "value"):
        attrs["inputmode"] = "decimal"
    if one.holds is Holds.INTEGER or last == "year":
        attrs["inputmode"] = "numeric"
    if one.holds is Holds.LONG_TEXT:
        return forms.CharField(
            label=label, required=one.required, widget=forms.Textarea(attrs={"rows": 3, **attrs})
        )
    tip = _("几项之间用顿号（、）分开") if one.holds is Holds.NAMES else ""
    return forms.CharField(
        label=label, required=one.required, help_text=tip, widget=forms.TextInput(attrs=attrs)
    )


def _plain(one: Field, value: Any) -> Any:
    """What was typed, as plain data: names apart, a day as its text."""
    if one.holds is Holds.NAMES:
        return [
            part.strip() for part in value.replace("，", "、").replace(",", "、").split("、") if part.strip()
        ]
    if one.holds is Holds.DAY:
        return value.isoformat() if value else None
    return value
