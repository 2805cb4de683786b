"""Addresses of dispatch."""

from django.urls import path

from qingshan.dispatch.views import deciding, making, pressing, reading, reporting, reviewing, sheets

app_name = "dispatch"
urlpatterns = [
    path("", reading.listed, name="list"),
    path("new", making.new, name="new"),
    path("rhythm/<str:code>", making.rhythm, name="rhythm"),
    path("<int:pk>/", reading.one, name="round"),
    path("<int:pk>/compare", reading.compare, name="compare"),
    path("<int:pk>/bulletin", reading.bulletin, name="bulletin"),
    path("<int:pk>/export", sheets.export, name="export"),
    path("<int:pk>/extend", making.extend, name="extend"),
    path("<int:pk>/cancel", making.cancel, name="cancel"),
    path("<int:pk>/close", making.close, name="close"),
    path("<int:pk>/reopen", making.reopen, name="reopen"),
    path("<int:pk>/reminders", pressing.reminders, name="reminders"),
    path("<int:pk>/departments/<int:part>/", reporting.part, name="part"),
    path("<int:pk>/departments/<int:part>/submit", reporting.submit, name="submit"),
    path("<int:pk>/departments/<int:part>/press", pressing.press, name="press"),
    path("<int:pk>/departments/<int:part>/sheet", sheets.template, name="sheet"),
    path("<int:pk>/departments/<int:part>/upload", sheets.upload, name="upload"),
    path("<int:pk>/rows/<int:row>/", reading.row, name="row"),
    path("<int:pk>/rows/<int:row>/report", reporting.report, name="report"),
    path("<int:pk>/rows/<int:row>/accept", reviewing.accept, name="accept"),
    path("<int:pk>/rows/<int:row>/send-back", reviewing.send_back, name="send_back"),
    path("<int:pk>/rows/<int:row>/false", deciding.find_false, name="find_false"),
    path("<int:pk>/findings/<int:finding>/decide", deciding.decide, name="decide"),
    path("<int:pk>/review", reviewing.review, name="review"),
    path("<int:pk>/review/accept-all", reviewing.accept_all, name="accept_all"),
]
