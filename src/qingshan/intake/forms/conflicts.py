"""Settling a conflict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["SettleForm"]


class SettleForm(forms.Form):
    """What a conflict is, and why."""

    outcome = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("以哪一处为准，依据是什么。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, outcomes: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]
