"""Plan 004 goes through the importer and its review into the ledger; the pack is what comes out.

The reader's findings of its text and a person's decisions (``decisions.yaml`` beside the pack) give every
item of the pack. What the pack says besides, a review has no field for: notes under tables, other names of
bodies, conflicts only a person sees, how the plan was made. The text is taken in once for all tests here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from qingshan.areas import public as areas
from qingshan.intake import public as intake
from qingshan.intake.decisions import Told, read_decisions, replay
from qingshan.intake.entering import confirmed
from qingshan.intake.packing import build
from qingshan.plans import public as plans

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.xdist_group("lianzhou")]

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
FOLDER = plans.PACK_FOLDERS["004"]
WORDED = {"eliminate", "relative", "keep_not_worse", "qualitative"}


@dataclass(frozen=True)
class Reviewed:
    """What one walk through the importer left, taken down before the database forgets it."""

    told: Told
    pack: Any
    entered: int
    left: int
    plan: str
    records: list[Any]


@pytest.fixture(scope="module")
def reviewed(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Reviewed:
    media = override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")))
    with django_db_blocker.unblock(), media, transaction.atomic():
        found = walk(shared)
        transaction.set_rollback(True)
    return found


def walk(shared: Path) -> Reviewed:
    """Take the text in, replay the decisions, put the pack together, enter it all."""
    district = areas.create_district(
        code="441882", name="连州市", valid_from=date(2021, 1, 1), by=None, at=AT
    )
    plans.load_catalogue(plans.read_catalogue(plans.CATALOGUE_FILE), at=AT)
    (path,) = (shared / "plans").glob("004_*.txt")
    review = intake.start(data=path.read_bytes(), file_name=path.name, district=district, by=None, at=AT)
    told = replay(intake=review, decisions=read_decisions(FOLDER / "decisions.yaml"), by=None, at=AT)
    review.refresh_from_db()
    findings = list(review.findings.filter(state="accepted").order_by("order", "pk"))
    pack = build(review, findings, conflicts=confirmed(review)).pack
    done = intake.enter(intake=review, by=None, at=AT)
    review.refresh_from_db()
    return Reviewed(
        told, pack, done.count, done.left, review.plan.code, plans.known_records(plan=review.plan)
    )


@pytest.fixture(scope="module")
def made(reviewed: Reviewed) -> Any:
    """The pack that the review gives."""
    return reviewed.pack


@pytest.fixture(scope="module")
def kept() -> Any:
    """The pack as it stands in the package."""
    return plans.read_pack(FOLDER)


def typed(one: Any) -> tuple[Any, ...]:
    """What a value means; a review keeps wordings as words, and the pack says what kind of wording it is."""
    kind = "worded" if one.kind.value in WORDED else one.kind.value
    text = "不降低" if one.kind.value == "keep_not_worse" else one.text
    return (kind, one.operator, one.value, one.unit, one.authority, text)


def printed(one: Any) -> tuple[Any, ...] | None:
    return one and (one.year, one.raw, typed(one.typed))


def facts(row: Any) -> tuple[Any, ...]:
    return (
        row.code, row.table, row.order, row.counts_as, row.category, row.name, row.unit, row.attribute,
        row.catalogue, printed(row.baseline), [printed(one) for one in row.targets], printed(row.actual),
        row.printed_status, row.exclusion, row.notes,
    )  # fmt: skip


def test_every_finding_is_decided_and_what_is_accepted_is_entered(reviewed: Reviewed) -> None:
    assert reviewed.told.open == 0
    assert reviewed.told.rejected > 0
    assert (reviewed.entered, reviewed.left) == (reviewed.told.accepted, 0)
    assert reviewed.plan == "lianzhou-2021"
    assert sum(one.kind == "indicator" for one in reviewed.records) == 27 + 21


class TestThePackOfTheReview:
    def test_it_has_the_27_and_21_rows_as_they_stand_in_the_pack(self, made: Any, kept: Any) -> None:
        assert [table.rows_printed for table in made.tables] == [27, 21]
        for ours, theirs in zip(made.indicators, kept.indicators, strict=True):
            assert facts(ours) == facts(theirs)

    def test_its_commitments_say_the_same_of_the_same_passage(self, made: Any, kept: Any) -> None:
        def said(pack: Any) -> list[tuple[Any, ...]]:
            return sorted(
                (one.place.start, one.kind.value, one.subject, one.metric, one.deadline, one.scope,
                 one.departments, one.notes, str(typed(one.typed)))
                for one in pack.commitments
            )  # fmt: skip

        assert said(made) == said(kept)

    def test_its_projects_are_those_the_text_names(self, made: Any, kept: Any) -> None:
        def said(pack: Any) -> list[tuple[Any, ...]]:
            sizes = [[(part.what, part.value, part.unit) for part in one.quantities] for one in pack.projects]
            return [
                (one.name, one.group, one.content, one.end, one.notes, one.place.start, size)
                for one, size in zip(pack.projects, sizes, strict=True)
            ]

        assert said(made) == said(kept)

    def test_its_tree_has_every_heading_and_every_summary(self, made: Any, kept: Any) -> None:
        def headings(pack: Any) -> set[str]:
            return {one.title for one in pack.measures}

        def work(pack: Any) -> set[tuple[Any, ...]]:
            return {(one.title, one.summary, one.departments) for one in pack.measures if one.summary}

        assert headings(made) == headings(kept)
        assert work(made) == work(kept)

    def test_its_duties_and_zoning_rules_are_those_of_the_pack(self, made: Any, kept: Any) -> None:
        def rules(pack: Any) -> set[tuple[Any, ...]]:
            return {
                (one.effect, one.zone, one.subjects, one.wording) for one in pack.provisions if one.effect
            }

        def duties(pack: Any) -> list[str]:
            return sorted(one.duty_code for one in pack.provisions if one.duty_code)

        assert rules(made) == rules(kept)
        assert duties(made) == duties(kept)

    def test_it_names_what_is_missing_and_the_conflicts_that_were_confirmed(
        self, made: Any, kept: Any
    ) -> None:
        assert [one.what for one in made.plan.missing] == [one.what for one in kept.plan.missing]
        assert {one.type for one in made.plan.known_conflicts} == {"target_below_base", "text_vs_table"}
        assert {one.type for one in made.plan.known_conflicts} <= {
            one.type for one in kept.plan.known_conflicts
        }

    def test_its_head_is_the_head_of_the_pack(self, made: Any, kept: Any) -> None:
        for name in ("code", "name", "short_name", "kind", "level", "period", "base_year", "state", "notes"):
            assert getattr(made.plan, name) == getattr(kept.plan, name), name
        assert made.plan.district.code == kept.plan.district.code
