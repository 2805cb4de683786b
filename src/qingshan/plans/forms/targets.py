"""A typed target as a form: what kind it is, what belongs to that kind, and the parts it may have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayInput, FormWithRows, RowForm
from qingshan.plans.forms.values import NumberField
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    DIRECTIONS,
    OPERATOR_SIGNS,
    OPERATORS,
    TARGET_KINDS,
    Direction,
    Operator,
    ValueKind,
)

#: Kinds a person may enter; no-data is no target.
_ENTERED = (
    ValueKind.NUMBER,
    ValueKind.KEEP_NOT_WORSE,
    ValueKind.ELIMINATE,
    ValueKind.ASSIGNED,
    ValueKind.QUALITATIVE,
    ValueKind.RELATIVE,
)
#: The choice beside the operators: a bare number, which binds by the indicator's direction.
_BARE = "bare"

#: Field -> the kinds it belongs to; scripts hide the others, without scripts all are there.
_BELONGS: dict[str, tuple[ValueKind, ...]] = {
    "operator": (ValueKind.NUMBER, ValueKind.ASSIGNED),
    "value": (ValueKind.NUMBER,),
    "unit": (ValueKind.NUMBER,),
    "text": (ValueKind.QUALITATIVE, ValueKind.RELATIVE, ValueKind.ELIMINATE),
    "criterion": (ValueKind.QUALITATIVE,),
    "direction": (ValueKind.RELATIVE,),
    "authority": (ValueKind.ASSIGNED,),
}


def _named(kinds: Iterable[ValueKind]) -> list[tuple[str, Any]]:
    return [(kind.value, TARGET_KINDS[kind]) for kind in kinds]


class RequirementForm(forms.Form):
    """The fields of one requirement; `typed` makes a typed target of them."""

    kind = forms.ChoiceField(label=_("目标类型"), choices=_named(_ENTERED))
    operator = forms.ChoiceField(
        label=_("关系"),
        required=False,
        choices=[
            ("", "—"),
            *((sign, f"{OPERATOR_SIGNS[sign]} {OPERATORS[sign]}") for sign in Operator),
            (_BARE, _("文件未写，按指标方向")),
        ],
    )
    value = NumberField(label=_("目标值"), required=False)
    unit = forms.CharField(label=pgettext_lazy("measurement", "单位"), max_length=40, required=False)
    text = forms.CharField(
        label=_("文字要求"), max_length=200, required=False, help_text=_("定性或相对变化的目标填这里。")
    )
    criterion = forms.CharField(
        label=_("达到的判据"), max_length=200, required=False, help_text=_("怎样算做到了，由审核人据此判断。")
    )
    direction = forms.ChoiceField(
        label=_("变化方向"),
        required=False,
        choices=[("", "—"), *((key, DIRECTIONS[key]) for key in Direction)],
    )
    authority = forms.CharField(label=_("由谁下达"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, kinds in _BELONGS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["data-for-kind"] = " ".join(kinds)

    @staticmethod
    def asked(typed: Typed) -> dict[str, Any]:
        """Return a typed target as the fields show it."""
        shown = {name: getattr(typed, name) for name in RequirementForm.base_fields}
        if typed.implied and typed.operator is Operator.EQUAL:
            shown["operator"] = _BARE
        return shown

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs, at the field that lacks it."""
        found = super().clean() or {}
        kind = found.get("kind")
        if kind == ValueKind.NUMBER:
            self._need("operator", _("数值目标要选关系，如不低于。"))
            if "value" not in self.errors and found.get("value") is None:
                self.add_error("value", _("数值目标要填目标值。"))
        elif kind == ValueKind.ASSIGNED:
            self._need("authority", _("请写明由哪个上级单位下达。"))
        elif kind in (ValueKind.QUALITATIVE, ValueKind.RELATIVE):
            self._need("text", _("请写明文字要求。"))
        return found

    def typed(self) -> Typed:
        """Return the typed target that was entered: what belongs to its kind, and nothing else."""
        kind = ValueKind(self.cleaned_data["kind"])
        told = {name: self.cleaned_data.get(name) for name, kinds in _BELONGS.items() if kind in kinds}
        bare = told.get("operator") == _BARE
        if sign := told.get("operator"):
            told["operator"] = Operator.EQUAL if bare else Operator(sign)
        if way := told.get("direction"):
            told["direction"] = Direction(way)
        return Typed(
            kind, implied=bare, **{name: found for name, found in told.items() if found not in (None, "")}
        )

    def _need(self, field: str, words: Any) -> None:
        if field in self.fields and field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, words)


