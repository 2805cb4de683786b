"""Find Chinese words in the code that nobody can read in English: strings outside gettext.

    python tools/unmarked.py          exit 1, naming each file and line

Not looked at: docstrings and comments, tests and migrations, patterns given to ``re``, and what
``unmarked.yaml`` lets stand, each with its reason. An entry there that lets nothing stand any more fails
too, so the list cannot outlive its reasons.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "qingshan"
ALLOWED = Path(__file__).with_suffix(".yaml")
CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Names under which the rooms import gettext, and what takes a pattern.
MARKED = frozenset({"_", "_l", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy",
                    "pgettext", "pgettext_lazy", "npgettext"})  # fmt: skip
PATTERNS = frozenset({"compile", "fullmatch", "match", "search", "split", "sub", "findall", "finditer"})

Documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def main() -> int:
    """Name every string that is neither marked nor let stand, and every permission without use."""
    allowed: dict[str, str] = yaml.safe_load(ALLOWED.read_text("utf-8"))
    problems, used = [], set()
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        found = list(unmarked(path.read_text("utf-8")))
        permission = next((pattern for pattern in allowed if covers(pattern, name)), None)
        if permission is None:
            problems += [
                f"src/qingshan/{name}:{line}: not marked for translation: {words!r}" for line, words in found
            ]
        elif found:
            used.add(permission)
    problems += [f"tools/unmarked.yaml: lets nothing stand any more: {one}" for one in allowed.keys() - used]
    print("\n".join(sorted(problems)), end="\n" if problems else "")
    return 1 if problems else 0


def modules() -> Iterator[Path]:
    """Yield the modules whose words somebody may be shown."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts):
            yield path


def covers(pattern: str, name: str) -> bool:
    """Whether a permission is for a module: its name, or the folder it lies in.

    >>> covers("reading/", "reading/tables/columns.py"), covers("areas/names.py", "areas/names.py")
    (True, True)
    >>> covers("*/commands/", "plans/commands/load.py"), covers("reading/", "plans/reading.py")
    (True, False)
    """
    if pattern.startswith("*/"):
        name = name.partition("/")[2]
        pattern = pattern.removeprefix("*/")
    return name.startswith(pattern) if pattern.endswith("/") else name == pattern


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each Chinese string that is no docstring, no pattern and not marked.

    >>> list(unmarked('x = _("完成")'))
    []
    >>> list(unmarked('x = f"{n} 天"'))
    [(1, ' 天')]
    """
    tree = ast.parse(source)
    passed = set(_passed(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in passed:
            continue
        if CHINESE.search(node.value):
            yield node.lineno, node.value


def _passed(tree: ast.AST) -> Iterator[int]:
    """Identities of the strings that need no mark."""
    for node in ast.walk(tree):
        if isinstance(node, Documented) and node.body and isinstance(node.body[0], ast.Expr):
            yield id(node.body[0].value)
        elif isinstance(node, ast.Call) and _name(node.func) in MARKED | PATTERNS:
            yield from (id(part) for part in ast.walk(node) if isinstance(part, ast.Constant))


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


if __name__ == "__main__":
    sys.exit(main())
