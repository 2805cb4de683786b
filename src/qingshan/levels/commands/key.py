"""Show this installation's public key, and the fingerprint that is read out over the telephone."""

from __future__ import annotations

import argparse

from qingshan.audit import public as audit
from qingshan.levels.fingerprints import fingerprint_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes none."""


def run(args: argparse.Namespace) -> int:
    """Print key and fingerprint."""
    using = audit.signer()
    print(f"公钥：{using.public_key.hex()}")
    print(f"密钥编号：{using.key_id}")
    print(f"指纹：{fingerprint_of(using.public_key)}")
    return 0
