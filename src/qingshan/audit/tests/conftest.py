"""Each test of the audit has notes, heads and keys of its own."""

import pytest


@pytest.fixture(autouse=True)
def outside(tmp_path, settings):
    """The folder outside the database."""
    settings.AUDIT_HEADS = tmp_path / "heads"
    settings.AUDIT_KEYS = tmp_path / "keys"
    return settings.AUDIT_HEADS
