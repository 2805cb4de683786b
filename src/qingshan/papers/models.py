"""A paper, its texts, whom it concerns, what was decided on it, and what went out.

A text is never changed: saving makes the next one. What was issued is copied whole into `Issue`, with
the names as printed and the digest of it all; the database refuses to change it (see ``guards``).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref
from qingshan.papers.shapes import Block, PrintedFigure, block_from, figure_from
from qingshan.papers.states import PAPER_FLOW, OpinionState, PaperState
from qingshan.papers.vocabulary import PaperKind, PartyRole


def _department(label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=label, related_name="+", null=null, blank=null
    )


class Organ(models.Model):
    """An organ that issues papers (发文机关): a department, or a district's government."""

    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    department = _department(_("单位"), null=True)
    #: As it signs (发文机关署名).
    name = models.CharField(_("发文机关"), max_length=120)
    #: 发文机关标志: what stands in red on top; as GB/T 9704-2012 7.2.4 allows, with or without 文件.
    sign = models.CharField(_("发文机关标志"), max_length=60)
    word = models.CharField(_("机关代字"), max_length=12, unique=True)

    class Meta:
        verbose_name = _("发文机关")
        constraints = [
            models.UniqueConstraint(fields=["department"], name="papers_organ_of_department"),
            models.UniqueConstraint(
                fields=["district"], condition=Q(department__isnull=True), name="papers_organ_of_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.word}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("papers", "organ", str(self.pk))


class NumberSeries(models.Model):
    """The running number of a word in a year (发文顺序号); raised only in the transaction that issues."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发文机关"), related_name="+")
    word = models.CharField(_("代字"), max_length=16)
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("最后序号"), default=0)

    class Meta:
        verbose_name = _("发文顺序号")
        constraints = [models.UniqueConstraint(fields=["word", "year"], name="papers_series_once")]

    def __str__(self) -> str:
        return f"{self.word} {self.year}"


class Paper(models.Model):
    """An official paper (公文): what never changes about it, and where it stands."""

    kind = models.CharField(_("文种"), max_length=16, choices=PaperKind)
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    #: The issuing department; none where the district's government itself issues.
    department = _department(_("发文单位"), null=True)
    #: The title of its newest text.
    title = models.CharField(_("标题"), max_length=200)
    state = models.CharField(_("状态"), max_length=16, choices=PaperState, default=PaperState.DRAFTING)
    #: The record it is about, by its name across rooms.
    about = models.CharField(_("有关记录"), max_length=120, blank=True)
    simulated = models.BooleanField(_("模拟"), default=False)
    #: By when its recipients are to sign for it; running from the issue.
    receipt_due_on = models.DateField(_("签收期限"), null=True, blank=True)
    created_by = person(_("起草人"), null=True)
    created_at = models.DateTimeField(_("起草时间"))

    class Meta:
        verbose_name = _("公文")
        ordering = ("-pk",)
        constraints = [one_of("state", PaperState, "papers_paper"), one_of("kind", PaperKind, "papers_paper")]
        indexes = [
            models.Index(fields=["district", "state"], name="papers_paper_of_district"),
            models.Index(fields=["about"], name="papers_paper_about"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """Its name across rooms; attachments and the printed files belong to it."""
        return Ref("papers", "paper", str(self.pk))

    @property
    def phase(self) -> PaperState:
        """Its state as a member of the enumeration."""
        return PaperState(self.state)

    @property
    def number(self) -> str:
        """Its number (发文字号); empty before it is issued."""
        issue = getattr(self, "issue", None)
        return issue.printed_number if issue else ""


class Worded(models.Model):
    """What a paper says: a text of it, and what went out, in the same columns."""

    title = models.CharField(_("标题"), max_length=200)
    body = models.JSONField(_("正文"))
    figures = models.JSONField(_("引用数值"))
    #: 附注, printed in brackets below the day: who to ask, whether it may be made public.
    remark = models.CharField(_("附注"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body as blocks."""
        return tuple(block_from(one) for one in self.body)

    @property
    def printed_figures(self) -> tuple[PrintedFigure, ...]:
        """The figures it may print."""
        return tuple(figure_from(one) for one in self.figures)


class PaperText(Worded):
    """One text of a paper (公文稿); never changed, a newer one follows."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="texts", verbose_name=_("公文"))
    number = models.PositiveIntegerField(_("稿次"))
    note = models.CharField(_("修改说明"), max_length=200, blank=True)
    saved_by = person(_("修改人"), null=True)
    saved_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("公文稿")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="papers_text_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class PaperParty(models.Model):
    """A department in a paper (主送、抄送、会签单位), as named at the time."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="parties", verbose_name=_("公文"))
    department = _department(_("单位"))
    role = models.CharField(_("角色"), max_length=12, choices=PartyRole)
    #: The order in which it is printed.
    place = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("公文单位")
        ordering = ("place", "pk")
        constraints = [
            one_of("role", PartyRole, "papers_party"),
            models.UniqueConstraint(fields=["paper", "department", "role"], name="papers_party_once"),
        ]
        indexes = [models.Index(fields=["department", "role"], name="papers_party_of")]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.department_id}"


class Receipt(models.Model):
    """A department signed for a paper (签收)."""

    party = models.OneToOneField(
        PaperParty, models.CASCADE, related_name="receipt", verbose_name=_("公文单位")
    )
    by = person(_("签收人"))
    at = models.DateTimeField(_("签收时间"))

    class Meta:
        verbose_name = _("签收")

    def __str__(self) -> str:
        return f"{self.party_id}"


class Opinion(models.Model):
    """What a department says when it co-signs one text of a paper (会签意见)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="opinions", verbose_name=_("公文"))
    department = _department(_("会签单位"))
    #: The text that was laid before it.
    text_number = models.PositiveIntegerField(_("稿次"))
    state = models.CharField(_("状态"), max_length=8, choices=OpinionState, default=OpinionState.ASKED)
    words = models.CharField(_("意见"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("送会签时间"))
    by = person(_("会签人"), null=True)
    at = models.DateTimeField(_("会签时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会签意见")
        ordering = ("-pk",)
        constraints = [
            one_of("state", OpinionState, "papers_opinion"),
            models.UniqueConstraint(
                fields=["paper", "department"],
                condition=Q(state=OpinionState.ASKED),
                name="papers_opinion_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.department_id}"

    @property
    def phase(self) -> OpinionState:
        """Its state as a member of the enumeration."""
        return OpinionState(self.state)


class PaperMove(Move):
    """One step of a paper's life (办理过程): what people read. The audit keeps its own record."""

    flow = PAPER_FLOW

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="moves", verbose_name=_("公文"))
    before = models.CharField(_("之前"), max_length=16, choices=PaperState)
    after = models.CharField(_("之后"), max_length=16, choices=PaperState)

    class Meta(Move.Meta):
        verbose_name = _("办理过程")

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.move}"


