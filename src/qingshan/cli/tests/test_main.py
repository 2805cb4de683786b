"""The `qingshan` command itself: which commands it names, and what a wrong call gets."""

import pytest

from qingshan.cli import main
from qingshan.cli.table import COMMANDS


def listed(text):
    """The commands that a text lists, one a line."""
    names = {" ".join(path) for path in COMMANDS}
    return {name for line in text.splitlines() if (name := line.strip().partition("  ")[0]) in names}


class TestHelp:
    @pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
    def test_without_a_group_it_names_every_command(self, words, capsys):
        assert main(words) == 0
        assert listed(capsys.readouterr().out) == {" ".join(path) for path in COMMANDS}

    @pytest.mark.parametrize("group", ["evaluate", "audit", "standards"])
    def test_of_a_group_it_names_the_group_and_nothing_else(self, group, capsys):
        assert main([group, "--help"]) == 0
        wanted = {" ".join(path) for path in COMMANDS if path[0] == group}
        assert listed(capsys.readouterr().out) == wanted
        assert len(wanted) > 1

    def test_of_a_command_with_others_under_it_names_these_too(self, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["conformance", "--help"])
        assert ended.value.code == 0
        assert listed(capsys.readouterr().out) == {
            " ".join(path) for path in COMMANDS if path[0] == "conformance" and len(path) > 1
        }


class TestAWrongCall:
    def test_of_a_group_alone_lists_it_and_ends_with_2(self, capsys):
        assert main(["evaluate"]) == 2
        said = capsys.readouterr()
        assert not said.out
        assert listed(said.err) == {" ".join(path) for path in COMMANDS if path[0] == "evaluate"}

    @pytest.mark.parametrize("words", [["evalute"], ["evalute", "--help"], ["evaluate", "fire"]])
    def test_names_the_word_that_begins_no_command(self, words, capsys):
        assert main(words) == 2
        said = capsys.readouterr()
        assert not said.out
        assert "no command begins with" in said.err
        assert words[0] in said.err
