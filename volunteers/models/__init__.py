"""Volunteers: teams and who serves in them, help among neighbours, activities, hours and honours."""

from volunteers.models.activity import (
    Activity,
    ActivityKind,
    ActivityState,
    ForWhom,
    Repeat,
    Slot,
)
from volunteers.models.help import HelpOffer, HelpRequest, HelpState, OfferState
from volunteers.models.honour import ENDED, UNDER_WAY, Honour, HonourFor, HonourKind, HonourState, SuggestBy
from volunteers.models.hours import MINUTES_A_DAY, ServiceRecord
from volunteers.models.participation import CameBy, Participation, PlaceState
from volunteers.models.partner import PartnerOrganisation
from volunteers.models.programme import Programme, ProgrammeKind, Venue
from volunteers.models.team import Team, TeamKind, TeamMember
from volunteers.models.volunteer import FreeTime, Skill, Volunteer

__all__ = [
    "ENDED",
    "MINUTES_A_DAY",
    "UNDER_WAY",
    "Activity",
    "ActivityKind",
    "ActivityState",
    "CameBy",
    "ForWhom",
    "FreeTime",
    "HelpOffer",
    "HelpRequest",
    "HelpState",
    "Honour",
    "HonourFor",
    "HonourKind",
    "HonourState",
    "OfferState",
    "Participation",
    "PartnerOrganisation",
    "PlaceState",
    "Programme",
    "ProgrammeKind",
    "Repeat",
    "ServiceRecord",
    "Skill",
    "Slot",
    "SuggestBy",
    "Team",
    "TeamKind",
    "TeamMember",
    "Venue",
    "Volunteer",
]
