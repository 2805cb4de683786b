"""Every write of the room. Callers have checked the right to do it: this room knows no roles."""

from qingshan.areas.actions.departments import (
    create_department,
    ensure_department,
    rename_department,
    revise_department,
)
from qingshan.areas.actions.districts import (
    create_district,
    dissolve_district,
    ensure_district,
    load_divisions,
    merge_districts,
    revise_district,
)
from qingshan.areas.actions.posts import appoint, create_post, leave, revise_post
from qingshan.areas.actions.successions import dissolve_department, merge_departments, split_department

__all__ = [
    "appoint",
    "create_department",
    "create_district",
    "create_post",
    "dissolve_department",
    "dissolve_district",
    "ensure_department",
    "ensure_district",
    "leave",
    "load_divisions",
    "merge_departments",
    "merge_districts",
    "rename_department",
    "revise_department",
    "revise_district",
    "revise_post",
    "split_department",
]
