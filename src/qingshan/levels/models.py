"""Submissions and what was sent each time; calls for them; trusted installations and their packages."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref
from qingshan.levels.states import SUBMISSION_FLOW, CallState, PartnerState, SubmissionState
from qingshan.levels.vocabulary import PackageKind


class Partner(models.Model):
    """Another installation whose packages are believed (互信装置), by one public key of it."""

    name = models.CharField(_("名称"), max_length=120)
    #: It speaks for this district and those below it; the other way round, it is who receives there.
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    key_id = models.CharField(_("密钥编号"), max_length=16)
    public_key = models.CharField(_("公钥"), max_length=400)
    state = models.CharField(_("状态"), max_length=8, choices=PartnerState, default=PartnerState.TRUSTED)
    #: Number of the last package taken from it; a number is never taken twice, and never a lower one.
    last_sequence = models.PositiveBigIntegerField(_("最近收到的序号"), default=0)
    registered_by = person(_("登记人"), null=True, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))
    revoked_by = person(_("撤销人"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    reason = models.CharField(_("撤销理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("互信装置")
        ordering = ("name", "pk")
        constraints = [
            one_of("state", PartnerState, "levels_partner"),
            models.UniqueConstraint(
                fields=["key_id"],
                condition=Q(state=PartnerState.TRUSTED),
                name="levels_partner_key_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("levels", "partner", str(self.pk))

    @property
    def phase(self) -> PartnerState:
        """Its state as a member of the enumeration."""
        return PartnerState(self.state)

    @property
    def trusted(self) -> bool:
        """Whether its packages are believed."""
        return self.phase is PartnerState.TRUSTED


class Call(models.Model):
    """The upper level asks districts below it to report as of a day (报送要求)."""

    district = models.ForeignKey(
        "areas.District", models.PROTECT, verbose_name=_("要求单位所在辖区"), related_name="+"
    )
    title = models.CharField(_("名称"), max_length=120)
    as_of = models.DateField(_("数据截至"))
    due_on = models.DateField(_("报送期限"))
    words = models.TextField(_("要求"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=CallState, default=CallState.OPEN)
    created_by = person(_("发出人"), null=True, blank=True)
    created_at = models.DateTimeField(_("发出时间"))
    closed_at = models.DateTimeField(_("截止时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送要求")
        ordering = ("-as_of", "-pk")
        constraints = [one_of("state", CallState, "levels_call")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """Its name across rooms; its deadline runs under it."""
        return Ref("levels", "call", str(self.pk))

    @property
    def phase(self) -> CallState:
        """Its state as a member of the enumeration."""
        return CallState(self.state)


class CalledDistrict(models.Model):
    """A district that is asked to report (应报辖区)."""

    call = models.ForeignKey(Call, models.CASCADE, verbose_name=_("报送要求"), related_name="called")
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")

    class Meta:
        verbose_name = _("应报辖区")
        ordering = ("district__code",)
        constraints = [models.UniqueConstraint(fields=["call", "district"], name="levels_called_once")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.district_id}"


class Submission(models.Model):
    """The progress of a plan as of a day, reported to the upper level (报送).

    Made here by the lower level, or brought in from another installation: then ``from_outside`` is true, and
    the plan is known by its printed code and name alone.
    """

    #: The same in both installations.
    uid = models.UUIDField(_("报送编号"), unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+", null=True, blank=True
    )
    plan_code = models.CharField(_("规划编号"), max_length=60)
    plan_name = models.CharField(_("规划名称"), max_length=200)
    district = models.ForeignKey(
        "areas.District", models.PROTECT, verbose_name=_("报送辖区"), related_name="+"
    )
    to_district = models.ForeignKey(
        "areas.District", models.PROTECT, verbose_name=_("受理辖区"), related_name="+"
    )
    #: The other installation, where the two levels do not share one.
    partner = models.ForeignKey(
        Partner, models.PROTECT, verbose_name=_("对方装置"), related_name="+", null=True, blank=True
    )
    from_outside = models.BooleanField(_("外来"), default=False)
    call = models.ForeignKey(
        Call, models.PROTECT, verbose_name=_("报送要求"), related_name="submissions", null=True, blank=True
    )
    as_of = models.DateField(_("数据截至"))
    words = models.TextField(_("报送说明"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    created_by = person(_("拟报人"), null=True, blank=True)
    created_at = models.DateTimeField(_("拟报时间"))

    class Meta:
        verbose_name = _("报送")
        ordering = ("-as_of", "-pk")
        constraints = [
            one_of("state", SubmissionState, "levels_submission"),
            models.UniqueConstraint(
                fields=["plan", "to_district", "as_of"],
                condition=~Q(state=SubmissionState.WITHDRAWN),
                name="levels_submission_once",
            ),
            models.CheckConstraint(
                condition=Q(from_outside=True, plan__isnull=True, partner__isnull=False)
                | Q(from_outside=False, plan__isnull=False),
                name="levels_submission_one_origin",
            ),
        ]
        indexes = [
            models.Index(fields=["to_district", "state"], name="levels_incoming"),
            models.Index(fields=["plan", "state", "as_of"], name="levels_of_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_name} {self.as_of}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; attachments hang on it."""
        return Ref("levels", "submission", str(self.pk))

    @property
    def phase(self) -> SubmissionState:
        """Its state as a member of the enumeration."""
        return SubmissionState(self.state)


