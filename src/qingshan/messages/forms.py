"""What people wish, and what the keeper of messages sets."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.messages.models import Endpoint, Preferences

WEEKDAYS = [
    (1, _("周一")),
    (2, _("周二")),
    (3, _("周三")),
    (4, _("周四")),
    (5, _("周五")),
    (6, _("周六")),
    (7, _("周日")),
]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """How a person wishes to be told."""

    digest_weekday = forms.TypedChoiceField(label=_("每周汇总发送日"), choices=WEEKDAYS, coerce=int)

    class Meta:
        model = Preferences
        fields = [
            "email",
            "webhook",
            "quiet_from",
            "quiet_to",
            "quiet_on_rest_days",
            "digest_at",
            "digest_weekday",
        ]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("quiet_from", "quiet_to", "digest_at")
        }
        help_texts = {
            "quiet_from": _("免打扰时段内邮件和平台消息暂缓，紧急消息除外；站内消息随时可看。"),
            "quiet_to": _("与开始时间相同则不设免打扰。"),
        }


class WordingForm(forms.Form):
    """Subject and body of a template in one language."""

    subject = forms.CharField(label=_("标题"), max_length=300)
    body = forms.CharField(label=_("正文"), widget=forms.Textarea(attrs={"rows": 8}))


class EndpointForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """An address of the message platform; an empty secret keeps the one there is."""

    address = forms.URLField(label=_("网址"), max_length=300, assume_scheme="https")
    secret = forms.CharField(
        label=_("签名密钥"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("留空则保留原有密钥；新建时留空则自动生成并显示一次。"),
    )

    #: The secret made here because none was typed; shown once, then only its signature is seen.
    made_secret = ""

    class Meta:
        model = Endpoint
        fields = ["name", "address", "secret", "enabled"]

    def clean_address(self) -> str:
        """Only http and https lead to a message platform."""
        address: str = self.cleaned_data["address"]
        if not address.startswith(("http://", "https://")):
            raise forms.ValidationError(_("应以 https:// 或 http:// 开头。"))
        return address

    def clean(self) -> dict[str, Any]:
        """Keep or make the secret where none was typed."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("secret"):
            self.made_secret = "" if self.initial.get("secret") else secrets.token_urlsafe(32)
            given["secret"] = self.initial.get("secret") or self.made_secret
        return given
