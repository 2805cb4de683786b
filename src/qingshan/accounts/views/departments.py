"""The administration of departments and posts. This room asks for the right; ``areas`` does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qingshan.accounts.forms.areas import (
    AppointForm,
    DepartmentChangeForm,
    DepartmentForm,
    DissolveForm,
    LeaveForm,
    MergeForm,
    PostForm,
    SplitForm,
)
from qingshan.accounts.policies import needs
from qingshan.accounts.queries.rights import users_in
from qingshan.areas import public as areas
from qingshan.history import public as history
from qingshan.pages.public import Listing, TitleColumn, answer_form, as_of, page_or_part, show_list


class DepartmentFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of departments is narrowed by."""

    q = django_filters.CharFilter(label=_l("名称、称谓"), field_name="lookup", lookup_expr="contains")
    district = django_filters.CharFilter(label=_l("辖区名称或代码"), method="by_district")
    kind = django_filters.ChoiceFilter(label=_l("单位性质"), choices=areas.DepartmentKind.choices)

    def by_district(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return rows.filter(Q(district__name__contains=words) | Q(district__code__startswith=words))


class DepartmentTable(Table):  # type: ignore[misc]
    """The list of departments, as they stood on the as-of date."""

    name = TitleColumn(
        verbose_name=_l("单位"), linkify={"viewname": "accounts:department", "args": [A("subject_id")]}
    )
    short_name = Column(verbose_name=_l("简称"), default="—")
    kind = Column(verbose_name=_l("单位性质"), accessor="get_kind_display", order_by="kind")
    district = Column(verbose_name=_l("辖区"), order_by="district__code")
    parent = Column(verbose_name=_l("上级单位"), default="—")

    class Meta:
        order_by = ("district", "name")


DEPARTMENTS = Listing(
    name="accounts.departments",
    title=_l("单位"),
    table=DepartmentTable,
    filters=DepartmentFilters,
    template="accounts/departments",
    empty=_l("这一天还没有单位。可以新增，或在导入规划时一并登记。"),
)


@needs("areas.manage")
def department_list(request: HttpRequest) -> HttpResponseBase:
    """List the departments that stood on the as-of date."""
    rows = areas.DepartmentVersion.objects.on(as_of(request)).select_related("subject", "district", "parent")
    return show_list(request, DEPARTMENTS, rows)


@needs("areas.manage")
def department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Show one department: names, duties' way, posts and people, history."""
    subject = get_object_or_404(areas.Department.objects.select_related("district"), pk=department_id)
    day = as_of(request)
    lineage = areas.lineage_of({subject.pk}, day) - {subject.pk}
    shown = {
        "subject": subject,
        "held": areas.department_on(subject, day),
        "heirs": areas.current_departments(subject, day),
        "lineage": areas.Department.objects.filter(pk__in=lineage),
        "successions": subject.successions.select_related("later"),
        "predecessions": subject.predecessions.select_related("earlier"),
        "posts": areas.posts_in(subject),
        "people": users_in({subject.pk}),
        "steps": history.steps(subject.versions.select_related("parent", "district", "recorded_by")),
        "today": timezone.localdate(),
    }
    return page_or_part(request, "accounts/department", shown)


@needs("areas.manage")
def new_department(request: HttpRequest) -> HttpResponse:
    """Enter a department."""
    by: Any = request.user
    form = DepartmentForm(
        request.POST or None,
        initial={"valid_from": timezone.localdate(), "district": request.GET.get("district")},
    )
    return answer_form(
        request,
        form,
        lambda given: areas.create_department(**given, by=by, at=timezone.now()),
        template="accounts/department_form",
        context={"title": _("新增单位")},
        done=lambda made: _address(made) if made else reverse("accounts:departments"),
        said=_("单位已登记。"),
    )


@needs("areas.manage")
def revise_department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Change a department from a day on: another name, district or superior."""
    subject = get_object_or_404(areas.Department, pk=department_id)
    newest: Any = subject.versions.order_by("-number").first()
    by: Any = request.user
    words = {name: getattr(newest, name) for name in ("name", "short_name", "kind", "district", "parent")}
    form = DepartmentChangeForm(
        request.POST or None,
        initial={
            **words,
            "aliases": "\n".join(newest.aliases),
            "valid_from": timezone.localdate(),
            "seen_version": newest.number,
        },
    )

    def do(given: Mapping[str, Any]) -> Any:
        return areas.revise_department(
            department=subject,
            changes={name: given[name] for name in (*words, "aliases")},
            valid_from=given["valid_from"],
            by=by,
            at=timezone.now(),
            reason=given["reason"],
            seen=given["seen_version"],
        )

    return answer_form(
        request,
        form,
        do,
        template="accounts/department_form",
        context={"title": _("变更单位"), "subject": subject},
        done=_address(subject),
        said=_("变更已登记，旧名称仍可按日期查到。"),
    )


@needs("areas.manage")
def merge_department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Merge a department into another."""

    def do(subject: areas.Department, given: dict[str, Any]) -> None:
        areas.merge_departments(departments=[subject], **given)

    return _end(request, department_id, MergeForm, do, _("合并单位"))


@needs("areas.manage")
def split_department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Split a department into others."""

    def do(subject: areas.Department, given: dict[str, Any]) -> None:
        areas.split_department(department=subject, **given)

    return _end(request, department_id, SplitForm, do, _("分设单位"))


@needs("areas.manage")
def dissolve_department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Dissolve a department, with or without a successor."""

    def do(subject: areas.Department, given: dict[str, Any]) -> None:
        areas.dissolve_department(department=subject, **given)

    return _end(request, department_id, DissolveForm, do, _("撤销单位"))


@needs("areas.manage")
def new_post(request: HttpRequest, department_id: int) -> HttpResponse:
    """Enter a post."""
    subject = get_object_or_404(areas.Department, pk=department_id)
    by: Any = request.user
    return answer_form(
        request,
        PostForm(request.POST or None),
        lambda given: areas.create_post(department=subject, by=by, at=timezone.now(), **given),
        template="accounts/department_form",
        context={"title": _("新增岗位"), "subject": subject},
        done=_address(subject),
        said=_("岗位已登记。"),
    )


@needs("areas.manage")
def revise_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Change the words of a post."""
    post = get_object_or_404(areas.Post.objects.select_related("department"), pk=post_id)
    by: Any = request.user
    words = {"name": post.name, "duties": post.duties, "leads": post.leads}
    return answer_form(
        request,
        PostForm(request.POST or None, initial=words),
        lambda given: areas.revise_post(post=post, by=by, at=timezone.now(), **given),
        template="accounts/department_form",
        context={"title": _("变更岗位"), "subject": post.department},
        done=_address(post.department),
        said=_("岗位已变更。"),
    )


@needs("areas.manage")
def appoint(request: HttpRequest, post_id: int) -> HttpResponse:
    """Appoint somebody to a post."""
    post = get_object_or_404(areas.Post.objects.select_related("department"), pk=post_id)
    by: Any = request.user
    return answer_form(
        request,
        AppointForm(request.POST or None, initial={"from_on": timezone.localdate()}),
        lambda given: areas.appoint(post=post, by=by, at=timezone.now(), **given),
        template="accounts/department_form",
        context={"title": _("任职：%s") % post.name, "subject": post.department},
        done=_address(post.department),
        said=_("任职已登记。"),
    )


@require_POST
@needs("areas.manage")
def leave(request: HttpRequest, holding_id: int) -> HttpResponse:
    """Let somebody leave a post."""
    holding = get_object_or_404(areas.PostHolding.objects.select_related("post__department"), pk=holding_id)
    by: Any = request.user
    form = LeaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(_address(holding.post.department))
    try:
        areas.leave(holding=holding, on=form.cleaned_data["on"], by=by, at=timezone.now())
    except areas.AreaRefusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("离任已登记。"))
    return redirect(_address(holding.post.department))


def _end(
    request: HttpRequest,
    department_id: int,
    form: type[forms.Form],
    do: Callable[[areas.Department, dict[str, Any]], None],
    title: str,
) -> HttpResponse:
    """Answer one of the three forms that end a department."""
    subject = get_object_or_404(areas.Department, pk=department_id)
    how = {"by": request.user, "at": timezone.now()}
    return answer_form(
        request,
        form(request.POST or None, initial={"on": timezone.localdate()}),
        lambda given: do(subject, {**given, **how}),
        template="accounts/department_form",
        context={"title": title, "subject": subject},
        done=_address(subject),
        said=_("已登记；其职责按日期由承接单位履行，原记录不改。"),
    )


def _address(subject: areas.Department) -> str:
    return reverse("accounts:department", args=[subject.pk])
