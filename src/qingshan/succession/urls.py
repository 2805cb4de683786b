"""Addresses of succession."""

from django.urls import path

from qingshan.succession.views import (
    carried,
    choosing,
    comparing,
    lessons,
    openings,
    series,
    steps,
)

app_name = "succession"
urlpatterns = [
    path("", openings.listed, name="list"),
    path("open/<str:code>", openings.new, name="new"),
    path("<int:pk>/", openings.opening, name="opening"),
    path("<int:pk>/head", openings.head, name="head"),
    path("<int:pk>/choose/<str:kind>", choosing.choose, name="choose"),
    path("<int:pk>/choice/<int:choice>", choosing.one, name="choice"),
    path("<int:pk>/lessons", lessons.lessons, name="lessons"),
    path("<int:pk>/lessons/take", lessons.take, name="take_lessons"),
    path("<int:pk>/lessons/<int:lesson>/drop", lessons.drop, name="drop_lesson"),
    path("<int:pk>/do/<str:move>", steps.step, name="step"),
    path("plan/<str:code>/", carried.plan, name="plan"),
    path("series/", series.listed, name="all_series"),
    path("series/<str:code>/", series.catalogue, name="series"),
    path("series/<str:code>/changes/new", series.enter_change, name="enter_change"),
    path("series/<str:code>/changes/<int:pk>/withdraw", series.withdraw_change, name="withdraw_change"),
    path("plan/<str:code>/indicators/<str:indicator>/", series.indicator, name="indicator"),
    path("compare/", comparing.compare, name="compare"),
]
