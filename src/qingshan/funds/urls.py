"""Addresses of funds. A plan and a project are named by their codes, as in the ledger."""

from django.urls import path

from qingshan.funds.views import bids, imports, money, reserve, warnings

app_name = "funds"
urlpatterns = [
    path("", money.home, name="home"),
    path("reserve/", reserve.reserve, name="reserve"),
    path("reserve/new", reserve.propose, name="propose"),
    path("reserve/<str:code>/", reserve.entry, name="entry"),
    path("reserve/<str:code>/revise", reserve.revise, name="revise"),
    path("reserve/<str:code>/check", reserve.check, name="check"),
    path("reserve/<str:code>/do/<str:move>", reserve.step, name="step"),
    path("bids/", bids.bids, name="bids"),
    path("bids/new", bids.draft, name="draft"),
    path("bids/<str:code>/", bids.bid, name="bid"),
    path("bids/<str:code>/change", bids.change_bid, name="change_bid"),
    path("bids/<str:code>/do/<str:move>", bids.bid_step, name="bid_step"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/press", warnings.press, name="press"),
    path("plans/<slug:code>/", money.summary, name="summary"),
    path("plans/<slug:code>/entries/", money.entries, name="entries"),
    path("plans/<slug:code>/entries/import", imports.import_entries, name="import_entries"),
    path("plans/<slug:code>/entries/template", imports.template, name="template"),
    path("plans/<slug:code>/projects/<str:work_code>/", money.project, name="project"),
    path("plans/<slug:code>/projects/<str:work_code>/enter", money.enter, name="enter"),
    path(
        "plans/<slug:code>/projects/<str:work_code>/entries/<int:key>/reverse",
        money.reverse_entry,
        name="reverse",
    ),
]
