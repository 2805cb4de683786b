"""Forms of the administration of users and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.forms.choices import DayField, department_field, district_field
from qingshan.accounts.models import User
from qingshan.accounts.roles import roles


class UserForm(forms.Form):
    """A user's particulars."""

    display_name = forms.CharField(label=_("姓名"), max_length=60)
    department = department_field(label=_("所在单位"), required=False)
    district = district_field(label=_("所在辖区"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮件"), required=False)
    single_sign_on_name = forms.CharField(
        label=_("统一身份"),
        max_length=150,
        required=False,
        help_text=_("统一身份认证平台给出的用户名；留空则只能用口令登录。"),
    )


class NewUserForm(UserForm):
    """A new user: their log-in name comes first, and stays."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("字母、数字和 @ . + - _，可用汉字；定下之后不再改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ["username", *UserForm.base_fields]


class LockForm(forms.Form):
    """Why an account is locked."""

    reason = forms.CharField(label=_("锁定原因"), max_length=200)


class GrantForm(forms.Form):
    """A role, and where it holds."""

    role = forms.ChoiceField(label=_("角色"))
    district = district_field(
        label=_("辖区"), required=False, help_text=_("含其下级；三员不分辖区，请留空。")
    )
    department = department_field(
        label=_("单位"), required=False, help_text=_("只有部门责任人、镇街责任人须指明。")
    )
    from_on = DayField(label=_("生效日期"))
    to_on = DayField(label=_("失效日期"), required=False, help_text=_("这一天起不再有效；留空为长期。"))
    reason = forms.CharField(
        label=_("授权依据"), max_length=200, required=False, help_text=_("如任职文件、岗位调整通知。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["role"]
        choices.choices = [
            ("", "—"),
            *((role.key, f"{role.label}：{role.purpose}") for role in roles().values()),
        ]
