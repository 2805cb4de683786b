"""The pack of a review: what was accepted, in the shape that the ledger takes in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.intake.errors import IntakeRefusal
from qingshan.intake.fields import HEAD_FIELDS
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.packing.codes import Codes, matched
from qingshan.intake.packing.head import head_of
from qingshan.intake.packing.places import lines, place_of
from qingshan.intake.packing.tables import Tables
from qingshan.intake.packing.tree import body_of, innermost
from qingshan.intake.packing.typed import commitment_typed, due_on, printed
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind
from qingshan.plans.public import KnownRecord, pack_shapes

__all__ = ["IncompletePack", "Packed", "build"]


class IncompletePack(IntakeRefusal):
    """The plan's own information lacks what the ledger needs; ``fields`` names it."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(_("请先补全规划信息：%s。") % "、".join(fields.values()))


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack, and the code that each finding has in it, by the finding's number."""

    pack: pack_shapes.Pack
    codes: dict[int, str] = field(default_factory=dict)


def build(
    intake: Intake,
    findings: Sequence[Finding],
    *,
    conflicts: Sequence[Conflict] = (),
    known: Sequence[KnownRecord] = (),
    source: str = "",
    document: str = "",
) -> Packed:
    """Return the pack of some findings of a review.

    Parameters
    ----------
    findings : sequence of Finding
        What is to be in it, and nothing else.
    conflicts : sequence of Conflict
        Those that people confirmed.
    known : sequence of KnownRecord
        What the ledger holds of the plan; a finding about a known record gets its code.
    source : str
        Code of the source text; the prefix of the plan's codes when it is not given.
    document : str
        The same again in every place, for an edition that is not the plan's main text.

    Raises
    ------
    IncompletePack
        The head lacks its name, code, period or another required field.
    """
    _refuse_incomplete(intake.head)
    packer = _Packer(intake, findings, known, document)
    return packer.packed(conflicts, source or intake.head["prefix"].rstrip("-") or "text")


def _refuse_incomplete(head: dict[str, Any]) -> None:
    lacking = {
        one.name: str(one.label) for one in HEAD_FIELDS if one.required and head.get(one.name) in (None, "")
    }
    if lacking:
        raise IncompletePack(lacking)


