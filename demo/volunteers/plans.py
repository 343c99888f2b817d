"""The shapes in which the volunteers' demo is written down."""

from dataclasses import dataclass
from datetime import date

from volunteers.models import ActivityKind, ProgrammeKind


@dataclass(frozen=True)
class SquadPlan:
    """One squad: of which association, since when, how many serve in it today, and what it does."""

    name: str
    association: str
    founded_on: date
    size: int
    kinds: tuple[ActivityKind, ...]
    about: str


@dataclass(frozen=True)
class AssociationPlan:
    name: str
    founded_on: date
    about: str


@dataclass(frozen=True)
class PartnerPlan:
    name: str
    about: str
    contact: str
    phone: str
    agreed_on: date


@dataclass(frozen=True)
class ProgrammePlan:
    name: str
    kind: ProgrammeKind
    since: date
    about: str
    partner: str = ""


@dataclass(frozen=True)
class Words:
    """One thing that a kind of activity can be about: its title, and what was said of it afterwards."""

    title: str
    summary: str


@dataclass(frozen=True)
class HeldPlan:
    """One activity that was held: ``volunteers`` came to do it, ``served`` people had something of it."""

    day: date
    clock: str
    minutes: int
    kind: ActivityKind
    title: str
    summary: str
    team: str
    volunteers: int
    served: int
    elderly: int | None = None
    programme: str = ""
    partner: str = ""
    venue: str = ""
    place: str = ""
