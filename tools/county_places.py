"""Count the places of the fictional county's two packs anew, after a plan.txt or a title has been changed.

    python tools/county_places.py            writes the files of src/qingshan/simulation/{county,campaign}
    python tools/county_places.py --check    only says whether they agree

A place begins where its anchor stands in the text and ends with the line (a commitment: with its
clause); a heading's extent goes to the next heading of the same or a higher rank.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

SIMULATION = Path(__file__).resolve().parents[1] / "src" / "qingshan" / "simulation"
PACKS = (SIMULATION / "county", SIMULATION / "campaign")
LONGEST = 400  # what a pack allows
_PLACE = re.compile(r"\{start: \d+, end: \d+, anchor: (?P<anchor>\"[^\"]+\"|[^}\"]+)\}")
_SOURCE = re.compile(r"sha256: \w+, characters: \d+")
_EXTENT = re.compile(r"place: \{start: (\d+), end: (\d+), (anchor: [^}]+)\}\n    extent: \[\d+, \d+\]")
_HEADING = re.compile(r"^(?:(第.章 )|(第.节 )|(（.）)|(附[表录] ))", re.MULTILINE)


class NoSuchPlace(LookupError):
    """An anchor stands nowhere in the text, or more than once."""


def counted(name: str, pack: str, text: str) -> str:
    """Return a pack file with every place counted in the text."""
    after = 0

    def place(found: re.Match[str]) -> str:
        nonlocal after
        start = _start(text, found["anchor"].strip('"'), after if name == "measures.yaml" else 0)
        after = start + 1
        end = _end(text, start, r"[；，。]" if name == "commitments.yaml" else r"\n")
        return f"{{start: {start}, end: {end}, anchor: {found['anchor']}}}"

    pack = _PLACE.sub(place, pack)
    if name == "measures.yaml":
        pack = _EXTENT.sub(lambda found: _with_extent(found, text), pack)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return _SOURCE.sub(f"sha256: {digest}, characters: {len(text)}", pack)


def _start(text: str, anchor: str, after: int) -> int:
    """Where the anchor stands; headings repeat (第一节), so measures are looked for in reading order."""
    spaced = re.compile(r"\s*".join(re.escape(sign) for sign in anchor))
    found = [match.start() for match in spaced.finditer(text, after)]
    if not found or (after == 0 and len(found) > 1):
        raise NoSuchPlace(f"“{anchor}” stands {len(found)} times in plan.txt")
    return found[0]


def _end(text: str, start: int, stop: str) -> int:
    found = re.compile(stop).search(text, start)
    return min(found.start() if found else len(text), start + LONGEST)


def _with_extent(found: re.Match[str], text: str) -> str:
    start = int(found[1])
    own = _HEADING.match(text, start)
    rank = own.lastindex if own and own.lastindex else 0
    later = (one for one in _HEADING.finditer(text, start + 1) if (one.lastindex or 0) % 4 <= rank)
    following = next(later, None)
    end = following.start() if following else len(text)
    end = start + len(text[start:end].rstrip())
    place_end = min(end, start + LONGEST)
    return f"place: {{start: {start}, end: {place_end}, {found[3]}}}\n    extent: [{start}, {end}]"


def main() -> int:
    """Count, and write or compare."""
    stale = [path for pack in PACKS for path in _recounted(pack, write="--check" not in sys.argv)]
    if "--check" in sys.argv and stale:
        names = ", ".join(str(path.relative_to(SIMULATION)) for path in stale)
        print(f"places are stale in {names}: run python tools/county_places.py")
        return 1
    return 0


def _recounted(pack: Path, *, write: bool) -> list[Path]:
    """The files of a pack whose places were wrong; written anew where asked."""
    text = (pack / "plan.txt").read_text(encoding="utf-8")
    stale = []
    for path in sorted(pack.glob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        after = counted(path.name, before, text)
        if after != before:
            stale.append(path)
            if write:
                path.write_text(after, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main())
