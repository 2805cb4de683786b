"""The outer layer of a backup file: a line that says how it is kept, then its bytes, encrypted or not.

Encrypted: the key comes from the password by scrypt; the bytes go in pieces of 1 MiB under AES-256-GCM.
Each piece's nonce counts, and the last one is marked, so that pieces cannot be re-ordered, dropped or
cut off at the end (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The first
line is bound to every piece.
"""

from __future__ import annotations

import io
import json
import os
import struct
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from qingshan.portal.backup.errors import BadBackup, WrongPassword

__all__ = ["is_encrypted", "sealed_reader", "sealed_writer"]

_MAGIC = b"QINGSHAN-BACKUP 1 "
_PIECE = 1024 * 1024
_TAG = 16
_PREFIX = 7
_LINE_AT_MOST = 4096
# RFC 7914, section 2; about 64 MiB and a tenth of a second for one guess.
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}
_SCRYPT_AT_MOST = {"n": 2**20, "r": 16, "p": 8}  # a foreign file must not make us work without end


def sealed_writer(raw: BinaryIO, password: str | None) -> io.BufferedIOBase:
    """Write the first line and return what the rest is to be written to; closing it ends the file.

    ``raw`` itself stays open.
    """
    if password is None:
        raw.write(_line({"cipher": None}))
        return _Plain(raw)
    salt, prefix = os.urandom(16), os.urandom(_PREFIX)
    line = _line(
        {"cipher": "AES-256-GCM", "kdf": "scrypt", **_SCRYPT, "salt": salt.hex(), "nonce": prefix.hex()}
    )
    raw.write(line)
    return _Encrypting(raw, _key(password, salt, _SCRYPT), prefix, line)


def sealed_reader(raw: BinaryIO, password: str | None) -> io.BufferedIOBase:
    """Read the first line and return what the rest is to be read from.

    Raises
    ------
    BadBackup
        Not a backup of ours, or an encrypted one and no password is given.
    """
    line, head = _head(raw)
    if head["cipher"] is None:
        return _Plain(raw)
    if password is None:
        raise WrongPassword("备份已加密；请用 --password-file 给出口令文件。")
    try:
        cost = {name: int(head[name]) for name in _SCRYPT}
        salt, prefix = bytes.fromhex(head["salt"]), bytes.fromhex(head["nonce"])
        known = head["cipher"] == "AES-256-GCM" and head["kdf"] == "scrypt" and len(prefix) == _PREFIX
    except (KeyError, TypeError, ValueError) as problem:
        raise BadBackup("备份文件的首行无法识别。") from problem
    if not known or any(not 0 < cost[name] <= most for name, most in _SCRYPT_AT_MOST.items()):
        raise BadBackup("备份文件的加密方式不受支持。")
    return io.BufferedReader(_Decrypting(raw, _key(password, salt, cost), prefix, line), _PIECE)


def is_encrypted(raw: BinaryIO) -> bool:
    """Whether the file needs a password; reads its first line."""
    return _head(raw)[1]["cipher"] is not None


def _line(head: dict[str, Any]) -> bytes:
    return _MAGIC + json.dumps(head, sort_keys=True).encode("ascii") + b"\n"


def _head(raw: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    line = raw.readline(_LINE_AT_MOST)
    if not line.startswith(_MAGIC) or not line.endswith(b"\n"):
        raise BadBackup("这不是青山的备份文件。")
    try:
        head = json.loads(line[len(_MAGIC) :])
        head["cipher"]
    except (ValueError, KeyError, TypeError) as problem:
        raise BadBackup("备份文件的首行无法识别。") from problem
    return line, head


def _key(password: str, salt: bytes, cost: dict[str, int]) -> AESGCM:
    try:
        return AESGCM(Scrypt(salt=salt, length=32, **cost).derive(password.encode()))
    except ValueError as problem:  # a cost that scrypt does not allow
        raise BadBackup("备份文件的加密方式不受支持。") from problem


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


class _Plain(io.BufferedIOBase):
    """Passes through, and leaves the file beneath open."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._raw.write(data)

    def read(self, size: int | None = -1, /) -> bytes:
        return self._raw.read(-1 if size is None else size)


class _Encrypting(io.BufferedIOBase):
    def __init__(self, raw: BinaryIO, key: AESGCM, prefix: bytes, line: bytes) -> None:
        self._raw, self._key, self._prefix, self._line = raw, key, prefix, line
        self._waiting, self._number = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > _PIECE:  # the last piece, full or not, waits for close
            self._put(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
        super().close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._raw.write(self._key.encrypt(nonce, piece, self._line))
        self._number += 1


class _Decrypting(io.RawIOBase):
    def __init__(self, raw: BinaryIO, key: AESGCM, prefix: bytes, line: bytes) -> None:
        self._raw, self._key, self._prefix, self._line = raw, key, prefix, line
        self._number, self._ended = 0, False
        self._ahead = raw.read(_PIECE + _TAG)
        self._open = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._open and not self._ended:
            self._next()
        given = self._open[: len(buffer)]
        buffer[: len(given)] = given
        self._open = self._open[len(given) :]
        return len(given)

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._raw.read(_PIECE + _TAG)
        self._ended = not self._ahead
        nonce = _nonce(self._prefix, self._number, last=self._ended)
        try:
            self._open = self._key.decrypt(nonce, piece, self._line)
        except (InvalidTag, ValueError) as problem:
            raise WrongPassword("口令不对，或备份文件被改动、截断。") from problem
        self._number += 1
