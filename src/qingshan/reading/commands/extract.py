"""Read a planning document (DOCX, PDF, HTML, TXT) and print what it says, as JSON or as a short list."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from qingshan.reading.public import LARGEST_FILE, Unreadable, as_json, extract, read_document

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare FILE, --format and --text-out."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the plan document")
    parser.add_argument(
        "--format", choices=("json", "text"), default="text", help="json: everything; text: a summary"
    )
    parser.add_argument(
        "--text-out", type=Path, metavar="T", help="write the decoded text here; spans count its characters"
    )


def run(args: argparse.Namespace) -> int:
    """Read the file; 0 done, 1 refused with one sentence on standard error."""
    try:
        if args.file.stat().st_size > LARGEST_FILE:
            raise Unreadable(
                "too_long",
                f"{args.file.stat().st_size // 1024 // 1024} MB",
                f"{LARGEST_FILE // 1024 // 1024} MB",
            )
        document = read_document(args.file.read_bytes())
        found = as_json(extract(document.text))
        if args.text_out:
            args.text_out.write_text(document.text, encoding="utf-8", newline="\n")
    except Unreadable as problem:
        print(f"{args.file.name}：{problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{args.file}：{problem.strerror}", file=sys.stderr)
        return 1
    print(json.dumps(found, ensure_ascii=False, indent=1) if args.format == "json" else _summary(found))
    return 0


_LABELS = {
    "indicators": "指标",
    "projects": "项目",
    "commitments": "承诺",
    "measures": "措施",
    "duties": "职责",
    "zoning": "空间准入规则",
    "missing": "缺失",
    "conflicts": "冲突",
}


def _summary(found: dict[str, Any]) -> str:
    plan = found["plan"]
    period = f"{plan['first_year']}—{plan['last_year']}" if plan["first_year"] else "期限未写明"
    lines = [f"{plan['title'] or '（未写明名称）'}（{period}）"]
    lines += [f"  {label}：{len(found[key])}" for key, label in _LABELS.items()]
    lines += [f"  缺失：{item['what']}" for item in found["missing"]]
    return "\n".join(lines)
