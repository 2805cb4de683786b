"""The ``qingshan`` command. A room's commands are loaded only when they are called.

Each command is one module ``qingshan/<room>/commands/<name>.py`` with

- a docstring whose first line is the help text,
- ``add_arguments(parser)`` and
- ``run(args) -> int``, the exit status.

Commands of the pure rooms therefore run without Django being installed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from qingshan import __version__
from qingshan.cli.table import COMMANDS, Entry

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (0 done, 1 refused or failed, 2 wrong call)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words in (["--version"], ["-V"]):
        print(__version__)
        return 0
    path = _longest_known(words)
    if path is None:
        return _overview(words)
    return _call(path, COMMANDS[path], words[len(path) :])


def _longest_known(words: Sequence[str]) -> tuple[str, ...] | None:
    for length in (3, 2, 1):
        path = tuple(words[:length])
        if len(path) == length and path in COMMANDS:
            return path
    return None


def _call(path: tuple[str, ...], entry: Entry, rest: list[str]) -> int:
    if entry.needs_server:
        problem = _start_django()
        if problem:
            print(problem, file=sys.stderr)
            return 1
    module = importlib.import_module(entry.module)
    parser = argparse.ArgumentParser(prog="qingshan " + " ".join(path), description=module.__doc__)
    if more := [longer for longer in _under(path) if longer != path]:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = f"commands under it:\n{_listed(more)}"
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(rest)))
    except BrokenPipeError:  # the reader of our output went away: not our error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        if entry.needs_server and _is_empty_home():
            print(
                "这里还没有数据库。先运行 qingshan init（空的单位）或 qingshan run（演示）。", file=sys.stderr
            )
            return 1
        raise


def _start_django() -> str | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.portal.settings")
    try:
        django = importlib.import_module("django")
    except ModuleNotFoundError:
        return "This command needs the server parts: pip install 'qingshan[server]'."
    django.setup()
    return None


def _is_empty_home() -> bool:
    """Whether nobody has prepared the database: a command then stumbles over the first table it asks for."""
    connection = importlib.import_module("django.db").connection
    return "django_migrations" not in connection.introspection.table_names()


def _overview(words: Sequence[str]) -> int:
    """List the commands, or those of one group; a word that begins none is a wrong call."""
    asked = not words or words[-1] in ("-h", "--help")
    group = tuple(word for word in words if not word.startswith("-"))
    known = _under(group)
    out = sys.stdout if asked and known else sys.stderr
    if not known:
        print(f"qingshan: no command begins with {' '.join(group)!r}; these there are:\n", file=out)
        group, known = (), _under(())
    usage = " ".join(["qingshan", *group, "COMMAND"])
    print(f"usage: {usage} [...]   ({usage} --help tells more)\n\n{_listed(known)}", file=out)
    return 0 if out is sys.stdout else 2


def _under(group: tuple[str, ...]) -> list[tuple[str, ...]]:
    return sorted(path for path in COMMANDS if path[: len(group)] == group)


def _listed(paths: Sequence[tuple[str, ...]]) -> str:
    width = max(len(" ".join(path)) for path in paths)
    return "\n".join(f"  {' '.join(path):<{width}}  {COMMANDS[path].help}" for path in paths)
