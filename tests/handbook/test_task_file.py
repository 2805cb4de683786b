"""The task file: what it says before anything is installed, and the locks it installs from."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS_OF_A_BARE_SYSTEM = ("sh", "dirname", "cat", "cksum", "find", "grep", "id", "sed", "basename", "mktemp")


def run_task_file(path, *words, **environment):
    return subprocess.run(
        ["/bin/sh", str(path), *words], capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture
def bare_system(tmp_path):
    """The task file on a system without Python, git, browser and fonts."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS_OF_A_BARE_SYSTEM:
        (programs / name).symlink_to(shutil.which(name))
    shutil.copy(ROOT / "qs", tmp_path / "qs")
    return {"path": tmp_path / "qs", "PATH": str(programs), "HOME": str(tmp_path)}


class TestTaskFile:
    def test_it_is_a_posix_script(self):
        lines = (ROOT / "qs").read_text(encoding="utf-8").splitlines()
        assert lines[0] == "#!/bin/sh"
        assert not [line for line in lines if re.search(r"\[\[|\bfunction\b|<<<|\bsource\b", line)]
        assert subprocess.run(["/bin/sh", "-n", ROOT / "qs"], check=False).returncode == 0
        assert os.access(ROOT / "qs", os.X_OK)

    def test_called_without_a_task_it_lists_them(self, bare_system):
        done = run_task_file(**bare_system)
        assert done.returncode == 0
        for task in ("run", "test", "check", "bench", "soak"):
            assert f"./qs {task} " in done.stdout

    def test_a_task_it_does_not_know_is_a_wrong_call(self, bare_system):
        done = run_task_file(bare_system.pop("path"), "dance", **bare_system)
        assert done.returncode == 2
        assert "./qs run" in done.stdout

    def test_what_the_system_must_bring_is_named_in_one_line(self, bare_system):
        done = run_task_file(bare_system.pop("path"), "test", **bare_system)
        assert done.returncode == 1
        (line,) = [line for line in done.stderr.splitlines() if "apt-get install" in line]
        for package in ("python3", "python3-venv", "git", "chromium"):
            assert re.search(rf"install -y .*\b{re.escape(package)}(?![\w-])", line)
        assert "./qs --apt test" in line

    def test_running_asks_for_less_than_testing(self, bare_system):
        done = run_task_file(bare_system.pop("path"), "run", **bare_system)
        assert done.returncode == 1
        assert "python3-venv" in done.stderr
        assert "chromium" not in done.stderr


class TestLocks:
    @pytest.mark.parametrize("name", ["server.txt", "dev.txt", "uv.txt"])
    def test_every_package_has_a_version_and_hashes(self, name):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        packages = [entry for entry in re.split(r"\n(?=\S)", text) if entry and not entry.startswith("#")]
        assert packages
        for package in packages:
            assert re.match(r"[\w.\[\],-]+==\S+", package), package
            assert "--hash=sha256:" in package, package

    def test_web_assets_are_pinned_by_their_hash(self):
        text = (ROOT / "requirements" / "assets.yaml").read_text(encoding="utf-8")
        assert text.count("package:") == text.count("integrity: sha512-") > 0
