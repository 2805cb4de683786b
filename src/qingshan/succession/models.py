"""The opening of a next plan, what was chosen for it, what was carried, and changes of definition."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import one_of, person
from qingshan.kernel.refs import Ref
from qingshan.plans.public import OPERATOR_SIGNS, Operator
from qingshan.succession.states import LIVE, OpeningState
from qingshan.succession.vocabulary import ChangeKind, Decision, ItemKind, LessonSource

_CODE = 60


class Opening(models.Model):
    """The opening of the next plan (规划接续方案): a draft choice, reviewed, then carried at once."""

    plan = models.ForeignKey(
        "plans.Plan", models.CASCADE, verbose_name=_("上一轮规划"), related_name="openings"
    )
    code = models.CharField(_("新规划编号"), max_length=40)
    name = models.CharField(_("新规划名称"), max_length=200)
    short_name = models.CharField(_("简称"), max_length=60)
    period_from = models.PositiveSmallIntegerField(_("规划期起"))
    period_to = models.PositiveSmallIntegerField(_("规划期止"))
    base_year = models.PositiveSmallIntegerField(_("基准年"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=16, choices=OpeningState, default=OpeningState.CHOOSING)
    #: Counts the hand-ins: what a second person approved is what was handed in last, and nothing else.
    round = models.PositiveSmallIntegerField(_("提交次数"), default=0)
    made_by = person(_("拟定人"), null=True, blank=True)
    made_at = models.DateTimeField(_("拟定时间"))
    proposed_by = person(_("提交人"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    decided_by = person(_("审批人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=500, blank=True)
    successor = models.ForeignKey(
        "plans.Plan",
        models.CASCADE,
        verbose_name=_("新规划"),
        related_name="opened_by",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("规划接续方案")
        ordering = ("-made_at", "-pk")
        constraints = [
            one_of("state", OpeningState, "succession_opening"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="succession_opening_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="succession_opening_second_person",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="succession_opening_one_live",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("succession", "opening", str(self.pk))

    @property
    def phase(self) -> OpeningState:
        """Its state as a member of the enumeration."""
        return OpeningState(self.state)


class Choice(models.Model):
    """One record of the old plan, what is proposed for it and why, and what somebody decided."""

    opening = models.ForeignKey(Opening, models.CASCADE, verbose_name=_("接续方案"), related_name="choices")
    kind = models.CharField(_("内容"), max_length=16, choices=ItemKind)
    #: The record, by its name across rooms; its code and name as they stood when the opening was made.
    origin = models.CharField(_("记录"), max_length=120)
    code = models.CharField(_("编号"), max_length=_CODE)
    name = models.CharField(_("名称"), max_length=300)
    order = models.PositiveIntegerField(_("次序"))
    proposal = models.CharField(_("建议"), max_length=16, choices=Decision)
    why = models.CharField(_("建议理由"), max_length=500)
    decision = models.CharField(_("处理意见"), max_length=16, choices=Decision)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    #: What it is called, measured in and means in the next plan, where it is redefined.
    new_name = models.CharField(_("新名称"), max_length=120, blank=True)
    new_unit = models.CharField(_("新单位"), max_length=40, blank=True)
    new_definition = models.CharField(_("新口径说明"), max_length=500, blank=True)
    #: The target of the next plan, where it is known already: sign, number as written, year.
    target_operator = models.CharField(_("目标关系"), max_length=4, blank=True)
    target_value = models.CharField(_("目标值"), max_length=40, blank=True)
    target_year = models.PositiveSmallIntegerField(_("目标年"), null=True, blank=True)
    decided_by = person(_("处理人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接续内容")
        ordering = ("opening", "kind", "order", "pk")
        constraints = [
            one_of("kind", ItemKind, "succession_choice"),
            one_of("proposal", Decision, "succession_choice"),
            one_of("decision", Decision, "succession_choice"),
            models.UniqueConstraint(fields=["opening", "origin"], name="succession_choice_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def chosen(self) -> Decision:
        """Its decision as a member of the enumeration."""
        return Decision(self.decision)

    @property
    def proposed(self) -> Decision:
        """Its proposal as a member of the enumeration."""
        return Decision(self.proposal)

    @property
    def sign(self) -> str:
        """The sign of its target as it is printed."""
        return OPERATOR_SIGNS[Operator(self.target_operator)] if self.target_operator else ""

    @property
    def is_kept(self) -> bool:
        """Whether it goes into the next plan."""
        return self.chosen is not Decision.DROP


class Lesson(models.Model):
    """A lesson of the old plan (经验教训), typed or taken from an evaluation, for the next one's file."""

    opening = models.ForeignKey(Opening, models.CASCADE, verbose_name=_("接续方案"), related_name="lessons")
    text = models.TextField(_("内容"))
    source = models.CharField(_("来源"), max_length=16, choices=LessonSource, default=LessonSource.TYPED)
    #: The evaluation it was taken from, by its name across rooms.
    source_ref = models.CharField(_("来源记录"), max_length=120, blank=True)
    added_by = person(_("填写人"), null=True, blank=True)
    added_at = models.DateTimeField(_("填写时间"))

    class Meta:
        verbose_name = _("经验教训")
        ordering = ("opening", "pk")
        constraints = [one_of("source", LessonSource, "succession_lesson")]

    def __str__(self) -> str:
        return self.text[:40]


