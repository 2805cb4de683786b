"""Every pack, item by item, against the hand-made readings of the same plans and against their texts.

The readings say ``parsed`` where a pack says ``typed``. Three readings are put into our words before they
are compared: 不低于上期 and 不降低 are KEEP_NOT_WORSE, a printed 全面消除 is ELIMINATE and not a zero, and a
threshold of a measure is no commitment to be fulfilled.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.plans.packs import CATALOGUE_FILE, PACK_FOLDERS, Pack, read_catalogue, read_pack
from qingshan.plans.packs.shapes import (
    Attribute,
    Box,
    CommitmentKind,
    Indicator,
    Measure,
    Place,
    Printed,
    ProjectKind,
    ProvisionKind,
    Typed,
    ValueKind,
)

pytestmark = pytest.mark.shared

SEEDS = tuple(PACK_FOLDERS)
READ_IN_FULL = ("000", "001", "002")
"""The plans of which every part was also read by hand; of 004 only duties and zoning rules were."""
Where = Callable[[str], tuple[int, int]]
NOT_EVALUATED = {"/", "——", "无数据", "未统计", "统计口径变化"}
ATTRIBUTES = {
    "约束性": Attribute.BINDING,
    "预期性": Attribute.EXPECTED,
    "参考性": Attribute.REFERENCE,
    None: Attribute.NONE,
}
PACKS = {seed: read_pack(folder) for seed, folder in PACK_FOLDERS.items()}


def gold(shared: Path, seed: str, name: str) -> dict[str, Any]:
    return yaml.safe_load((shared / "plans" / "gold" / seed / f"{name}.yaml").read_text(encoding="utf-8"))


def text_file(shared: Path, seed: str) -> Path:
    (path,) = (shared / "plans").glob(f"{seed}_*.txt")
    return path


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def meaning(parsed: dict[str, Any]) -> tuple[Any, ...]:
    """A gold reading as a tuple that ``meaning_of`` gives for the same typed value."""
    match parsed.get("kind"):
        case None:
            return (
                "number",
                parsed.get("implied_operator") or parsed["operator"],
                Decimal(str(parsed["value"])),
            )
        case "assigned_by":
            return ("assigned", parsed["authority"], parsed.get("operator"))
        case "relative" if parsed["text"] in {"不低于上期", "不降低"}:
            return ("keep_not_worse",)
        case "all_of":
            return ("all_of", *map(meaning, parsed["parts"]))
        case "no_data":
            return ("no_data",)
        case kind:
            return (kind, parsed["text"])


def meaning_of(typed: Typed) -> tuple[Any, ...]:
    match typed.kind:
        case ValueKind.NUMBER:
            return ("number", typed.operator, typed.value)
        case ValueKind.ASSIGNED:
            return ("assigned", typed.authority, typed.operator)
        case ValueKind.ALL_OF:
            return ("all_of", *map(meaning_of, typed.parts))
        case ValueKind.ELIMINATE:
            return ("number", "=", Decimal(0))
        case ValueKind.KEEP_NOT_WORSE | ValueKind.NO_DATA:
            return (typed.kind.value,)
        case _:
            return (typed.kind.value, typed.text)


def assert_printed(found: Printed | None, wanted: dict[str, Any] | None, code: str) -> None:
    """Raw, meaning and year of one cell; a unit printed in the cell itself goes before the column's."""
    assert (found is None) == (wanted is None), code
    if found is None or wanted is None:
        return
    assert found.raw == wanted["raw"], code
    assert meaning_of(found.typed) == meaning(wanted["parsed"]), code
    assert found.year == wanted.get("year"), code
    if found.typed.kind is ValueKind.NUMBER:
        in_cell = wanted.get("unit_in_cell", "").split("（")[0]
        assert found.typed.unit == (in_cell or wanted["parsed"].get("unit") or ""), code
        assert found.typed.implied == ("implied_operator" in wanted["parsed"]), code


def places(item: object) -> Iterator[Place]:
    """Every place inside an item, however deep."""
    if isinstance(item, Place):
        yield item
    elif isinstance(item, tuple):
        for one in item:
            yield from places(one)
    elif is_dataclass(item):
        for field in fields(item):
            yield from places(getattr(item, field.name))


