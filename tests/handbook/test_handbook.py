"""The handbook says what the code does: pages, links, commands, settings, examples."""

import argparse
import ast
import doctest
import importlib
import re
from pathlib import Path

import pytest
from tools import glossary, handbook
from tools.markdown import anchors, blocks, links

from qingshan.accounts.roles import capabilities, roles
from qingshan.cli.table import COMMANDS
from qingshan.jobs.kinds import KINDS, SCHEDULES
from qingshan.kernel.flow import Flow
from qingshan.portal.configuration import SETTINGS
from qingshan.portal.wiring import SUBSCRIPTIONS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ROOT_PAGES = sorted(ROOT.glob("*.md"))
HANDBOOK = sorted(DOCS.rglob("*.md"))
ROOM_PAGES = sorted((ROOT / "src").rglob("README.md"))
PAGES = [*ROOT_PAGES, *HANDBOOK, *ROOM_PAGES, *sorted((ROOT / "requirements").glob("*.md"))]
ON = "tests/", "tools/", "benchmarks/", "src/", "docs/", "requirements/", ".ci/"


def named(page):
    return str(page.relative_to(ROOT))


def text(page):
    return page.read_text(encoding="utf-8")


def said(name):
    return text(DOCS / name)


class TestPagesWrittenFromCode:
    @pytest.mark.parametrize("name", handbook.PAGES)
    def test_each_page_is_what_the_code_says(self, name):
        assert said(name) == handbook.PAGES[name](), "run python tools/handbook.py"

    @pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
    def test_every_command_is_described_with_each_of_its_options(self, path):
        page = said("commands.md")
        section = page.partition(f"\n## qingshan {' '.join(path)}\n")[2].partition("\n## ")[0]
        module = importlib.import_module(COMMANDS[path].module)
        assert module.__doc__.strip().splitlines()[0].replace("``", "`") in section
        for option in options_of(path):
            assert f"`{option}" in section
            assert re.search(rf"`{re.escape(option)}[ `].*\| \S", section), f"{option} is not explained"

    def test_every_setting_is_described(self):
        page = said("settings.md")
        for setting in SETTINGS:
            assert f"| `{setting.name}` |" in page
            assert setting.purpose in page

    def test_every_role_and_capability_is_described(self):
        page, told = said("roles.md"), said("accounts.md")
        for role in roles().values():
            assert f"| `{role.key}` | {role.label}" in page
            assert f"`{role.key}`" in told
        for capability in capabilities().values():
            assert f"| `{capability.key}` | {capability.label} |" in page
            assert f"`{capability.key}`" in told

    def test_every_event_and_who_hears_it_is_described(self):
        page = said("events.md")
        announced = {event for _, events in handbook.rooms_with_events() for event in events}
        for event in announced:
            assert f"| `{event.__name__}` |" in page
        for subscription in SUBSCRIPTIONS:
            assert subscription.event in announced, "an event stands in its room's events.py"
            assert f"`{subscription.consumer}`" in page

    def test_every_kind_of_job_and_schedule_is_described(self):
        page = said("events.md")
        for name in (*KINDS, *SCHEDULES):
            assert f"| `{name}` |" in page

    def test_every_state_is_drawn_and_has_its_chinese_word(self):
        diagrams, words = said("states.md"), said("glossary.md")
        for path in sorted((ROOT / "src/qingshan").glob("*/states.py")):
            module = importlib.import_module(f"qingshan.{path.parent.name}.states")
            for flow in (found for found in vars(module).values() if isinstance(found, Flow)):
                for state in flow.states:
                    assert f'state "{state.label}" as {state.value}' in diagrams
                    assert f"`{state.value}` {state.label}" in words


