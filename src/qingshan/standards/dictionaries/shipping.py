"""Every code list that the package answers from: the files, and the tax tables out of the standards."""

from __future__ import annotations

from functools import cache

from qingshan.standards.dictionaries.entries import Codebook
from qingshan.standards.dictionaries.loader import shipped_codebooks
from qingshan.standards.dictionaries.tax import tax_codebooks

__all__ = ["all_codebooks"]


@cache
def all_codebooks() -> tuple[Codebook, ...]:
    """Return the shipped code lists and those made of shipped standards.

    Examples
    --------
    >>> sorted({book.kind.value for book in all_codebooks()})[:3]
    ['division', 'eia_class', 'field_code']
    """
    return (*shipped_codebooks(), *tax_codebooks())
