"""The tag that names an audited action."""

from __future__ import annotations

from django import template

from qingshan.plans.acts import ACTS

register = template.Library()


@register.simple_tag
def act(action: str) -> str:
    """Return what an action is called; its own name where it has no other."""
    return str(ACTS.get(action, action))
