"""Check data files: shape, overlapping or missing days, values nobody has confirmed. 检查标准数据文件。"""

from __future__ import annotations

import argparse
from pathlib import Path

from qingshan.standards.public import check, check_files, shipped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="*", type=Path, help="files to check; the shipped ones when none is given"
    )
    parser.add_argument(
        "--with-shipped", action="store_true", help="check the files together with the shipped ones"
    )


def run(args: argparse.Namespace) -> int:
    """Print every finding; exit 1 when one is an error."""
    read, damaged = check_files(args.files)
    editions = (*read, *(shipped() if args.with_shipped or not args.files else ()))
    findings = (*damaged, *check(editions))
    for finding in findings:
        print(f"{'错误' if finding.is_error else '提示'}\t{finding.edition}\t{finding.text}")
    errors = sum(finding.is_error for finding in findings)
    cells = sum(len(edition.cells) for edition in editions)
    print(f"{len(editions)} 个版本，{cells} 个值，{errors} 处错误，{len(findings) - errors} 条提示")
    return 1 if errors else 0
