"""The shape of one matter's whole story, as it is written down in ``words/*.toml``."""

from dataclasses import dataclass

from consultation.models import HoldReason, Outcome, ReferralLevel
from demo.stories.plans import HandlingPlan, MatterPlan, Moment, ResultPlan, SortingPlan


@dataclass(frozen=True)
class HoldPlan:
    """The matter waits, and perhaps what was waited for came."""

    begun: Moment
    reason: HoldReason
    question: str
    ended: Moment | None = None
    answer: str = ""


@dataclass(frozen=True)
class DirectPlan:
    """Handed out without a meeting: simple and one body's own, or dangerous."""

    when: Moment
    body: str
    task: str
    due: int
    reason: str
    danger: bool = False


@dataclass(frozen=True)
class ReferralPlan:
    """Passed upward by the branch (a meeting has its own way), and the answer that came."""

    sent: Moment | None
    level: ReferralLevel
    question: str
    due: int
    body: str = ""
    answered: Moment | None = None
    answer: str = ""


@dataclass(frozen=True)
class ToldPlan:
    """An authority was told of what must be reported."""

    when: Moment
    to: str
    note: str


@dataclass(frozen=True)
class MediationPlan:
    """A dispute is handed to a mediator; where both met, they agreed in writing."""

    handed: Moment
    mediator: str
    parties: str
    met: Moment | None = None
    note: str = ""


@dataclass(frozen=True)
class ObjectionPlan:
    """Somebody objects to what hangs about the finished work; upheld, the body puts it right."""

    when: Moment
    name: str
    text: str
    answered: Moment | None = None
    answer: str = ""
    rework_due: int | None = None


@dataclass(frozen=True)
class ReopeningPlan:
    """What the branch answered a household that was not satisfied: the same body does it again."""

    when: Moment
    note: str
    due: int


@dataclass(frozen=True)
class ReturnPlan:
    """The body gave the task back, and the branch handed it out again with another day."""

    when: Moment
    reason: str
    again: Moment | None = None
    note: str = ""
    due: int = 0


@dataclass(frozen=True)
class ClosingPlan:
    """Ended by the branch without any work."""

    when: Moment
    outcome: Outcome
    note: str
    body: str = ""


@dataclass(frozen=True)
class Talk:
    """What one meeting made of the matter; relisted where it went back to the branch first."""

    held: Moment
    result: ResultPlan
    relisted: Moment | None = None
    sorted_anew: SortingPlan | None = None


@dataclass(frozen=True)
class Tale:
    """One matter from its first word to where it stands."""

    matter: MatterPlan
    listed: Moment | None = None
    talks: tuple[Talk, ...] = ()
    handlings: tuple[HandlingPlan, ...] = ()
    direct: DirectPlan | None = None
    referral: ReferralPlan | None = None
    mediation: MediationPlan | None = None
    reported: ToldPlan | None = None
    objection: ObjectionPlan | None = None
    reopening: ReopeningPlan | None = None
    returned: ReturnPlan | None = None
    closing: ClosingPlan | None = None
    holds: tuple[HoldPlan, ...] = ()
    # When the branch looked again at what still waits.
    looked: tuple[Moment, ...] = ()
    nudges: tuple[tuple[Moment, str], ...] = ()

    @property
    def key(self) -> str:
        return self.matter.key
