"""What people enter about evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.assessment.scoring.shapes import ListKind, Scheme, Verdict
from qingshan.assessment.vocabulary import EvaluatorKind, Opinion, Purpose
from qingshan.pages.public import DayInput, NoteForm
from qingshan.plans.public import OPERATOR_SIGNS

_LINES = 500
_Choices = Sequence[tuple[str, str]]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NewEvaluationForm(forms.Form):
    """What is evaluated, as of when, by which scheme, and by whom."""

    plan = forms.ChoiceField(label=_("规划"))
    purpose = forms.ChoiceField(label=_("评估类型"), choices=Purpose)
    year = forms.IntegerField(
        label=_("评估年度"), min_value=1990, max_value=2100, help_text=_("终期评估填规划期末年。")
    )
    on = forms.DateField(
        label=_("数据截至"),
        widget=DayInput,
        help_text=_("台账按这一天已知的情况读取；此后的变动不影响评估。"),
    )
    scheme = forms.ChoiceField(
        label=_("评估方案"), help_text=_("方案全文随评估一并留存。各方案的说明见“评估方案”页。")
    )
    zone = forms.ChoiceField(
        label=_("功能区"), required=False, help_text=_("方案对该功能区另有权重时选择；否则留空。")
    )
    evaluator_kind = forms.ChoiceField(label=_("评估主体"), choices=EvaluatorKind, widget=forms.RadioSelect)
    evaluator_name = forms.CharField(
        label=_("评估单位"), max_length=120, required=False, help_text=_("评估报告中写明的单位名称。")
    )
    evaluators = forms.MultipleChoiceField(
        label=_("评估人员"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("只有被指定的人员能填写核查意见；之后还可以增减。"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        plans: _Choices,
        schemes: _Choices,
        zones: Iterable[str],
        people: _Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        _offer(self, "plan", plans)
        _offer(self, "scheme", schemes)
        _offer(self, "zone", [("", "—"), *((one, one) for one in zones)])
        _offer(self, "evaluators", people)


def _offer(form: forms.Form, name: str, choices: _Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class SchemeForm(forms.Form):
    """A bureau's own scheme, as the text of its file."""

    text = forms.CharField(
        label=_("方案全文（YAML）"), widget=_area(24), strip=False,
        help_text=_("可先复制一个现有方案再修改；数字要加引号。读取有误时会指出在哪一项、现值和允许的值。"),
    )  # fmt: skip


class EvaluatorForm(forms.Form):
    """Who evaluates besides."""

    user = forms.ChoiceField(label=_("评估人员"))

    def __init__(self, *args: Any, people: _Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "user", people)


class ZonesForm(forms.Form):
    """In which function zone the district and its departments lie."""

    zone = forms.ChoiceField(label=_("全域"), required=False)

    def __init__(
        self, *args: Any, zones: Iterable[str], departments: Mapping[int, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = [("", "—"), *((one, one) for one in zones)]
        _offer(self, "zone", choices)
        self.departments = departments
        for pk, name in departments.items():
            self.fields[f"d{pk}"] = forms.ChoiceField(label=name, choices=choices, required=False)

    def chosen(self, data: Mapping[str, Any]) -> dict[int, str]:
        """Return the zone of each department."""
        return {pk: data[f"d{pk}"] for pk in self.departments}


class FindingForm(forms.Form):
    """What was found of a row."""

    opinion = forms.ChoiceField(label=_("核查意见"), choices=Opinion, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), required=False, widget=_area(3), max_length=2000)
    checked = forms.CharField(
        label=_("核定数值"), required=False, max_length=40,
        help_text=_("存疑且已核出数值时填写：指标按其单位，措施和项目填完成比例（0—100）。评分改用核定数值，台账不变。"),
    )  # fmt: skip


class ConclusionForm(forms.Form):
    """The evaluators' conclusion."""

    narrative = forms.CharField(label=_("总体评价"), widget=_area(6), max_length=20000)
    problems = forms.CharField(label=_("存在问题"), required=False, widget=_area(5), max_length=20000)
    lessons = forms.CharField(
        label=_("经验和教训"), required=False, widget=_area(4), max_length=20000,
        help_text=_("每行一条；编制下一期规划时会带过去。"),
    )  # fmt: skip


class FactForm(forms.Form):
    """A fact that adds or takes points."""

    kind = forms.ChoiceField(label=_("事项"))
    department = forms.ChoiceField(label=_("单位"), required=False, help_text=_("留空表示全局。"))
    count = forms.IntegerField(label=_("次数"), min_value=1, max_value=999, initial=1)
    evidence = forms.CharField(label=_("依据"), max_length=300, help_text=_("文号、记录或事实。"))

    def __init__(self, *args: Any, scheme: Scheme, departments: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "kind", [(rule.kind, rule.name) for rule in scheme.conduct])
        _offer(self, "department", [("", "—"), *((str(pk), name) for pk, name in departments.items())])


class RecommendationForm(forms.Form):
    """Another target for an indicator."""

    target = forms.ChoiceField(label=_("指标和目标年"))
    operator = forms.ChoiceField(
        label=_("方向"), choices=[(one.value, sign or "=") for one, sign in OPERATOR_SIGNS.items()]
    )
    value = forms.DecimalField(label=_("建议目标值"), max_digits=15, decimal_places=6)
    reason = forms.CharField(label=_("理由"), widget=_area(3), max_length=_LINES)

    def __init__(self, *args: Any, targets: _Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "target", targets)


class PublishForm(NoteForm):
    """Until when departments may appeal."""

    appeal_until = forms.DateField(label=_("申诉截止"), widget=DayInput)
    field_order = ("appeal_until", "note")


class AppealForm(forms.Form):
    """What a department objects to, and why."""

    department = forms.ChoiceField(label=_("申诉单位"))
    line = forms.ChoiceField(label=_("申诉的一行"))
    reason = forms.CharField(
        label=_("申诉理由"), widget=_area(4), max_length=2000, help_text=_("提交后可在申诉页上传佐证。")
    )

    def __init__(self, *args: Any, departments: _Choices, lines: _Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "department", departments)
        _offer(self, "line", lines)


_VERDICTS = [("", _("按数值判定")), (Verdict.MET.value, _("达标")), (Verdict.MISSED.value, _("未达标"))]


class AnswerForm(forms.Form):
    """The answer to an appeal; what is put right depends on the line."""

    upheld = forms.TypedChoiceField(
        label=_("是否采纳"), choices=[("yes", _("采纳，重新评分")), ("no", _("不采纳"))],
        coerce=lambda word: word == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(label=_("复核意见"), widget=_area(3), max_length=_LINES)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.corrected: tuple[str, ...] = ()
        for name, field in _corrections(kind).items():
            self.fields[name] = field
            self.corrected += (name,)

    def correction(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Return what is put right, as the action takes it."""
        return {name: data[name] for name in self.corrected if data[name]}


def _corrections(kind: str) -> dict[str, forms.Field]:
    if not kind:
        return {"count": forms.CharField(label=_("更正次数"), required=False)}
    excluded = forms.CharField(
        label=_("不予评估理由"), required=False, max_length=_LINES, help_text=_("经批准不计这一行时填写。")
    )
    if kind != ListKind.INDICATORS.value:
        return {"done": forms.CharField(label=_("更正完成比例（%）"), required=False), "excluded": excluded}
    return {
        "actual": forms.CharField(label=_("更正数值"), required=False),
        "verdict": forms.ChoiceField(label=_("更正判定"), required=False, choices=_VERDICTS),
        "excluded": excluded,
    }


class ConfirmForm(forms.Form):
    """A step that asks nothing but to be confirmed."""
