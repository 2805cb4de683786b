"""The address list: every room's pages in one place."""

from django.conf import settings
from django.urls import include, path

from qingshan.portal import views
from qingshan.portal.health import health

urlpatterns = [
    path("", views.home, name="home"),
    path("health", health, name="health"),
    path("language", views.set_language, name="language"),
    path("", include("qingshan.pages.urls")),
    path("", include("qingshan.accounts.allauth_urls")),
    path("", include("qingshan.accounts.urls")),
    path("documents/", include("qingshan.documents.urls")),
]
handler403 = "qingshan.accounts.views.forbidden.forbidden"
if settings.DEBUG:
    urlpatterns.append(path("patterns", views.patterns, name="patterns"))
