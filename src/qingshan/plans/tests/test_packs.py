"""The packs as they stand in the package, and what the reader refuses. Needs no shared folder."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from qingshan.plans.packs import (
    CATALOGUE_FILE,
    PACK_FOLDERS,
    Pack,
    PackError,
    read_catalogue,
    read_pack,
    shapes,
)
from qingshan.plans.packs.shapes import (
    Attribute,
    DepartmentKind,
    Level,
    MeasureKind,
    MeasureRole,
    PackState,
    TableKind,
    ValueKind,
)

SEEDS = tuple(PACK_FOLDERS)
HIGH_TECH = PACK_FOLDERS["002"]


def is_vocabulary(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum


def is_shape(found: object) -> bool:
    return isinstance(found, type) and is_dataclass(found)


@pytest.fixture(scope="module", params=SEEDS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return read_pack(PACK_FOLDERS[request.param])


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the high-tech zone's pack with one passage of one file replaced."""

    def spoil(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "pack"
        shutil.copytree(HIGH_TECH, folder)
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return spoil


class TestPacks:
    def test_each_counts_what_its_tables_announce(self, pack: Pack) -> None:
        for table in pack.tables:
            rows = [row for row in pack.indicators if row.table == table.code]
            assert len(rows) == table.rows_printed
            if rows:
                assert len({row.counts_as for row in rows}) == table.indicators_counted

    def test_a_row_has_a_target_for_each_year_of_its_table(self, pack: Pack) -> None:
        years = {table.code: table.target_years for table in pack.tables}
        for row in pack.indicators:
            assert tuple(target.year for target in row.targets) == years[row.table], row.code

    def test_completion_tables_have_results_and_target_tables_baselines(self, pack: Pack) -> None:
        completion = {table.code for table in pack.tables if table.kind is TableKind.COMPLETION}
        for row in pack.indicators:
            assert (row.actual is not None) == (row.table in completion), row.code
            assert (row.baseline is None) == (row.table in completion), row.code

    def test_every_indicator_is_in_the_catalogue_under_a_known_name(self, pack: Pack) -> None:
        entries = {entry.code: entry for entry in read_catalogue(CATALOGUE_FILE)}
        for row in (*pack.indicators, *pack.from_text):
            entry = entries[row.catalogue or ""]
            assert row.name in {entry.name, *entry.aliases}, row.code

    def test_every_department_declared_is_named_somewhere_or_signs_the_plan(self, pack: Pack) -> None:
        assert {one.kind for one in pack.plan.departments} <= set(DepartmentKind)
        used = {name for project in pack.projects for name in project.departments}
        used |= {name for measure in pack.measures for name in measure.departments}
        assert used <= {one.name for one in pack.plan.departments}

    def test_rows_of_one_project_are_numbered_from_one(self, pack: Pack) -> None:
        for code in {project.project for project in pack.projects}:
            subs = [project.sub_item for project in pack.projects if project.project == code]
            assert subs in ([""], [str(at) for at in range(1, len(subs) + 1)]), code

    def test_siblings_stand_in_the_order_of_the_text_without_overlap(self, pack: Pack) -> None:
        ends: dict[str | None, int] = {}
        for measure in pack.measures:
            assert measure.extent[0] >= ends.get(measure.parent, 0), measure.code
            ends[measure.parent] = measure.extent[1]

    def test_every_piece_of_work_is_summed_up_in_a_line(self, pack: Pack) -> None:
        parents = {measure.parent for measure in pack.measures}
        for measure in pack.measures:
            if measure.role in {MeasureRole.TASKS, MeasureRole.SAFEGUARDS} and measure.code not in parents:
                assert 0 < len(measure.summary) <= 60, measure.code

    def test_only_tasks_and_safeguards_name_who_does_the_work(self, pack: Pack) -> None:
        for measure in pack.measures:
            if measure.departments:
                assert measure.role in {MeasureRole.TASKS, MeasureRole.SAFEGUARDS}, measure.code

    def test_a_commitment_falls_due_not_before_the_plan_begins(self, pack: Pack) -> None:
        for one in pack.commitments:
            if one.due_on:
                assert one.due_on.year >= pack.plan.period[0], one.code

    def test_a_date_that_is_not_printed_is_not_given(self, pack: Pack) -> None:
        days = (pack.plan.approved_on, pack.plan.issued_on, pack.plan.valid_from)
        assert all(day is None for day in days) or pack.plan.issuer is not None
        assert any("没有印" in note for note in pack.plan.notes)


class TestFourPlans:
    def test_the_final_evaluation_of_the_five_year_plans_is_due_and_001_is_in_force(self) -> None:
        states = {seed: read_pack(folder).plan.state for seed, folder in PACK_FOLDERS.items()}
        assert states == {
            "000": PackState.FINAL_EVALUATION_DUE,
            "001": PackState.IN_FORCE,
            "002": PackState.FINAL_EVALUATION_DUE,
            "004": PackState.FINAL_EVALUATION_DUE,
        }

    def test_the_high_tech_zone_says_that_it_has_no_code_of_its_own(self) -> None:
        plan = read_pack(HIGH_TECH).plan
        assert plan.level is Level.ZONE
        assert plan.district.code == "441700"
        assert "没有自己的行政区划代码" in plan.district.note

    def test_the_projects_of_the_high_tech_zone_add_up_to_201264(self) -> None:
        money = [project.investment_wan for project in read_pack(HIGH_TECH).projects]
        assert sum((one for one in money if one is not None), Decimal(0)) == 201264

    def test_the_contents_page_of_the_high_tech_zone_is_not_counted_again(self) -> None:
        chapters = [node for node in read_pack(HIGH_TECH).measures if node.kind is MeasureKind.CHAPTER]
        assert [node.number for node in chapters] == [*(f"第{one}章" for one in "一二三四五六七八"), "附表"]

    def test_taishan_has_no_indicator_row_and_twelve_values_of_its_running_text(self) -> None:
        taishan = read_pack(PACK_FOLDERS["000"])
        assert (len(taishan.indicators), len(taishan.from_text)) == (0, 12)

    def test_lianzhou_prints_27_results_and_21_targets(self) -> None:
        lianzhou = read_pack(PACK_FOLDERS["004"])
        rows = {table.code: table.rows_printed for table in lianzhou.tables}
        assert rows == {"004-T1": 27, "004-T2": 21}
        assert len(lianzhou.indicators) == 27 + 21

    def test_the_results_of_lianzhou_come_to_what_its_text_counts(self) -> None:
        """27 indicators, 11 binding; 5 expected ones not evaluated; 18 of 22 reached, 11 of them binding."""
        rows = [row for row in read_pack(PACK_FOLDERS["004"]).indicators if row.table == "004-T1"]
        binding = [row for row in rows if row.attribute is Attribute.BINDING]
        left_out = [row for row in rows if row.exclusion]
        assert (len(binding), len(rows) - len(binding), len(left_out)) == (11, 16, 5)
        assert not set(left_out) & set(binding)
        told = Counter(row.printed_status for row in rows if not row.exclusion)
        assert told == {"完成": 18, "未完成": 4}
        assert {row.printed_status for row in binding} == {"完成"}

    def test_a_value_of_an_earlier_year_keeps_its_year(self) -> None:
        """The note under the table gives 2019 for the rows with a star."""
        rows = [row for row in read_pack(PACK_FOLDERS["004"]).indicators if row.actual]
        early = [row.order for row in rows if row.actual and row.actual.year == 2019]
        assert early == [10, 12, 22]
        assert all(row.footnotes for row in rows if row.order in early)

    def test_an_assigned_target_holds_no_number_yet(self) -> None:
        targets = [target.typed for row in read_pack(HIGH_TECH).indicators for target in row.targets]
        assigned = [typed for typed in targets if typed.kind is ValueKind.ASSIGNED]
        assert len(assigned) == 12
        assert all(typed.value is None and typed.authority == "阳江市" for typed in assigned)


REFUSALS = yaml.safe_load(Path(__file__).with_name("pack_refusals.yaml").read_text(encoding="utf-8"))


class TestRefusals:
    @pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case["name"])
    def test_it_names_file_and_fault(
        self, spoilt: Callable[[str, str, str], Path], case: dict[str, str]
    ) -> None:
        with pytest.raises(PackError) as refusal:
            read_pack(spoilt(case["file"], case["old"], case["new"]))
        assert refusal.value.file == case["file"]
        assert case["says"] in str(refusal.value)

    def test_it_names_item_field_value_found_and_value_allowed(
        self, spoilt: Callable[[str, str, str], Path]
    ) -> None:
        with pytest.raises(PackError) as refusal:
            read_pack(spoilt("indicators.yaml", "attribute: binding", "attribute: 约束性"))
        error = refusal.value
        assert (error.item, error.field, error.found) == ("002-T1-01", "attribute", "约束性")
        assert error.allowed == "binding, expected, reference, none"

    def test_it_names_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"indicators\.yaml"):
            read_pack(tmp_path)

    def test_it_refuses_text_that_is_not_utf_8(self, tmp_path: Path) -> None:
        folder = tmp_path / "pack"
        shutil.copytree(HIGH_TECH, folder)
        (folder / "projects.yaml").write_bytes("projects: []  # 重点项目".encode("gbk"))
        with pytest.raises(PackError, match="UTF-8"):
            read_pack(folder)


