"""The real plans in the ledger: as printed, all or nothing, and twice without harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.areas.divisions import bundled
from qingshan.plans import actions
from qingshan.plans.commands.load import supply_texts
from qingshan.plans.loading import load_catalogue, load_pack
from qingshan.plans.models import (
    CommitmentVersion,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    MissingPart,
    NotEvaluable,
    Plan,
    ProgressReport,
    ProjectVersion,
    Value,
)
from qingshan.plans.packs import CATALOGUE_FILE, PACK_FOLDERS, read_catalogue, read_pack
from qingshan.plans.queries.passages import passage_of
from qingshan.plans.queries.standing import standings
from qingshan.plans.states import PlanState, Status, WorkState
from qingshan.plans.vocabulary import MeasuredKind, ProjectKind, ResponsibilityRole, TableKind

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def packs() -> dict[str, Any]:
    return {code: read_pack(folder) for code, folder in PACK_FOLDERS.items()}


@pytest.fixture
def load(db: None, packs: dict[str, Any]) -> Any:
    areas.load_divisions(bundled(), valid_from=date(2018, 1, 1), by=None, at=AT)
    catalogue = load_catalogue(read_catalogue(CATALOGUE_FILE), at=AT)

    def loaded(code: str, **changes: Any) -> Any:
        return load_pack(replace(packs[code], **changes), catalogue=catalogue, at=AT)

    return loaded


def rows(plan: Plan, kind: TableKind) -> Any:
    return IndicatorVersion.objects.current().filter(plan=plan, subject__table__kind=kind)


class TestPlan001:
    def test_39_rows_carry_36_indicators(self, load: Any) -> None:
        plan = load("001").plan
        found = rows(plan, TableKind.TARGETS)
        assert (found.count(), found.values("counts_as").distinct().count()) == (39, 36)

    def test_77_project_rows_are_70_projects(self, load: Any) -> None:
        found = ProjectVersion.objects.filter(plan=load("001").plan, kind=ProjectKind.PROJECT)
        assert (found.count(), found.values("counts_as").distinct().count()) == (77, 70)

    def test_its_state_says_in_force_and_its_work_unreported(self, load: Any) -> None:
        plan = load("001").plan
        assert plan.versions.get().state is PlanState.IN_FORCE
        assert set(MeasureVersion.objects.filter(plan=plan).values_list("state", flat=True)) == {
            WorkState.UNREPORTED
        }
        assert not ProgressReport.objects.exists()

    def test_its_verdicts_wait_for_values_and_assignments(self, load: Any) -> None:
        found = standings(versions=rows(load("001").plan, TableKind.TARGETS), on=TODAY)
        assert {one.verdict.year for one in found} == {2030}
        assert {one.verdict.status for one in found} <= {
            Status.NO_VALUE,
            Status.WAITING_FOR_ASSIGNMENT,
        }


class TestPlan002:
    def test_its_two_tables_have_18_rows_each(self, load: Any) -> None:
        plan = load("002").plan
        assert (rows(plan, TableKind.TARGETS).count(), rows(plan, TableKind.COMPLETION).count()) == (18, 18)

    def test_11_projects_cost_201264_ten_thousand_yuan(self, load: Any) -> None:
        found = ProjectVersion.objects.filter(plan=load("002").plan, kind=ProjectKind.PROJECT)
        assert found.values("counts_as").distinct().count() == 11
        assert sum(one.investment_yuan for one in found) == 2_012_640_000

    def test_its_completion_table_is_reproduced_row_by_row(self, load: Any) -> None:
        plan = load("002").plan
        for one in standings(versions=rows(plan, TableKind.COMPLETION), on=TODAY):
            expected = Status.NOT_EVALUABLE if one.version.printed_status == "/" else Status.MET
            assert one.verdict.status is expected, (one.version.name, one.verdict.method)
        assert NotEvaluable.objects.filter(indicator__plan=plan).count() == 4

    def test_its_values_say_that_the_plan_printed_them(self, load: Any) -> None:
        load("002")
        assert set(Value.objects.values_list("kind", flat=True)) == {MeasuredKind.PRINTED}

    def test_it_holds_in_a_zone_with_a_code_of_our_own(self, load: Any) -> None:
        district = load("002").plan.district
        assert (district.code, district.name) == ("441700-GX", "阳江高新区")


class TestPlan000:
    def test_its_table_and_appendix_are_missing_not_made_up(self, load: Any) -> None:
        plan = load("000").plan
        assert MissingPart.objects.filter(plan=plan).count() >= 2
        assert rows(plan, TableKind.TARGETS).count() == 0
        assert Indicator.objects.filter(plan=plan, table__isnull=True).exists()

    def test_it_was_not_there_before_it_was_issued(self, load: Any) -> None:
        versions = load("000").plan.versions
        assert versions.on(date(2023, 2, 1)).count() == 0
        assert versions.on(date(2023, 2, 2)).count() == 1

    @pytest.mark.shared
    def test_its_places_are_passages_once_its_text_is_supplied(self, load: Any, shared: Any) -> None:
        plan = load("000").plan
        assert supply_texts(shared / "plans", at=AT) == 2
        measure = MeasureVersion.objects.filter(plan=plan, depth=0).first()
        passage = passage_of(record=measure, plan_id=plan.pk)
        assert passage is not None
        assert "".join(passage.text.split()).startswith(passage.anchor)


class TestAnyPlan:
    @pytest.mark.parametrize("code", sorted(PACK_FOLDERS))
    def test_the_ledger_holds_all_of_its_pack(self, load: Any, packs: dict[str, Any], code: str) -> None:
        plan, pack = load(code).plan, packs[code]
        held = {
            "indicators": Indicator.objects.filter(plan=plan).count(),
            "measures": Measure.objects.filter(plan=plan).count(),
            "commitments": CommitmentVersion.objects.filter(plan=plan).count(),
            "projects": ProjectVersion.objects.filter(plan=plan).count(),
            "making": plan.making.count(),
            "missing": plan.missing_parts.count(),
            "conflicts": plan.conflicts.count(),
            "tables": plan.tables.count(),
            "sources": plan.sources.count(),
        }
        assert held == {
            "indicators": len(pack.indicators) + len(pack.from_text),
            "measures": len(pack.measures) + len(pack.boxes),
            "commitments": len(pack.commitments),
            "projects": len(pack.projects),
            "making": len(pack.plan.making),
            "missing": len(pack.plan.missing),
            "conflicts": len(pack.plan.known_conflicts),
            "tables": len(pack.tables),
            "sources": 1 + len(pack.plan.companions),
        }

    @pytest.mark.parametrize("code", sorted(PACK_FOLDERS))
    def test_loading_it_twice_changes_nothing(self, load: Any, code: str) -> None:
        first, again = load(code), load(code)
        assert (again.entered, again.revised, again.kept) == (0, 0, 0)
        assert again.unchanged == first.entered

    def test_who_leads_is_said_only_where_the_text_says_it(self, load: Any, packs: dict[str, Any]) -> None:
        load("001")
        for row in packs["001"].projects:
            duties = Plan.objects.get().projects.get(code=row.code).responsibilities
            leads = [duty.department.name for duty in duties.filter(role=ResponsibilityRole.LEAD)]
            assert leads == ([row.lead] if row.lead else [])
            assert duties.count() == len(row.departments)

    def test_nothing_of_a_broken_pack_is_entered(self, load: Any, packs: dict[str, Any]) -> None:
        last = packs["002"].projects[-1]
        broken = replace(last, linked_indicators=("no-such-indicator",))
        with pytest.raises(KeyError):
            load("002", projects=(*packs["002"].projects[:-1], broken))
        assert not Plan.objects.exists()


class TestALedgerThatPeopleHaveChanged:
    def test_a_newer_pack_makes_a_new_version(self, load: Any, packs: dict[str, Any]) -> None:
        load("002")
        changed = replace(packs["002"].measures[0], title="另一个标题")
        done = load("002", measures=(changed, *packs["002"].measures[1:]))
        assert done.revised == 1
        newest = MeasureVersion.objects.current().get(subject__code=changed.code)
        assert (newest.number, newest.title) == (2, "另一个标题")

    def test_what_people_changed_is_theirs_and_stays(
        self, load: Any, packs: dict[str, Any], cast: Any
    ) -> None:
        plan = load("002").plan
        node = packs["002"].measures[0]
        measure = plan.measures.get(code=node.code)
        MeasureVersion.objects.filter(subject=measure).update(recorded_by=cast.lin, reason="按会议纪要改")
        done = load("002", measures=(replace(node, title="另一个标题"), *packs["002"].measures[1:]))
        assert (done.revised, done.kept) == (0, 1)

    def test_an_assigned_target_stays_assigned(self, load: Any, book: Any, cast: Any) -> None:
        plan = load("002").plan
        book.grant(cast.chen, "planner", plan.district)
        target = next(
            one.targets[2025]
            for one in standings(versions=rows(plan, TableKind.TARGETS), on=TODAY)
            if one.verdict.status is Status.WAITING_FOR_ASSIGNMENT
        )
        actions.assign_target(
            target=target.subject, typed=book.number("95"), authority="阳江市",
            letter_number="阳环〔2023〕1号",
            letter_on=date(2023, 3, 1), letter="documents.document/1", seen=1, by=cast.chen, at=AT,
        )  # fmt: skip
        assert load("002").kept == 1
        assert target.subject.versions.current().get().typed == book.number("95")