@pytest.mark.parametrize("seed", SEEDS)
class TestSource:
    def test_the_pack_was_made_from_this_very_text(self, seed: str, shared: Path) -> None:
        plan = PACKS[seed].plan
        for source in (plan.source, *plan.companions):
            raw = text_file(shared, source.code).read_bytes()
            assert hashlib.sha256(raw).hexdigest() == source.sha256
            assert len(raw.decode("utf-8")) == source.characters

    def test_every_anchor_stands_at_its_place(self, seed: str, shared: Path) -> None:
        pack = PACKS[seed]
        texts = {
            "" if source.code == seed else source.code: text_file(shared, source.code).read_text(
                encoding="utf-8"
            )
            for source in (pack.plan.source, *pack.plan.companions)
        }
        found = list(places(pack))
        assert len(found) > 150
        for place in found:
            assert place.anchor in bare(texts[place.document][place.start : place.end]), place

    def test_every_node_of_the_tree_begins_with_its_printed_heading(self, seed: str, shared: Path) -> None:
        text = text_file(shared, seed).read_text(encoding="utf-8")
        nodes: list[Measure | Box] = [*PACKS[seed].measures, *PACKS[seed].boxes]
        for node in nodes:
            start, end = node.extent
            assert bare(text[start:end]).startswith(bare(node.number + node.title)), node.code
            assert not text[start].isspace(), node.code
            assert not text[end - 1].isspace(), node.code

    def test_the_tree_holds_every_printed_chapter_and_section_once(self, seed: str, shared: Path) -> None:
        text = text_file(shared, seed).read_text(encoding="utf-8")
        heading = (
            r"^第[一二三四五六七八九十]+(章)" if seed == "001" else r"^第[一二三四五六七八九十]+([章节])"
        )
        contents_page = r"(?!.*\t\d+$)"
        printed = [match.start() for match in re.finditer(heading + contents_page, text, re.MULTILINE)]
        starts = [node.extent[0] for node in PACKS[seed].measures]
        assert [start for start in printed if starts.count(start) != 1] == []

    def test_a_number_in_a_summary_stands_in_its_passage(self, seed: str, shared: Path) -> None:
        text = text_file(shared, seed).read_text(encoding="utf-8")
        for measure in PACKS[seed].measures:
            passage = bare(text[slice(*measure.extent)])
            for number in re.findall(r"\d+(?:\.\d+)?", measure.summary):
                assert number in passage, measure.code

    def test_no_passage_of_the_plan_is_quoted_at_length(self, seed: str, shared: Path) -> None:
        """Names are facts; a run of 20 characters in our own words that the plan also has would be a copy."""
        plan = bare(text_file(shared, seed).read_text(encoding="utf-8"))
        pack = PACKS[seed]
        ours = [project.content for project in pack.projects]
        ours += [measure.summary for measure in pack.measures]
        ours += [one.description for one in pack.plan.known_conflicts]
        ours += [step.digest for step in pack.plan.making]
        ours += [one.wording for one in pack.provisions]
        for words in map(bare, ours):
            assert all(words[at : at + 20] not in plan for at in range(max(0, len(words) - 19))), words


@pytest.mark.parametrize("seed", READ_IN_FULL)
class TestIndicators:
    def test_the_tables_count_what_is_printed(self, seed: str, shared: Path) -> None:
        pack = PACKS[seed]
        wanted = {table["id"]: table for table in gold(shared, seed, "indicators")["tables"]}
        assert {table.code for table in pack.tables} == set(wanted)
        for table in pack.tables:
            rows = [row for row in pack.indicators if row.table == table.code]
            assert table.rows_printed == wanted[table.code]["rows_printed"] == len(rows)

    def test_every_row_says_what_the_hand_made_reading_says(self, seed: str, shared: Path) -> None:
        wanted = [row for table in gold(shared, seed, "indicators")["tables"] for row in table["rows"]]
        assert [row.code for row in PACKS[seed].indicators] == [row["id"] for row in wanted]
        for row, want in zip(PACKS[seed].indicators, wanted, strict=True):
            assert row.name == want["name"], row.code
            assert row.order == want["order"]
            assert row.counts_as == want.get("indicator_no_36", want["order"])
            assert row.heading == want.get("parent_cell", "")
            assert row.attribute is ATTRIBUTES[want["attribute"]], row.code
            assert row.unit == (want["unit_printed"] or "").replace("-", ""), row.code
            category = want["category"]
            assert row.category == (tuple(category.values()) if isinstance(category, dict) else (category,))
            assert row.printed_status == want.get("status", "")
            self.compare_values(row, want)

    def compare_values(self, row: Indicator, want: dict[str, Any]) -> None:
        assert_printed(row.standard, want.get("standard"), row.code)
        assert_printed(row.baseline, want.get("base"), row.code)
        assert_printed(row.actual, want.get("actual"), row.code)
        assert [target.year for target in row.targets] == list(want["targets"])
        for target in row.targets:
            assert_printed(target, {"year": target.year, **want["targets"][target.year]}, row.code)
        base = want.get("base") or {}
        if row.baseline:
            assert row.baseline.requirement == str(base.get("assessment_requirement", ""))
            assert row.baseline.rank == base.get("rank", "")


