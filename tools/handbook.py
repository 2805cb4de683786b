"""Write the handbook's pages of commands, settings, roles, events and words from the code itself.

    python tools/handbook.py            writes docs/commands.md, settings.md, roles.md, events.md,
                                        glossary.md, the tables of rights.md, the lists of decisions and soak
    python tools/handbook.py --check    exit 1 when one of them is not what the code says

The state diagrams have a tool of their own, ``state_diagrams.py``.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only tools/ would be known

from tools.glossary import glossary_page  # noqa: E402
from tools.markdown import code, table  # noqa: E402
from tools.rights import rights_page  # noqa: E402

DOCS = ROOT / "docs"
WRITTEN = (
    "Written from the code by `python tools/handbook.py`; a test holds the two together. "
    "Edit {}, not this page."
)


def main() -> int:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    only_compare = parser.parse_args().check
    start_django()
    stale = []
    for name, build in PAGES.items():
        path, wanted = DOCS / name, build()
        if path.is_file() and path.read_text("utf-8") == wanted:
            continue
        stale.append(name)
        if not only_compare:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, "utf-8")
    if stale:
        said = "not what the code says: run python tools/handbook.py" if only_compare else "written"
        print(f"docs/{', docs/'.join(stale)}: {said}", file=sys.stderr)
    return int(bool(stale) and only_compare)


def start_django() -> None:
    """Start Django in Chinese, as the labels are written, without touching an installation."""
    os.environ.setdefault("QINGSHAN_HOME", tempfile.mkdtemp(prefix="qingshan-handbook-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.portal.settings")
    importlib.import_module("django").setup()
    importlib.import_module("django.utils.translation").activate("zh-hans")


# ---- commands ------------------------------------------------------------------


def commands_page() -> str:
    """Return docs/commands.md."""
    commands = importlib.import_module("qingshan.cli.table").COMMANDS
    parts = [
        "# 命令 · Commands\n",
        WRITTEN.format("`src/qingshan/cli/table.py` and the command's module") + "\n",
        "A command ends with 0 when it is done, 1 when it refused or failed, 2 when it was called wrongly. "
        "Those marked *alone* need no server parts, only NumPy and PyYAML; workbooks and Parquet files need "
        "`qingshan[columns]`, office documents `qingshan[documents]`. The others need `qingshan[server]`. "
        "`./qs do COMMAND` runs one inside the project's own environment.\n",
        "## The task file\n",
        table(("task", "does"), ((code(task), text) for task, text in tasks())),
        "## All commands\n",
        table(
            ("command", "is for", ""),
            (
                (f"[`qingshan {' '.join(path)}`](#qingshan-{'-'.join(path)})", entry.help, _alone(entry))
                for path, entry in sorted(commands.items())
            ),
        ),
    ]
    parts += [_command(path, entry) for path, entry in sorted(commands.items())]
    return "\n".join(parts)


def tasks() -> Iterator[tuple[str, str]]:
    """Yield each task of ``qs`` as its head tells it: how it is called, and what it does."""
    for line in (ROOT / "qs").read_text("utf-8").splitlines():
        if found := re.match(r"# {3}(\./qs \S+(?: \.\.\.)?)\s{2,}(.+)", line):
            yield found[1], re.sub(r"\s{2,}", " ", found[2])


def _alone(entry: Any) -> str:
    return "" if entry.needs_server else "alone"


def _command(path: tuple[str, ...], entry: Any) -> str:
    module = importlib.import_module(entry.module)
    parser = argparse.ArgumentParser(prog="qingshan " + " ".join(path))
    module.add_arguments(parser)
    rows = [_option(action) for action in parser._actions if action.dest != "help"]
    said = (module.__doc__ or "").strip().replace("``", "`")
    return "\n".join([f"## qingshan {' '.join(path)}\n", said + "\n", table(("argument", "means"), rows)])


def _option(action: argparse.Action) -> tuple[str, str]:
    words = list(action.option_strings) or [str(action.metavar or action.dest).upper()]
    if action.option_strings and action.nargs != 0:
        words[-1] += f" {action.metavar or action.dest.upper()}"
    if action.nargs in ("*", "+"):
        words[-1] += " ..."
    said = (action.help or "") % {"default": action.default, "prog": ""}
    if action.choices:
        said += f" ({', '.join(str(choice) for choice in action.choices)})"
    return ", ".join(code(word) for word in words), said.strip()


# ---- settings ------------------------------------------------------------------

TASK_FILE_VARIABLES = {
    "QINGSHAN_VENV": "环境所在目录，默认为项目下的 .venv",
    "QINGSHAN_PYTHON": "用哪个 Python 建立环境，默认依次寻找 python3、python3.13、python3.12、python3.11",
    "QINGSHAN_WHEELHOUSE": "离线安装：存放 wheel 文件的目录，不访问网络",
}


def settings_page() -> str:
    """Return docs/settings.md."""
    settings = importlib.import_module("qingshan.portal.configuration").SETTINGS
    return "\n".join(
        [
            "# 设置 · Settings\n",
            WRITTEN.format("`src/qingshan/portal/configuration.py`") + "\n",
            "Every setting is an environment variable; in a service, lines of its environment file "
            "(see [deployment](deployment.md)). One left empty has its default.\n",
            table(
                ("设置", "默认", "作用"),
                ((code(one.name), code(one.default), one.purpose) for one in settings),
            ),
            "## For the task file only\n",
            "These three are read by `./qs`, before anything is installed.\n",
            table(("变量", "作用"), ((code(name), text) for name, text in TASK_FILE_VARIABLES.items())),
        ]
    )


# ---- roles ---------------------------------------------------------------------


def roles_page() -> str:
    """Return docs/roles.md."""
    module = importlib.import_module("qingshan.accounts.roles")
    roles, capabilities = module.roles(), module.capabilities()
    return "\n".join(
        [
            "# 角色与权限 · Roles and capabilities\n",
            WRITTEN.format("`src/qingshan/accounts/roles.yaml` and `capabilities.yaml`")
            + " What a grant is, how far a reach goes and what the three administrators may not do is told"
            " in [accounts](accounts.md).\n",
            "## Roles\n",
            table(
                ("role", "角色", "English", "reach", "作用"),
                (
                    (code(role.key), role.label + "（三员）" * role.administrator, role.english,
                     role.reach.value, role.purpose)
                    for role in roles.values()
                ),
            ),
            "## Capabilities, and who holds them\n",
            "`business` marks what touches plans and their evidence; no administrator may hold it.\n",
            table(
                ("capability", "权限", "business", "held by"),
                (
                    (code(one.key), one.label, "yes" if one.business else "",
                     ", ".join(_holders(one.key, roles)) or "nobody")
                    for one in capabilities.values()
                ),
            ),
        ]
    )  # fmt: skip


def _holders(capability: str, roles: Any) -> Iterator[str]:
    for role in roles.values():
        if capability in role.may:
            reach = role.may[capability]
            yield code(role.key) + (f" ({reach.value})" if reach is not role.reach else "")


# ---- events --------------------------------------------------------------------


def events_page() -> str:
    """Return docs/events.md."""
    kinds = importlib.import_module("qingshan.jobs.kinds")
    parts = [
        "# 事件与后台作业 · Events and background work\n",
        WRITTEN.format("the rooms' `events.py` and `background.py`, and `src/qingshan/portal/wiring.py`")
        + "\n",
        "An event is a fact, announced in the transaction that makes it true and delivered by the worker "
        "at least once to each consumer ([background work](jobs.md)).\n",
    ]
    for room, events in rooms_with_events():
        parts.append(f"## {room}\n")
        parts.append(table(("event", "says", "with", "heard by"), (_event(event) for event in events)))
    parts += [
        "## Kinds of jobs\n",
        "*attempts*: how often in all it is tried; *patience*: after so long without a step it counts as "
        "hung.\n",
        table(
            ("kind", "名称", "attempts", "patience"),
            (
                (
                    code(one.name),
                    str(one.title),
                    str(one.attempts),
                    f"{one.patience.total_seconds() / 60:g} min",
                )
                for _, one in sorted(kinds.KINDS.items())
            ),
        ),
        "## Schedules\n",
        "As shipped, in Beijing time; an administrator may pause one or change its time.\n",
        table(
            ("schedule", "名称", "queues", "when"),
            (
                (code(one.name), str(one.title), code(one.kind), code(one.when))
                for _, one in sorted(kinds.SCHEDULES.items())
            ),
        ),
    ]
    return "\n".join(parts)


def rooms_with_events() -> Iterator[tuple[str, list[type]]]:
    """Yield each room that announces something, with its events in the order of its file."""
    for path in sorted((ROOT / "src" / "qingshan").glob("*/events.py")):
        module = importlib.import_module(f"qingshan.{path.parent.name}.events")
        events = [
            found
            for found in vars(module).values()
            if isinstance(found, type)
            and dataclasses.is_dataclass(found)
            and found.__module__ == module.__name__
        ]
        if events:
            yield path.parent.name, events


def _event(event: type) -> tuple[str, str, str, str]:
    wiring = importlib.import_module("qingshan.portal.wiring")
    heard = [code(one.consumer) for one in wiring.SUBSCRIPTIONS if one.event is event]
    fields = ", ".join(code(field.name) for field in dataclasses.fields(event))
    said = " ".join((event.__doc__ or "").split()).replace("``", "`")
    return code(event.__name__), said, fields, ", ".join(heard) or "—"


# ---- lists of pages --------------------------------------------------------------


def decisions_page() -> str:
    """Return docs/decisions/README.md."""
    return "\n".join(
        [
            "# Decisions\n",
            "One page each: context, choice, consequences, alternatives refused. Numbered, never edited "
            "away; a later page may supersede an earlier one. This list is written by "
            "`python tools/handbook.py`.\n",
            table(("page", "decision"), _pages(DOCS / "decisions", "[0-9]*.md")),
        ]
    )


def soak_page() -> str:
    """Return docs/soak/README.md."""
    return "\n".join(
        [
            "# Long proofs\n",
            "What takes too long for every run of the tests is run by `./qs soak` and its dated result is "
            "kept here ([testing](../testing.md)). This list is written by `python tools/handbook.py`.\n",
            table(("page", "proof"), _pages(DOCS / "soak", "[!R]*.md")),
        ]
    )


def _pages(folder: Path, pattern: str) -> Iterable[tuple[str, str]]:
    for path in sorted(folder.glob(pattern)):
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        number, _, words = title.partition(" ")
        yield f"[{path.stem}]({path.name})", words if number.rstrip(":").isdigit() else title


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "roles.md": roles_page,
    "rights.md": rights_page,
    "events.md": events_page,
    "glossary.md": glossary_page,
    "decisions/README.md": decisions_page,
    "soak/README.md": soak_page,
}

if __name__ == "__main__":
    sys.exit(main())
