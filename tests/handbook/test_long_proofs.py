"""Long proofs are found by their name, and each has left a dated result."""

import re
import subprocess
import sys

import pytest
from tools import soak


class TestLongProofs:
    def test_those_there_are_are_listed_with_what_they_prove(self):
        told = subprocess.run(
            [sys.executable, soak.__file__, "--list"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        assert [line.split()[0] for line in told] == list(soak.proofs())
        assert all(len(line.split(maxsplit=1)) == 2 for line in told)

    def test_an_unknown_one_is_refused_with_those_there_are(self, capsys):
        assert soak.main(["perpetual_motion"]) == 2
        assert "air_tables" in capsys.readouterr().err

    def test_a_proof_that_fails_is_said_to_have_failed(self, tmp_path, capsys):
        program = tmp_path / "soak_wrong.py"
        program.write_text('"""Proves what is not so."""\nraise SystemExit(1)\n', "utf-8")
        assert not soak.run("wrong", program)
        assert "FAILED" in capsys.readouterr().out

    @pytest.mark.parametrize("name", soak.proofs())
    def test_each_has_left_its_dated_result(self, name):
        page = soak.RESULTS / f"{name.replace('_', '-')}.md"
        assert page.is_file(), f"run ./qs soak {name}"
        text = page.read_text("utf-8")
        assert re.search(r"\b20\d\d-\d\d-\d\d\b", text)
        assert re.search(r"\bcommit [0-9a-f]{7,}\b", text)
