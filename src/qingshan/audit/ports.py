"""Digest and signature behind two small ports, so that commercial cryptography (商密) can take their place.

The digest is named in every record and head: a chain may change from SHA-256 to SM3 on any day
and stays verifiable from its first record. A signature is made by the class named in the setting
``QINGSHAN_AUDIT_SIGNER``; one that speaks to a signing machine (签名验签服务器) has the five
members of `SignaturePort` and nothing else.

What is signed begins with what it is: a head with ``{``, a package for another installation with its own
first line. A signature of the one is therefore never one of the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.module_loading import import_string

__all__ = [
    "DIGESTS",
    "Ed25519Signer",
    "SignaturePort",
    "UnknownDigest",
    "digest",
    "key_id_of",
    "signer",
]

DigestPort = Callable[[], hashes.HashAlgorithm]
DIGESTS: dict[str, DigestPort] = {"sha256": hashes.SHA256, "sm3": hashes.SM3}


class UnknownDigest(ValueError):
    """A record or a setting names a digest that this release does not have."""


class SignaturePort(Protocol):
    """What signs the daily heads and packages for other levels, and tells whether a signature is good."""

    @property
    def key_id(self) -> str:
        """Name of the key that signs now."""

    @property
    def public_key(self) -> bytes:
        """The public half of the key that signs now, as others register it."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature of these bytes under the present key."""

    def is_good(self, data: bytes, signature: bytes, key_id: str) -> bool:
        """Tell whether a trusted key of this name made this signature of these bytes."""

    def is_by(self, data: bytes, signature: bytes, public_key: bytes) -> bool:
        """Tell whether this public key, which the caller trusts, made this signature of these bytes."""


def digest(name: str, data: bytes) -> str:
    """Return the digest of bytes in hexadecimal.

    Raises
    ------
    UnknownDigest
        No digest of that name.

    Source
    ------
    FIPS 180-4 (SHA-256); GB/T 32905-2016 (SM3).
    """
    try:
        context = hashes.Hash(DIGESTS[name]())
    except KeyError:
        raise UnknownDigest(f"digest {name!r} is not known; known are {', '.join(DIGESTS)}") from None
    context.update(data)
    return context.finalize().hex()


def signer() -> SignaturePort:
    """Return the signer the installation has chosen."""
    made: SignaturePort = import_string(settings.AUDIT_SIGNER)(Path(settings.AUDIT_KEYS))
    return made


class Ed25519Signer:
    """Signs with a key in a file that only this user may read; trusts the ``.pub`` files beside it.

    Parameters
    ----------
    folder : Path
        Holds ``signing.key`` and one ``<key id>.pub`` for each key ever used. The folder is not
        the one of the heads: who can re-write heads must not be able to add a key to trust.

    Source
    ------
    RFC 8032 (Ed25519).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def key_id(self) -> str:
        return key_id_of(self.public_key)

    @property
    def public_key(self) -> bytes:
        return self._private().public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self._private().sign(data)

    def is_good(self, data: bytes, signature: bytes, key_id: str) -> bool:
        path = self._folder / f"{Path(key_id).name}.pub"
        if not path.is_file():
            return False
        public = bytes.fromhex(path.read_text(encoding="ascii"))
        return key_id_of(public) == key_id and self.is_by(data, signature, public)

    def is_by(self, data: bytes, signature: bytes, public_key: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
        except (InvalidSignature, ValueError):  # ValueError: no key of this kind
            return False
        return True

    def _private(self) -> Ed25519PrivateKey:
        path = self._folder / "signing.key"
        if not path.exists():
            self._make(path)
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii")))

    def _make(self, path: Path) -> None:
        """Make the key pair, whole or not at all: two processes may get here at once."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = Ed25519PrivateKey.generate()
        draft = path.with_name(f"signing.{os.getpid()}.draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(key.private_bytes_raw().hex())
        try:
            os.link(draft, path)  # fails where another process was first; its key then counts
        except FileExistsError:
            return
        finally:
            draft.unlink()
        raw = key.public_key().public_bytes_raw()
        (self._folder / f"{key_id_of(raw)}.pub").write_text(raw.hex(), encoding="ascii")


def key_id_of(public_key: bytes) -> str:
    """Return the name of a key: the first sixteen digits of the SHA-256 of its public half."""
    return digest("sha256", public_key)[:16]
