"""How far somebody's rights go, as sets of districts and departments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

#: The filters that leave all and none. An empty `Q` would leave all too, but it vanishes from an "or": what
#: is reached wholly would then be forgotten for what is reached in part.
_ALL, _NONE = ~Q(pk__in=()), Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Part:
    """Some districts, and in them either all departments (None) or only these."""

    district_ids: frozenset[int]
    department_ids: frozenset[int] | None

    def covers(self, district_id: int | None, department_ids: Iterable[int] | None) -> bool:
        """Whether a record lies within. None means the question is not asked."""
        if district_id is not None and district_id not in self.district_ids:
            return False
        if self.department_ids is None or department_ids is None:
            return True
        return not self.department_ids.isdisjoint(department_ids)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a capability reaches (权限范围), over all grants of one person.

    ``rows`` is the way to filter a query; it is right for people who hold one role for a whole district
    and another for one department elsewhere. ``district_ids`` and ``department_ids`` are its summary.

    Examples
    --------
    >>> scope = Scope(False, (Part(frozenset({1, 2}), None), Part(frozenset({7}), frozenset({30}))))
    >>> sorted(scope.district_ids), sorted(scope.whole_district_ids), sorted(scope.department_ids)
    ([1, 2, 7], [1, 2], [30])
    >>> scope.covers(2, {99}), scope.covers(7, {99}), scope.covers(7, {30, 99}), scope.covers(8, {30})
    (True, False, True, False)
    """

    everything: bool
    parts: tuple[Part, ...] = ()

    @property
    def nothing(self) -> bool:
        """Reaches no record at all."""
        return not self.everything and not self.parts

    @property
    def district_ids(self) -> frozenset[int]:
        """Districts in which at least something is reached (empty when everything is)."""
        return frozenset().union(*(part.district_ids for part in self.parts))

    @property
    def whole_district_ids(self) -> frozenset[int]:
        """Districts in which every department is reached."""
        return frozenset().union(*(part.district_ids for part in self.parts if part.department_ids is None))

    @property
    def department_ids(self) -> frozenset[int] | None:
        """None when every department of the districts is reached; else those that are."""
        narrow = [part.department_ids for part in self.parts if part.department_ids is not None]
        return frozenset().union(*narrow) if narrow else None

    def covers(self, district_id: int | None = None, department_ids: Iterable[int] | None = None) -> bool:
        """Whether one record is reached, given its district and its departments (None: not asked)."""
        wanted = None if department_ids is None else frozenset(department_ids)
        return self.everything or any(part.covers(district_id, wanted) for part in self.parts)

    def rows(self, *, district: str, departments: str | None = None) -> Q:
        """Return the filter for the records that are reached; it may be joined to others by "and" and "or".

        Parameters
        ----------
        district : str
            Path to the district, such as ``"plan__district"``.
        departments : str, optional
            Path to the responsible departments, such as ``"departments"``. Over a many-to-many path the
            query needs ``distinct()``, or better this filter inside an ``Exists``. Left out for records
            that belong to a district only, where a grant for one department reaches the district's.
        """
        if self.everything:
            return _ALL
        found = _NONE
        for part in self.parts:
            one = Q(**{f"{district}__in": part.district_ids})
            if departments is not None and part.department_ids is not None:
                one &= Q(**{f"{departments}__in": part.department_ids})
            found |= one
        return found

    def whole_rows(self, *, district: str) -> Q:
        """Return the filter for the records of districts in which every department is reached; see `rows`."""
        return _ALL if self.everything else Q(**{f"{district}__in": self.whole_district_ids})