class Issue(Worded):
    """What went out (印发件), whole and as printed; nothing of it ever changes."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="issue", verbose_name=_("公文"))
    word = models.CharField(_("代字"), max_length=16)
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveIntegerField(_("序号"))
    text_number = models.PositiveIntegerField(_("稿次"))
    #: Names as printed on the day of issue.
    sign = models.CharField(_("发文机关标志"), max_length=60)
    organ = models.CharField(_("发文机关"), max_length=120)
    recipients = models.JSONField(_("主送"))
    copies = models.JSONField(_("抄送"))
    simulated = models.BooleanField(_("模拟"))
    issued_on = models.DateField(_("印发日期"))
    issued_by = person(_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"))
    #: SHA-256 of all that is printed, as `freezing.digest` writes it down.
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("印发件")
        ordering = ("-issued_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["word", "year", "number"], name="papers_number_once")]

    def __str__(self) -> str:
        return self.printed_number

    @property
    def printed_number(self) -> str:
        """The number as printed (发文字号): word, year in 〔〕, running number (GB/T 9704-2012 7.2.5)."""
        return f"{self.word}〔{self.year}〕{self.number}号"


class Instruction(models.Model):
    """What a leader wrote on a paper (批示)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="instructions", verbose_name=_("公文"))
    #: The department in which the paper was read; none for the district's government.
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    words = models.CharField(_("批示"), max_length=500)
    by = person(_("批示人"))
    at = models.DateTimeField(_("批示时间"))

    class Meta:
        verbose_name = _("批示")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.words

    @property
    def ref(self) -> Ref:
        """Its name across rooms; a task may come from it."""
        return Ref("papers", "instruction", str(self.pk))
