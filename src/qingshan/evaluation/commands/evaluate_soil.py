"""Evaluate a table of soil samples: farmland or construction land. 评价土壤监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet; items are recognised by their names or symbols. The profile says
what its rows are: soil-farmland, soil-construction, or the path of a YAML file of the same shape. Bad input
is reported by row and field. Exit status 0 when it was evaluated, 1 when the input had problems and
--strict was given, 2 when it could not be read or every verdict was refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from qingshan.evaluation.commands._rows import Maker, add_row_arguments, run_rows
from qingshan.evaluation.row_profiles import BadProfile, RowProfile
from qingshan.evaluation.row_tables import Settings
from qingshan.evaluation.soil import ConstructionSoil, FarmlandSoil, item_columns
from qingshan.evaluation.tables import columns_of

_KINDS: Mapping[str, Maker] = {"farmland": FarmlandSoil, "construction": ConstructionSoil}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_row_arguments(parser, "soil")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    return run_rows(args, "soil", _KINDS, Settings(args.on, args.allow_unverified), _items)


def _items(profile: RowProfile, path: Path) -> Mapping[str, str]:
    found = item_columns(columns_of(path), profile.kind, profile.editions)
    if not found:
        raise BadProfile(f"{path.name}: no column is an item of {profile.kind}")
    return found
