"""Addresses of this room, under ``/messages/``."""

from django.urls import path

from qingshan.messages.views import inbox, keeping

app_name = "messages"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("<int:notice_id>/", inbox.notice, name="notice"),
    path("<int:notice_id>/sign/", inbox.sign, name="sign"),
    path("preferences/", inbox.preferences, name="preferences"),
    path("sent/", inbox.sent, name="sent"),
    path("sent/<uuid:batch>/", inbox.receipts, name="receipts"),
    path("templates/", keeping.templates, name="templates"),
    path("templates/<str:name>/<str:language>/", keeping.template, name="template"),
    path("channels/", keeping.channels, name="channels"),
    path("channels/new/", keeping.endpoint, name="new_endpoint"),
    path("channels/<int:endpoint_id>/", keeping.endpoint, name="endpoint"),
]
