"""Forms about oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.passwords import CLASSES, FORMER, LENGTH

MONTH = timedelta(days=30)


class LogInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("口令"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, prefix_ids: bool = False, **kwargs: Any) -> None:
        # In a dialog the form shares the page with others: its ids must differ, its names must not.
        kwargs["auto_id"] = "login_%s" if prefix_ids else "id_%s"
        super().__init__(*args, **kwargs)


class PasswordForm(forms.Form):
    """The old password once, the new one twice."""

    old = forms.CharField(
        label=_("现口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新口令"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再次输入新口令"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = _(
            "至少 %(length)s 位，大写字母、小写字母、数字、其他字符中至少 %(classes)s 类；"
            "不含用户名和电话，不与最近 %(former)s 次相同。"
        ) % {"length": LENGTH, "classes": CLASSES, "former": FORMER}

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("现口令不正确。"))
        return old

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新口令不一致。"))
        return again


class ProfileForm(forms.Form):
    """What people may change about themselves."""

    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮件"), required=False)
    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES)


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=_("用途"), max_length=60, help_text=_("例如“县水利局报表同步”；便于日后辨认。")
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        choices=[(30, _("30 天")), (90, _("90 天")), (180, _("180 天")), (365, _("一年"))],
        initial=90,
    )
    may_write = forms.BooleanField(
        label=_("允许填报数值和进展"), required=False, help_text=_("不勾选则只能读取。")
    )
