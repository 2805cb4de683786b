"""Addresses of assessment."""

from django.urls import path

from qingshan.assessment.views import appeals, entering, making, reading, schemes, steps

app_name = "assessment"
urlpatterns = [
    path("", reading.listed, name="list"),
    path("new", making.new, name="new"),
    path("schemes/", schemes.listed, name="schemes"),
    path("schemes/new", schemes.new, name="new_scheme"),
    path("schemes/<str:code>/", schemes.scheme, name="scheme"),
    path("tables/<str:plan_code>/", reading.completion, name="completion"),
    path("<int:pk>/", reading.evaluation, name="evaluation"),
    path("<int:pk>/points", reading.points, name="points"),
    path("<int:pk>/trail", reading.trail, name="trail"),
    path("<int:pk>/sheet.xlsx", reading.workbook, name="workbook"),
    path("<int:pk>/do/<str:move>", steps.step, name="step"),
    path("<int:pk>/report", steps.report, name="report"),
    path("<int:pk>/evaluators", making.evaluators, name="evaluators"),
    path("<int:pk>/evaluators/<int:evaluator_pk>/release", making.release, name="release"),
    path("<int:pk>/zones", making.zones, name="zones"),
    path("<int:pk>/rows/<str:kind>/<str:code>/", entering.row, name="row"),
    path("<int:pk>/conclusion", entering.conclusion, name="conclusion"),
    path("<int:pk>/facts/new", entering.fact, name="fact"),
    path("<int:pk>/facts/<int:fact_pk>/withdraw", entering.withdraw, name="withdraw_fact"),
    path("<int:pk>/recommendations/new", entering.recommend, name="recommend"),
    path("<int:pk>/recommendations/<int:recommendation_pk>/pass-on", entering.pass_on, name="pass_on"),
    path("<int:pk>/appeals/new", appeals.make, name="make_appeal"),
    path("<int:pk>/appeals/<int:appeal_pk>/", appeals.appeal, name="appeal"),
]
