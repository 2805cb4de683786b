"""Addresses of tasks."""

from django.urls import path

from qingshan.tasks.views import making, pressing, reading, steps

app_name = "tasks"
urlpatterns = [
    path("", reading.inbox, name="inbox"),
    path("all/", reading.listed, name="list"),
    path("new", making.new, name="new"),
    path("<str:code>/", reading.task, name="task"),
    path("<str:code>/revise", making.revise, name="revise"),
    path("<str:code>/parties", making.parties, name="parties"),
    path("<str:code>/split", making.split, name="split"),
    path("<str:code>/report", steps.report, name="report"),
    path("<str:code>/do/<str:move>", steps.step, name="step"),
    path("<str:code>/press", pressing.press, name="press"),
    path("<str:code>/slip", pressing.slip, name="slip"),
    path("<str:code>/delegate", pressing.delegate, name="delegate"),
    path("<str:code>/supervision/<int:pk>/answer", pressing.answer, name="answer"),
    path("<str:code>/supervision/<int:pk>/lift", pressing.lift, name="lift"),
]
