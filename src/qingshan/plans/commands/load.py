"""Load printed plans into the ledger: again and again without harm, all of a plan or nothing."""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from qingshan.areas.public import AreaRefusal
from qingshan.plans.actions import supply_text
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.loading import Loaded, load_catalogue, load_pack
from qingshan.plans.models import PlanSource
from qingshan.plans.packs import CATALOGUE_FILE, PACK_FOLDERS, PackError, read_catalogue, read_pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--pack", action="append", choices=sorted(PACK_FOLDERS), help="only this plan (may be repeated)"
    )
    parser.add_argument(
        "--texts",
        type=Path,
        help="folder of the plans' texts; those whose digest fits are kept with the plan",
    )


def run(args: argparse.Namespace) -> int:
    """Load, and say what was done; 1 when a pack or a text was refused."""
    at = timezone.now()
    try:
        for code in args.pack or sorted(PACK_FOLDERS):
            print(told(code, load(PACK_FOLDERS[code], at=at)))
        if args.texts:
            print(f"存入原文 {supply_texts(args.texts, at=at)} 篇。")
    except (PackError, LedgerRefusal, AreaRefusal, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


@transaction.atomic
def load(folder: Path, *, at: datetime) -> Loaded:
    """Load one pack, after the catalogue it leans on."""
    catalogue = load_catalogue(read_catalogue(CATALOGUE_FILE), at=at)
    return load_pack(read_pack(folder), catalogue=catalogue, at=at)


def told(code: str, done: Loaded) -> str:
    """Return what loading did, for the terminal."""
    return (
        f"{code} {done.plan.code}：新录入 {done.entered} 条，更新 {done.revised} 条，"
        f"未变 {done.unchanged} 条，人工改过而保留 {done.kept} 条。"
    )


def supply_texts(folder: Path, *, at: datetime) -> int:
    """Keep the source texts found in a folder, by digest; files that belong to no plan are passed over."""
    waiting = {source.sha256: source for source in PlanSource.objects.filter(text="").select_related("plan")}
    kept = 0
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        source = waiting.get(hashlib.sha256(data).hexdigest())
        if source is not None:
            supply_text(source=source, data=data, by=None, at=at)
            kept += 1
    return kept
