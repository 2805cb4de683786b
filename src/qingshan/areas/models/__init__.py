"""Tables of the room. The newest words of a record stand beside its versions: lists need no join."""

from qingshan.areas.models.department import Department, DepartmentSuccession, DepartmentVersion
from qingshan.areas.models.district import District, DistrictSuccession, DistrictVersion
from qingshan.areas.models.post import Post, PostHolding
from qingshan.areas.models.succession import Succession

__all__ = [
    "Department",
    "DepartmentSuccession",
    "DepartmentVersion",
    "District",
    "DistrictSuccession",
    "DistrictVersion",
    "Post",
    "PostHolding",
    "Succession",
]