class TestCatalogue:
    def test_no_name_or_alias_leads_to_two_entries(self) -> None:
        names = [name for entry in read_catalogue(CATALOGUE_FILE) for name in (entry.name, *entry.aliases)]
        assert len(names) == len(set(names))

    def test_an_indicator_in_symbols_is_also_said_in_words(self) -> None:
        for entry in read_catalogue(CATALOGUE_FILE):
            assert not entry.formula_symbols or entry.formula_words, entry.code

    def test_it_refuses_a_code_given_twice(self, tmp_path: Path) -> None:
        text = CATALOGUE_FILE.read_text(encoding="utf-8")
        path = tmp_path / "indicators.yaml"
        path.write_text(text.replace("code: lake-chief-system", "code: river-chief-system"), encoding="utf-8")
        with pytest.raises(PackError, match="river-chief-system"):
            read_catalogue(path)


class TestHandbook:
    PAGE = Path(__file__).parents[4] / "docs" / "plan-packs.md"

    @pytest.mark.parametrize("words", [kind for kind in vars(shapes).values() if is_vocabulary(kind)])
    def test_every_word_a_pack_may_say_is_explained(self, words: type[StrEnum]) -> None:
        page = self.PAGE.read_text(encoding="utf-8")
        assert [word.value for word in words if f"`{word.value}`" not in page] == []

    @pytest.mark.parametrize("shape", [kind for kind in vars(shapes).values() if is_shape(kind)])
    def test_every_field_of_a_pack_is_named(self, shape: type) -> None:
        page = self.PAGE.read_text(encoding="utf-8")
        computed = {"due_on"}  # the reader works it out of the deadline
        top = {"plan", "tables", "indicators", "from_text", "projects", "measures", "boxes", "commitments"}
        names = {field.name for field in fields(shape)} - computed - (top if shape is Pack else set())
        assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", page)] == []
