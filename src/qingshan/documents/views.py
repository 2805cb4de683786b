"""Pages of documents."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingshan.accounts.public import Forbidden, User
from qingshan.documents import actions, queries
from qingshan.documents.forms import UploadForm, VersionForm, WithdrawForm
from qingshan.documents.media import RefusedFile
from qingshan.documents.models import Document, DocumentVersion
from qingshan.documents.policies import may_change, may_see, require_change
from qingshan.kernel.refs import Ref
from qingshan.pages.public import AlreadySubmitted, new_token, once, page_or_part, refuse_too_big


@require_GET
@login_required
def documents_of(request: HttpRequest, owner: Ref) -> HttpResponse:
    """The documents of a record: a page of its own, or the fragment other pages load."""
    return _listed(request, owner, UploadForm())


@require_POST
@login_required
def upload(request: HttpRequest, owner: Ref) -> HttpResponse:
    """Attach a file."""
    _require(request, owner)
    form = UploadForm(request.POST, request.FILES)
    if not _has_file(request, form):
        return _listed(request, owner, form, status=422)
    given = form.cleaned_data
    try:
        with once(request):
            actions.attach(given.pop("file"), to=owner, by=_person(request), at=now(), **given)
    except AlreadySubmitted:
        pass  # a double click: the document is in the list already
    except RefusedFile as problem:
        form.add_error("file", str(problem))
        return _listed(request, owner, form, status=422)
    return redirect("documents:of", owner)


@require_GET
@login_required
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: its versions, and what may be done with it."""
    return _shown(request, document_id, VersionForm(), WithdrawForm())


@require_POST
@login_required
def new_version(request: HttpRequest, document_id: int) -> HttpResponse:
    """Add a newer file."""
    form, found = VersionForm(request.POST, request.FILES), _found(request, document_id)
    _require(request, found.owner)
    if not _has_file(request, form):
        return _shown(request, document_id, form, WithdrawForm(), status=422)
    given = form.cleaned_data
    try:
        actions.add_version(given["file"], document=found, by=_person(request), at=now(), note=given["note"])
    except RefusedFile as problem:
        form.add_error("file", str(problem))
    except actions.WithdrawnDocument:
        form.add_error(None, _("这一附件已撤回，不能再上传新版本。"))
    if form.errors:
        return _shown(request, document_id, form, WithdrawForm(), status=422)
    return redirect("documents:document", document_id)


@require_POST
@login_required
def withdraw(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take a document back."""
    form, found = WithdrawForm(request.POST), _found(request, document_id)
    _require(request, found.owner)
    if form.is_valid():
        try:
            actions.withdraw(
                document=found, by=_person(request), at=now(), reason=form.cleaned_data["reason"]
            )
        except actions.WithdrawnDocument:
            form.add_error(None, _("这一附件先前已撤回。"))
    if form.errors:
        return _shown(request, document_id, VersionForm(), form, status=422)
    return redirect("documents:of", found.owner)


@require_GET
@login_required
def download(request: HttpRequest, document_id: int, number: int | None = None) -> FileResponse:
    """Hand the file over, never to be shown inside our own pages."""
    try:
        found = queries.open_document(request.user, document_id, number)
    except (Document.DoesNotExist, DocumentVersion.DoesNotExist, Forbidden):
        raise Http404 from None  # what is not theirs to see is not told from what is not there
    version = found.version
    response = FileResponse(
        found.file, as_attachment=True, filename=version.file_name, content_type=version.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _require(request: HttpRequest, owner: Ref) -> None:
    """Refuse who may not change the documents of a record, before anything they sent is looked at."""
    if not may_see(request.user, owner):
        raise Http404
    require_change(request.user, owner)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)  # every view here asks for a log-in


def _found(request: HttpRequest, document_id: int) -> Document:
    try:
        return queries.document_for(request.user, document_id)
    except (Document.DoesNotExist, Forbidden):
        raise Http404 from None


def _has_file(request: HttpRequest, form: Form) -> bool:
    """Whether the form is good; says so in plain words when the file never got here for its size."""
    return not refuse_too_big(request, form) and form.is_valid()


def _listed(request: HttpRequest, owner: Ref, form: Form, *, status: int = 200) -> HttpResponse:
    if not may_see(request.user, owner):
        raise Http404
    context = {
        "owner": owner,
        "documents": queries.documents_for(request.user, owner),
        "may_change": may_change(request.user, owner),
        "form": form,
        "once": new_token(),
    }
    return page_or_part(request, "documents/of", context, status=status)


def _shown(
    request: HttpRequest, document_id: int, version_form: Form, withdraw_form: Form, *, status: int = 200
) -> HttpResponse:
    found = _found(request, document_id)
    context = {
        "document": found,
        "versions": sorted(found.versions.all(), key=lambda version: -version.number),
        "may_change": found.withdrawn_at is None and may_change(request.user, found.owner),
        "version_form": version_form,
        "withdraw_form": withdraw_form,
    }
    return page_or_part(request, "documents/document", context, status=status)
