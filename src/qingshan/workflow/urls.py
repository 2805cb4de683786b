"""Addresses of this room: the calendar, assignments and hand-overs."""

from django.urls import path

from qingshan.workflow.views import assignments, calendar, hand_overs

app_name = "workflow"

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/load/", calendar.load, name="load"),
    path("assignments/", assignments.mine, name="mine"),
    path("assignments/people/<int:user_id>/", assignments.person, name="person"),
    path("assignments/people/<int:user_id>/hand-over", hand_overs.hand_over, name="hand_over"),
    path("assignments/hand-overs/<int:hand_over_id>/", hand_overs.handed_over, name="handed_over"),
    path("assignments/hand-overs/<int:hand_over_id>/undo", hand_overs.undo, name="undo_hand_over"),
    path("assignments/of/<ref:about>/", assignments.record, name="record"),
    path("assignments/of/<ref:about>/new", assignments.assign_record, name="assign"),
    path("assignments/<int:assignment_id>/end", assignments.end, name="end_assignment"),
]
