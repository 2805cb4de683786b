"""An evaluation, its scheme, who evaluates, what they found, its stored sheets, and the appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.assessment.states import EVALUATION_FLOW, SHOWN, AppealState, EvaluationState
from qingshan.assessment.vocabulary import EvaluatorKind, ListName, Opinion, Purpose
from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref


class OwnScheme(models.Model):
    """A scheme that a bureau added to the shipped ones (自拟评估方案). Never changed; a new one is added."""

    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    code = models.CharField(_("编号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    text = models.TextField(_("全文"))
    sha256 = models.CharField("SHA-256", max_length=64)
    added_by = person(_("登记人"), null=True, blank=True)
    added_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("评估方案")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("assessment", "scheme", str(self.pk))


class Evaluation(models.Model):
    """One evaluation of a plan (规划实施评估): as of a day, by a scheme whose full text is kept here."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+")
    purpose = models.CharField(_("评估类型"), max_length=12, choices=Purpose)
    #: The year evaluated; of a final evaluation the last year of the plan.
    year = models.PositiveSmallIntegerField(_("评估年度"))
    #: The ledger is read as known on this day.
    on = models.DateField(_("数据截至"))
    scheme_code = models.CharField(_("方案编号"), max_length=60)
    scheme_name = models.CharField(_("评估方案"), max_length=120)
    scheme_text = models.TextField(_("方案全文"))
    scheme_sha256 = models.CharField(_("方案 SHA-256"), max_length=64)
    evaluator_kind = models.CharField(
        _("评估主体"), max_length=12, choices=EvaluatorKind, default=EvaluatorKind.OWN
    )
    #: The organisation that evaluates, as the report names it.
    evaluator_name = models.CharField(_("评估单位"), max_length=120)
    #: Function zone of the district, and of departments by their number; empty where the scheme has none.
    zone = models.CharField(_("功能区"), max_length=60, blank=True)
    zones = models.JSONField(_("各单位功能区"), default=dict, blank=True)
    narrative = models.TextField(_("总体评价"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    #: One a line: what the next plan should know.
    lessons = models.TextField(_("经验和教训"), blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=EvaluationState, default=EvaluationState.DRAFTING
    )
    #: Last day on which a department may appeal; set when it is published.
    appeal_until = models.DateField(_("申诉截止"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    #: The report drafted last, by its name across rooms.
    paper_ref = models.CharField(_("评估报告"), max_length=120, blank=True)
    created_by = person(_("组织人"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("规划实施评估")
        ordering = ("-year", "-on", "-pk")
        constraints = [
            one_of("purpose", Purpose, "assessment_evaluation"),
            one_of("state", EvaluationState, "assessment_evaluation"),
            one_of("evaluator_kind", EvaluatorKind, "assessment_evaluation"),
            models.UniqueConstraint(
                fields=["plan", "purpose", "year"],
                condition=Q(state__in=[state.value for state in SHOWN]),
                name="assessment_published_once",
            ),
        ]
        indexes = [models.Index(fields=["plan", "state"], name="assessment_evaluation_of_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year} {self.purpose}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("assessment", "evaluation", str(self.pk))

    @property
    def phase(self) -> EvaluationState:
        """Its state as a member of the enumeration."""
        return EvaluationState(self.state)


class Evaluator(models.Model):
    """Somebody named to evaluate (评估人员): in this evaluation, and in no other."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="evaluators", verbose_name=_("评估")
    )
    user = person(_("评估人员"))
    from_at = models.DateTimeField(_("指定时间"))
    until_at = models.DateTimeField(_("解除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("评估人员")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "user"],
                condition=Q(until_at__isnull=True),
                name="assessment_evaluator_once",
            )
        ]
        indexes = [models.Index(fields=["user", "evaluation"], name="assessment_evaluator_of")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.user_id}"


class Finding(models.Model):
    """What an evaluator found of one row (核查意见). Never changed; a newer one takes its place."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="findings", verbose_name=_("评估")
    )
    kind = models.CharField(_("清单"), max_length=12, choices=ListName)
    code = models.CharField(_("行编号"), max_length=60)
    opinion = models.CharField(_("核查意见"), max_length=12, choices=Opinion)
    reason = models.TextField(_("理由"), blank=True)
    #: The value counter-checked, as it is written: of an indicator in its unit, else per cent done.
    checked = models.CharField(_("核定数值"), max_length=40, blank=True)
    by = person(_("评估人员"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("核查意见")
        ordering = ("pk",)
        constraints = [
            one_of("kind", ListName, "assessment_finding"),
            one_of("opinion", Opinion, "assessment_finding"),
            models.CheckConstraint(
                condition=~Q(opinion=Opinion.DOUBTED) | ~Q(reason=""), name="assessment_doubt_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["evaluation", "kind", "code"], name="assessment_finding_of_row")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.code} {self.opinion}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("assessment", "finding", str(self.pk))

    @property
    def view(self) -> Opinion:
        """Its opinion as a member of the enumeration."""
        return Opinion(self.opinion)


class ConductFact(models.Model):
    """A fact beside the lists, entered by hand (加减分事项); what dispatch knows is read from there."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="facts", verbose_name=_("评估"))
    kind = models.CharField(_("事项"), max_length=40)
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("单位"), related_name="+", null=True, blank=True
    )
    count = models.PositiveSmallIntegerField(_("次数"), default=1)
    evidence = models.CharField(_("依据"), max_length=300)
    by = person(_("登记人"))
    at = models.DateTimeField(_("登记时间"))
    withdrawn_by = person(_("撤回人"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("加减分事项")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="assessment_fact_counts"),
            models.CheckConstraint(condition=~Q(evidence=""), name="assessment_fact_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.kind}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("assessment", "fact", str(self.pk))


class Recommendation(models.Model):
    """A target that the evaluation would have changed (目标调整建议)."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="recommendations", verbose_name=_("评估")
    )
    code = models.CharField(_("指标编号"), max_length=60)
    year = models.PositiveSmallIntegerField(_("目标年"))
    #: A typed target as the ledger writes one.
    typed = models.JSONField(_("建议目标"))
    reason = models.CharField(_("理由"), max_length=500)
    by = person(_("建议人"))
    at = models.DateTimeField(_("时间"))
    #: The proposal made of it in the ledger, by its name across rooms; empty while none is made.
    proposal = models.CharField(_("调整申请"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("目标调整建议")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "code", "year"], name="assessment_recommendation_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_recommendation_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.code} {self.year}"


class ScoreVersion(models.Model):
    """What an evaluation scored (评分结果): rows, facts and sheets exactly as reckoned. Never changed."""

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="versions", verbose_name=_("评估")
    )
    number = models.PositiveSmallIntegerField(_("版本"))
    content = models.JSONField(_("内容"))
    sha256 = models.CharField("SHA-256", max_length=64)
    total = models.CharField(_("总分"), max_length=20)
    grade = models.CharField(_("等级"), max_length=20, blank=True)
    reason = models.CharField(_("事由"), max_length=500)
    appeal = models.ForeignKey(
        "Appeal", models.PROTECT, related_name="versions", verbose_name=_("申诉"), null=True, blank=True
    )
    by = person(_("办理人"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("评分结果")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="assessment_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} v{self.number}: {self.total}"


class Appeal(models.Model):
    """A department appeals a line (申诉)."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="appeals", verbose_name=_("评估"))
    #: Empty for a fact beside the lists; ``code`` is then its kind.
    kind = models.CharField(_("清单"), max_length=12, choices=ListName, blank=True)
    code = models.CharField(_("行编号"), max_length=60)
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("申诉单位"), related_name="+"
    )
    reason = models.TextField(_("申诉理由"))
    state = models.CharField(_("状态"), max_length=12, choices=AppealState, default=AppealState.MADE)
    by = person(_("申诉人"))
    at = models.DateTimeField(_("申诉时间"))
    answer = models.CharField(_("复核意见"), max_length=500, blank=True)
    #: What an upheld appeal puts in the place of what was scored: field of the row -> value as written.
    correction = models.JSONField(_("更正"), default=dict, blank=True)
    answered_by = person(_("复核人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("申诉")
        ordering = ("pk",)
        constraints = [
            one_of("state", AppealState, "assessment_appeal"),
            models.CheckConstraint(
                condition=Q(kind__in=["", *ListName.values]), name="assessment_appeal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("by")),
                name="assessment_appeal_second_person",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "kind", "code", "department"],
                condition=Q(state=AppealState.MADE),
                name="assessment_appeal_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.code}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("assessment", "appeal", str(self.pk))

    @property
    def phase(self) -> AppealState:
        """Its state as a member of the enumeration."""
        return AppealState(self.state)


class EvaluationMove(Move):
    """One step of an evaluation's life (办理过程): what people read. The audit keeps its own record."""

    flow = EVALUATION_FLOW

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="moves", verbose_name=_("评估"))
    before = models.CharField(_("之前"), max_length=12, choices=EvaluationState)
    after = models.CharField(_("之后"), max_length=12, choices=EvaluationState)

    class Meta(Move.Meta):
        verbose_name = _("办理过程")

    def __str__(self) -> str:
        return f"{self.evaluation_id}: {self.move}"
