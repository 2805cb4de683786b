"""Addresses of saved views."""

from django.urls import path

from qingshan.pages import views

app_name = "pages"
urlpatterns = [
    path("views/save", views.save_view, name="save_view"),
    path("views/<int:view_id>/drop", views.drop_view, name="drop_view"),
]
