"""The audit.

Callers may `record` what they did, inside the transaction that does it, and read with `trail` and
`entries`. They may not touch the tables, and there is no way to take an entry back.
"""

from qingshan.audit.actions import Actor, OutsideTransaction, record, seal
from qingshan.audit.queries import Asked, actions_known, detail_of, entries, trail

__all__ = [
    "Actor",
    "Asked",
    "OutsideTransaction",
    "actions_known",
    "detail_of",
    "entries",
    "record",
    "seal",
    "trail",
]
