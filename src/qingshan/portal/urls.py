"""The address list: every room's pages in one place."""

from django.conf import settings
from django.urls import include, path

from qingshan.portal import views
from qingshan.portal.administration import administration
from qingshan.portal.api import api
from qingshan.portal.health import health
from qingshan.portal.search import search

urlpatterns = [
    path("", views.home, name="home"),
    path("api/v1/", api.urls),
    path("health", health, name="health"),
    path("language", views.set_language, name="language"),
    path("search/", search, name="search"),
    path("administration/", administration, name="administration"),
    path("", include("qingshan.pages.urls")),
    path("", include("qingshan.accounts.allauth_urls")),
    path("", include("qingshan.accounts.urls")),
    path("documents/", include("qingshan.documents.urls")),
    path("intake/", include("qingshan.intake.urls")),
    path("tasks/", include("qingshan.tasks.urls")),
    path("papers/", include("qingshan.papers.urls")),
    path("annual/", include("qingshan.annual.urls")),
    path("dispatch/", include("qingshan.dispatch.urls")),
    path("funds/", include("qingshan.funds.urls")),
    path("assessment/", include("qingshan.assessment.urls")),
    path("succession/", include("qingshan.succession.urls")),
    path("levels/", include("qingshan.levels.urls")),
    path("disclosure/", include("qingshan.disclosure.urls")),
    path("", include("qingshan.plans.urls")),
    path("jobs/", include("qingshan.jobs.urls")),
    path("", include("qingshan.workflow.urls")),
    path("messages/", include("qingshan.messages.urls")),
    path("audit/", include("qingshan.portal.auditing.urls")),
]
handler403 = "qingshan.accounts.views.forbidden.forbidden"
if settings.DEBUG:
    urlpatterns.append(path("patterns", views.patterns, name="patterns"))
