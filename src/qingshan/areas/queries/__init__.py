"""Every read of the room."""

from qingshan.areas.queries.departments import (
    current_departments,
    department_names,
    department_names_in,
    department_on,
    department_tree,
    departments_in,
    departments_under,
    find_department,
    find_departments,
    lineage_of,
)
from qingshan.areas.queries.districts import (
    district_names,
    district_on,
    district_path,
    district_tree,
    districts_under,
    find_district,
)
from qingshan.areas.queries.posts import holders_of, posts_in, posts_of
from qingshan.areas.queries.trees import Node

__all__ = [
    "Node",
    "current_departments",
    "department_names",
    "department_names_in",
    "department_on",
    "department_tree",
    "departments_in",
    "departments_under",
    "district_names",
    "district_on",
    "district_path",
    "district_tree",
    "districts_under",
    "find_department",
    "find_departments",
    "find_district",
    "holders_of",
    "lineage_of",
    "posts_in",
    "posts_of",
]
