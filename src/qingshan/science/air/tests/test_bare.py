"""The pure rooms run where nothing but NumPy and PyYAML is installed."""

import subprocess
import sys

import pytest

ALONE = """
import importlib.abc, sys
class OnlyNumPyAndYaml(importlib.abc.MetaPathFinder):
    known = sys.stdlib_module_names | {"numpy", "yaml", "_yaml", "qingshan"}
    def find_spec(self, name, path=None, target=None):
        # Plain absence is what a bare environment shows.
        if name.partition(".")[0] not in self.known and not name.startswith("__editable__"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, OnlyNumPyAndYaml())
import MODULE
print("loaded")
"""


@pytest.mark.parametrize(
    "module",
    [
        "qingshan.science.air",
        "qingshan.science.statistics",
        "qingshan.standards.public",
        "qingshan.evaluation.commands.conformance",
        "qingshan.evaluation.commands.evaluate_air_year",
    ],
)
def test_it_is_imported_without_anything_else(module):
    done = subprocess.run(
        [sys.executable, "-c", ALONE.replace("MODULE", module)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "loaded\n", done.stderr
