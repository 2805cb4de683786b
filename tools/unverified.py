"""Write docs/unverified.md: every value of the shipped standards that nobody has confirmed.

python tools/unverified.py            writes the page
python tools/unverified.py --check    exit 1 when the page is not what the data files say
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only tools/ would be known

from tools.markdown import code, table  # noqa: E402

from qingshan.standards.public import Cell, Edition, Verified, shipped  # noqa: E402

PAGE = ROOT / "docs" / "unverified.md"


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    only_compare = parser.parse_args().check
    wanted = unverified_page()
    if PAGE.is_file() and PAGE.read_text("utf-8") == wanted:
        return 0
    if only_compare:
        print("docs/unverified.md: not what the data says: run python tools/unverified.py", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, "utf-8")
    return 0


def unverified_page() -> str:
    """Return docs/unverified.md, editions in the order of the loader."""
    doubtful = {edition.code: (edition, list(_doubtful(edition))) for edition in shipped()}
    kept = [(edition, cells) for edition, cells in doubtful.values() if cells]
    return "\n".join(
        [
            "# 未核实的值 · Unverified values\n",
            "Written from the data files of `standards` by `python tools/unverified.py`; a test holds both "
            "together. A verdict that would rest on one of these values is refused unless its caller says "
            "`allow_unverified=True` (`--allow-unverified` of a command), and then the verdict names them. "
            "Air and surface water were built before this rule: they judge, and name them.\n",
            f"{sum(len(cells) for _, cells in kept)} values of {len(kept)} editions, out of "
            f"{sum(len(edition.cells) for edition in shipped())} of {len(shipped())}.\n",
            *(part for edition, cells in kept for part in _section(edition, cells)),
        ]
    )


def _doubtful(edition: Edition) -> Iterator[Cell]:
    return (cell for cell in edition.cells if cell.verified is Verified.UNVERIFIED)


def _section(edition: Edition, cells: list[Cell]) -> Iterator[str]:
    yield f"## {edition.code} {edition.title}\n"
    yield f"{edition.how_verified.strip()}\n"
    yield table(("value", "is", "clause", "why"), (_row(cell) for cell in cells))


def _row(cell: Cell) -> tuple[str, str, str, str]:
    value = "—" if cell.value is None else str(cell.value)
    return code(cell.label), f"{value} {cell.unit}".strip(), cell.clause, cell.note


if __name__ == "__main__":
    sys.exit(main())
