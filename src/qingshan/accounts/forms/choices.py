"""Fields to choose a day, a district or a department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import Department, District


class DayField(forms.DateField):
    """A day, as ``2026-11-20``."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("日期应写成 2026-11-20 这样。")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class DistrictField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A district, with its code."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'　' * (obj.level - 1)}{obj.name} {obj.code}"


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A department, with its district."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.district.name}）"


def living_departments() -> QuerySet[Department]:
    """Return the departments that have not ended, by district."""
    return (
        Department.objects.filter(ended_on__isnull=True)
        .select_related("district")
        .order_by("district__code", "name")
    )


def district_field(deepest: int = 4, **options: Any) -> DistrictField:
    """Return a field for districts, down to towns: villages are too many to choose from."""
    return DistrictField(
        queryset=District.objects.filter(level__lte=deepest), empty_label=_("（未选）"), **options
    )


def department_field(**options: Any) -> DepartmentField:
    """Return a field for departments."""
    return DepartmentField(queryset=living_departments(), empty_label=_("（未选）"), **options)