@pytest.mark.parametrize("seed", SEEDS)
class TestRows:
    def test_a_row_left_out_of_the_evaluation_says_why(self, seed: str, shared: Path) -> None:
        for row in PACKS[seed].indicators:
            assert (row.printed_status in NOT_EVALUATED) == bool(row.exclusion), row.code

    def test_every_value_stands_in_its_row_unless_a_merged_cell_is_noted(
        self, seed: str, shared: Path
    ) -> None:
        text = text_file(shared, seed).read_text(encoding="utf-8")
        for row in PACKS[seed].indicators:
            line = bare(text[row.place.start : row.place.end])
            merged = any("取自" in note for note in row.notes)
            for printed in (row.standard, row.baseline, row.actual, *row.targets):
                assert printed is None or merged or bare(printed.raw) in line, (row.code, printed)


class TestJiangmenIndicators:
    def test_39_rows_are_36_indicators(self, shared: Path) -> None:
        table = gold(shared, "001", "indicators")["tables"][0]
        pack = PACKS["001"]
        assert pack.tables[0].indicators_counted == table["indicators_counted_in_text"] == 36
        assert len(pack.indicators) == 39
        assert {row.counts_as for row in pack.indicators} == set(range(1, 37))

    def test_the_printed_summary_of_states_is_met_by_the_rows(self, shared: Path) -> None:
        summary = gold(shared, "001", "indicators")["tables"][0]["summary_in_text"]
        by_number = {row.counts_as: row for row in PACKS["001"].indicators}
        for state, word in (("达标", "达标"), ("未达标", "未达标"), ("未统计", "——")):
            told = [row for row in by_number.values() if row.printed_status == word]
            assert len(told) == summary[state]["合计"]
            binding = [row for row in told if row.attribute is Attribute.BINDING]
            assert len(binding) == summary[state].get("约束性", 0)


class TestCatalogue:
    def test_each_of_the_39_rows_has_the_entry_of_its_printed_definition(self, shared: Path) -> None:
        entries = {entry.code: entry for entry in read_catalogue(CATALOGUE_FILE)}
        by_row = {row.code: row for row in PACKS["001"].indicators}
        definitions = gold(shared, "001", "indicators")["definitions"]
        assert sorted(row for read in definitions for row in read["rows"]) == sorted(by_row)
        for read in definitions:
            row = by_row[read["rows"][0]]
            entry = entries[row.catalogue or ""]
            assert row.name in {entry.name, *entry.aliases}
            assert bool(entry.formula_words) == (read["formula"] is not None), entry.code
            surveyed = {"问卷调查", "独立机构抽样调查"}
            offices = set(read["data_sources"]) - surveyed or {"独立调查机构"}
            assert set(entry.data_source_departments) == offices, entry.code
            assert len(entry.standards) == len(read["standards"]), entry.code

    def test_no_definition_is_quoted_from_the_plan(self, shared: Path) -> None:
        plan = bare(text_file(shared, "001").read_text(encoding="utf-8"))
        for entry in read_catalogue(CATALOGUE_FILE):
            words = bare(entry.definition)
            assert all(words[at : at + 20] not in plan for at in range(max(0, len(words) - 19))), entry.code


class TestTaishanGaps:
    def test_the_missing_table_is_said_to_be_missing_and_no_row_is_invented(self, shared: Path) -> None:
        pack = PACKS["000"]
        assert pack.indicators == ()
        assert pack.tables[0].indicators_counted == 21
        assert {gap.what for gap in pack.plan.missing} == {"指标表表体", "附件“重点工程”"}
        assert gold(shared, "000", "indicators")["tables"][0]["rows"] == []

    def test_the_missing_appendix_leaves_only_boxes_and_named_projects(self, shared: Path) -> None:
        kinds = {project.kind for project in PACKS["000"].projects}
        assert kinds == {ProjectKind.BOX_TASK, ProjectKind.NAMED_IN_TEXT}

    def test_values_of_the_running_text_agree(self, shared: Path) -> None:
        wanted = gold(shared, "000", "indicators")["values_recoverable_from_text"]
        assert [value.name for value in PACKS["000"].from_text] == [want["name"] for want in wanted]
        for value, want in zip(PACKS["000"].from_text, wanted, strict=True):
            assert value.unit == (want["unit"] or "")
            assert bare(want["anchor"]) == value.place.anchor
            base = want["base"] and (want["base"]["year"], Decimal(str(want["base"]["value"])))
            assert (value.baseline and (value.baseline.year, value.baseline.typed.value)) == base
            targets = {target.year: meaning_of(target.typed) for target in value.targets}
            assert targets == {year: meaning(read) for year, read in (want.get("target") or {}).items()}


