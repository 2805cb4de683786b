"""Addresses of this room's own pages. What django-allauth asks for by name is in ``allauth_urls``."""

from django.urls import path

from qingshan.accounts.views import administration, departments, districts, own

app_name = "accounts"

urlpatterns = [
    path("account/", own.profile, name="profile"),
    path("account/password/", own.password, name="password"),
    path("account/sessions/", own.own_sessions, name="sessions"),
    path("account/sessions/<int:session_id>/end/", own.end_session, name="end_own_session"),
    path("account/tokens/", own.own_tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", own.revoke_token, name="revoke_own_token"),
    path("account/held/", own.held_form, name="held"),
    path("administration/roles/", administration.role_list, name="roles"),
    path("administration/users/", administration.user_list, name="users"),
    path("administration/users/new/", administration.new_user, name="new_user"),
    path("administration/users/<int:user_id>/", administration.user, name="user"),
    path("administration/users/<int:user_id>/edit/", administration.revise_user, name="revise_user"),
    path(
        "administration/users/<int:user_id>/password/", administration.reset_password, name="reset_password"
    ),
    path("administration/users/<int:user_id>/close/", administration.close_user, name="close_user"),
    path("administration/users/<int:user_id>/lock/", administration.lock_user, name="lock_user"),
    path("administration/users/<int:user_id>/grant/", administration.grant_role, name="grant"),
    path(
        "administration/users/<int:user_id>/grants/<int:grant_id>/end/",
        administration.end_grant,
        name="end_grant",
    ),
    path(
        "administration/users/<int:user_id>/sessions/<int:session_id>/end/",
        administration.end_session,
        name="end_session",
    ),
    path(
        "administration/users/<int:user_id>/tokens/<int:token_id>/revoke/",
        administration.revoke_token,
        name="revoke_token",
    ),
    path("administration/districts/", districts.district_list, name="districts"),
    path("administration/districts/new/", districts.new_district, name="new_district"),
    path("administration/districts/<int:district_id>/", districts.district, name="district"),
    path(
        "administration/districts/<int:district_id>/edit/", districts.revise_district, name="revise_district"
    ),
    path("administration/districts/<int:district_id>/end/", districts.end_district, name="end_district"),
    path("administration/departments/", departments.department_list, name="departments"),
    path("administration/departments/new/", departments.new_department, name="new_department"),
    path("administration/departments/<int:department_id>/", departments.department, name="department"),
    path(
        "administration/departments/<int:department_id>/edit/",
        departments.revise_department,
        name="revise_department",
    ),
    path(
        "administration/departments/<int:department_id>/merge/",
        departments.merge_department,
        name="merge_department",
    ),
    path(
        "administration/departments/<int:department_id>/split/",
        departments.split_department,
        name="split_department",
    ),
    path(
        "administration/departments/<int:department_id>/dissolve/",
        departments.dissolve_department,
        name="dissolve_department",
    ),
    path("administration/departments/<int:department_id>/posts/new/", departments.new_post, name="new_post"),
    path("administration/posts/<int:post_id>/edit/", departments.revise_post, name="revise_post"),
    path("administration/posts/<int:post_id>/appoint/", departments.appoint, name="appoint"),
    path("administration/holdings/<int:holding_id>/leave/", departments.leave, name="leave"),
]
