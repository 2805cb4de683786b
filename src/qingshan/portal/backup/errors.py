"""What can go wrong, in words for whoever stands at the terminal."""

from __future__ import annotations

__all__ = ["AlreadyRunning", "BadBackup", "CannotRestore", "DamagedDatabase", "WrongPassword"]


class AlreadyRunning(RuntimeError):
    """Another backup is being made in the same folder."""


class BadBackup(ValueError):
    """The file is no backup, is cut short, or its contents do not have the hashes written in it."""


class WrongPassword(BadBackup):
    """The password does not open the file, or the file was changed after it was encrypted."""


class DamagedDatabase(RuntimeError):
    """The database itself is damaged; a backup of it would only carry the damage on."""


class CannotRestore(RuntimeError):
    """The backup is good, but not for this installation; nothing was touched."""
