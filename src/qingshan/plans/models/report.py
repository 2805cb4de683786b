"""Reports of progress on measures, projects and commitments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import StateField, one_of
from qingshan.plans.models.measure import Commitment, Measure
from qingshan.plans.models.project import Project
from qingshan.plans.models.shared import Reviewed
from qingshan.plans.states import WorkState

_SUBJECTS = ("measure", "project", "commitment")


def _only(one: str) -> Q:
    return Q(**{f"{subject}__isnull": subject != one for subject in _SUBJECTS})


class ProgressReport(Reviewed):
    """What a department reports on one measure, project or commitment (进展报告).

    Evidence is attached to its ``ref``. Approval carries state and percent into the record itself.
    """

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="reports", verbose_name=_("措施"), null=True, blank=True
    )
    project = models.ForeignKey(
        Project, models.CASCADE, related_name="reports", verbose_name=_("项目"), null=True, blank=True
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="reports", verbose_name=_("承诺"), null=True, blank=True
    )
    department = models.ForeignKey(
        "areas.Department",
        models.PROTECT,
        verbose_name=_("报送单位"),
        related_name="+",
        null=True,
        blank=True,
    )
    #: The day as which it speaks.
    on = models.DateField(_("截至日期"))
    work_state = StateField(_("工作状态"), words=WorkState)
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    text = models.TextField(_("进展情况"))
    difficulties = models.TextField(_("存在问题"), blank=True)

    class Meta:
        verbose_name = _("进展报告")
        ordering = ("-on", "-id")
        constraints = [
            *Reviewed.review_constraints("plans_report"),
            one_of("work_state", WorkState, "plans_report"),
            models.CheckConstraint(
                condition=_only("measure") | _only("project") | _only("commitment"),
                name="plans_report_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="plans_report_percent_in_range"
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="plans_report_to_review")]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:30]}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "report", str(self.pk))

    @property
    def subject(self) -> Measure | Project | Commitment:
        """What it reports on."""
        found = self.measure or self.project or self.commitment
        if found is None:
            raise ValueError("a report on nothing; the table refuses it")
        return found
