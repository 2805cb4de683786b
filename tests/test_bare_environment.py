"""What ``pip install qingshan`` brings: pure rooms that need NumPy and PyYAML only, in a whole wheel."""

import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "qingshan"
PURE = ("kernel", "science", "standards", "reading")

PROLOGUE = """
import importlib, json, pkgutil, sys
sys.path.append(sys.argv[1])
sys.path.append(sys.argv[2])

def foreign():
    # compiled parts register modules that come from no file; those have no spec
    from_files = (name for name, module in sys.modules.items() if getattr(module, "__spec__", None))
    roots = {name.partition(".")[0] for name in from_files}
    return sorted(roots - set(sys.stdlib_module_names) - {"__main__", "qingshan"})
"""
IMPORT_ALL = """
loaded = []
for room in sys.argv[3:]:
    package = importlib.import_module("qingshan." + room)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
        loaded.append(module.name)
print(json.dumps({"loaded": loaded, "foreign": foreign()}))
"""
IMPORT_ONE = """
importlib.import_module(sys.argv[3])
print(json.dumps(foreign()))
"""
RUN_COMMAND = """
sys.argv[:] = ["qingshan", *sys.argv[3:]]
from qingshan.cli import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A folder in which only NumPy and PyYAML can be found, as links to those installed here."""
    folder = tmp_path_factory.mktemp("bare")
    for name in ("numpy", "yaml"):
        installed = Path(importlib.util.find_spec(name).origin).parent
        for part in (installed, installed.with_name(f"{name}.libs"), installed.with_name(f"_{name}")):
            if part.exists():
                (folder / part.name).symlink_to(part)
    return folder


def run_bare(bare, program, *arguments):
    """Run Python without site-packages, without the user's folder, without environment variables."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROLOGUE + program, str(bare), str(PACKAGE.parent), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


class TestPureRooms:
    def test_every_module_of_them_is_imported_without_anything_else(self, bare):
        done = run_bare(bare, IMPORT_ALL, *PURE)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert {"qingshan.kernel.rounding", "qingshan.reading.plan"} <= set(told["loaded"])
        assert set(told["foreign"]) <= {"numpy", "yaml", "_yaml"}

    def test_the_environment_really_is_bare(self, bare):
        done = run_bare(bare, IMPORT_ONE, "django")
        assert "ModuleNotFoundError" in done.stderr

    def test_the_science_of_air_brings_in_numpy_and_yaml_at_most(self, bare):
        done = run_bare(bare, IMPORT_ONE, "qingshan.science.air")
        assert done.returncode == 0, done.stderr
        assert set(json.loads(done.stdout)) <= {"numpy", "yaml", "_yaml"}

    @pytest.mark.parametrize(
        "words",
        [
            ["standards", "list"],
            ["standards", "check"],
            ["conformance", "--help"],
            ["conformance", "published-air", "--help"],
            ["conformance", "published-water", "--help"],
            ["evaluate", "air-hourly", "--help"],
            ["evaluate", "air-daily", "--help"],
            ["evaluate", "air-year", "--help"],
            ["evaluate", "surface-water", "--help"],
            ["--version"],
        ],
    )
    def test_their_commands_run(self, bare, words):
        done = run_bare(bare, RUN_COMMAND, *words)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()

    def test_a_command_of_the_server_says_what_it_needs(self, bare):
        done = run_bare(bare, RUN_COMMAND, "audit", "verify")
        assert done.returncode == 1
        assert "qingshan[server]" in done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from a copy of the tree, without a network and without isolation."""
    copy, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(
        PACKAGE, copy / "src" / "qingshan", ignore=shutil.ignore_patterns("__pycache__", "vendor")
    )
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(out)], cwd=copy, check=True, capture_output=True)
    (made,) = out.glob("*.whl")
    with zipfile.ZipFile(made) as archive:
        yield archive


def shipped_files():
    """Every file of the package but tests, caches and what set-up brought from elsewhere."""
    for path in PACKAGE.rglob("*"):
        parts = set(path.relative_to(PACKAGE).parts)
        if path.is_file() and not parts & {"__pycache__", "tests", "vendor"}:
            yield path.relative_to(PACKAGE.parent).as_posix()


class TestWheel:
    def test_it_holds_every_file_of_the_package(self, wheel):
        assert not sorted(set(shipped_files()) - set(wheel.namelist()))

    def test_data_and_templates_are_in_it(self, wheel):
        names = wheel.namelist()
        assert {".py", ".yaml", ".html", ".css", ".js", ".svg", ".csv", ".typ"} <= {
            Path(name).suffix for name in names
        }
        assert "qingshan/standards/data/air/gb3095_2012.yaml" in names
        assert "qingshan/accounts/roles.yaml" in names
        assert "qingshan/plans/packs/001-jiangmen/indicators.yaml" in names
        assert "qingshan/accounts/templates/accounts/login.html" in names

    def test_no_test_is_in_it(self, wheel):
        assert not [name for name in wheel.namelist() if "/tests/" in name or "/test_" in name]

    def test_without_extras_it_asks_for_numpy_and_yaml_only(self, wheel):
        (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        lines = wheel.read(metadata).decode().splitlines()
        needs = [line for line in lines if line.startswith("Requires-Dist:") and "extra ==" not in line]
        assert {need.split()[1].partition(">")[0] for need in needs} == {"numpy", "pyyaml"}

    def test_its_licence_is_in_it(self, wheel):
        assert [name for name in wheel.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