class _Packer:
    """Builds one pack: codes first, so that what refers to another item finds it."""

    def __init__(
        self, intake: Intake, findings: Sequence[Finding], known: Sequence[KnownRecord], document: str
    ) -> None:
        self.intake, self.known, self.document = intake, known, document
        self.taken = sorted(findings, key=lambda one: (one.order, one.pk))
        self.given = Codes(intake.head["prefix"], (one.code for one in known))
        self._tables = Tables(self._of(FindingKind.INDICATOR), known, self.given)
        self.codes = self._codes()

    def packed(self, conflicts: Sequence[Conflict], source: str) -> Packed:
        """Return the pack and the codes in it."""
        rows = [self._indicator(one, n) for n, one in enumerate(self._of(FindingKind.INDICATOR), start=1)]
        measures = body_of(
            self.intake, [(one, self.codes[one.pk]) for one in self._of(FindingKind.MEASURE)],
            codes=self.given, known=self.known, document=self.document,
        )  # fmt: skip
        pack = pack_shapes.Pack(
            plan=head_of(self.intake, self.taken, conflicts, source=source, document=self.document),
            tables=self._tables.shapes(rows, self._place),
            indicators=tuple(rows),
            from_text=(),
            projects=tuple(self._project(one) for one in self._of(FindingKind.PROJECT)),
            measures=tuple(measures),
            boxes=(),
            commitments=tuple(self._commitment(one, measures) for one in self._of(FindingKind.COMMITMENT)),
            provisions=(
                *(self._duty(one) for one in self._of(FindingKind.DUTY)),
                *(self._zoning(one) for one in self._of(FindingKind.ZONING)),
            ),
        )
        return Packed(pack, self.codes)

    def _of(self, kind: FindingKind) -> list[Finding]:
        return [one for one in self.taken if one.kind == kind]

    def _place(self, one: Finding) -> pack_shapes.Place:
        return place_of(self.intake.text, one.start, one.end, self.document)

    def _codes(self) -> dict[int, str]:
        """The code of every finding: its own in the ledger, that of the record it is about, or a new one."""
        standing = Finding.objects.filter(intake=self.intake).exclude(state=FindingState.REPLACED)
        ordinals: dict[str, int] = defaultdict(int)
        place: dict[int, int] = {}
        for pk, kind in standing.order_by("order", "pk").values_list("pk", "kind"):
            ordinals[kind] += 1
            place[pk] = ordinals[kind]
        about = matched(self.taken, self.known)
        codes = {}
        for one in self.taken:
            if one.entered_code:
                codes[one.pk] = self.given.keep(one.entered_code)
            elif one.pk in about:
                codes[one.pk] = self.given.keep(about[one.pk].code)
        for one in self.taken:
            if one.pk not in codes and one.kind != FindingKind.MISSING:
                codes[one.pk] = self.given.new(self._wanted(one, place.get(one.pk, len(place))))
        return codes

    def _wanted(self, one: Finding, ordinal: int) -> str:
        if one.kind == FindingKind.INDICATOR:
            number = one.facts["order"] or ordinal
            return f"{self._tables.short(one)}-{number:02d}"
        if one.kind == FindingKind.DUTY:
            return "D-" + re.sub(r"[^\w.-]", "", one.facts["duty_code"])
        letter = {"project": "P", "commitment": "G", "measure": "M", "zoning": "Z"}[one.kind]
        return f"{letter}{ordinal:03d}"

    def _indicator(self, one: Finding, position: int) -> pack_shapes.Indicator:
        facts = one.facts
        number, unit = facts["order"] or position, facts["unit"]
        targets = (printed(part, unit, target=True) for part in facts["targets"])
        return pack_shapes.Indicator(
            code=self.codes[one.pk],
            table=self._tables.code(one),
            order=number,
            counts_as=facts.get("counts_as") or number,
            category=tuple(part for part in re.split(r"[/／]", facts["category"]) if part)[:2],
            heading="",
            name=facts["name"],
            unit=unit,
            attribute=pack_shapes.Attribute(facts["attribute"]),
            catalogue=facts["catalogue"] or None,
            standard=None,
            baseline=printed(facts["baseline"], unit, target=False),
            targets=tuple(value for value in targets if value is not None),
            actual=printed(facts["actual"], unit, target=False),
            printed_status=facts["status"],
            exclusion=facts.get("exclusion") or "",
            notes=lines(facts["notes"]),
            footnotes=(),
            place=self._place(one),
        )

    def _project(self, one: Finding) -> pack_shapes.Project:
        facts, code = one.facts, self.codes[one.pk]
        start, end = facts["start_year"], facts["end_year"]
        money = facts["investment_wan"]
        return pack_shapes.Project(
            code=code,
            project=code,
            kind=pack_shapes.ProjectKind.PROJECT,
            number_printed=facts["label"],
            sub_item="",
            name=facts["name"],
            name_printed=True,
            group=facts["group"],
            content=facts["content"],
            quantities=tuple(
                pack_shapes.Quantity(part["what"], None, _number(part["value"]), part["unit"], None, None)
                for part in facts["quantities"]
            ),
            departments=tuple(facts["departments"]),
            lead=facts["lead"] if facts["lead"] in facts["departments"] else None,
            joint=(),
            start=start,
            end=end,
            years_raw=f"{start}-{end}" if start and end else str(start or end or "") or None,
            investment_wan=_number(money),
            linked_indicators=(),
            notes=lines(facts["notes"]),
            place=self._place(one),
        )

    def _commitment(self, one: Finding, nodes: Sequence[pack_shapes.Measure]) -> pack_shapes.Commitment:
        facts = one.facts
        return pack_shapes.Commitment(
            code=self.codes[one.pk],
            kind=pack_shapes.CommitmentKind(facts["kind"]),
            subject=facts["subject"] or facts["metric"],
            metric=facts["metric"],
            typed=commitment_typed(facts),
            deadline=facts["deadline"],
            due_on=due_on(facts["deadline"]),
            since=facts["since"],
            scope=facts["scope"],
            departments=tuple(facts["departments"]),
            measure=innermost(nodes, one.start),
            notes=lines(facts["notes"]),
            place=self._place(one),
        )

    def _duty(self, one: Finding) -> pack_shapes.Provision:
        return self._provision(
            one, pack_shapes.ProvisionKind.DUTY, duty_code=one.facts["duty_code"], name=one.facts["name"]
        )

    def _zoning(self, one: Finding) -> pack_shapes.Provision:
        facts = one.facts
        return self._provision(
            one, pack_shapes.ProvisionKind.ZONING, effect=pack_shapes.Effect(facts["effect"]),
            zone=facts["zone"], subjects=tuple(facts["subjects"]), wording=facts["wording"],
        )  # fmt: skip

    def _provision(self, one: Finding, kind: pack_shapes.ProvisionKind, **said: Any) -> pack_shapes.Provision:
        nothing = {"duty_code": "", "name": "", "effect": None, "zone": "", "subjects": (), "wording": ""}
        return pack_shapes.Provision(
            code=self.codes[one.pk], kind=kind, notes=lines(one.facts["notes"]), place=self._place(one),
            **{**nothing, **said},
        )  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
