"""One thing the reader found, or a person added, and what it says by now."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.intake.models.intake import Intake
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind
from qingshan.kernel.refs import Ref


class Finding(models.Model):
    """A finding (发现): its passage, what was found there, and what people made of it.

    ``found`` is what the reader said and never changes, ``facts`` is what would enter the ledger.
    An item that a person made (added, split off, merged) has no ``found``.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, verbose_name=_("导入审阅"), related_name="findings")
    kind = models.CharField(_("类别"), max_length=20, choices=FindingKind)
    #: Reading order in the document; items split off follow their origin.
    order = models.PositiveIntegerField(_("次序"))
    start = models.PositiveIntegerField(_("出处起"))
    end = models.PositiveIntegerField(_("出处止"))
    #: Share of this rule's findings that people found right; null for what a person made.
    confidence = models.DecimalField(_("把握"), max_digits=4, decimal_places=2, null=True, blank=True)
    rule = models.CharField(_("识读规则"), max_length=80, blank=True)
    flags = models.JSONField(_("提示"), default=list, blank=True)
    found = models.JSONField(_("识读结果"), null=True, blank=True)
    facts = models.JSONField(_("内容"), default=dict)
    state = models.CharField(_("结论"), max_length=20, choices=FindingState, default=FindingState.OPEN)
    version = models.PositiveIntegerField(_("版本号"), default=1)
    made_from = models.ManyToManyField("self", symmetrical=False, related_name="became", blank=True)
    #: Name across rooms of the record it became, and the code it has there.
    entered_ref = models.CharField(_("台账记录"), max_length=100, blank=True)
    entered_code = models.CharField(_("台账编号"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("写入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("发现")
        ordering = ("intake", "order", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="intake_finding_has_a_passage"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in FindingState]),
                name="intake_finding_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FindingKind]), name="intake_finding_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.ENTERED) | Q(entered_at__isnull=False),
                name="intake_finding_entered_when",
            ),
        ]
        indexes = [models.Index(fields=["intake", "kind", "state", "order"], name="intake_finding_tab")]

    def __str__(self) -> str:
        return str(self.facts.get("name") or self.facts.get("title") or self.facts.get("metric") or self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new finding; an old one is moved by the actions alone, which never touch ``found``."""
        if self.pk is not None and "found" in (kwargs.get("update_fields") or ("found",)):
            raise ValueError("a finding is changed by intake.actions, and what was found never is")
        super().save(*args, **kwargs)

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("intake", "finding", str(self.pk))

    @property
    def stands(self) -> FindingState:
        """Its state as a word with a label and a tone."""
        return FindingState(self.state)

    @property
    def passage(self) -> str:
        """The words it rests on."""
        return self.intake.text[self.start : self.end]
