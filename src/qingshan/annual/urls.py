"""Addresses of annual plans."""

from django.urls import path

from qingshan.annual.views import departments, making, negotiation, papers, reading, steps, tables

app_name = "annual"
urlpatterns = [
    path("", reading.listed, name="list"),
    path("new", making.new, name="new"),
    path("<int:pk>/", reading.annual, name="annual"),
    path("<int:pk>/do/<str:move>", steps.step, name="step"),
    path("<int:pk>/rows/", reading.rows, name="rows"),
    path("<int:pk>/rows/new", making.add_row, name="add_row"),
    path("<int:pk>/rows/<int:number>/", reading.row, name="row"),
    path("<int:pk>/rows/<int:number>/revise", making.revise_row, name="revise_row"),
    path("<int:pk>/rows/<int:number>/accept", negotiation.accept, name="accept"),
    path("<int:pk>/rows/<int:number>/ask", negotiation.ask, name="ask"),
    path("<int:pk>/requests/<int:request_id>/answer", negotiation.answer, name="answer"),
    path("<int:pk>/requests/<int:request_id>/take-back", negotiation.take_back, name="take_back"),
    path("<int:pk>/table", tables.upload, name="table"),
    path("<int:pk>/table.xlsx", tables.workbook, name="workbook"),
    path("<int:pk>/departments/", departments.departments, name="departments"),
    path("<int:pk>/departments/<int:department_id>/", departments.department, name="department"),
    path("<int:pk>/departments/<int:department_id>/accept", negotiation.accept_all, name="accept_all"),
    path("<int:pk>/editions/", reading.editions, name="editions"),
    path("<int:pk>/paper", papers.paper, name="paper"),
]
