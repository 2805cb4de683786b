"""Addresses of papers."""

from django.urls import path

from qingshan.papers.views import drafting, organs, picking, reading, receiving, steps

app_name = "papers"
urlpatterns = [
    path("", reading.desk, name="desk"),
    path("all/", reading.listed, name="list"),
    path("issued/", reading.issued, name="issued"),
    path("received/", reading.received, name="received"),
    path("new", drafting.new, name="new"),
    path("figures", picking.pick, name="pick"),
    path("organs/", organs.listed, name="organs"),
    path("organs/register", organs.register, name="register_organ"),
    path("<int:pk>/", reading.paper, name="paper"),
    path("<int:pk>/texts", reading.texts, name="texts"),
    path("<int:pk>/file/<str:ending>", reading.file, name="file"),
    path("<int:pk>/edit", drafting.edit, name="edit"),
    path("<int:pk>/pick", picking.pick_for, name="pick_for"),
    path("<int:pk>/parties", drafting.parties, name="parties"),
    path("<int:pk>/figures", drafting.figures, name="figures"),
    path("<int:pk>/do/<str:move>", steps.step, name="step"),
    path("<int:pk>/opinions/<int:opinion>", receiving.opinion, name="opinion"),
    path("<int:pk>/parties/<int:party>/receive", receiving.receive, name="receive"),
    path("<int:pk>/instruct", receiving.instruct, name="instruct"),
]
