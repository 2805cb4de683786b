"""Writes the next plan from what was chosen, record by record, each linked to its origin.

Called inside one transaction by `actions.carrying`. Everything goes through the ledger's own actions, so that
rights, checks, versions and audit are those of any other entry.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.plans.public import MakingKind, Operator, Typed, ValueKind
from qingshan.succession.baselines import Baseline, baseline_of
from qingshan.succession.candidates import left_in_words
from qingshan.succession.models import Carried, Choice, Opening
from qingshan.succession.vocabulary import Decision, ItemKind

__all__ = ["Writer"]

#: What a row of an indicator table keeps when it is carried; baseline and targets are made anew.
_INDICATOR = (
    "category",
    "subcategory",
    "heading",
    "name",
    "unit",
    "attribute",
    "direction",
    "standard_raw",
    "standard",
)
_MEASURE = ("kind", "role", "title", "summary", "state", "percent", "reported_on")
_PROJECT = (
    "kind",
    "name",
    "name_printed",
    "group",
    "content",
    "quantities",
    "state",
    "percent",
    "reported_on",
)
_COMMITMENT = ("kind", "topic", "metric", "typed", "scope", "state", "percent", "reported_on")
_PROVISION = ("kind", "duty_code", "name", "effect", "zone", "subjects", "wording")


class Writer:
    """Carries the kept records of an opening into a new plan.

    Parameters
    ----------
    opening : Opening
    old : PlanVersion
        The old plan on the day of ``at``.
    by : User
        In whose name the new plan is written.
    """

    def __init__(self, opening: Opening, old: Any, by: Any, at: datetime) -> None:
        self._opening, self._old, self._by, self._at = opening, old, by, at
        self._day: date = beijing_day(at)
        self._reason = _("由《%s》接续") % old.short_name
        self._plan: Any = None
        self._links: list[Carried] = []

    @property
    def count(self) -> int:
        """How many records were carried."""
        return len(self._links)

    def write(self) -> Any:
        """Write the plan with everything chosen and return it.

        Raises
        ------
        LedgerRefusal, Forbidden
        """
        self._plan = self._new_plan()
        indicators = self._indicators()
        measures = self._measures()
        self._projects(indicators)
        self._commitments(measures)
        self._provisions()
        self._file()
        Carried.objects.bulk_create(self._links)
        return self._plan

    def _new_plan(self) -> Any:
        opening, old = self._opening, self._old
        facts = {
            "name": opening.name, "short_name": opening.short_name, "kind": old.kind, "level": old.level,
            "period_from": opening.period_from, "period_to": opening.period_to,
            "base_year": opening.base_year,
        }  # fmt: skip
        return plans.create_plan(
            code=opening.code, district=old.subject.district, facts=facts,
            simulated=old.subject.simulated, reason=self._reason, **self._made,
        )  # fmt: skip

    @property
    def _made(self) -> dict[str, Any]:
        return {"valid_from": self._day, "by": self._by, "at": self._at}

    def _kept(self, kind: ItemKind) -> dict[str, Choice]:
        """The choices of one kind that are kept, by the name of their record."""
        rows = self._opening.choices.filter(kind=kind).order_by("order", "pk")
        return {one.origin: one for one in rows if one.is_kept}

    def _link(self, kind: ItemKind, origin: Any, result: Any, decision: str, **told: Any) -> None:
        self._links.append(
            Carried(
                opening=self._opening,
                kind=kind,
                plan=self._old.subject,
                successor=self._plan,
                origin=str(origin.ref),
                result=str(result.ref),
                decision=decision,
                **told,
            )
        )

    def _indicators(self) -> dict[int, Any]:
        """Carry the indicators; return them by the numbers of their origins."""
        kept, made = self._kept(ItemKind.INDICATOR), {}
        rows = plans.indicator_rows(user=self._by, plan=self._old, on=self._day)
        wanted = [row for row in rows if str(row.version.subject.ref) in kept]
        numbers: dict[tuple[Any, int], int] = {}  # rows that were one indicator stay one
        for order, row in enumerate(wanted, start=1):
            choice = kept[str(row.version.subject.ref)]
            group = (row.version.subject.table_id, row.version.counts_as)
            number = numbers.setdefault(group, len(numbers) + 1)
            baseline = baseline_of(row.standing, Decision(choice.decision))
            facts = _indicator_facts(row.version, choice, baseline)
            indicator = plans.add_listed_indicator(
                plan=self._plan, code=row.code, facts={**facts, "order": order, "counts_as": number},
                reason=self._reason, **self._made,
            )  # fmt: skip
            if choice.target_value:
                self._target(indicator, choice, choice.new_unit or row.unit)
            self._responsible(indicator, row.shares)
            value = str(baseline.value.ref) if baseline.value is not None else ""
            self._link(
                ItemKind.INDICATOR, row.version.subject, indicator, choice.decision,
                value=value, basis=baseline.basis[:500],
            )  # fmt: skip
            made[row.version.subject_id] = indicator
        return made

    def _target(self, indicator: Any, choice: Choice, unit: str) -> None:
        typed = Typed(ValueKind.NUMBER, Operator(choice.target_operator), Decimal(choice.target_value), unit)
        plans.add_target(
            indicator=indicator, year=choice.target_year or self._opening.period_to,
            facts={"typed": typed, "note": _("随接续方案提出")}, reason=self._reason, **self._made,
        )  # fmt: skip

    def _measures(self) -> dict[int, Any]:
        """Carry the measures under their headings, which come along as far as they are needed.

        Return them, headings included, by the numbers of their origins.
        """
        kept = self._kept(ItemKind.MEASURE)
        body = {
            row.subject_id: row for row in plans.measures_for(user=self._by, plan=self._old, on=self._day)
        }
        needed: set[int] = set()
        for number, row in body.items():
            if str(row.subject.ref) in kept:
                step: int | None = number
                while step is not None and step in body and step not in needed:
                    needed.add(step)
                    step = body[step].parent_id
        made: dict[int, Any] = {}
        rows = plans.with_shares([row for row in body.values() if row.subject_id in needed], self._day)
        for row in sorted(rows, key=lambda one: (one.depth, one.order)):
            choice = kept.get(str(row.subject.ref))
            facts = {name: getattr(row, name) for name in _MEASURE if choice or name not in _OF_WORK}
            made[row.subject_id] = measure = plans.add_measure(
                plan=self._plan, code=row.subject.code,
                facts={**facts, "order": row.order, "parent": made.get(row.parent_id or 0)},
                reason=self._reason, **self._made,
            )  # fmt: skip
            self._responsible(measure, row.shares)
            decision = choice.decision if choice else Decision.KEEP
            self._link(ItemKind.MEASURE, row.subject, measure, decision, percent=row.percent)
        return made

    def _projects(self, indicators: dict[int, Any]) -> None:
        kept = self._kept(ItemKind.PROJECT)
        rows = [
            row
            for row in plans.projects_for(user=self._by, plan=self._old, on=self._day)
            if str(row.subject.ref) in kept
        ]
        money = plans.money_left(projects=rows, on=self._day)
        for order, row in enumerate(plans.with_shares(rows, self._day), start=1):
            choice, left = kept[str(row.subject.ref)], money[row.subject_id].left
            facts = {name: getattr(row, name) for name in _PROJECT}
            project = plans.add_project(
                plan=self._plan, code=row.subject.code, reason=self._reason, **self._made,
                facts={
                    **facts, "order": order, "start_year": self._opening.period_from,
                    "investment_yuan": left, "notes": self._told_of_money(row, money[row.subject_id]),
                },
            )  # fmt: skip
            for served in row.subject.indicator_links.values_list("indicator_id", flat=True):
                if served in indicators:
                    plans.link_indicator(
                        project=project, indicator=indicators[served], by=self._by, at=self._at
                    )
            self._responsible(project, row.shares)
            self._link(
                ItemKind.PROJECT, row.subject, project, choice.decision, percent=row.percent, left_yuan=left
            )

    def _told_of_money(self, row: Any, money: plans.MoneyLeft) -> str:
        """What the old plan said of years and money; the new project starts with what is left."""
        years = f"{row.start_year or ''}—{row.end_year or ''}"
        told = [self._reason, _("原年限 %s") % years if years != "—" else ""]
        if money.invested is not None:
            told.append(_("原总投资 %s 元") % f"{money.invested:,}")
        if money.paid is not None:
            told.append(_("已支付 %s 元") % f"{money.paid:,}")
        return "；".join(part for part in [*told, left_in_words(money.left)] if part)

    def _commitments(self, measures: dict[int, Any]) -> None:
        """Carry the commitments to their measures, where these come along.

        What is asked stays; the deadline was the old plan's and is left open, as targets are.
        """
        kept = self._kept(ItemKind.COMMITMENT)
        given = plans.commitments_for(user=self._by, plan=self._old, on=self._day)
        rows = [row for row in given if str(row.subject.ref) in kept]
        for order, row in enumerate(plans.with_shares(rows, self._day), start=1):
            choice = kept[str(row.subject.ref)]
            facts = {name: getattr(row, name) for name in _COMMITMENT}
            told = [choice.new_definition or row.notes, self._reason]
            if due := row.deadline or (str(row.due_on) if row.due_on else ""):
                told.append(_("原期限 %s") % due)
            commitment = plans.add_commitment(
                plan=self._plan, code=row.subject.code, reason=self._reason, **self._made,
                facts={
                    **facts, "order": order, "measure": measures.get(row.measure_id or 0),
                    "since": self._opening.period_from if row.since else None,
                    "notes": "；".join(part for part in told if part),
                },
            )  # fmt: skip
            self._responsible(commitment, row.shares)
            self._link(ItemKind.COMMITMENT, row.subject, commitment, choice.decision, percent=row.percent)

    def _provisions(self) -> None:
        kept = self._kept(ItemKind.PROVISION)
        rows = plans.provisions_for(user=self._by, plan=self._old, on=self._day)
        for order, row in enumerate((row for row in rows if str(row.subject.ref) in kept), start=1):
            choice = kept[str(row.subject.ref)]
            facts = {name: getattr(row, name) for name in _PROVISION}
            provision = plans.add_provision(
                plan=self._plan, code=row.subject.code,
                facts={**facts, "order": order, "notes": choice.new_definition or row.notes},
                reason=self._reason, **self._made,
            )  # fmt: skip
            self._link(ItemKind.PROVISION, row.subject, provision, choice.decision)

    def _responsible(self, subject: Any, shares: list[plans.Share]) -> None:
        """Lay the duty on who answers for it today, after mergers and renamings."""
        departments = Department.objects.in_bulk([share.department_id for share in shares])
        for order, share in enumerate(shares, start=1):
            plans.make_responsible(
                subject=subject, department=departments[share.department_id], role=share.role, order=order,
                reason=self._reason, **self._made,
            )  # fmt: skip

    def _file(self) -> None:
        """Begin the making file: that the plan continues another, and what was learnt."""
        told = {"plan": self._plan, "by": self._by, "at": self._at, "on": self._day}
        plans.add_making_entry(
            kind=MakingKind.STEP, title=self._reason, text=_("共接续 %d 条记录。") % self.count, **told
        )
        for lesson in self._opening.lessons.all():
            plans.add_making_entry(
                kind=MakingKind.PROBLEM, title=_("上一轮的经验教训"), text=lesson.text,
                document=lesson.source_ref, **told,
            )  # fmt: skip


#: What is told of work; headings that only come along have none of it.
_OF_WORK = frozenset({"state", "percent", "reported_on"})


def _indicator_facts(version: Any, choice: Choice, baseline: Baseline) -> dict[str, Any]:
    """The indicator's first version in the new plan."""
    facts = {name: getattr(version, name) for name in _INDICATOR}
    notes = version.notes
    if choice.decision == Decision.REDEFINE:
        facts["name"] = choice.new_name or version.name
        facts["unit"] = choice.new_unit or version.unit
        facts |= {"standard": None, "standard_raw": ""}  # a standard of the old definition is none of the new
        notes = _("重新定义：%s") % choice.new_definition
    return {
        **facts, "catalogue": version.catalogue, "notes": notes,
        "baseline": baseline.typed, "baseline_year": baseline.year,
        "baseline_raw": baseline.words if baseline.typed is not None else "",
        "baseline_condition": baseline.condition, "baseline_note": baseline.basis[:300],
    }  # fmt: skip
