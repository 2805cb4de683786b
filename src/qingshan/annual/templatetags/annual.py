"""Tags of this room's pages."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from qingshan.annual.vocabulary import Stand
from qingshan.pages.templatetags import figures

register = template.Library()


@register.simple_tag
def stand(stands: Mapping[int, Stand | None], row: int) -> SafeString:
    """Print how a department stands to a row, by the row's key."""
    found = stands.get(row)
    return figures.state(found) if found else SafeString("—")
