"""What planners and leaders enter about a public page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import departments_in
from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.vocabulary import COLUMNS, Column, Extent, Part
from qingshan.pages.public import DayInput

__all__ = ["PrepareForm", "SettingsForm"]

USUAL_TERMS = _("可自由使用、转载，须注明来源和数据截至日期。")
Codes = Mapping[Part, Sequence[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class PartFields:
    """The fields of one part, as the page arranges them; ``count`` records can be ticked."""

    part: Part
    extent: Any
    columns: Any
    codes: Any
    count: int


class PrepareForm(forms.Form):
    """What an edition tells: extent, columns and records of each part."""

    as_of = forms.DateField(
        label=_("截至日期"), widget=DayInput, help_text=_("公开页按这一天台账上已审核的内容生成。")
    )
    contact = forms.CharField(
        label=_("联系方式（对外）"), max_length=200, required=False,
        help_text=_("如单位名称、电话；公众会看到。"),
    )  # fmt: skip
    terms = forms.CharField(label=_("数据使用条件"), max_length=200, required=False)
    note = forms.CharField(
        label=_("本版说明"),
        max_length=500,
        required=False,
        help_text=_("与上一版相比有什么变化，公众会看到。"),
    )

    def __init__(self, *args: Any, codes: Codes, choice: Choice, on: date, **options: Any) -> None:
        begin = {"as_of": on, "contact": choice.contact, "terms": choice.terms or USUAL_TERMS}
        options["initial"] = {**begin, **options.get("initial", {})}
        super().__init__(*args, **options)
        self._codes = {part: rows for part, rows in codes.items() if rows}
        for part, rows in self._codes.items():
            self._add_part(part, rows, choice.part(part))

    def _add_part(self, part: Part, rows: Sequence[tuple[str, str, str]], held: PartChoice) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, name, group in rows:
            groups.setdefault(group, []).append((code, f"{name}（{code}）"))
        self.fields[f"{part}-extent"] = forms.ChoiceField(
            label=_("公开范围"), choices=Extent, initial=held.extent, widget=forms.RadioSelect
        )
        self.fields[f"{part}-columns"] = forms.MultipleChoiceField(
            label=_("公开项目"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(column.value, column.label) for column in COLUMNS[part]], initial=list(held.columns),
        )  # fmt: skip
        self.fields[f"{part}-codes"] = forms.MultipleChoiceField(
            label=_("选定的条目"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(group or _("未分类"), some) for group, some in groups.items()],
            initial=list(held.codes),
        )  # fmt: skip

    @property
    def parts(self) -> list[PartFields]:
        """The parts that have something to be ticked."""
        return [
            PartFields(
                part, self[f"{part}-extent"], self[f"{part}-columns"], self[f"{part}-codes"], len(rows)
            )
            for part, rows in self._codes.items()
        ]

    @property
    def general(self) -> list[Any]:
        """The fields that belong to no part."""
        return [self[name] for name in ("as_of", "contact", "terms", "note")]

    def choice(self) -> Choice:
        """Return what was ticked; records count only where they were to be chosen."""
        data = self.cleaned_data
        return Choice(
            parts={
                part: PartChoice(
                    extent := Extent(data[f"{part}-extent"]),
                    frozenset(data[f"{part}-codes"]) if extent is Extent.CHOSEN else frozenset(),
                    frozenset(Column(name) for name in data[f"{part}-columns"]),
                )
                for part in self._codes
            },
            contact=data["contact"],
            terms=data["terms"],
        )


class SettingsForm(forms.Form):
    """Who takes in feedback, and whether it is taken."""

    office = forms.ChoiceField(label=_("受理单位"), help_text=_("反馈不涉及具体条目时，由这个单位牵头办理。"))
    takes_feedback = forms.BooleanField(label=_("接受公众反馈"), required=False)

    def __init__(self, *args: Any, district_id: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.departments = {str(one.pk): one for one in departments_in(district_id, on)}
        self.fields["office"] = forms.ChoiceField(
            label=_("受理单位"), choices=[(key, one.name) for key, one in self.departments.items()],
            help_text=self.fields["office"].help_text,
        )  # fmt: skip
