"""Addresses of levels."""

from django.urls import URLPattern

app_name = "levels"
urlpatterns: list[URLPattern] = []
