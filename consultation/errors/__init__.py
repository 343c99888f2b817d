"""The rules of the five steps that can be broken, each with a stable code named after the rule; one file a step."""

from consultation.errors.flow import MoveNotAllowed, NotAtStep, ReopenedTooLate, leads_to
from consultation.errors.hold import ClosedNeedsNoHold, HoldEnded, OnHoldAlready
from consultation.errors.minutes import DidNotSit, IssuedAlready, ItemsUndecided, SeatsNotConfirmed
from consultation.errors.step1_visit import VoiceAlready
from consultation.errors.step2_propose import (
    ConfidentialMatter,
    ListIsEmpty,
    ListIsPublished,
    NotSorted,
    SortedMeanwhile,
)
from consultation.errors.step3_meet import (
    DecidedAlready,
    DecisionsRestOnIt,
    MeetingIsOver,
    MeetingNotYet,
    NoConsensus,
    NothingToDiscuss,
    NotOfThatParty,
    NotOnCouncil,
    OnAgendaAlready,
    OwnersVoteNeeded,
    PartyAbsent,
    PromiseMissing,
    SeatNotFilled,
    SignedInAlready,
)
from consultation.errors.step4_handle import NotPublic, NotThisState, PostedAlready
from consultation.errors.step5_evaluate import (
    Dissatisfied,
    NotPosted,
    NoVoice,
    OutcomeNotHere,
    RatingClosed,
    TooManyRatings,
)

__all__ = [
    "ClosedNeedsNoHold",
    "ConfidentialMatter",
    "DecidedAlready",
    "DecisionsRestOnIt",
    "DidNotSit",
    "Dissatisfied",
    "HoldEnded",
    "IssuedAlready",
    "ItemsUndecided",
    "ListIsEmpty",
    "ListIsPublished",
    "MeetingIsOver",
    "MeetingNotYet",
    "MoveNotAllowed",
    "NoConsensus",
    "NoVoice",
    "NotAtStep",
    "NotOfThatParty",
    "NotOnCouncil",
    "NotPosted",
    "NotPublic",
    "NotSorted",
    "NotThisState",
    "NothingToDiscuss",
    "OnAgendaAlready",
    "OnHoldAlready",
    "OutcomeNotHere",
    "OwnersVoteNeeded",
    "PartyAbsent",
    "PostedAlready",
    "PromiseMissing",
    "RatingClosed",
    "ReopenedTooLate",
    "SeatNotFilled",
    "SeatsNotConfirmed",
    "SignedInAlready",
    "SortedMeanwhile",
    "TooManyRatings",
    "VoiceAlready",
    "leads_to",
]
