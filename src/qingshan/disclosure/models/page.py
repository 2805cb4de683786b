"""The public page of a plan, and its editions: what was approved for everybody to read, frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.disclosure.choice import Choice
from qingshan.disclosure.states import EDITION_FLOW, IN_WORK, EditionState
from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref


class PublicPage(models.Model):
    """A plan's page for everybody (公开页): whether it is open, and who looks after what is sent in."""

    plan = models.OneToOneField("plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+")
    #: Switched off, the page and all its editions are gone for the public; nothing is lost.
    is_open = models.BooleanField(_("对外开放"), default=False)
    takes_feedback = models.BooleanField(_("接受公众反馈"), default=True)
    #: Takes in feedback that concerns no department's record.
    office = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("受理单位"), related_name="+"
    )
    changed_at = models.DateTimeField(_("更改时间"))

    class Meta:
        verbose_name = _("公开页")
        ordering = ("plan__code",)

    def __str__(self) -> str:
        return self.plan.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("disclosure", "page", str(self.pk))


class Edition(models.Model):
    """One edition of a public page (公开版次): what the public reads, with its as-of day.

    ``content`` is frozen when the edition is handed in, so that the leader approves the very words and
    figures that are published; ``digest`` is the SHA-256 of its canonical JSON.
    """

    page = models.ForeignKey(PublicPage, models.PROTECT, verbose_name=_("公开页"), related_name="editions")
    #: Given at publication, 1, 2, 3 ... without a gap; editions that never were published have none.
    number = models.PositiveIntegerField(_("版次"), null=True, blank=True)
    as_of = models.DateField(_("截至日期"))
    choice = models.JSONField(_("公开项目"), default=dict)
    content = models.JSONField(_("公开内容"), null=True, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    note = models.CharField(_("本版说明"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=16, choices=EditionState, default=EditionState.PREPARING)
    prepared_by = person(_("准备人"), null=True, blank=True)
    prepared_at = models.DateTimeField(_("准备时间"))
    submitted_by = person(_("提请人"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提请时间"), null=True, blank=True)
    approved_by = person(_("批准人"), null=True, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("撤换时间"), null=True, blank=True)
    end_reason = models.CharField(_("撤下理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("公开版次")
        ordering = ("-pk",)
        constraints = [
            one_of("state", EditionState, "disclosure_edition"),
            models.UniqueConstraint(fields=["page", "number"], name="disclosure_edition_number_once"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state__in=IN_WORK), name="disclosure_edition_one_in_work"
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state=EditionState.PUBLISHED),
                name="disclosure_edition_one_published",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("prepared_by")) & ~Q(approved_by=F("submitted_by"))),
                name="disclosure_edition_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(EditionState.PREPARING, EditionState.DISCARDED))
                | (Q(content__isnull=False) & ~Q(digest="")),
                name="disclosure_edition_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.number or '—'} {self.as_of}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("disclosure", "edition", str(self.pk))

    @property
    def phase(self) -> EditionState:
        """Its state as a member of the enumeration."""
        return EditionState(self.state)

    @property
    def chosen(self) -> Choice:
        """What was ticked."""
        return Choice.read(self.choice)


class EditionMove(Move):
    """One step of an edition's life (办理过程): what people read. The audit keeps its own record."""

    flow = EDITION_FLOW

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="moves", verbose_name=_("公开版次"))

    class Meta(Move.Meta):
        verbose_name = _("公开过程")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.move}"
