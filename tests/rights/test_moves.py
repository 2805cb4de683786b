"""Every move of every life cycle, tried for everybody; what nobody tries is said with its reason."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from tests.rights.town import PEOPLE, Town
from tests.rights.trials import TRIALS, Trial, trials

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import Flow
from qingshan.messages.actions import NotYours

#: The town is made once for all of them.
pytestmark = pytest.mark.xdist_group("town")

HERE = Path(__file__).parent
ROOMS = HERE.parents[1] / "src" / "qingshan"
TOLD = yaml.safe_load((HERE / "moves.yaml").read_text(encoding="utf-8"))


class _TakenBack(Exception):
    """What was tried is undone."""


def house_flows() -> Iterator[tuple[str, Flow]]:
    """Every life cycle of the house: ``room.NAME``, and its table."""
    for path in sorted(ROOMS.glob("*/states.py")):
        states = importlib.import_module(f"qingshan.{path.parent.name}.states")
        for name, found in sorted(vars(states).items()):
            if isinstance(found, Flow):
                yield f"{path.parent.name}.{name}", found


FLOWS = dict(house_flows())


def _refused(trial: Trial, town: Town, person: Any) -> bool:
    """Whether somebody is refused a move; whatever it wrote is taken back."""
    refused = False
    try:
        with transaction.atomic():
            record = trial.bring(town, trial.source)
            try:
                trial.act(record, person, town)
            except (Forbidden, NotYours):
                refused = True
            raise _TakenBack
    except _TakenBack:
        return refused


@pytest.mark.django_db
@pytest.mark.parametrize("trial", list(trials()), ids=str)
def test_a_move_is_made_by_whom_it_is_given_to_and_refused_to_all_others(town: Town, trial: Trial) -> None:
    may = {who for who in PEOPLE if not _refused(trial, town, town.people[who])}
    assert may == set(TOLD["by_hand"][trial.flow][trial.record][trial.move])


def _is_there(node: str) -> bool:
    """Whether a test of a room is there, by its name as pytest writes it."""
    path, *names = node.split("::")
    text = (ROOMS / path).read_text(encoding="utf-8")
    return all(f"class {name}" in text or f"def {name}(" in text for name in names)


class TestNothingIsLeftOut:
    @pytest.mark.parametrize("name", FLOWS)
    def test_every_move_is_tried_or_said_to_be_the_house_s(self, name: str) -> None:
        tried = {move for (flow, _record), (_t, _b, acts) in TRIALS.items() if flow == name for move in acts}
        by_house = TOLD["by_the_house"].get(name, {"moves": []})["moves"]
        moves = {move for state in FLOWS[name].states for move in FLOWS[name].moves_from(state)}
        shown = TOLD["in_rooms"].get(name, "")
        if isinstance(shown, list):
            assert [node for node in shown if not _is_there(node)] == []
            return
        if shown:
            text = (ROOMS / shown).read_text(encoding="utf-8")
            tried |= {move for move in moves if f'"{move}"' in text}
        assert by_house == "all" or moves == tried | set(by_house)

    def test_only_flows_that_exist_are_spoken_of(self) -> None:
        spoken = {*TOLD["by_hand"], *TOLD["in_rooms"], *TOLD["by_the_house"]}
        assert spoken == set(FLOWS)

    @pytest.mark.parametrize("name", TOLD["by_the_house"])
    def test_what_the_house_does_is_shown_somewhere(self, name: str) -> None:
        assert (ROOMS / TOLD["by_the_house"][name]["shown_by"]).exists()
