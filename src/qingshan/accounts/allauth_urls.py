"""Addresses that django-allauth asks for by name. Only these of its pages exist here: no sign-up, no mail."""

from __future__ import annotations

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import index as mfa_index
from allauth.mfa.base.views import reauthenticate as mfa_reauthenticate
from allauth.mfa.recovery_codes.views import download_recovery_codes, view_recovery_codes
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.urls import path

from qingshan.accounts.views.log_in import log_in, log_out
from qingshan.accounts.views.second_factor import EnterCode, GiveUp, NewCodes, SetUp

urlpatterns = [
    path("login/", log_in, name="account_login"),
    path("logout/", log_out, name="account_logout"),
    path("login/code/", EnterCode.as_view(), name="mfa_authenticate"),
    path("login/<slug:provider_id>/", login, name="openid_connect_login"),
    path("login/<slug:provider_id>/back/", callback, name="openid_connect_callback"),
    path("account/again/", reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", mfa_reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", mfa_index, name="mfa_index"),
    path("account/second-factor/set-up/", SetUp.as_view(), name="mfa_activate_totp"),
    path("account/second-factor/give-up/", GiveUp.as_view(), name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/file/", download_recovery_codes, name="mfa_download_recovery_codes"),
]
