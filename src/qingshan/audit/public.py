"""The audit.

Callers may `record` what they did, inside the transaction that does it, and read with `trail` and
`entries`. They may not touch the tables, and there is no way to take an entry back.
`guards_lifted` and `sign_restored` are for a restore alone. `signer` signs what leaves the house, under the
key that signs the heads; `canonical` is how what is signed is written down. With `namer` a room says what
its records are called where entries are shown.
"""

from qingshan.audit.actions import Actor, OutsideTransaction, record, seal
from qingshan.audit.canonical import canonical
from qingshan.audit.guards import lifted as guards_lifted
from qingshan.audit.heads import Head, sign_head, sign_restored
from qingshan.audit.models import Entry
from qingshan.audit.naming import Called, Namer, namer
from qingshan.audit.ports import SignaturePort, key_id_of, signer
from qingshan.audit.queries import Asked, actions_known, detail_of, entries, trail
from qingshan.audit.report import Attack, Finding, Report
from qingshan.audit.verification import verify

__all__ = [
    "Actor",
    "Asked",
    "Attack",
    "Called",
    "Entry",
    "Finding",
    "Head",
    "Namer",
    "OutsideTransaction",
    "Report",
    "SignaturePort",
    "actions_known",
    "canonical",
    "detail_of",
    "entries",
    "guards_lifted",
    "key_id_of",
    "namer",
    "record",
    "seal",
    "sign_head",
    "sign_restored",
    "signer",
    "trail",
    "verify",
]
