"""Reading the whole chain and holding it against what is kept outside the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qingshan.audit import tips
from qingshan.audit.chain import BEGINNING, seal_of
from qingshan.audit.heads import Head, HeadKind, StoredHead, read_heads
from qingshan.audit.models import Record
from qingshan.audit.ports import UnknownDigest, digest, signer
from qingshan.audit.report import Attack, Finding, Report

__all__ = ["FINDINGS_AT_MOST", "verify"]

FINDINGS_AT_MOST = 100
_AT_ONCE = 1000


def verify() -> Report:
    """Tell whether the chain is whole, and if not, what was done to it and where.

    Five attacks are found: a record edited, removed, moved, cut off at the end, and a chain
    re-computed as a whole. The last two need what is kept outside the database, the signed
    heads and the noted tips; the others show in the chain alone.
    """
    outside = _read_outside()  # before the database: what is noted must be there already
    walk = _Walk(dict(outside.anchors))
    found = list(islice(walk.findings(), FINDINGS_AT_MOST))
    return Report(
        records=walk.records,
        unsealed=Record.objects.filter(seq__isnull=True).count(),
        heads=outside.heads,
        tips=outside.tips,
        keys=tuple(sorted(outside.keys)),
        findings=(*outside.findings, *found)[:FINDINGS_AT_MOST],
        notices=tuple(outside.notices),
    )


@dataclass(slots=True)
class _Outside:
    """What is known from outside the database: which number must have which hash."""

    anchors: dict[int, str] = field(default_factory=dict)
    heads: int = 0
    tips: int = 0
    keys: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def _read_outside() -> _Outside:
    folder = Path(settings.AUDIT_HEADS)
    known = _Outside()
    previous: StoredHead | None = None
    for stored in read_heads(folder):
        _take_head(stored, after=previous, known=known)
        previous = stored if stored.head else previous
    for seq, found in tips.noted(folder):
        known.tips += 1
        known.anchors.setdefault(seq, found)
    return known


def _take_head(stored: StoredHead, *, after: StoredHead | None, known: _Outside) -> None:
    head, before = stored.head, after.head if after else None
    if head is None or not stored.is_signed(signer()):
        text = _("日首文件 %(name)s 的签名无效：文件被改动，或不是由受信任的密钥签名") % {
            "name": stored.path.name
        }
        known.findings.append(Finding(Attack.HEADS, None, text))
        return
    expected = 1 if before is None else before.number + 1
    follows = "" if before is None else digest(before.digest, before.signed_bytes)
    if head.number != expected or head.previous != follows:
        text = _("日首文件 %(name)s 与前一日首不相接：第 %(number)d 个日首缺失或被替换")
        text %= {"name": stored.path.name, "number": expected}
        known.findings.append(Finding(Attack.HEADS, head.seq, text))
    if head.kind is HeadKind.RESTORED:
        _take_restore(known, head)
    known.heads += 1
    known.keys.add(head.key_id)
    known.anchors[head.seq] = head.hash


def _take_restore(known: _Outside, head: Head) -> None:
    text = _(
        "%(at)s 从备份恢复：此前已封存的第 %(first)d 至 %(last)d 条记录不在库中，链自第 %(seq)d 条之后续写"
    )
    told = {"at": head.signed_at, "first": head.seq + 1, "last": head.lost_to, "seq": head.seq}
    known.notices.append(text % told)
    known.anchors = {number: found for number, found in known.anchors.items() if number <= head.seq}


@dataclass(slots=True)
class _Walk:
    """One pass over the chain, from its beginning to its end."""

    anchors: dict[int, str]
    records: int = 0
    last_seq: int = 0
    last_hash: str = BEGINNING
    differs_outside: bool = False

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the chain."""
        sealed = Record.objects.filter(seq__isnull=False).order_by("seq").prefetch_related("entries")
        for record in sealed.iterator(chunk_size=_AT_ONCE):
            yield from self._numbered(record)
            yield from self._linked(record)
            yield from self._content(record)
            yield from self._anchored(record)
            self.records += 1
            self.last_seq, self.last_hash = record.seq or 0, record.hash or ""
        if missing := [seq for seq in self.anchors if seq > self.last_seq]:
            text = _("链在第 %(last)d 条结束，而库外记有第 %(noted)d 条：末尾的记录被删除")
            text %= {"last": self.last_seq, "noted": max(missing)}
            yield Finding(Attack.TRUNCATED, self.last_seq + 1, text)

    def _numbered(self, record: Record) -> Iterator[Finding]:
        if record.seq != self.last_seq + 1:
            text = _("第 %(first)d 至 %(last)d 条记录不在库中：被删除")
            text %= {"first": self.last_seq + 1, "last": (record.seq or 0) - 1}
            yield Finding(Attack.REMOVED, self.last_seq + 1, text)

    def _linked(self, record: Record) -> Iterator[Finding]:
        if record.previous == self.last_hash:
            return
        elsewhere = Record.objects.filter(hash=record.previous).values_list("seq", flat=True).first()
        if elsewhere is not None or (record.previous == BEGINNING and record.seq != 1):
            text = _("第 %(seq)d 条记录原先接在第 %(other)d 条之后：次序被调换")
            yield Finding(
                Attack.REORDERED, record.seq, text % {"seq": record.seq or 0, "other": elsewhere or 0}
            )
        elif record.seq == self.last_seq + 1:  # a gap in the numbers has been told already
            text = _("第 %(seq)d 条记录所接的前一条已不在库中：第 %(other)d 条被删除或改动后重算了摘要")
            yield Finding(Attack.REMOVED, record.seq, text % {"seq": record.seq or 0, "other": self.last_seq})

    def _content(self, record: Record) -> Iterator[Finding]:
        entries = sorted(record.entries.all(), key=lambda entry: entry.number)
        try:
            sound = record.sealed_at is not None and record.hash == seal_of(
                record.digest, record.previous, record.sealed_at, entries
            )
        except UnknownDigest:
            sound = False
        if not sound:
            text = _("第 %(seq)d 条记录的内容与其摘要不符：封存之后被改动")
            yield Finding(Attack.EDITED, record.seq, text % {"seq": record.seq or 0})

    def _anchored(self, record: Record) -> Iterator[Finding]:
        noted = self.anchors.get(record.seq or 0)
        if noted is None or noted == record.hash or self.differs_outside:
            return
        self.differs_outside = True  # all that follow differ as well
        text = _("第 %(seq)d 条记录的摘要与库外所记不同：这一条或之前的记录被改动，并重算了整条链")
        yield Finding(Attack.RECOMPUTED, record.seq, text % {"seq": record.seq or 0})
