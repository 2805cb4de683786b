"""The fingerprint of a public key: digits that two people read to each other over the telephone."""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["fingerprint_of", "same_fingerprint"]

_GROUPS = 6
_BYTES_A_GROUP = 5


def fingerprint_of(public_key: bytes) -> str:
    """Return six groups of five digits of a key's SHA-256.

    Thirty digits are a hundred bits: nobody finds a second key with the same ones. Each group is five bytes
    modulo 100000, as in the safety numbers of messengers.

    Examples
    --------
    >>> fingerprint_of(b"")
    '28312 71035 19033 54212 51492 41426'
    """
    digest = hashlib.sha256(public_key).digest()
    parts = (digest[start : start + _BYTES_A_GROUP] for start in range(0, 30, _BYTES_A_GROUP))
    return " ".join(f"{int.from_bytes(part) % 100_000:05d}" for part in list(parts)[:_GROUPS])


def same_fingerprint(heard: str, public_key: bytes) -> bool:
    """Whether what was heard is a key's fingerprint, however its groups are set apart."""
    digits = "".join(letter for letter in heard if letter.isascii() and letter.isdigit())
    return hmac.compare_digest(digits, fingerprint_of(public_key).replace(" ", ""))
