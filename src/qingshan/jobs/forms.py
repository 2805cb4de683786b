"""The form that changes when a schedule comes due."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WhenForm(forms.Form):
    """A rule of time."""

    when = forms.CharField(
        label=_("时间规则"),
        max_length=80,
        help_text=_(
            "每隔一段时间：every 30s、every 5m、every 2h；或五段 cron（分 时 日 月 星期，北京时间），"
            "如 30 7 * * 1-5 为周一至周五 07:30。"
        ),
    )
