"""The shapes in which the stories are written down. A moment is so many days before today, at a time of day."""

from dataclasses import dataclass, field
from datetime import date

from consultation.models import Answer, BodyKind, DecisionOutcome, FundSource, LegalBasis, Outcome, Party, RatingChannel
from consultation.models.step2_propose import Concerns, Difficulty, Served, Urgency

type Moment = tuple[int, str]


@dataclass(frozen=True)
class BodyPlan:
    kind: BodyKind
    name: str


@dataclass(frozen=True)
class SeatPlan:
    """A seat's filling from ``since`` (None: from the branch's founding) up to and including ``until``."""

    party: Party
    since: date | None
    until: date | None = None
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
    # What parties said that agreed, and those that said no.
    said: dict[Party, str] = field(default_factory=dict)
    against: dict[Party, str] = field(default_factory=dict)
    # What “one deliberator” thought; and hands against and neither, the others being in favour.
    dissent: str = ""
    hands: tuple[int, int] | None = None
    vote: "VotePlan | None" = None

    def answers(self) -> dict[Party, tuple[Answer, str]]:
        """Every party's answer: agreed, where it says nothing else."""
        agreed = {party: (Answer.AGREE, self.said.get(party, "")) for party in Party}
        reserved = {party: (Answer.RESERVATION, words) for party, words in self.reservations.items()}
        return agreed | reserved | {party: (Answer.NO, words) for party, words in self.against.items()}


@dataclass(frozen=True)
class VotePlan:
    """What the owners are asked, from when to when; and how it ended: took part, in favour (persons, m²)."""

    article_item: int
    question: str
    begins: int
    ends: int
    total: tuple[int, int]
    counted: Moment | None = None
    took_part: tuple[int, int] = (0, 0)
    in_favour: tuple[int, int] = (0, 0)


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
    """A posting ticked at the board, in the WeChat group, and at the entrances of so many buildings, or of one only."""

    when: Moment
    buildings: int = 0
    only: int = 0

    def reaches(self, building: int) -> bool:
        return building <= self.buildings or building == self.only


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
    progress: tuple[tuple[Moment, str], ...] = ()
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
    # What was found when somebody asked again, a month later.
    asked: str = ""
