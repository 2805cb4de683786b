"""Plan packs: what printed plans say, as data, and the one way to read it (规划数据包).

Callers may read a pack with ``read_pack`` and the catalogue with ``read_catalogue``; they get frozen
shapes or a ``PackError`` that names file, item, field, value found and value allowed. Nothing
here knows a framework, a database or the clock.
"""

from pathlib import Path

from qingshan.plans.packs.fields import PackError
from qingshan.plans.packs.reader import read_catalogue, read_pack
from qingshan.plans.packs.shapes import Pack

__all__ = ["CATALOGUE_FILE", "PACK_FOLDERS", "Pack", "PackError", "read_catalogue", "read_pack"]

_HERE = Path(__file__).parent

PACK_FOLDERS = {
    "000": _HERE / "000-taishan",
    "001": _HERE / "001-jiangmen",
    "002": _HERE / "002-yangjiang-hightech",
    "004": _HERE / "004-lianzhou",
}
"""Seed number to the folder of its pack."""

CATALOGUE_FILE = _HERE.parent / "catalogue" / "indicators.yaml"
