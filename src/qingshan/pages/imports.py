"""A workbook is tried before it is carried out (试算): every wrong cell first, then all rows or none.

A file that was found good is kept for who sent it, so that it need not be chosen twice; it is tried again
when it is carried out, since the records may have moved on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.pages.kept import Upload, drop_upload, keep_upload, kept_upload
from qingshan.pages.once import AlreadySubmitted, new_token, once
from qingshan.pages.responses import page_or_part
from qingshan.pages.uploads import refuse_too_big
from qingshan.pages.workbooks.reading import UnreadableTable

__all__ = ["WorkbookForm", "WorkbookImport"]

_NOTHING_WRITTEN = gettext_lazy("没有写入任何内容。%s")


class WorkbookForm(forms.Form):
    """A workbook to import; or, once it was tried, the key under which it is kept."""

    file = forms.FileField(
        label=gettext_lazy("工作簿"),
        required=False,
        help_text=gettext_lazy("先下载模板，按列填写；.xlsx 或 .csv，20 MB 以内。"),
    )
    kept = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a file, unless one is kept."""
        found = super().clean() or {}
        if not found.get("file") and not found.get("kept") and "file" not in self.errors:
            self.add_error("file", _("请选择文件。"))
        return found


class Tried(Protocol):
    """What a dry run found. Its page also asks for ``name`` and ``count``."""

    @property
    def errors(self) -> Sequence[Any]:
        """Every wrong cell (`Problem`); with one of them nothing is carried out."""


Found = TypeVar("Found", bound=Tried)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookImport(Generic[Found]):
    """How a room takes a workbook in; its page extends ``pages/_import.html``.

    Parameters
    ----------
    purpose : str
        What a file is kept for between trying and carrying out: the room, the record, the kind of table.
    check : callable
        Tries an upload; writes nothing.
    carry_out : callable
        Writes all rows of what was found, or none.
    said : callable
        What the next page says of what was carried out.
    refusals : tuple of exception types
        Errors of the two that are told at the file.
    refused : str
        How a refusal to carry out is told; ``%s`` stands for its own words.
    """

    purpose: str
    check: Callable[[Upload], Found]
    carry_out: Callable[[Found], object]
    said: Callable[[Found], str]
    refusals: tuple[type[Exception], ...]
    refused: str | Promise = _NOTHING_WRITTEN
    form: type[WorkbookForm] = WorkbookForm

    def answer(
        self, request: HttpRequest, template: str, *, context: Mapping[str, Any], done: str
    ) -> HttpResponse:
        """Show the form, or what the sent file would do, or carry it out and go to ``done``.

        422 where the file cannot be read, a cell is wrong, or carrying out was refused.
        """
        form = self.form(request.POST or None, request.FILES or None)
        shown = {**context, "form": form, "once": new_token()}
        if request.method != "POST":
            return page_or_part(request, template, shown)
        sent = self._sent(request, form)
        found = None if sent is None else self._tried(form, sent)
        if sent is None or found is None:
            return page_or_part(request, template, shown, status=422)
        if found.errors or request.POST.get("carry_out") != "1":
            shown |= {"found": found, "kept": self._kept(request, sent, found)}
            return page_or_part(request, template, shown, status=422 if found.errors else 200)
        if not self._carried_out(request, form, found):
            return page_or_part(request, template, shown, status=422)
        return redirect(done)

    def _sent(self, request: HttpRequest, form: WorkbookForm) -> Upload | None:
        """The file that was sent with the form, or the one that was tried before."""
        if refuse_too_big(request, form) or not form.is_valid():
            return None
        if file := form.cleaned_data["file"]:
            return Upload(file.name, file.read())
        key = form.cleaned_data["kept"]
        kept = kept_upload(owner=request.user, purpose=self.purpose, key=key, at=timezone.now())
        if kept is None:
            form.add_error("file", _("试算过的文件已过期或已导入，没有写入；请重新选择文件。"))
        return kept

    def _tried(self, form: WorkbookForm, sent: Upload) -> Found | None:
        told: tuple[type[Exception], ...] = (UnreadableTable, *self.refusals)
        try:
            return self.check(sent)
        except told as refused:
            form.add_error("file", str(refused))
            return None

    def _kept(self, request: HttpRequest, sent: Upload, found: Found) -> str:
        """Keep a file that was found good; a bad one has to be mended and chosen again."""
        if found.errors:
            drop_upload(owner=request.user, purpose=self.purpose)
            return ""
        return keep_upload(
            owner=request.user, purpose=self.purpose, name=sent.name, content=sent.file.read(),
            at=timezone.now(),
        )  # fmt: skip

    def _carried_out(self, request: HttpRequest, form: WorkbookForm, found: Found) -> bool:
        try:
            with once(request):
                self.carry_out(found)
        except AlreadySubmitted:
            messages.info(request, _("这份文件已经导入过，没有重复导入。"))
        except self.refusals as refused:  # what only the records can tell, e.g. that somebody was faster
            form.add_error("file", str(self.refused) % refused)
            return False
        else:
            messages.success(request, self.said(found))
        drop_upload(owner=request.user, purpose=self.purpose)
        return True
