"""Who serves where today, read once for all reminders of one look."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from compounds.organisation.models import Level, Post, PostKind
from compounds.organisation.policies import BRANCH

# Whose task a unit's matters are: the same posts as ``consultation.policies.OWNING``, by level.
_ACTING = {
    Level.GENERAL_BRANCH: {PostKind.GENERAL_SECRETARY, PostKind.COMMUNITY_WORKER, PostKind.GRID_WORKER},
    Level.BRANCH: BRANCH,
    Level.BUILDING: {PostKind.BUILDING_STEWARD},
    Level.NEIGHBOUR_GROUP: {PostKind.NEIGHBOUR_LEAD},
}


class Roster:
    """The posts in force on one day. One query."""

    def __init__(self, on: date) -> None:
        self._posts = list(
            Post.objects.serving(on).order_by().values_list("person", "kind", "unit", "unit__level", "unit__parent")
        )
        self._by_unit: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        for person, kind, unit, level, _parent in self._posts:
            self._by_unit[unit].append((person, kind, level))

    def holding(self, kinds: Iterable[str]) -> list[int]:
        """The people who hold one of these posts."""
        wanted = set(kinds)
        return _once(person for person, kind, *_unit in self._posts if kind in wanted)

    def branch(self) -> list[int]:
        return self.holding(BRANCH)

    def secretary(self) -> list[int]:
        return self.holding({PostKind.BRANCH_SECRETARY})

    def acting_for(self, unit: int | None) -> list[int]:
        """Who must act for a unit; the branch where nobody serves there."""
        rows = self._by_unit.get(unit, []) if unit else []
        found = _once(person for person, kind, level in rows if kind in _ACTING[Level(level)])
        return found or self.branch()

    def has_somebody(self, unit: int | None) -> bool:
        """Whether somebody must act for this very unit."""
        return any(kind in _ACTING[Level(level)] for _person, kind, level in self._by_unit.get(unit or 0, []))


def _once(people: Iterator[int]) -> list[int]:
    return list(dict.fromkeys(people))