class Edition(models.Model):
    """What was handed up once (报送版本): frozen, and never changed. A corrected one follows it."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, verbose_name=_("报送"), related_name="editions"
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    #: Canonical JSON, kept as the very characters that the digest is of.
    snapshot = models.TextField(_("内容"))
    digest = models.CharField(_("内容 SHA-256"), max_length=64)
    words = models.TextField(_("报送说明"), blank=True)
    #: Name, size and SHA-256 of each attachment as it was then.
    attachments = models.JSONField(_("附件"), default=list, blank=True)
    submitted_by = person(_("报送人"), null=True, blank=True)
    submitted_name = models.CharField(_("报送人姓名"), max_length=120, blank=True)
    submitted_at = models.DateTimeField(_("报送时间"))
    #: The upper level's installation says that it has arrived.
    received_at = models.DateTimeField(_("对方收到时间"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送版本")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="levels_edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.number}"


class Remark(models.Model):
    """What the upper level says about one row of what was handed up (逐行意见)."""

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name=_("报送版本"), related_name="remarks")
    section = models.CharField(_("内容"), max_length=12)
    code = models.CharField(_("编号"), max_length=60)
    text = models.CharField(_("意见"), max_length=500)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("逐行意见")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class SubmissionMove(Move):
    """One step of a submission's life (办理过程): what people of both levels read."""

    flow = SUBMISSION_FLOW

    submission = models.ForeignKey(Submission, models.CASCADE, verbose_name=_("报送"), related_name="moves")
    edition_number = models.PositiveSmallIntegerField(_("版次"), default=0)
    move = models.CharField(_("操作"), max_length=10)
    before = models.CharField(_("之前"), max_length=10, choices=SubmissionState)
    after = models.CharField(_("之后"), max_length=10, choices=SubmissionState)
    #: Who did it, also where they belong to the other installation.
    by_name = models.CharField(_("办理人姓名"), max_length=120, blank=True)

    class Meta(Move.Meta):
        verbose_name = _("报送办理过程")

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.move}"


class PackageRecord(models.Model):
    """A package that left this installation or came into it (报送包收发记录)."""

    outgoing = models.BooleanField(_("发出"))
    kind = models.CharField(_("类别"), max_length=10, choices=PackageKind)
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("对方装置"), related_name="packages")
    sequence = models.PositiveBigIntegerField(_("序号"))
    #: SHA-256 of its signed manifest: two files with the same content are one package.
    digest = models.CharField(_("清单 SHA-256"), max_length=64)
    submission = models.ForeignKey(
        Submission, models.CASCADE, verbose_name=_("报送"), related_name="packages"
    )
    edition_number = models.PositiveSmallIntegerField(_("版次"))
    by = person(_("办理人"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("报送包收发记录")
        ordering = ("-pk",)
        constraints = [
            one_of("kind", PackageKind, "levels_package"),
            models.UniqueConstraint(
                fields=["sequence"], condition=Q(outgoing=True), name="levels_package_sent_once"
            ),
            models.UniqueConstraint(
                fields=["partner", "sequence"], condition=Q(outgoing=False), name="levels_package_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"
