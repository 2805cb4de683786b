"""What the public sends in, its steps, and the counting that slows down machines."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.disclosure.models.page import PublicPage
from qingshan.disclosure.states import FEEDBACK_FLOW, FeedbackState
from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref


class Feedback(models.Model):
    """A piece of public feedback (公众反馈), and its answer.

    Who sent it is known by ``contact_sealed`` alone, which is encrypted and opened only with a right of its
    own, and audited. ``key`` came with the form: the same form sent twice is one.
    """

    page = models.ForeignKey(PublicPage, models.PROTECT, verbose_name=_("公开页"), related_name="feedback")
    number = models.CharField(_("反馈编号"), max_length=40, unique=True)
    key = models.CharField(_("提交编号"), max_length=32, unique=True)
    text = models.TextField(_("反映内容"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    #: The record of the plan it concerns, by its code on the public page; empty: the plan as a whole.
    part = models.CharField(_("涉及部分"), max_length=16, blank=True)
    code = models.CharField(_("涉及编号"), max_length=60, blank=True)
    concerns = models.CharField(_("涉及事项"), max_length=300, blank=True)
    contact_sealed = models.TextField(_("联系方式（密封）"), blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=FeedbackState, default=FeedbackState.RECEIVED)
    received_at = models.DateTimeField(_("收到时间"))
    task = models.ForeignKey(
        "tasks.Task", models.PROTECT, verbose_name=_("任务"), related_name="+", null=True, blank=True
    )
    #: The one it was merged into; its answer is this one's too.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("并入"), related_name="merged", null=True, blank=True
    )
    #: Why it was not taken up; the sender reads it.
    dismissal = models.CharField(_("不予受理的理由"), max_length=500, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    #: Whether question and answer stand on the public page, and the question in the bureau's words.
    is_public = models.BooleanField(_("在公开页登载"), default=False)
    public_question = models.CharField(_("登载的问题"), max_length=500, blank=True)
    drafted_by = person(_("拟稿人"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("拟稿时间"), null=True, blank=True)
    approved_by = person(_("审核人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("公众反馈")
        ordering = ("-received_at", "-pk")
        constraints = [
            one_of("state", FeedbackState, "disclosure_feedback"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="disclosure_feedback_second_person",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="disclosure_feedback_not_into_itself",
            ),
        ]
        indexes = [models.Index(fields=["page", "state", "received_at"], name="disclosure_feedback_of_page")]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> Ref:
        """Its name across rooms; photos are attached to it, and its task comes from it."""
        return Ref("disclosure", "feedback", str(self.pk))

    @property
    def phase(self) -> FeedbackState:
        """Its state as a member of the enumeration."""
        return FeedbackState(self.state)

    @property
    def has_contact(self) -> bool:
        """Whether the sender left a way to be reached."""
        return bool(self.contact_sealed)


class FeedbackMove(Move):
    """One step of the handling (办理过程). The audit keeps its own record."""

    flow = FEEDBACK_FLOW

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="moves", verbose_name=_("公众反馈"))

    class Meta(Move.Meta):
        verbose_name = _("反馈办理过程")

    def __str__(self) -> str:
        return f"{self.feedback_id}: {self.move}"


class Attempt(models.Model):
    """Somebody without an account sent a form (匿名提交): kept for a day, by the digest of the address."""

    what = models.CharField(_("表单"), max_length=16)
    sender = models.CharField(_("来源摘要"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("匿名提交")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["what", "sender", "at"], name="disclosure_attempt_of")]

    def __str__(self) -> str:
        return f"{self.what} {self.at}"