@pytest.mark.parametrize("seed", READ_IN_FULL)
class TestProjects:
    def wanted(self, shared: Path, seed: str) -> list[dict[str, Any]]:
        data = gold(shared, seed, "projects")
        return [row for key in ("projects", "box_tasks", "named_in_text") for row in data.get(key, [])]

    def test_every_row_says_what_the_hand_made_reading_says(self, seed: str, shared: Path) -> None:
        wanted = self.wanted(shared, seed)
        assert [project.code for project in PACKS[seed].projects] == [want["id"] for want in wanted]
        for project, want in zip(PACKS[seed].projects, wanted, strict=True):
            # A box task's heading may be shortened in the reading.
            assert project.name.startswith((want["name"] or project.name)[:5]), project.code
            assert project.name_printed == (want["name"] is not None)
            assert project.group == want["group"]
            assert project.number_printed == str(want["no_printed"] or "")
            assert project.sub_item == str(want.get("sub_item", ""))
            assert (project.start, project.end) == (want["start"], want["end"]), project.code
            assert (project.years_raw or "") == (want["years_raw"] or "")
            money = want["investment_wan"]
            assert project.investment_wan == (None if money is None else Decimal(str(money)))

    def test_the_responsible_units_are_the_printed_ones_under_one_name(self, seed: str, shared: Path) -> None:
        known = {
            alias: one.name for one in PACKS[seed].plan.departments for alias in (one.name, *one.aliases)
        }
        for project, want in zip(PACKS[seed].projects, self.wanted(shared, seed), strict=True):
            assert project.departments == tuple(known[unit] for unit in want["responsible_units"])

    def test_the_quantities_are_the_printed_ones(self, seed: str, shared: Path) -> None:
        for project, want in zip(PACKS[seed].projects, self.wanted(shared, seed), strict=True):
            assert len(project.quantities) == len(want["quantities"])
            for found, read in zip(project.quantities, want["quantities"], strict=True):
                assert found.what.startswith(read["what"])
                assert found.deadline == read.get("deadline")
                is_a_year = read["unit"] == "年" and read["value"] == read.get("deadline")
                value = None if is_a_year or read["value"] is None else Decimal(str(read["value"]))
                assert found.value == value, project.code


class TestProjectCounts:
    def test_jiangmen_prints_77_rows_of_70_projects(self, shared: Path) -> None:
        counts = gold(shared, "001", "projects")["printed_counts"]
        rows = PACKS["001"].projects
        assert len(rows) == 77
        assert len({row.project for row in rows}) == counts["近期"] + counts["中远期"] == 70
        assert len({row.project for row in rows if row.start == 2019}) == counts["近期"]

    def test_the_high_tech_zone_prints_11_projects_of_201264(self, shared: Path) -> None:
        rows = PACKS["002"].projects
        money = [row.investment_wan for row in rows if row.investment_wan is not None]
        assert len(rows) == len(money) == 11
        assert sum(money) == gold(shared, "002", "projects")["investment_total_wan"] == 201264


