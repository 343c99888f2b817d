"""The rows behind the five steps; one file a step."""

from consultation.models.body import BodyKind, ResponsibleBody
from consultation.models.care import Care, CareEnd, CareReason, ConsentHow
from consultation.models.category import Category, Openness
from consultation.models.clock import ClockChange, ClockReason, DeadlineSource, OutsideDeadline
from consultation.models.decision import (
    PROMISING,
    Answer,
    Decision,
    DecisionOutcome,
    Dissent,
    FundSource,
    SeatAnswer,
)
from consultation.models.document import Document, DocumentKind, DocumentState
from consultation.models.escalation import Escalation, EscalationLevel, EscalationReason
from consultation.models.follow_up import FollowUp, FollowUpOutcome
from consultation.models.hold import Hold, HoldReason
from consultation.models.invitation import Invitation, InvitedAs, SignUp, ToldHow
from consultation.models.issue import Channel, Issue, IssuePhoto, Outcome, StepRecord
from consultation.models.link import IssueLink, LinkKind
from consultation.models.mediation import Mediation, MediationOutcome
from consultation.models.must_report import MandatoryReport
from consultation.models.open_rating import OpenRating
from consultation.models.owners_vote import ArticleItem, OwnersVote, VoteResult
from consultation.models.referral import Referral, ReferralLevel
from consultation.models.reopening import Reopening, ReopeningState
from consultation.models.report import Report
from consultation.models.scoring import (
    RoundState,
    Scorer,
    ScoringRound,
    ScoringSubject,
    SkipReason,
    SubjectKind,
    Tally,
)
from consultation.models.scoring_paper import PaperSheet
from consultation.models.scoring_result import Award, ScoringCorrection
from consultation.models.settings import ConsultationSettings
from consultation.models.step1_visit import Visit, VisitOutcome
from consultation.models.step2_propose import Concerns, Difficulty, IssueList, ListEntry, Proposal, Route, Urgency
from consultation.models.step3_meet import (
    AgendaItem,
    Attendance,
    AttendanceKind,
    Deliberator,
    LegalBasis,
    Meeting,
    Party,
    PartySeat,
    Recusal,
)
from consultation.models.step4_handle import (
    Assignment,
    AssignmentState,
    Confirmation,
    Minutes,
    MinutesConfirmation,
    Verification,
)
from consultation.models.step5_evaluate import Rating, RatingChannel
from consultation.models.supervision import Supervision
from consultation.models.task_life import (
    AssignmentReport,
    AssignmentReturn,
    HandlerLink,
    HandlerLinkUse,
    Nudge,
    ReportKind,
    ReturnAnswer,
    UseResult,
)
from consultation.models.voice import Voice

__all__ = [
    "PROMISING",
    "AgendaItem",
    "Answer",
    "ArticleItem",
    "Assignment",
    "AssignmentReport",
    "AssignmentReturn",
    "AssignmentState",
    "Attendance",
    "AttendanceKind",
    "Award",
    "BodyKind",
    "Care",
    "CareEnd",
    "CareReason",
    "Category",
    "Channel",
    "ClockChange",
    "ClockReason",
    "Concerns",
    "Confirmation",
    "ConsentHow",
    "ConsultationSettings",
    "DeadlineSource",
    "Decision",
    "DecisionOutcome",
    "Deliberator",
    "Difficulty",
    "Dissent",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Escalation",
    "EscalationLevel",
    "EscalationReason",
    "FollowUp",
    "FollowUpOutcome",
    "FundSource",
    "HandlerLink",
    "HandlerLinkUse",
    "Hold",
    "HoldReason",
    "Invitation",
    "InvitedAs",
    "Issue",
    "IssueLink",
    "IssueList",
    "IssuePhoto",
    "LegalBasis",
    "LinkKind",
    "ListEntry",
    "MandatoryReport",
    "Mediation",
    "MediationOutcome",
    "Meeting",
    "Minutes",
    "MinutesConfirmation",
    "Nudge",
    "OpenRating",
    "Openness",
    "Outcome",
    "OutsideDeadline",
    "OwnersVote",
    "PaperSheet",
    "Party",
    "PartySeat",
    "Proposal",
    "Rating",
    "RatingChannel",
    "Recusal",
    "Referral",
    "ReferralLevel",
    "Reopening",
    "ReopeningState",
    "Report",
    "ReportKind",
    "ResponsibleBody",
    "ReturnAnswer",
    "RoundState",
    "Route",
    "Scorer",
    "ScoringCorrection",
    "ScoringRound",
    "ScoringSubject",
    "SeatAnswer",
    "SignUp",
    "SkipReason",
    "StepRecord",
    "SubjectKind",
    "Supervision",
    "Tally",
    "ToldHow",
    "Urgency",
    "UseResult",
    "Verification",
    "Visit",
    "VisitOutcome",
    "Voice",
    "VoteResult",
]
