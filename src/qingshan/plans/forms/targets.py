"""A typed target as a form: what kind it is, and what belongs to that kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayInput
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

#: Kinds a person may enter; all-of comes from a pack or an import, no-data is no target.
_ENTERED = (
    ValueKind.NUMBER,
    ValueKind.KEEP_NOT_WORSE,
    ValueKind.ELIMINATE,
    ValueKind.ASSIGNED,
    ValueKind.QUALITATIVE,
    ValueKind.RELATIVE,
)


#: Field -> the kinds it belongs to; scripts hide the others, without scripts all are there.
_BELONGS: dict[str, tuple[ValueKind, ...]] = {
    "operator": (ValueKind.NUMBER,),
    "value": (ValueKind.NUMBER,),
    "unit": (ValueKind.NUMBER,),
    "text": (ValueKind.QUALITATIVE, ValueKind.RELATIVE),
    "criterion": (ValueKind.QUALITATIVE,),
    "direction": (ValueKind.RELATIVE,),
    "authority": (ValueKind.ASSIGNED,),
}


class TypedForm(forms.Form):
    """The fields of a typed target; `typed` makes one of them."""

    kind = forms.ChoiceField(label=_("目标类型"), choices=[(kind, TARGET_KINDS[kind]) for kind in _ENTERED])
    operator = forms.ChoiceField(
        label=_("关系"),
        required=False,
        choices=[("", "—"), *((sign, f"{OPERATOR_SIGNS[sign]} {OPERATORS[sign]}") for sign in Operator)],
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
        """Return the typed target that was entered."""
        data = self.cleaned_data
        return Typed(
            kind=ValueKind(data["kind"]),
            operator=Operator(data["operator"]) if data["operator"] else None,
            value=data["value"],
            unit=data["unit"],
            text=data["text"],
            criterion=data["criterion"],
            direction=Direction(data["direction"]) if data["direction"] else None,
            authority=data["authority"],
        )

    def _need(self, field: str, words: Any) -> None:
        if field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, words)


class AssignTargetForm(TypedForm):
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
            choices=[(kind, TARGET_KINDS[kind]) for kind in _ENTERED if kind is not ValueKind.ASSIGNED],
        )
        del self.fields["authority"]

    def typed(self) -> Typed:
        """Return the assigned target."""
        self.cleaned_data.setdefault("authority", "")
        return super().typed()


class ReviseTargetForm(TypedForm):
    """A target changed with a reason, from a day on."""

    raw = forms.CharField(label=_("文件中的写法"), max_length=200, required=False)
    valid_from = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("变更理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
