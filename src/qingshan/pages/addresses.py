"""How records of any room are written in an address."""

from __future__ import annotations

from django.urls import register_converter

from qingshan.kernel.refs import Ref

__all__ = ["RefConverter"]


class RefConverter:
    """``room.kind/key`` in an address, as ``<ref:name>``."""

    regex = r"[a-z_]+\.[a-z_]+/[^\s/]{1,64}"

    def to_python(self, value: str) -> Ref:
        """Read it."""
        return Ref.read(value)

    def to_url(self, value: Ref) -> str:
        """Write it."""
        return str(value)


register_converter(RefConverter, "ref")
