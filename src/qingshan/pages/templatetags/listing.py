"""The parts of a list that are printed often enough for their cost to count.

Half the time of a list page went into loops of its templates: 25 rows of 7 cells, each with the attributes
that it shares with its column, and a template for every option of every choice. Written in Python they
print the same in a third of the time (``./qs bench list_page``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django import forms, template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import Table
from django_tables2.utils import signature

_Rendering = Callable[..., Any]

register = template.Library()


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """Print the body of a table's page. The attributes of a cell are its column's, the same in all rows."""
    columns = [(column, _start(column), _rendering(column)) for column in table.columns]
    rows = (f"<tr>{''.join(_cells(row, columns))}</tr>" for row in table.paginated_rows)
    return mark_safe("\n".join(rows))  # noqa: S308  made of escaped parts


def _start(column: Any) -> SafeString:
    return format_html('<td {} data-label="{}">', column.attrs["td"].as_html(), column.header)


def _cells(row: Any, columns: Sequence[tuple[Any, SafeString, _Rendering]]) -> Iterator[str]:
    for column, start, rendering in columns:
        # what ``row.get_cell`` does, but for asking each cell anew what its column's method takes
        cell = row._get_and_render_with(column, partial(rendering, row), column.default)
        yield f"{start}{conditional_escape(cell)}</td>"


def _rendering(column: Any) -> _Rendering:
    """Return what renders a column's cells; the arguments its method takes are looked up once."""
    taken, catches_all = signature(column.render)

    def cell(row: Any, bound_column: Any, value: Any = None) -> Any:
        given = row._optional_cell_arguments(bound_column, value)
        content = column.render(**(given if catches_all else {name: given[name] for name in taken}))
        return bound_column.link(content, **given) if bound_column.link else content

    return cell


@register.simple_tag
def filter_field(field: forms.BoundField) -> SafeString:
    """Print the field of a filter; a choice among many without a template for each option."""
    widget = field.field.widget
    if type(widget) is not forms.Select:
        return field.as_widget()
    shown = widget.get_context(
        field.html_name, field.value(), field.build_widget_attrs({"id": field.auto_id})
    )["widget"]
    options = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (option["value"], flatatt(option["attrs"]), option["label"])
            for _group, group, _index in shown["optgroups"]
            for option in group
        ),
    )
    return format_html('<select name="{}"{}>{}</select>', shown["name"], flatatt(shown["attrs"]), options)
