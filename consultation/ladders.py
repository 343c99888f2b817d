"""Whom a late matter reaches, level by level, by kind of owner: data (domain: Owners of work and escalation)."""

from enum import Enum

from compounds.organisation.models import Level
from consultation.models import BodyKind, EscalationLevel, Issue, Openness


class OwnerKind(Enum):
    """Who must act on a matter."""

    LEAD = "lead"
    STEWARD = "steward"
    BRANCH = "branch"
    GENERAL_BRANCH = "general"
    BODY = "body"


_STEWARD, _SUPERVISOR, _BRANCH, _GENERAL, _OFFICE = EscalationLevel

LADDERS: dict[OwnerKind, tuple[EscalationLevel, ...]] = {
    OwnerKind.LEAD: (_STEWARD, _BRANCH),
    OwnerKind.STEWARD: (_BRANCH,),
    # The street or district demands an answer (督办).
    OwnerKind.BODY: (_SUPERVISOR, _BRANCH, _GENERAL, _OFFICE),
    # The domain's table leaves these two open: they go the rest of the same way.
    OwnerKind.BRANCH: (_GENERAL, _OFFICE),
    OwnerKind.GENERAL_BRANCH: (_OFFICE,),
}
# Residents urge without a login: what they bring up stays inside the community until it is late by the calendar.
NUDGES_REACH = frozenset({_STEWARD, _SUPERVISOR, _BRANCH, _GENERAL})
# So many urgings (催办) take a matter one level up.
NUDGES = 3

_BY_LEVEL = {
    Level.NEIGHBOUR_GROUP: OwnerKind.LEAD,
    Level.BUILDING: OwnerKind.STEWARD,
    Level.BRANCH: OwnerKind.BRANCH,
    Level.GENERAL_BRANCH: OwnerKind.GENERAL_BRANCH,
}


def owner_kind(issue: Issue) -> OwnerKind:
    """Who must act on an open matter; the branch itself may be made responsible as a body."""
    if issue.owner_unit:
        return _BY_LEVEL[Level(issue.owner_unit.level)]
    branch = issue.owner_body is not None and issue.owner_body.kind == BodyKind.BRANCH
    return OwnerKind.BRANCH if branch else OwnerKind.BODY


def ladder(issue: Issue) -> tuple[EscalationLevel, ...]:
    """The levels of this very matter. A body without a supervisor has one less; what is confidential
    reaches only those who may know of it."""
    levels = LADDERS[owner_kind(issue)]
    if issue.owner_body is None or not issue.owner_body.supervisor:
        levels = tuple(level for level in levels if level != _SUPERVISOR)
    if issue.openness == Openness.CONFIDENTIAL:
        levels = tuple(level for level in levels if level in {_BRANCH, _GENERAL})
    return levels
