"""What several tables have in common: a place in the source text, a review by a second person, duties."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.plans.models.fields import StateField, one_of
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import ResponsibilityRole


class Placed(models.Model):
    """Where it stands in the source text (出处): characters [start, end) of the decoded file."""

    place_start = models.PositiveIntegerField(_("出处起"), null=True, blank=True)
    place_end = models.PositiveIntegerField(_("出处止"), null=True, blank=True)
    place_anchor = models.CharField(_("出处定位词"), max_length=20, blank=True)
    #: Code of the source text; empty means the plan's own.
    place_document = models.CharField(_("出处文本"), max_length=40, blank=True)

    class Meta:
        abstract = True


class Recorded(models.Model):
    """Who entered it, and when."""

    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("登记人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class Reviewed(models.Model):
    """An entry that counts only when a second person has approved it (双人审核)."""

    state = StateField(_("审核状态"), words=ReviewState, default=ReviewState.ENTERED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("录入人"), related_name="+", null=True
    )
    entered_at = models.DateTimeField(_("录入时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("审核人"),
        related_name="+",
        null=True,
        blank=True,
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    review_note = models.CharField(_("审核意见"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def review_constraints(cls, table: str) -> list[models.BaseConstraint]:
        """A known state, and never one's own reviewer; ``table`` names them."""
        return [
            one_of("state", ReviewState, table),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(reviewed_by=F("entered_by")),
                name=f"{table}_second_person",
            ),
        ]


class Responsibility(Recorded):
    """A department answers for something from one day to another (责任分工).

    The department is the one named when the duty was laid down. When departments are merged
    nothing is rewritten here: queries follow the dated successions of `areas`.
    """

    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("责任单位"), related_name="+"
    )
    role = StateField(_("分工"), words=ResponsibilityRole, default=ResponsibilityRole.NAMED)
    #: Order in which the text prints them.
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("依据"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def held(on: date) -> Q:
        """Return the filter for the duties that hold on a day."""
        return (Q(valid_to__isnull=True) | Q(valid_to__gt=on)) & Q(valid_from__lte=on)

    @classmethod
    def responsibility_meta(cls, table: str) -> tuple[list[models.BaseConstraint], list[models.Index]]:
        """Constraints and indexes every duty table declares; ``table`` names them."""
        constraints: list[models.BaseConstraint] = [
            models.UniqueConstraint(
                fields=["subject", "department"],
                condition=Q(valid_to__isnull=True),
                name=f"{table}_once_a_department",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name=f"{table}_span_in_order",
            ),
            one_of("role", ResponsibilityRole, table),
        ]
        # Row rights ask "which subjects are these departments' on this day": answered from the index alone.
        indexes = [
            models.Index(fields=["department", "subject", "valid_from", "valid_to"], name=f"{table}_of")
        ]
        return constraints, indexes
