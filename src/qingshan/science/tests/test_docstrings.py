"""Every calculation says what it takes, gives and refuses, by which clause, and shows itself at work."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

from qingshan import science

ROOT = Path(science.__file__).parent
PARTS = ("Parameters", "Returns", "Source", "Examples")


def calculations():
    return [
        pytest.param(node, id=f"{path.relative_to(ROOT)}:{node.name}")
        for path in sorted(ROOT.rglob("*.py"))
        if "tests" not in path.parts
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def parts_of(node):
    lines = (ast.get_docstring(node) or "").splitlines()
    return [line for line, under in pairwise(lines) if set(under) == {"-"}]


@pytest.mark.parametrize("node", calculations())
def test_a_calculation_has_every_part_of_its_docstring(node):
    needed = [*PARTS, *(["Raises"] if any(isinstance(one, ast.Raise) for one in ast.walk(node)) else [])]
    assert [part for part in needed if part not in parts_of(node)] == []


def test_there_are_calculations_to_ask():
    assert len(calculations()) > 60
