"""Addresses of documents. A list belongs to the record named in the address (``ref`` comes from pages)."""

from django.urls import path

from qingshan.documents import views

app_name = "documents"
urlpatterns = [
    path("of/<ref:owner>/", views.documents_of, name="of"),
    path("of/<ref:owner>/upload", views.upload, name="upload"),
    path("<int:document_id>/", views.document, name="document"),
    path("<int:document_id>/file", views.download, name="download"),
    path("<int:document_id>/file/<int:number>", views.download, name="download_version"),
    path("<int:document_id>/version", views.new_version, name="new_version"),
    path("<int:document_id>/withdraw", views.withdraw, name="withdraw"),
]