@pytest.mark.parametrize("seed", READ_IN_FULL)
class TestCommitments:
    def test_every_commitment_says_what_the_hand_made_reading_says(self, seed: str, shared: Path) -> None:
        wanted = gold(shared, seed, "targets")["targets"]
        found = PACKS[seed].commitments
        assert [one.code for one in found] == [want["id"] for want in wanted]
        for one, want in zip(found, wanted, strict=True):
            kind = "quantified" if one.kind is CommitmentKind.THRESHOLD else one.kind.value
            assert kind == want["kind"].replace("assigned_by", "assigned")
            assert (one.subject, one.metric) == (want["subject"], want["metric"])
            assert one.deadline == (want["deadline"] or "")
            assert str(one.since or "") == str(want.get("from", ""))[:4]
            assert one.scope == (want["scope"] or "")
            assert bare(want["anchor"]) == one.place.anchor
            self.compare_typed(one.typed, want)

    def test_the_bodies_named_there_are_carried(self, seed: str, shared: Path) -> None:
        known = {
            alias: one.name for one in PACKS[seed].plan.departments for alias in (one.name, *one.aliases)
        }
        for one, want in zip(PACKS[seed].commitments, gold(shared, seed, "targets")["targets"], strict=True):
            assert one.departments == tuple(known[name] for name in want["responsible"] or ())

    def compare_typed(self, typed: Typed, want: dict[str, Any]) -> None:
        if want["kind"] == "quantified":
            assert meaning_of(typed) == meaning({**want, "kind": None}), want["id"]
            assert typed.unit == re.sub(r"（.*）$", "", want["unit"] or ""), want["id"]
        elif want["kind"] == "assigned_by":
            assert meaning_of(typed) == meaning(want), want["id"]
        elif typed.kind is ValueKind.KEEP_NOT_WORSE:
            assert want["value"] == "不降低"
        else:
            assert typed.kind in {ValueKind.QUALITATIVE, ValueKind.ELIMINATE}
            assert typed.text == want["value"]

    def test_every_commitment_hangs_under_the_heading_it_is_printed_under(
        self, seed: str, shared: Path
    ) -> None:
        nodes = {node.code: node for node in PACKS[seed].measures}
        for one, want in zip(PACKS[seed].commitments, gold(shared, seed, "targets")["targets"], strict=True):
            above = []
            at = one.measure
            while at:
                above.append(bare(nodes[at].number + nodes[at].title))
                at = nodes[at].parent
            missing = [step for step in want["heading_path"] if bare(step) not in above]
            assert missing == [], one.code


@pytest.mark.parametrize("seed", READ_IN_FULL)
def test_every_known_conflict_is_carried_with_both_its_places(seed: str, shared: Path) -> None:
    carried = {one.code: one for one in PACKS[seed].plan.known_conflicts}
    for want in gold(shared, seed, "conflicts")["conflicts"]:
        one = carried[want["id"]]
        assert one.type == want["type"]
        assert one.certain == (want["status"] == "certain")
        assert (one.b is None) == (want["b"] is None)
        for side, read in ((one.a, want["a"]), (one.b, want["b"])):
            # One reading points at a bare 300 in a table; ours points at the name beside it.
            if side and read and read["anchor"] != "300":
                assert side.place.anchor == bare(read["anchor"])[:20]


class TestProvisions:
    """Duties and zoning rules of 004, against the hand-made reading of both."""

    @pytest.fixture
    def where(self, shared: Path) -> Where:
        text = text_file(shared, "004").read_text(encoding="utf-8")
        at = [n for n, sign in enumerate(text) if not sign.isspace()]
        squeezed = bare(text)

        def find(anchor: str) -> tuple[int, int]:
            first = squeezed.index(bare(anchor))
            return at[first], at[first + len(bare(anchor)) - 1] + 1

        return find

    def missed(self, wanted: list[dict[str, Any]], key: str, said: str, where: Where) -> list[str]:
        """The readings with whose passage no provision stands that says the same."""
        return [
            want["id"]
            for want in wanted
            if not any(
                getattr(one, key) == want[said] and one.place.start <= start and end <= one.place.end
                for start, end in [where(want["anchor"])]
                for one in PACKS["004"].provisions
            )
        ]

    def test_every_duty_of_the_reading_is_in_the_pack(self, shared: Path, where: Where) -> None:
        wanted = gold(shared, "004", "duties")["duties"]
        duties = [one for one in PACKS["004"].provisions if one.kind is ProvisionKind.DUTY]
        assert self.missed(wanted, "duty_code", "code", where) == []
        assert len(wanted) <= len(duties) <= len(wanted) + 1  # the pack has one the reading passed over

    def test_every_zoning_rule_of_the_reading_is_in_the_pack(self, shared: Path, where: Where) -> None:
        wanted = gold(shared, "004", "zoning")["zones"]
        rules = [one for one in PACKS["004"].provisions if one.kind is ProvisionKind.ZONING]
        assert self.missed(wanted, "effect", "effect", where) == []
        assert len(wanted) <= len(rules) <= len(wanted) + 4


def test_a_pack_is_made_of_one_plan_and_its_companions() -> None:
    def words(pack: Pack) -> set[str]:
        return {pack.plan.seed, pack.plan.source.code, *(one.code for one in pack.plan.companions)}

    assert [words(PACKS[seed]) for seed in SEEDS] == [{"000", "003"}, {"001"}, {"002"}, {"004"}]
