"""Lists: filter, sort, page, save a view, export. One description a list, one function that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table

from qingshan.pages import asof
from qingshan.pages.models import SavedView
from qingshan.pages.paging import RowsByKey
from qingshan.pages.responses import page_or_part
from qingshan.pages.workbooks.writing import Sheet, write_workbook

PAGE_SIZES = (25, 50, 100, 200)
EXPORT_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its name for saved views, how it is shown, and by what it is filtered.

    Parameters
    ----------
    name : str
        ``room.list``; saved views are kept under it.
    title : str
        Heading, and name of the exported file.
    template : str
        ``room/page``; the fragment ``room/_page.html`` includes ``pages/_listing.html``.
    empty : str
        What an empty list says: what is missing and what to do next.
    per_page : int
        Rows on a page unless the person chooses otherwise.
    """

    name: str
    title: str | Promise
    table: type[Table]
    filters: type[FilterSet]
    template: str
    empty: str | Promise
    per_page: int = PAGE_SIZES[0]


def show_list(
    request: HttpRequest,
    listing: Listing,
    rows: QuerySet[Any],
    context: Mapping[str, Any] | None = None,
    *,
    present: Callable[[QuerySet[Any]], Any] | None = None,
    dress: Callable[[list[Any]], object] | None = None,
) -> HttpResponseBase:
    """Answer a request for a list: as a page, as a fragment, or as a workbook (``?export=xlsx``).

    Parameters
    ----------
    present : callable, optional
        Makes what the table shows of the filtered rows, where a row is more than a record of the database
        (a verdict for instance). It sees all filtered rows, so it is for lists of hundreds, not of thousands.
    dress : callable, optional
        Puts on the rows of the shown page, and on no others, what their columns need besides the record.
    """
    filters = listing.filters(request.GET, queryset=rows, request=request)
    sifted = filters.qs if present is None else present(filters.qs)
    table = listing.table(RowsByKey(sifted) if RowsByKey.serves(sifted) else sifted)
    RequestConfig(request, paginate={"per_page": _page_size(request, listing)}).configure(table)
    if request.GET.get("export") == "xlsx":
        return _workbook(request, listing, table, dress)
    if dress is not None:
        dress([row.record for row in table.paginated_rows])
    shown = {
        "listing": listing,
        "filters": filters,
        "table": table,
        "page_sizes": PAGE_SIZES,
        "saved_views": saved_views(request, listing),
        "filtered": any(value for name, value in request.GET.items() if name in filters.filters),
        **(context or {}),
    }
    return page_or_part(request, listing.template, shown)


def saved_views(request: HttpRequest, listing: Listing) -> QuerySet[SavedView]:
    """Return the person's own saved views of this list."""
    if not request.user.is_authenticated:
        return SavedView.objects.none()
    return SavedView.objects.filter(owner=request.user, listing=listing.name)


def _page_size(request: HttpRequest, listing: Listing) -> int:
    wanted = request.GET.get("per_page", "")
    return int(wanted) if wanted in {str(size) for size in PAGE_SIZES} else listing.per_page


def _workbook(
    request: HttpRequest, listing: Listing, table: Table, dress: Callable[[list[Any]], object] | None
) -> FileResponse:
    day = asof.as_of(request)
    if dress is not None:
        dress([row.record for row in table.rows])
    sheet = Sheet(str(listing.title), _limited(table.as_values()))
    file = write_workbook([sheet], as_of=day, query=request.GET.urlencode())
    return FileResponse(file, as_attachment=True, filename=f"{listing.title}-{day:%Y%m%d}.xlsx")


def _limited(values: Iterator[list[Any]]) -> Iterator[list[Any]]:
    for number, row in enumerate(values):
        if number > EXPORT_LIMIT:
            return
        yield row
