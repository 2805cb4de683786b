"""Which installations are believed: registered with the key they read out, and taken off with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import District
from qingshan.audit import public as audit
from qingshan.levels import policies
from qingshan.levels.errors import BadPartner, MissingReason, StaleSubmission
from qingshan.levels.fingerprints import fingerprint_of, same_fingerprint
from qingshan.levels.models import Partner
from qingshan.levels.states import PARTNER_FLOW

__all__ = ["register_partner", "revoke_partner"]

_KEY_AT_MOST = 200


@transaction.atomic
def register_partner(
    *, name: str, district: District, public_key: str, fingerprint: str, by: Any, at: datetime
) -> Partner:
    """Believe packages that are signed by a key (登记互信装置).

    Parameters
    ----------
    district : District
        What the other installation speaks for: its submissions are of this district or of one below it, its
        receipts are of this district.
    public_key : str
        In hexadecimal, as the other installation shows it.
    fingerprint : str
        The digits that the other side read out over the telephone: a key that was swapped on its way does
        not have them.

    Raises
    ------
    BadPartner
        No key, a key whose fingerprint is another, our own key, or one that is registered.
    """
    policies.require_trust(by, name)
    raw = _raw(public_key)
    if not name.strip():
        raise BadPartner(_("请填写对方装置的名称。"))
    if not same_fingerprint(fingerprint, raw):
        raise BadPartner(
            _("指纹与公钥不符。请向对方电话核对：对方念出的应是 %s；不一致时说明公钥在途中被换过，切勿登记。")
            % fingerprint_of(raw)
        )
    if raw == audit.signer().public_key:
        raise BadPartner(_("这是本系统自己的公钥；请登记对方的公钥。"))
    try:
        with transaction.atomic():
            partner = Partner.objects.create(
                name=name.strip(), district=district, public_key=raw.hex(), key_id=audit.key_id_of(raw),
                registered_by=by, registered_at=at, last_sequence=_last_taken(raw),
            )  # fmt: skip
    except IntegrityError:
        raise BadPartner(_("这把公钥已经登记过。")) from None
    detail = {"name": partner.name, "district": district.code, "key": partner.key_id}
    audit.record("levels.trust", partner.ref, by=by, at=at, detail=detail)
    return partner


@transaction.atomic
def revoke_partner(*, partner: Partner, reason: str, by: Any, at: datetime) -> Partner:
    """Believe a key no longer (撤销互信); what came by it before stays, with its sender.

    Raises
    ------
    MissingReason
    """
    policies.require_trust(by, partner.name)
    if not reason.strip():
        raise MissingReason
    after = PARTNER_FLOW.after(partner.state, "revoke")
    moved = Partner.objects.filter(pk=partner.pk, state=partner.state).update(
        state=after, revoked_by=by, revoked_at=at, reason=reason
    )
    partner.refresh_from_db()
    if moved != 1:
        raise StaleSubmission(str(partner.phase.label))
    audit.record("levels.revoke", partner.ref, by=by, at=at, detail={"reason": reason})
    return partner


def _raw(public_key: str) -> bytes:
    try:
        raw = bytes.fromhex("".join(public_key.split()))
    except ValueError:
        raw = b""
    if not raw or len(raw) > _KEY_AT_MOST:
        raise BadPartner(_("公钥应是对方“互信装置”页上显示的一串十六进制字符。"))
    return raw


def _last_taken(raw: bytes) -> int:
    """A key that was taken off and registered again does not get to repeat what it sent before."""
    before = Partner.objects.filter(public_key=raw.hex()).order_by("-last_sequence").first()
    return before.last_sequence if before else 0
