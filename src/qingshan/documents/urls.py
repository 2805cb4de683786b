"""Addresses of documents. A list belongs to the record named in the address."""

from django.urls import path, register_converter

from qingshan.documents import views
from qingshan.kernel.refs import Ref


class RefConverter:
    """``room.kind/key`` in an address."""

    regex = r"[a-z_]+\.[a-z_]+/[^\s/]{1,64}"

    def to_python(self, value: str) -> Ref:
        return Ref.read(value)

    def to_url(self, value: Ref) -> str:
        return str(value)


register_converter(RefConverter, "ref")

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
