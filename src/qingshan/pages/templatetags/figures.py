"""The tags that print figures, counts and states. Pages print numbers through these only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingshan.kernel.figure import Figure
from qingshan.pages.badges import badge_of

register = template.Library()


@register.simple_tag
def figure(shown: Figure | None) -> SafeString:
    """Print a figure: value, unit, mark when simulated, and where it came from behind it."""
    if shown is None:
        return format_html('<span class="figure missing">{}</span>', "—")
    if shown.is_missing:
        why = shown.missing or _("没有数据")
        return format_html(
            '<span class="figure missing" title="{}">—<span class="visually-hidden">{}</span></span>',
            why,
            why,
        )
    body = format_html(
        '{}<span class="value">{}</span>{}',
        format_html(
            '<span class="simulated-mark" title="{}">{}</span>', _("模拟数据，不属于任何真实地区"), _("模拟")
        )
        if shown.simulated
        else "",
        shown.printed,
        format_html('<span class="unit">{}</span>', shown.unit) if shown.unit else "",
    )
    title = provenance(shown)
    kind = "figure words" if shown.value is None else "figure"
    if shown.origin:
        return format_html('<a class="{}" href="{}" title="{}">{}</a>', kind, shown.origin, title, body)
    return format_html('<span class="{}" title="{}">{}</span>', kind, title, body)


def provenance(shown: Figure) -> str:
    """Say in one line what a figure is as of, and where it comes from."""
    parts = [_("截至 %(day)s") % {"day": shown.as_of} if shown.as_of else "", shown.source]
    return _("；").join(part for part in parts if part)


@register.simple_tag
def count(number: int, unit: str = "") -> SafeString:
    """Print a count of things with its unit, which is given plain: ``{% count 12 "项" %}``."""
    return format_html(
        '<span class="count"><span class="value">{}</span>{}</span>',
        f"{int(number):,}",
        format_html('<span class="unit">{}</span>', ngettext(unit, unit, int(number))) if unit else "",
    )


@register.simple_tag
def state(shown: Any, note: str = "") -> SafeString:
    """Print a state as a badge with word and sign."""
    if shown in (None, ""):
        return SafeString("")
    badge = badge_of(shown)
    return format_html(
        '<span class="badge tone-{}"{}><span class="sign" aria-hidden="true">{}</span>{}</span>',
        badge.tone,
        format_html(' title="{}"', note) if note else "",
        badge.sign,
        badge.label,
    )


@register.simple_tag
def day(shown: date | None, missing: str = "") -> SafeString:
    """Print a day as a machine-readable date (``2025-06-30``)."""
    if shown is None:
        return format_html('<span class="missing" title="{}">—</span>', missing or _("未填"))
    return format_html('<time datetime="{}">{}</time>', shown.isoformat(), shown.isoformat())


@register.simple_tag
def share(part: int, whole: int, label: str = "") -> SafeString:
    """Print a bar for ``part`` of ``whole`` things, with both numbers in words."""
    percent = 100 * part // whole if whole else 0
    words = _("%(part)s / %(whole)s") % {"part": f"{part:,}", "whole": f"{whole:,}"}
    return format_html(
        '<span class="share"><meter min="0" max="{}" value="{}" aria-label="{}">{}%</meter>'
        '<span class="value">{}</span></span>',
        whole or 1,
        part,
        f"{label} {words}".strip(),
        percent,
        words,
    )


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """Return the query string of this page with some parameters changed (None drops one)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
