"""Every bullet of an issue names its proofs, and each proof is there."""

import ast
import functools
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "docs/acceptance").glob("*.yaml"))
BULLETS = [
    pytest.param(bullet, id=f"{file.stem}-{number}")
    for file in FILES
    for number, bullet in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), start=1)
]

ASKED = yaml.safe_load((Path(__file__).parent / "asked.yaml").read_text(encoding="utf-8"))
"""What an issue asks for, in words that a bullet of its files must hold."""


@functools.cache
def names_in(path):
    """Every test of a file as pytest names it: ``Class::test`` and ``test``, and each class."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            inside = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
            found |= {node.name} | {f"{node.name}::{name}" for name in inside}
    return found


def fault(proof):
    """What is wrong with a proof; nothing when it is there."""
    name, _, test = proof.partition("::")
    path = ROOT / name
    if not path.exists():
        return f"{proof}: there is no {name}"
    if path.is_dir() and not any(path.iterdir()):
        return f"{proof}: the folder is empty"
    if test and test.partition("[")[0] not in names_in(path):
        return f"{proof}: no such test"
    return ""


class TestAcceptance:
    def test_there_is_a_file_to_ask(self):
        assert FILES

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_each_bullet_stands_once(self, file):
        bullets = [one["bullet"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))]
        assert len(bullets) == len(set(bullets))

    @pytest.mark.parametrize("bullet", BULLETS)
    def test_each_bullet_has_a_proof_and_each_proof_is_there(self, bullet):
        assert set(bullet) <= {"section", "bullet", "shown_by"}
        assert bullet["bullet"].strip()
        assert bullet["shown_by"], f"{bullet['bullet']}: nothing shows it"
        assert not [found for proof in bullet["shown_by"] if (found := fault(proof))]

    @pytest.mark.parametrize(
        ("issue", "asked"), [(issue, asked) for issue, words in ASKED.items() for asked in words]
    )
    def test_what_an_issue_asks_for_has_a_bullet(self, issue, asked):
        files = [file for file in FILES if file.stem.startswith(issue)]
        bullets = [one["bullet"] for file in files for one in yaml.safe_load(file.read_text("utf-8"))]
        assert any(asked in bullet for bullet in bullets)

    def test_a_proof_that_is_not_there_is_found(self):
        here = "tests/handbook/test_acceptance.py"
        assert fault(f"{here}::TestAcceptance::test_there_is_a_file_to_ask") == ""
        assert "no such test" in fault(f"{here}::TestAcceptance::test_nobody_wrote")
        assert "there is no" in fault("tests/handbook/nowhere.py")
