"""The shapes in which the stories are written down. A moment is so many days before today, at a time of day."""

from dataclasses import dataclass, field

from consultation.models import Answer, BodyKind, DecisionOutcome, FundSource, LegalBasis, Outcome, Party, RatingChannel
from consultation.models.step2_propose import Concerns, Difficulty, Served, Urgency

type Moment = tuple[int, str]


@dataclass(frozen=True)
class BodyPlan:
    kind: BodyKind
    name: str


@dataclass(frozen=True)
class SeatPlan:
    """A seat's filling from ``since`` days ago (None: from the branch's founding) until ``until`` days ago."""

    party: Party
    since: int | None
    until: int | None = None
    body: str = ""
    basis: LegalBasis | None = None
    minimum: int = 1
    vacancy: str = ""


@dataclass(frozen=True)
class VoicePlan:
    """One more household of a building behind a matter, so many days ago, in its own words."""

    building: int
    days: int
    said: str


@dataclass(frozen=True)
class SortingPlan:
    when: Moment
    urgency: Urgency
    concerns: Concerns
    served: Served
    working_days: int
    difficulty: Difficulty
    suggestion: str
    listed: bool = True


@dataclass(frozen=True)
class MatterPlan:
    """The first two steps of one matter, spoken of by somebody of that building, entrance and group (0: any).

    With a group its lead writes it down, otherwise the building's steward.
    """

    key: str
    title: str
    said: str
    category: str
    building: int
    recorded: Moment
    entrance: int = 0
    group: int = 0
    place_note: str = ""
    on_the_grounds: bool = False
    scenes: tuple[str, ...] = ()
    # Whether the first speaker agreed to be rung by whoever handles it.
    may_be_rung: bool = False
    voices: tuple[VoicePlan, ...] = ()
    handed_over: Moment | None = None
    summary: str = ""
    sorting: SortingPlan | None = None


@dataclass(frozen=True)
class ResultPlan:
    """What became of one item. ``due``: so many days ago it was, or is, to be done."""

    key: str
    text: str
    outcome: DecisionOutcome = DecisionOutcome.CONSENSUS
    body: str = ""
    due: int = 0
    cost: int = 0
    fund_source: FundSource = FundSource.NONE
    reservations: dict[Party, str] = field(default_factory=dict)

    def answers(self) -> dict[Party, tuple[Answer, str]]:
        """Every party's answer: agreed, with its reservation where it has one."""
        return {
            party: (Answer.RESERVATION, self.reservations[party]) if party in self.reservations else (Answer.AGREE, "")
            for party in Party
        }


@dataclass(frozen=True)
class MeetingPlan:
    """One meeting: convened, held, its minutes drawn up, confirmed party by party and issued, as far as it has come."""

    convened: Moment
    keys: tuple[str, ...]
    held: Moment | None = None
    results: tuple[ResultPlan, ...] = ()
    drawn_up: Moment | None = None
    confirmed: tuple[tuple[Party, Moment, str], ...] = ()
    issued: Moment | None = None


@dataclass(frozen=True)
class TickPlan:
    """A posting ticked at the board, in the WeChat group, and at the entrances of so many buildings."""

    when: Moment
    buildings: int


@dataclass(frozen=True)
class RatingPlan:
    """The rating of the household behind the ``voice``-th voice, counted from 0."""

    when: Moment
    voice: int
    stars: int
    reason: str
    channel: RatingChannel = RatingChannel.STEWARD


@dataclass(frozen=True)
class HandlingPlan:
    """The last two steps of one matter, as far as they have come."""

    key: str
    result_ticked: TickPlan | None = None
    accepted: Moment | None = None
    reported: Moment | None = None
    report: str = ""
    scene: str = ""
    verified: Moment | None = None
    verified_by: int = 0
    found: str = ""
    posted: Moment | None = None
    posting: str = ""
    completion_ticked: TickPlan | None = None
    ratings: tuple[RatingPlan, ...] = ()
    closed: Moment | None = None
    outcome: Outcome = Outcome.SOLVED
    note: str = ""
