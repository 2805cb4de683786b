"""Run the benchmarks: ``./qs bench`` all of them, ``./qs bench air_quality`` one.

A benchmark is a module of this package with ``run() -> int``; its docstring says what is measured and the
mark, its output prints the ratio and the figures it came from. The machine is printed once, above.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Sequence

import benchmarks


def main(wanted: Sequence[str]) -> int:
    """Run the named benchmarks, or all; return 1 when one failed to run."""
    known = sorted(
        one.name for one in pkgutil.iter_modules(benchmarks.__path__) if not one.name.startswith("_")
    )
    if unknown := set(wanted) - set(known):
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
        return 2
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}"
    )
    failed = 0
    for name in wanted or known:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        failed += bool(module.run())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
