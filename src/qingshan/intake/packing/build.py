"""The pack of a review: what was accepted, in the shape that the ledger takes in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.intake.errors import IntakeRefusal
from qingshan.intake.fields import HEAD_FIELDS
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.packing.codes import Codes, matched
from qingshan.intake.packing.places import ANCHOR, bare, place_of
from qingshan.intake.packing.tree import body_of, innermost
from qingshan.intake.packing.typed import commitment_typed, due_on, printed
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind
from qingshan.plans.public import KnownRecord, pack_shapes

__all__ = ["IncompletePack", "Packed", "build", "conflict_code"]

_GOVERNMENT = re.compile(r"政府$|镇$|街道(办事处)?$|乡$")
_ENTERPRISE = re.compile(r"公司$|集团$|企业$|厂$")
_OTHER = re.compile(r"^(各|有关|相关)|中心$|学校$|医院$")


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


def conflict_code(conflict: Conflict) -> str:
    """Return the code of a conflict in the ledger; the same as long as it is the same conflict."""
    return f"{conflict.intake.head['prefix']}X-{conflict.key[:8]}"


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
        self.codes = self._codes()

    def packed(self, conflicts: Sequence[Conflict], source: str) -> Packed:
        """Return the pack and the codes in it."""
        tables, rows = self._indicators()
        measures = body_of(
            self.intake, [(one, self.codes[one.pk]) for one in self._of(FindingKind.MEASURE)],
            codes=self.given, known=self.known, document=self.document,
        )  # fmt: skip
        pack = pack_shapes.Pack(
            plan=self._plan(conflicts, source),
            tables=tuple(tables),
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
        about = matched([one for one in self.taken if not one.entered_code], self.known)
        codes = {}
        self._tables = _Tables(self)
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

    # --- indicators

    def _indicators(self) -> tuple[list[pack_shapes.IndicatorTable], list[pack_shapes.Indicator]]:
        rows = []
        for position, one in enumerate(self._of(FindingKind.INDICATOR), start=1):
            facts = one.facts
            number = facts["order"] or position
            rows.append(
                pack_shapes.Indicator(
                    code=self.codes[one.pk],
                    table=self._tables.code(one),
                    order=number,
                    counts_as=facts.get("counts_as") or number,
                    category=tuple(part for part in re.split(r"[/／]", facts["category"]) if part)[:2],
                    heading="",
                    name=facts["name"],
                    unit=facts["unit"],
                    attribute=pack_shapes.Attribute(facts["attribute"]),
                    catalogue=facts["catalogue"] or None,
                    standard=None,
                    baseline=printed(facts["baseline"], facts["unit"], target=False),
                    targets=tuple(
                        value
                        for part in facts["targets"]
                        if (value := printed(part, facts["unit"], target=True)) is not None
                    ),
                    actual=printed(facts["actual"], facts["unit"], target=False),
                    printed_status=facts["status"],
                    exclusion=facts.get("exclusion") or "",
                    notes=_lines(facts["notes"]),
                    footnotes=(),
                    place=self._place(one),
                )
            )
        return self._tables.shapes(rows), rows

    # --- work

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
            notes=_lines(facts["notes"]),
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
            notes=_lines(facts["notes"]),
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
            code=self.codes[one.pk], kind=kind, notes=_lines(one.facts["notes"]), place=self._place(one),
            **{**nothing, **said},
        )  # fmt: skip

    # --- the plan itself

    def _plan(self, conflicts: Sequence[Conflict], source: str) -> pack_shapes.Plan:
        head, district = self.intake.head, self.intake.district
        return pack_shapes.Plan(
            code=self.intake.plan.code if self.intake.plan else head["code"],
            seed=head["prefix"].rstrip("-") or head["code"],
            name=head["name"],
            short_name=head["short_name"],
            kind=head["kind"],
            level=pack_shapes.Level(head["level"]),
            district=pack_shapes.District(district.code[:6], district.name),
            period=(head["period_from"], head["period_to"]),
            base_year=head["base_year"],
            parent=head["parent"] or None,
            edition=head["edition"] or _("公开文本"),
            issuer=head["issuer"] or None,
            document_number=head["document_number"] or None,
            approved_on=_day(head["approved_on"]),
            issued_on=_day(head["issued_on"]),
            valid_from=_day(head["in_force_on"]),
            state=pack_shapes.PackState(head["state"]),
            source=pack_shapes.Source(source, head["name"], self.intake.sha256, len(self.intake.text)),
            companions=(),
            making=(),
            departments=tuple(self._departments()),
            missing=tuple(
                pack_shapes.Missing(
                    one.facts["what"], one.facts["note"] or _("文中提到而未见"), self._place(one)
                )
                for one in self._of(FindingKind.MISSING)
            ),
            known_conflicts=tuple(self._conflict(one) for one in conflicts),
            notes=_lines(head["notes"]),
        )  # fmt: skip

    def _departments(self) -> Iterator[pack_shapes.Department]:
        names = (name for one in self.taken for name in one.facts.get("departments", ()))
        for name in dict.fromkeys(names):
            yield pack_shapes.Department(name, (), _department_kind(name))

    def _conflict(self, one: Conflict) -> pack_shapes.Conflict:
        return pack_shapes.Conflict(
            code=conflict_code(one),
            type=one.type,
            certain=True,
            rule=one.rule,
            description=one.what,
            a=self._side(one.a_start, one.a_end),
            b=None if one.b_start is None or one.b_end is None else self._side(one.b_start, one.b_end),
            other_plan="" if one.other_plan is None else f"{one.other_plan.code}：{one.other_words}"[:200],
        )

    def _side(self, start: int, end: int) -> pack_shapes.Side:
        text = self.intake.text
        return pack_shapes.Side(bare(text[start:end])[:ANCHOR], place_of(text, start, end, self.document))


class _Tables:
    """The indicator tables that rows belong to, in the order in which they are printed."""

    def __init__(self, packer: _Packer) -> None:
        self._packer = packer
        rows = [one for one in packer.taken if one.kind == FindingKind.INDICATOR]
        self._names = list(dict.fromkeys((one.facts["table"], one.facts["table_kind"]) for one in rows))
        self._first = {name: next(one for one in rows if self._name(one) == name) for name in self._names}
        own = {(one.name, one.within): one.code for one in packer.known if one.kind == "table"}
        of_kind = {kind: code for (_name, kind), code in own.items()}
        self._codes = {}
        for n, name in enumerate(self._names, start=1):
            kept = own.get(name) or (of_kind.get(name[1], "") if self._alone(name[1]) else "")
            self._codes[name] = packer.given.keep(kept) if kept else packer.given.new(f"T{n}")

    def _alone(self, kind: str) -> bool:
        """Whether there is one table of this kind, so that a new caption is the same table."""
        return [name[1] for name in self._names].count(kind) == 1

    def _name(self, one: Finding) -> tuple[str, str]:
        return one.facts["table"], one.facts["table_kind"]

    def code(self, one: Finding) -> str:
        """The code of a row's table."""
        return self._codes[self._name(one)]

    def short(self, one: Finding) -> str:
        """The same without the prefix of all codes."""
        return self.code(one).removeprefix(self._packer.given.prefix)

    def shapes(self, rows: Sequence[pack_shapes.Indicator]) -> list[pack_shapes.IndicatorTable]:
        """The tables as the pack has them, counted from their rows."""
        found = []
        for name, kind in self._names:
            own = [row for row in rows if row.table == self._codes[name, kind]]
            years = sorted({part.year for row in own for part in row.targets if part.year})
            bases = sorted({row.baseline.year for row in own if row.baseline and row.baseline.year})
            found.append(
                pack_shapes.IndicatorTable(
                    code=self._codes[name, kind],
                    name=name,
                    kind=pack_shapes.TableKind(kind),
                    rows_printed=len(own),
                    indicators_counted=len({row.counts_as for row in own}),
                    base_year=bases[0] if len(bases) == 1 else None,
                    target_years=tuple(years),
                    categories=tuple(dict.fromkeys(row.category[0] for row in own if row.category)),
                    footnotes=(),
                    note="",
                    place=self._packer._place(self._first[name, kind]),
                )
            )
        return found


def _department_kind(name: str) -> pack_shapes.DepartmentKind:
    if _OTHER.search(name):
        return pack_shapes.DepartmentKind.OTHER
    if _GOVERNMENT.search(name):
        return pack_shapes.DepartmentKind.GOVERNMENT
    if _ENTERPRISE.search(name):
        return pack_shapes.DepartmentKind.ENTERPRISE
    return pack_shapes.DepartmentKind.DEPARTMENT


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if not text else date.fromisoformat(text)
