"""Addresses of this room, under ``/jobs/``."""

from django.urls import path

from qingshan.jobs.views import jobs, schedules

app_name = "jobs"

urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("<int:job_id>/", jobs.job, name="job"),
    path("<int:job_id>/cancel/", jobs.cancel, name="cancel"),
    path("<int:job_id>/requeue/", jobs.requeue, name="requeue"),
    path("schedules/", schedules.schedules, name="schedules"),
    path("schedules/<int:schedule_id>/", schedules.schedule, name="schedule"),
    path("schedules/<int:schedule_id>/switch/", schedules.switch_schedule, name="switch_schedule"),
    path("schedules/<int:schedule_id>/run/", schedules.run_schedule, name="run_schedule"),
    path("events/", schedules.events, name="events"),
    path("events/<int:delivery_id>/retry/", schedules.retry_delivery, name="retry_delivery"),
]