class PartForm(RowForm, RequirementForm):
    """One part of a target that has several."""

    kind = forms.ChoiceField(label=_("要求类型"), choices=[("", "—"), *_named(_ENTERED)])


class TypedForm(FormWithRows, RequirementForm):
    """A typed target. One that has several parts is met when all of them are."""

    kind = forms.ChoiceField(label=_("目标类型"), choices=_named((*_ENTERED, ValueKind.ALL_OF)))
    row_form = PartForm
    rows_name = "parts"
    rows_legend = _("各项要求（须同时满足）")
    row_label = _("要求")
    add_label = _("再加一项要求")
    rows_after = "authority"
    rows_for_kind = ValueKind.ALL_OF.value
    rows_at_first = 2

    @staticmethod
    def asked(typed: Typed) -> dict[str, Any]:
        """Return a typed target as the fields and the rows show it."""
        return RequirementForm.asked(typed) | {"parts": [RequirementForm.asked(part) for part in typed.parts]}

    def rows_count(self) -> bool:
        """Whether the target is one of several parts."""
        return bool(self.cleaned_data.get("kind") == ValueKind.ALL_OF)

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs; several parts are at least two."""
        found = super().clean()
        if found.get("kind") == ValueKind.ALL_OF and len(self.rows.filled) < _FEWEST_PARTS:
            self.add_error("kind", _("“同时满足”的目标至少要有两项要求；只有一项时请直接选它的类型。"))
        return found

    def typed(self) -> Typed:
        """Return the typed target that was entered, with its parts."""
        if not self.rows_count():
            return super().typed()
        parts = tuple(row.typed() for row in self.rows.filled if isinstance(row, PartForm))
        return Typed(ValueKind.ALL_OF, parts=parts)


_FEWEST_PARTS = 2


class AssignTargetForm(RequirementForm):
    """The letter by which the upper level assigns a target that was open."""

    field_order = ("assigned_by", "letter_number", "letter_on", "letter")
    assigned_by = forms.CharField(label=_("下达单位"), max_length=120)
    letter_number = forms.CharField(label=_("下达文号"), max_length=80)
    letter_on = forms.DateField(label=_("下达日期"), widget=DayInput)
    letter = forms.FileField(label=_("下达文件"), help_text=_("PDF 或扫描件。"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = forms.ChoiceField(
            label=_("目标类型"),
            choices=_named(kind for kind in _ENTERED if kind is not ValueKind.ASSIGNED),
        )
        del self.fields["authority"]


class ReviseTargetForm(TypedForm):
    """A target changed with a reason, from a day on."""

    raw = forms.CharField(label=_("文件中的写法"), max_length=200, required=False)
    valid_from = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("变更理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class AdjustTargetForm(ReviseTargetForm):
    """A target that shall be changed once a second person has approved it."""

    attachment = forms.FileField(
        label=_("依据文件"), required=False, help_text=_("评估报告、请示或批复；PDF 或扫描件。")
    )

    def proposed(self) -> dict[str, Any]:
        """Return the proposal that was entered, as the actions take it."""
        data = self.cleaned_data
        found = {name: data[name] for name in ("raw", "reason", "valid_from")}
        return {**found, "typed": self.typed(), "seen": data["seen_version"]}
