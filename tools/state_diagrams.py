"""Write the handbook's state diagrams from the flow tables themselves.

    python tools/state_diagrams.py            writes docs/states.md
    python tools/state_diagrams.py --check    exit 1 when the page is not what the tables say

Every module ``qingshan/<room>/states.py`` is read; every `Flow` bound to a name in it is drawn.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "states.md"
HEAD = """# 状态流转 · Life cycles

Drawn from the `Flow` tables in each room's `states.py` by `python tools/state_diagrams.py`; edit those, not
this page. A test holds the two together. Boxes are states, arrows are moves; nothing else can happen.
"""


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    wanted = page()
    if not parser.parse_args().check:
        PAGE.write_text(wanted, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == wanted:
        return 0
    print(
        "docs/states.md is not what the flow tables say: run python tools/state_diagrams.py", file=sys.stderr
    )
    return 1


def page() -> str:
    """Return the page as the tables say it must be."""
    import_django()
    parts = [HEAD]
    for room in rooms_with_states():
        parts.append(f"## {room}\n")
        for name, states, diagram in flows(room):
            parts.append(f"### {name}\n\n{states}\n\n```mermaid\n{diagram}\n```\n")
    return "\n".join(parts)


def import_django() -> None:
    """Start Django in Chinese, as the labels are written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.portal.settings")
    django = importlib.import_module("django")
    django.setup()
    importlib.import_module("django.utils.translation").activate("zh-hans")


def rooms_with_states() -> list[str]:
    """Return the rooms that have life cycles, by name."""
    return sorted(path.parent.name for path in (ROOT / "src" / "qingshan").glob("*/states.py"))


def flows(room: str) -> Iterator[tuple[str, str, str]]:
    """Yield each flow of a room: its name, the first line of its states' docstring, its diagram."""
    flow_class = importlib.import_module("qingshan.kernel.flow").Flow
    module = importlib.import_module(f"qingshan.{room}.states")
    for name, found in vars(module).items():
        if isinstance(found, flow_class):
            said = (type(found.start).__doc__ or "").strip().splitlines()
            yield name, said[0] if said else "", found.diagram()


if __name__ == "__main__":
    sys.exit(main())
