"""Addresses of reporting between levels."""

from django.urls import path

from qingshan.levels.views import calling, carrying, making, reading, trusting

app_name = "levels"
urlpatterns = [
    path("", reading.outgoing, name="list"),
    path("incoming/", reading.incoming, name="incoming"),
    path("new", making.new, name="new"),
    path("receive", carrying.receive, name="receive"),
    path("calls/", calling.calls, name="calls"),
    path("calls/new", calling.new, name="new_call"),
    path("calls/<int:pk>/", calling.call, name="call"),
    path("calls/<int:pk>/urge", calling.urge, name="urge"),
    path("calls/<int:pk>/close", calling.close, name="close_call"),
    path("partners/", trusting.partners, name="partners"),
    path("partners/new", trusting.new, name="new_partner"),
    path("partners/<int:pk>/revoke", trusting.revoke, name="revoke"),
    path("<int:pk>/", reading.submission, name="submission"),
    path("<int:pk>/edit", making.edit, name="edit"),
    path("<int:pk>/export", carrying.export, name="export"),
    path("<int:pk>/do/<str:move>", making.step, name="step"),
]
