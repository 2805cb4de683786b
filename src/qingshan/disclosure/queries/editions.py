"""Reading pages and editions: what the public may, and what who prepares and approves may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from qingshan.accounts.public import scope_of
from qingshan.disclosure import policies
from qingshan.disclosure.comparing import Difference, differences
from qingshan.disclosure.content import content_of
from qingshan.disclosure.evaluations import evaluations_of
from qingshan.disclosure.models import Edition, PublicPage
from qingshan.disclosure.states import IN_WORK, SHOWN, EditionState
from qingshan.plans.public import Plan, progress_of, visible_versions

__all__ = [
    "DeskRow",
    "NoSuchEdition",
    "NoSuchPage",
    "OpenPage",
    "current_edition",
    "desk_rows",
    "edition_for",
    "edition_in_work",
    "every_edition",
    "open_page",
    "open_pages",
    "page_for",
    "shown_edition",
    "shown_editions",
    "updates_of",
]


class NoSuchPage(Http404):
    """There is no such page, or it is not open: to the asker that is the same."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("没有这一公开页，或暂未开放。"))


class NoSuchEdition(Http404):
    """There is no such edition, or the asker may not see it."""

    def __init__(self) -> None:
        super().__init__(_("没有这一版，或已撤下。"))


def _pages() -> QuerySet[PublicPage]:
    return PublicPage.objects.select_related("plan__district", "office")


# ---- for everybody


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page the public may open, with what it reads now; None after the newest edition was taken down."""

    page: PublicPage
    edition: Edition | None


def open_pages() -> list[OpenPage]:
    """Return every page that is open and has something to read; two queries in all."""
    pages = {page.pk: page for page in _pages().filter(is_open=True)}
    editions = Edition.objects.filter(page__in=pages, state=EditionState.PUBLISHED)
    return [
        OpenPage(pages[edition.page_id], edition)
        for edition in editions.order_by("page__plan__district__code", "page__plan__code")
    ]


def open_page(code: str) -> OpenPage:
    """Return the page of a plan as everybody may open it.

    Raises
    ------
    NoSuchPage
        None, or switched off.
    """
    page = _pages().filter(plan__code=code, is_open=True).first()
    if page is None:
        raise NoSuchPage(code)
    return OpenPage(page, current_edition(page))


def current_edition(page: PublicPage) -> Edition | None:
    """Return the edition the public reads now."""
    return Edition.objects.filter(page=page, state=EditionState.PUBLISHED).first()


def shown_editions(page: PublicPage) -> list[Edition]:
    """Return every edition that ever was published, newest first; of one taken down only that it was."""
    found = Edition.objects.filter(page=page, number__isnull=False).order_by("-number")
    return list(found.defer("content", "choice"))


def shown_edition(page: PublicPage, number: int) -> Edition:
    """Return one edition that the public may read.

    Raises
    ------
    NoSuchEdition
        There is none, or it was taken down.
    """
    found = Edition.objects.filter(page=page, number=number, state__in=SHOWN).first()
    if found is None:
        raise NoSuchEdition
    return found


# ---- for who prepares and approves


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A plan at the desk: its page and editions, where it has them.

    ``works``: the reader prepares or approves its page; to others ``in_work`` is not told.
    """

    version: Any
    works: bool
    page: PublicPage | None
    current: Edition | None
    in_work: Edition | None


def desk_rows(*, user: Any, on: date) -> list[DeskRow]:
    """Return the plans somebody sees, with how far each is public; four queries in all."""
    scopes = [scope_of(user, capability=policies.CAPABILITIES[verb]) for verb in ("prepare", "approve")]
    plans = list(visible_versions(user=user, on=on))
    pages = {page.plan_id: page for page in _pages().filter(plan__in=[one.subject_id for one in plans])}
    wanted = Edition.objects.filter(page__in=pages.values(), state__in=(EditionState.PUBLISHED, *IN_WORK))
    current: dict[int, Edition] = {}
    in_work: dict[int, Edition] = {}
    for edition in wanted.defer("content"):
        (current if edition.phase is EditionState.PUBLISHED else in_work)[edition.page_id] = edition
    rows = []
    for version in plans:
        works = any(scope.covers(version.subject.district_id) for scope in scopes)
        page = pages.get(version.subject_id)
        key = page.pk if page else 0
        rows.append(DeskRow(version, works, page, current.get(key), in_work.get(key) if works else None))
    return rows


def page_for(*, user: Any, plan: Plan) -> PublicPage | None:
    """Return the page of a plan for who prepares or approves it; None where none was set up.

    Raises
    ------
    Forbidden
        They do neither.
    """
    page = _pages().filter(plan=plan).first()
    probe = page or PublicPage(plan=plan)
    if not policies.may(user, "prepare", probe):
        policies.require(user, "approve", probe)
    return page


def edition_for(*, user: Any, pk: int) -> Edition:
    """Return any edition, also one not published, for who prepares or approves it.

    Raises
    ------
    NoSuchEdition
    """
    found = (
        Edition.objects.select_related(
            "page__plan__district", "page__office", "prepared_by", "submitted_by", "approved_by"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not any(policies.may(user, verb, found.page) for verb in ("prepare", "approve")):
        raise NoSuchEdition
    return found


def every_edition(page: PublicPage) -> list[Edition]:
    """Return all editions of a page, newest first, also those never published; without their content."""
    found = Edition.objects.filter(page=page).select_related("prepared_by", "approved_by")
    return list(found.defer("content", "choice"))


def edition_in_work(page: PublicPage) -> Edition | None:
    """Return the edition that is still to be decided."""
    return Edition.objects.filter(page=page, state__in=IN_WORK).first()


def updates_of(edition: Edition, on: date) -> list[Difference]:
    """Return what the ledger tells otherwise on a day than an edition does, with the same choice."""
    plan = edition.page.plan
    now = content_of(progress_of(plan=plan, on=on), edition.chosen, evaluations_of(plan, on))
    return differences(edition.content or {"parts": []}, now)
