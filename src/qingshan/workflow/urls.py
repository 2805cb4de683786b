"""Addresses of this room, under ``/calendar/``."""

from django.urls import path

from qingshan.workflow import views

app_name = "workflow"

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("load/", views.load, name="load"),
]