class TestGlossary:
    def test_its_words_are_sorted(self):
        table = said("glossary.md").partition("## Words")[2].partition("## Records")[0]
        words = [line.split(" | ")[0].removeprefix("| ") for line in table.strip().splitlines()[2:]]
        assert words == sorted(words, key=str.lower)

    def test_it_has_the_words_that_are_easily_confused(self):
        words = {word.replace(" ", "_").partition("_(")[0] for word in glossary.words()}
        assert words >= {
            "station", "section", "outlet", "site", "parameter", "indicator", "standard", "edition", "clause",
            "limit", "water_class", "grade", "exceedance", "exceedance_factor", "rounding", "data_capture",
            "permit_holder", "user", "department", "task", "supervise", "remind", "close", "job",
            "responsible_department", "assessment",
        }  # fmt: skip

    def test_it_has_every_record_and_every_kind(self):
        page = said("glossary.md")
        for record in glossary.records():
            assert f"| `{record.__name__}` |" in page
        for kind in glossary.enumerations():
            assert f"| `{kind.__name__}` | {kind.__module__.split('.')[1]} |" in page

    def test_no_word_is_written_without_chinese(self):
        assert all(re.search("[\u4e00-\u9fff]", word["zh"]) for word in glossary.words().values())


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_every_relative_link_leads_somewhere(self, page):
        for link in links(text(page)):
            if re.match(r"[a-z]+:", link):
                continue
            target, _, anchor = link.partition("#")
            found = (page.parent / target).resolve() if target else page
            assert found.exists(), link
            if anchor and found.suffix == ".md":
                assert anchor in anchors(text(found)), link

    def test_every_page_of_the_handbook_is_in_its_index(self):
        listed = {(DOCS / link.partition("#")[0]).resolve() for link in links(said("README.md"))}
        pages = {page for page in DOCS.glob("*.md") if page.name != "README.md"}
        assert not sorted(map(named, pages - listed))

    def test_files_named_in_prose_exist(self):
        missing = [
            f"{named(page)}: {path}"
            for page in [*ROOT_PAGES, *HANDBOOK]
            if page.name != "CHANGELOG.md" and "decisions" not in page.parts
            for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)`", text(page))
            if path.startswith(ON)
            and not (ROOT / path).exists()
            # a page about one room names the room's own files
            and not any((ROOT / "src/qingshan").glob(f"*/{path}"))
        ]
        assert not missing


class TestCommandsInProse:
    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_every_command_that_is_named_exists_with_its_options(self, page):
        for line in shown_code(text(page)):
            found = re.match(r"(?:\./qs do |qingshan )((?:[a-z][\w-]*\b ?){1,3})", line)
            if not found or line.startswith("qingshan_"):
                continue
            paths = known_paths(found[1].split(), line)
            assert paths, f"{line!r}: no such command"
            allowed = set().union(*(options_of(path) for path in paths)) | {"--help"}
            for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", line):
                assert option in allowed, f"{line!r}: no option {option}"

    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_every_task_that_is_named_exists(self, page):
        known = set(re.findall(r"^ {2}(\w+)\) ", text(ROOT / "qs"), re.MULTILINE))
        for task in re.findall(r"\./qs (?:--apt )?([a-z]+)", text(page)):
            assert task in known

    def test_every_task_is_described(self):
        known = set(re.findall(r"^ {2}(\w+)\) ", text(ROOT / "qs"), re.MULTILINE))
        assert known == {task.split()[1] for task, _ in handbook.tasks()}

    def test_every_variable_that_is_named_is_a_setting(self):
        known = {setting.name for setting in SETTINGS} | set(handbook.TASK_FILE_VARIABLES)
        code = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
        places = [*PAGES, ROOT / "qs", *(path for path in code if "tests" not in path.parts)]
        strange = {
            f"{named(place)}: {name}"
            for place in places
            for name in re.findall(r"\bQINGSHAN_[A-Z_]+\b", text(place))
            if name not in known
        }
        assert not strange


class TestTheseTests:
    """What reads prose must not be blind."""

    def test_an_unknown_command_or_part_of_one_is_noticed(self):
        assert known_paths(["fly"], "qingshan fly") == []
        assert known_paths(["audit", "fly"], "qingshan audit fly") == []
        assert known_paths(["calendar"], "qingshan calendar load|fly") == []
        assert known_paths(["audit", "verify"], "qingshan audit verify") == [("audit", "verify")]
        assert len(known_paths(["calendar"], "qingshan calendar load|show")) == 2

    def test_code_is_found_in_blocks_lines_and_prose(self):
        page = "Say `one two`.\n\n    three four\n\n```sh\nfive\n```\n"
        assert set(shown_code(page)) == {"one two", "three four", "five"}

    def test_links_inside_code_are_no_links(self):
        assert list(links("[a](b.md) `[c](d.md)` ![e](f.png)")) == ["b.md", "f.png"]
        assert anchors("# Über `./qs`, 第一 step\n") == {"über-qs-第一-step"}


def shown_code(page):
    """What a page shows as code: its blocks, blocks by indentation, and code in a line."""
    yield from (line.strip() for block in blocks(page) for line in block.splitlines())
    yield from re.findall(r"^ {4}(\S.*)$", page, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", page)


def known_paths(words, line):
    """The commands a line may mean: ``calendar load|show`` are two, ``calendar`` all that begin so."""
    if choice := re.match(r"qingshan ((?:[a-z-]+ ){0,2})((?:[a-z-]+\|)+[a-z-]+)(?: |$)", line):
        meant = [(*choice[1].split(), one) for one in choice[2].split("|")]
        return meant if set(meant) <= set(COMMANDS) else []
    for length in range(len(words), 0, -1):
        if tuple(words[:length]) in COMMANDS:
            return [tuple(words[:length])]
    return [path for path in COMMANDS if path[: len(words)] == tuple(words)]


def options_of(path):
    parser = argparse.ArgumentParser()
    importlib.import_module(COMMANDS[path].module).add_arguments(parser)
    return {
        option for action in parser._actions for option in action.option_strings if option.startswith("--")
    } - {"--help"}


class TestExamples:
    EXAMPLES = [page for page in PAGES if any(blocks(text(page), "python"))]

    @pytest.mark.parametrize("page", EXAMPLES, ids=named)
    def test_examples_with_prompts_run(self, page):
        shown = "\n".join(block for block in blocks(text(page), "python") if ">>>" in block)
        test = doctest.DocTestParser().get_doctest(shown, {}, named(page), str(page), 0)
        result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
        assert result.failed == 0

    @pytest.mark.parametrize("page", EXAMPLES, ids=named)
    def test_examples_without_prompts_are_python(self, page):
        for block in blocks(text(page), "python"):
            if ">>>" not in block:
                ast.parse(block)


class TestFrontPages:
    @pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
    def test_the_first_page_asks_for_two_commands_and_no_more(self, name):
        shown = [
            line for block in blocks(text(ROOT / name), "sh") for line in block.split("\n") if line.strip()
        ]
        assert shown == ["./qs run", "./qs test"]

    def test_the_changelog_has_a_place_for_what_is_not_released(self):
        assert "\n## Unreleased\n" in text(ROOT / "CHANGELOG.md")

    def test_decisions_are_numbered_once_and_listed(self):
        pages = sorted(page for page in (DOCS / "decisions").glob("*.md") if page.name != "README.md")
        assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name) for page in pages)
        assert len({page.name[:4] for page in pages}) == len(pages)
        listed = list(links(said("decisions/README.md")))
        assert listed == [page.name for page in pages]

    @pytest.mark.parametrize(
        "page", [page for page in (DOCS / "decisions").glob("*.md") if page.name != "README.md"], ids=named
    )
    def test_a_decision_tells_context_choice_consequences_and_what_was_refused(self, page):
        assert re.match(f"# {page.name[:4]}:? ", text(page))
        for part in ("Context", "Consequences", "Refused"):
            assert part in text(page)


#: Written in pieces, or this file would be found by its own test.
HOSTS = [
    "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "npm" + "mirror.com",
    "tuna.tsing" + "hua", "mirrors.ali" + "yun", "mirrors.ust" + "c", "mirrors.cloud.ten" + "cent",
    "repo.huawei" + "cloud", "arti" + "factory", "deb.debian" + ".org", "archive.ubuntu" + ".com",
    "crates" + ".io", "proxy.gol" + "ang",
]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.}/])/(?:work|root|home/[a-z]\w*|Users/\w+)/\w")
NOT_OURS = {"__pycache__", "vendor", "node_modules"}


def committed_files():
    """Every file that may be committed; whether git is there must not matter."""
    tops = [ROOT / name for name in ("src", "docs", "tests", "tools", "benchmarks", "requirements", ".ci")]
    yield from (path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".cov"))
    for top in tops:
        for path in top.rglob("*"):
            inside = set(path.parts)
            if (
                path.is_file()
                and not NOT_OURS & inside
                and not any(part.endswith(".egg-info") for part in inside)
            ):
                yield path


def readable(path):
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return ""
    return content.decode("utf-8", errors="replace")


class TestNothingOfOneMachine:
    def test_no_file_names_the_host_of_a_registry(self):
        found = [
            f"{named(path)}: {host}" for path in committed_files() for host in HOSTS if host in readable(path)
        ]
        assert not found

    def test_no_file_names_a_folder_of_one_machine(self):
        found = [
            f"{named(path)}: {match[0]}"
            for path in committed_files()
            if (match := MACHINE.search(readable(path)))
        ]
        assert not found
