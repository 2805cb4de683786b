"""Notices to people, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Labelled ``notices``, because Django's own messages (the line after a form) hold the other word."""

    name = "qingshan.messages"
    label = "notices"
    verbose_name = _("消息")
