"""Addresses of the audit's pages."""

from django.urls import path

from qingshan.portal.auditing import views

app_name = "audit"
urlpatterns = [
    path("", views.records, name="records"),
    path("of/<ref:subject>/", views.trail, name="trail"),
    path("verification", views.verification, name="verification"),
]