class Carried(models.Model):
    """A record of a new plan and the record it was carried from (接续关系), with what it rests on."""

    opening = models.ForeignKey(Opening, models.CASCADE, verbose_name=_("接续方案"), related_name="carried")
    kind = models.CharField(_("内容"), max_length=16, choices=ItemKind)
    plan = models.ForeignKey("plans.Plan", models.CASCADE, verbose_name=_("来源规划"), related_name="+")
    successor = models.ForeignKey("plans.Plan", models.CASCADE, verbose_name=_("新规划"), related_name="+")
    #: Both by their names across rooms.
    origin = models.CharField(_("来源记录"), max_length=120)
    result = models.CharField(_("新记录"), max_length=120)
    decision = models.CharField(_("处理意见"), max_length=16, choices=Decision)
    #: The value an indicator's baseline was computed from; empty where there is none, and `basis` says why.
    value = models.CharField(_("所依数值"), max_length=120, blank=True)
    basis = models.CharField(_("依据说明"), max_length=500, blank=True)
    percent = models.PositiveSmallIntegerField(_("接续时进度（%）"), null=True, blank=True)
    left_yuan = models.BigIntegerField(_("接续时结余（元）"), null=True, blank=True)
    #: When the carrying was undone; the link then tells only what once was.
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接续关系")
        ordering = ("opening", "pk")
        constraints = [
            one_of("kind", ItemKind, "succession_carried"),
            models.UniqueConstraint(fields=["result"], name="succession_carried_result_once"),
        ]
        indexes = [models.Index(fields=["origin"], name="succession_carried_of")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.result}"


class DefinitionChange(models.Model):
    """What an indicator of the catalogue means changed from a year on (口径变化), entered by a planner.

    Never changed; one entered by mistake is taken back with a reason.
    """

    catalogue = models.ForeignKey(
        "plans.CatalogueIndicator", models.CASCADE, verbose_name=_("目录指标"), related_name="+"
    )
    #: The first year that is counted the new way.
    year = models.PositiveSmallIntegerField(_("自何年起"))
    kind = models.CharField(_("变化内容"), max_length=16, choices=ChangeKind)
    before = models.CharField(_("原口径"), max_length=300)
    after = models.CharField(_("新口径"), max_length=300)
    reason = models.CharField(_("原因"), max_length=500)
    #: Title and number of what it rests on.
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    entered_by = person(_("登记人"), null=True, blank=True)
    entered_at = models.DateTimeField(_("登记时间"))
    withdrawn_by = person(_("撤回人"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("口径变化")
        ordering = ("catalogue", "year", "pk")
        constraints = [
            one_of("kind", ChangeKind, "succession_change"),
            models.CheckConstraint(condition=~Q(reason=""), name="succession_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("succession", "change", str(self.pk))
