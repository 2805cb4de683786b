"""Records of a plan entered by hand, or changed: indicators, targets, measures, commitments, projects.

One form serves both. Entering asks for the code; changing asks for the reason instead, and carries the
number of the version it started from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.pages.public import DayInput, offer
from qingshan.plans.forms.targets import TypedForm
from qingshan.plans.forms.values import YearField
from qingshan.plans.forms.work import YuanField
from qingshan.plans.models import CatalogueIndicatorVersion, IndicatorVersion, Measure
from qingshan.plans.printed import read_printed
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    ATTRIBUTES,
    COMMITMENT_KINDS,
    DIRECTIONS,
    MEASURE_ROLES,
    MeasureKind,
)

__all__ = ["AddTargetForm", "CommitmentForm", "IndicatorForm", "MeasureForm", "ProjectForm", "RecordForm"]

_ABOUT_THE_VERSION = ("valid_from", "reason", "seen_version")


class RecordForm(forms.Form):
    """What every record has. A subclass adds its own fields, named as the version's."""

    code = forms.CharField(
        label=gettext_lazy("编号"), max_length=40, help_text=gettext_lazy("本规划内不重复，以后不能改。")
    )
    order = forms.IntegerField(label=gettext_lazy("次序"), min_value=1, max_value=32_767)
    valid_from = forms.DateField(label=gettext_lazy("自何日起"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("变更理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    #: Fields that entering has and changing has not.
    only_new: ClassVar[tuple[str, ...]] = ("code",)

    def __init__(
        self,
        data: Any = None,
        *,
        find_measure: Callable[[str], Measure | None],
        held: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Take the version to be changed as ``held``, or None to enter a new record."""
        self.held, self._find_measure = held, find_measure
        shown = {} if held is None else self.written(held)
        super().__init__(data, initial={**shown, **(initial or {})})
        for name in ("reason", "seen_version") if held is None else self.only_new:
            del self.fields[name]
        own = [name for name in self.fields if name not in ("order", *_ABOUT_THE_VERSION)]
        self.order_fields([*own, "order"])

    def written(self, held: Any) -> dict[str, Any]:
        """Return a version as the fields show it."""
        about = ("code", *_ABOUT_THE_VERSION)  # why and since when is asked anew
        own = [name for name in self.base_fields if name not in about and hasattr(held, name)]
        return {name: getattr(held, name) for name in own} | {"seen_version": held.number}

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes."""
        about = ("code", *_ABOUT_THE_VERSION)
        return {name: found for name, found in self.cleaned_data.items() if name not in about}

    def measure_named(self, code: str) -> Measure | None:
        """Return the measure that a field names by its code; empty names none."""
        found = self._find_measure(code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("填写的是“%s”；本规划没有这个编号的措施。") % code)
        return found


class IndicatorForm(RecordForm):
    """An indicator; its targets are entered year by year afterwards."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    category = forms.CharField(label=gettext_lazy("类别"), max_length=60, required=False)
    subcategory = forms.CharField(label=gettext_lazy("子类别"), max_length=60, required=False)
    unit = forms.CharField(label=pgettext_lazy("measurement", "单位"), max_length=40, required=False)
    attribute = forms.ChoiceField(label=gettext_lazy("属性"), choices=list(ATTRIBUTES.items()))
    direction = forms.ChoiceField(
        label=gettext_lazy("方向"), choices=[("", gettext_lazy("未定")), *DIRECTIONS.items()], required=False
    )
    catalogue_id = forms.ChoiceField(label=gettext_lazy("目录指标"), required=False)
    baseline_year = YearField(label=gettext_lazy("基准年"), required=False)
    baseline_raw = forms.CharField(
        label=gettext_lazy("基准值"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("数值或文字，按文件写法。"),
    )
    baseline_scope = forms.CharField(
        label=gettext_lazy("基准值范围"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("与规划范围不同时填。"),
    )
    baseline_condition = forms.CharField(
        label=gettext_lazy("基准值测定条件"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("如标况。"),
    )
    baseline_note = forms.CharField(label=gettext_lazy("基准值说明"), max_length=300, required=False)
    counts_as = forms.IntegerField(
        label=gettext_lazy("计为第几项"),
        min_value=1,
        max_value=32_767,
        help_text=gettext_lazy("几行同属一项指标时填同一个数。"),
    )
    notes = forms.CharField(
        label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = CatalogueIndicatorVersion.objects.current().order_by("name").values_list("subject_id", "name")
        offer(self, "catalogue_id", [("", "—"), *known])

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes; a baseline that was not touched keeps its meaning."""
        facts = super().facts()
        facts["catalogue_id"] = facts["catalogue_id"] or None
        held: IndicatorVersion | None = self.held
        raw = facts["baseline_raw"]
        if held is None or raw != held.baseline_raw:
            facts["baseline"] = read_printed(raw) if raw else None
        return facts


class AddTargetForm(TypedForm):
    """A typed target for one more year."""

    field_order = ("year",)
    year = YearField(label=gettext_lazy("目标年"))
    raw = forms.CharField(label=gettext_lazy("文件中的写法"), max_length=200, required=False)
    scope = forms.CharField(label=gettext_lazy("范围"), max_length=120, required=False)
    condition = forms.CharField(label=gettext_lazy("测定条件"), max_length=120, required=False)
    valid_from = forms.DateField(label=gettext_lazy("自何日起"), widget=DayInput)

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes."""
        return {
            "typed": self.typed(),
            **{name: self.cleaned_data[name] for name in ("raw", "scope", "condition")},
        }


class MeasureForm(RecordForm):
    """A node of the plan's body: chapter, section, measure, box."""

    kind = forms.ChoiceField(
        label=gettext_lazy("层次"), choices=MeasureKind.choices, initial=MeasureKind.MEASURE
    )
    parent = forms.CharField(
        label=gettext_lazy("上级编号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("章没有上级，留空。"),
    )
    label = forms.CharField(
        label=gettext_lazy("编号（印刷）"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("如 第三章、（二）。"),
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=300)
    summary = forms.CharField(
        label=gettext_lazy("内容"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    role = forms.ChoiceField(label=gettext_lazy("性质"), choices=list(MEASURE_ROLES.items()), initial="tasks")

    def written(self, held: Any) -> dict[str, Any]:
        """Return a version as the fields show it; the node above by its code."""
        return super().written(held) | {"parent": held.parent.code if held.parent else ""}

    def clean_parent(self) -> Measure | None:
        """Find the node above."""
        return self.measure_named(self.cleaned_data["parent"])


class _InAMeasure(RecordForm):
    """A record that stands in a measure."""

    measure = forms.CharField(label=gettext_lazy("所在措施编号"), max_length=60, required=False)

    def written(self, held: Any) -> dict[str, Any]:
        """Return a version as the fields show it; its measure by its code."""
        return super().written(held) | {"measure": held.measure.code if held.measure else ""}

    def clean_measure(self) -> Measure | None:
        """Find the measure."""
        return self.measure_named(self.cleaned_data["measure"])


class CommitmentForm(TypedForm, _InAMeasure):
    """A quantified or dated commitment."""

    field_order = ("code", "commitment_kind", "topic", "metric")
    commitment_kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=list(COMMITMENT_KINDS.items()))
    topic = forms.CharField(label=gettext_lazy("事项"), max_length=200)
    metric = forms.CharField(
        label=gettext_lazy("度量"), max_length=200, help_text=gettext_lazy("量的是什么，如新建管网长度。")
    )
    deadline = forms.CharField(label=gettext_lazy("期限（印刷）"), max_length=40, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("期限"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("允许的最后一天；到期未办结会列入本月要办。"),
    )
    scope = forms.CharField(label=gettext_lazy("范围"), max_length=200, required=False)
    notes = forms.CharField(
        label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["code", "commitment_kind", "topic", "metric"])

    def written(self, held: Any) -> dict[str, Any]:
        """Return a version as the fields show it; ``kind`` is that of the requirement."""
        typed: Typed = held.typed
        return super().written(held) | self.asked(typed) | {"commitment_kind": held.kind}

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes."""
        facts = {name: found for name, found in super().facts().items() if name not in TypedForm.base_fields}
        facts["kind"] = facts.pop("commitment_kind")
        return {**facts, "typed": self.typed()}


class ProjectForm(_InAMeasure):
    """A project; once entered, its years, money and content change by re-baselining only."""

    only_new = ("code", "content", "start_year", "end_year", "investment_yuan")
    name = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    group = forms.CharField(label=gettext_lazy("分组"), max_length=120, required=False)
    label = forms.CharField(label=gettext_lazy("序号（印刷）"), max_length=20, required=False)
    content = forms.CharField(
        label=gettext_lazy("建设内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    start_year = YearField(label=gettext_lazy("起始年"), required=False)
    end_year = YearField(label=gettext_lazy("完成年"), required=False)
    investment_yuan = YuanField(label=gettext_lazy("总投资（万元）"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
