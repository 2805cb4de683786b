"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {}
