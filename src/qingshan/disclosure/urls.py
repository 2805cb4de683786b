"""Addresses of disclosure: those for everybody stay as they are once published."""

from django.urls import path

from qingshan.disclosure.views import answering, asking, desk, editions, opendata, reading, sending, sorting

app_name = "disclosure"
urlpatterns = [
    # for everybody, without a log-in
    path("", reading.overview, name="overview"),
    path("plans/<str:code>/", reading.plan, name="plan"),
    path("plans/<str:code>/editions/", reading.editions, name="editions"),
    path("plans/<str:code>/editions/<int:number>/", reading.edition, name="edition"),
    path("plans/<str:code>/answers/", reading.answers, name="answers"),
    path("plans/<str:code>/data.json", opendata.current_json, name="json"),
    path("plans/<str:code>/<slug:part>.csv", opendata.current_csv, name="csv"),
    path("plans/<str:code>/editions/<int:number>/data.json", opendata.edition_json, name="edition_json"),
    path("plans/<str:code>/editions/<int:number>/<slug:part>.csv", opendata.edition_csv, name="edition_csv"),
    path("plans/<str:code>/feedback", sending.send, name="send"),
    path("received/<str:key>", sending.received, name="received"),
    path("ask", asking.ask, name="ask"),
    # at the desk
    path("desk/", desk.listed, name="list"),
    path("desk/plans/<str:code>/", desk.page, name="page"),
    path("desk/plans/<str:code>/settings", desk.settings, name="settings"),
    path("desk/plans/<str:code>/switch", desk.switch, name="switch"),
    path("desk/plans/<str:code>/prepare", editions.prepare, name="prepare"),
    path("desk/editions/<int:pk>/", editions.preview, name="preview"),
    path("desk/editions/<int:pk>/workbook", editions.workbook, name="workbook"),
    path("desk/editions/<int:pk>/do/<str:move>", editions.step, name="step"),
    path("desk/feedback/", sorting.listed, name="feedback_list"),
    path("desk/feedback/<str:number>/", sorting.feedback, name="feedback"),
    path("desk/feedback/<str:number>/do/<str:move>", sorting.step, name="feedback_step"),
    path("desk/feedback/<str:number>/answer", answering.draft, name="draft"),
    path("desk/feedback/<str:number>/contact", sorting.contact, name="contact"),
]
