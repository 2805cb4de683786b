"""Which installations are believed; and our own key, to be read out to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.areas.public import find_district
from qingshan.audit import public as audit
from qingshan.levels import actions
from qingshan.levels.errors import BadPartner
from qingshan.levels.fingerprints import fingerprint_of
from qingshan.levels.forms import PartnerForm
from qingshan.levels.models import Partner
from qingshan.levels.states import PARTNER_FLOW
from qingshan.levels.views.frame import REFUSALS, tabs
from qingshan.pages.public import ReasonForm, answer_form, page_or_part


@needs("levels.trust")
def partners(request: HttpRequest) -> HttpResponse:
    """Show who is believed, and our own key with its fingerprint."""
    using = audit.signer()
    rows = [
        (one, fingerprint_of(bytes.fromhex(one.public_key)))
        for one in Partner.objects.select_related("district", "registered_by", "revoked_by")
    ]
    context = {
        "tabs": tabs(request), "rows": rows, "public_key": using.public_key.hex(), "key_id": using.key_id,
        "fingerprint": fingerprint_of(using.public_key),
    }  # fmt: skip
    return page_or_part(request, "levels/partners", context)


@needs("levels.trust")
def new(request: HttpRequest) -> HttpResponse:
    """Register another installation by its key and what it read out."""
    form = PartnerForm(request.POST or None)

    def act(data: Mapping[str, Any]) -> Partner:
        district = find_district(data["district_code"].strip())
        if district is None:
            raise BadPartner(_("没有代码为“%s”的辖区。") % data["district_code"])
        return actions.register_partner(
            name=data["name"], district=district, public_key=data["public_key"],
            fingerprint=data["fingerprint"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="levels/form", refusals=REFUSALS, said=_("已登记互信装置。"),
        context={
            "trusting": True, "title": _("登记互信装置"), "cancel": reverse("levels:partners"),
            "submit": _("核对并登记"),
        },
        done=reverse("levels:partners"),
    )  # fmt: skip


@needs("levels.trust")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Believe an installation no longer."""
    partner = Partner.objects.filter(pk=pk).first()
    if partner is None or (request.method != "POST" and not PARTNER_FLOW.allows(partner.state, "revoke")):
        raise Http404
    form = ReasonForm(request.POST or None)
    return answer_form(
        request, form,
        lambda data: actions.revoke_partner(
            partner=partner, reason=data["note"], by=request.user, at=timezone.now()
        ),
        template="levels/form", refusals=REFUSALS, said=_("已撤销互信；此前收到的内容仍在。"),
        context={
            "trusting": True, "title": PARTNER_FLOW.label("revoke"), "subtitle": str(partner),
            "cancel": reverse("levels:partners"), "submit": PARTNER_FLOW.label("revoke"),
        },
        done=reverse("levels:partners"),
    )  # fmt: skip
