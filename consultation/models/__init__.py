"""The rows behind the five steps; one file a step."""

from consultation.models.body import BodyKind, ResponsibleBody
from consultation.models.hold import Hold, HoldReason
from consultation.models.issue import Category, Issue, IssueNumber, IssuePhoto, Openness, Outcome, StepRecord, Voice
from consultation.models.report import Report
from consultation.models.step1_visit import Visit, VisitOutcome
from consultation.models.step2_propose import Concerns, Difficulty, IssueList, ListEntry, Proposal, Route, Urgency
from consultation.models.step3_meet import (
    AgendaItem,
    Answer,
    Attendance,
    AttendanceKind,
    Decision,
    DecisionOutcome,
    Deliberator,
    FundSource,
    LegalBasis,
    Meeting,
    Party,
    PartySeat,
    Recusal,
    SeatAnswer,
)
from consultation.models.step4_handle import (
    Assignment,
    AssignmentState,
    Confirmation,
    Minutes,
    MinutesConfirmation,
    Verification,
)
from consultation.models.step5_evaluate import Rating, RatingChannel, RatingLink

__all__ = [
    "AgendaItem",
    "Answer",
    "Assignment",
    "AssignmentState",
    "Attendance",
    "AttendanceKind",
    "BodyKind",
    "Category",
    "Concerns",
    "Confirmation",
    "Decision",
    "DecisionOutcome",
    "Deliberator",
    "Difficulty",
    "FundSource",
    "Hold",
    "HoldReason",
    "Issue",
    "IssueList",
    "IssueNumber",
    "IssuePhoto",
    "LegalBasis",
    "ListEntry",
    "Meeting",
    "Minutes",
    "MinutesConfirmation",
    "Openness",
    "Outcome",
    "Party",
    "PartySeat",
    "Proposal",
    "Rating",
    "RatingChannel",
    "RatingLink",
    "Recusal",
    "Report",
    "ResponsibleBody",
    "Route",
    "SeatAnswer",
    "StepRecord",
    "Urgency",
    "Verification",
    "Visit",
    "VisitOutcome",
    "Voice",
]
