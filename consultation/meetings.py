"""Reading meetings: what can be discussed, who may sit where, what became of earlier promises, what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person, Post
from consultation import seats
from consultation.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Decision,
    DecisionOutcome,
    Deliberator,
    Issue,
    ListEntry,
    Meeting,
    Openness,
    OwnersVote,
    Party,
)
from consultation.models.issue import IssueQuerySet
from consultation.models.step3_meet import SEATED
from consultation.steps import Step


@dataclass(frozen=True)
class Candidate:
    """One matter that a meeting could discuss: its place on the published list, and the meetings that put it off."""

    issue: Issue
    entry: ListEntry | None
    deferred_at: list[int]

    @property
    def order(self) -> tuple[bool, bool, int, int, int]:
        """Put off first, then edition by edition and rank by rank; what came back from handling has no entry."""
        edition = self.entry.issue_list.edition if self.entry else 0
        rank = (self.entry.rank or 0) if self.entry else 0
        return (not self.deferred_at, self.entry is None, edition, rank, self.issue.pk)


def discussable() -> IssueQuerySet:
    """What waits for the four parties and is on no other agenda. Confidential matters never come before the council."""
    waiting = AgendaItem.objects.waiting().values("issue")
    return Issue.objects.filter(step=Step.MEET).exclude(openness=Openness.CONFIDENTIAL).exclude(pk__in=waiting)


def candidates() -> list[Candidate]:
    """``discussable``, in the order in which a meeting takes them."""
    issues = list(discussable().with_place())
    entries = ListEntry.objects.filter(issue__in=issues, issue_list__published_at__isnull=False)
    # The newest edition comes last and so stays.
    latest = {e.issue_id: e for e in entries.select_related("issue_list", "proposal").order_by("issue_list__edition")}
    deferred: dict[int, list[int]] = defaultdict(list)
    rows = AgendaItem.objects.filter(issue__in=issues, decision__outcome=DecisionOutcome.DEFERRED)
    for issue, number in rows.order_by("meeting__number").values_list("issue", "meeting__number"):
        deferred[issue].append(number)
    found = [Candidate(issue, latest.get(issue.pk), deferred[issue.pk]) for issue in issues]
    return sorted(found, key=lambda candidate: candidate.order)


def with_counts() -> QuerySet[Meeting]:
    """Meetings with ``matters`` (how many are on the agenda) and ``agreed`` (how many ended in consensus)."""
    agreed = Q(items__decision__outcome=DecisionOutcome.CONSENSUS)
    return Meeting.objects.select_related("minutes").annotate(
        matters=Count("items"), agreed=Count("items", filter=agreed)
    )


@dataclass
class AgendaLine:
    """One item as this reader may know it; a matter hidden from them has neither title nor address."""

    item: AgendaItem
    visible: bool

    @property
    def title(self) -> str | Promise:
        return self.item.issue.title if self.visible else _("(confidential matter)")

    @property
    def decision(self) -> Decision | None:
        """What was recorded, or None."""
        return getattr(self.item, "decision", None)

    @property
    def is_open(self) -> bool:
        on = self.item.meeting.cancelled_at is None
        return self.decision is None and on and self.item.issue.step == Step.MEET

    @property
    def vote(self) -> OwnersVote | None:
        """The owners' vote that it was submitted to, or None."""
        return getattr(self.decision, "owners_vote", None) if self.decision else None


def agenda(meeting: Meeting, person: Person | None) -> list[AgendaLine]:
    """The items in order, with their decisions and answers."""
    items = list(
        meeting.items.select_related(
            "issue__category", "decision__body", "decision__recorded_by", "decision__owners_vote"
        ).prefetch_related(
            "decision__answers__given_by",
            "recusals__attendance__person",
            "dissents__attendance__person",
        )
    )
    for item in items:
        item.meeting = meeting
    seen = visible_keys((item.issue_id for item in items), person)
    return [AgendaLine(item, item.issue_id in seen) for item in items]


def told(meeting: Meeting) -> tuple[int, int]:
    """How many of those invited were told, and how many are invited."""
    found = meeting.invitations.aggregate(told=Count("pk", filter=Q(told_at__isnull=False)), all=Count("pk"))
    return found["told"], found["all"]


def visible_keys(keys: Iterable[int], person: Person | None) -> set[int]:
    """Which of these matters this reader may know of."""
    return set(Issue.objects.visible_to(person).filter(pk__in=set(keys)).values_list("pk", flat=True))


def next_open(meeting: Meeting, after: int) -> AgendaItem | None:
    """The next item without a decision, going round to the beginning."""
    positions = sorted(meeting.items.open(), key=lambda item: (item.position <= after, item.position))
    return positions[0] if positions else None


@dataclass(frozen=True)
class KeptByBody:
    """How one body kept what it promised at earlier meetings."""

    body: str
    kept: int
    late: int
    open: int


@dataclass(frozen=True)
class EarlierPromises:
    """The first item of every agenda: what became of earlier promises, by responsible body."""

    bodies: list[KeptByBody]
    unfinished: list[Assignment]
    seen: set[int]

    def _sum(self, name: str) -> int:
        return sum(getattr(body, name) for body in self.bodies)

    @property
    def kept(self) -> int:
        return self._sum("kept")

    @property
    def late(self) -> int:
        return self._sum("late")

    @property
    def open(self) -> int:
        return self._sum("open")

    @property
    def waiting(self) -> list[tuple[Assignment, str | Promise, bool]]:
        """What is not done yet: task, title as this reader may know it, whether they may open it."""
        hidden = _("(confidential matter)")
        return [
            (a, a.issue.title if a.issue_id in self.seen else hidden, a.issue_id in self.seen) for a in self.unfinished
        ]


def earlier_promises(meeting: Meeting, person: Person | None, today: date) -> EarlierPromises:
    """Kept: reported done in time. Late: reported later, or still not though the day has passed. Open: the rest.

    Counted as of the day on which the meeting's minutes were drawn up; until then as of ``today``.
    """
    minutes = getattr(meeting, "minutes", None)
    day = minutes.drawn_up_on if minutes else today
    agreed = Q(decision__item__meeting__number__lt=meeting.number)
    # What was handed out at once, simple or dangerous, is reported to the next meeting (先处置后补议).
    direct = Q(decision__isnull=True, created_at__lt=meeting.starts_at)
    promised = Assignment.objects.standing().filter(agreed | direct)
    reported = Q(reported_at__date__lte=day)
    kept = reported & Q(reported_at__date__lte=F("due_on"))
    late = (reported & Q(reported_at__date__gt=F("due_on"))) | (_unreported(day) & Q(due_on__lt=day))
    rows = (
        promised.values("body__name")
        .annotate(
            in_time=Count("pk", filter=kept),
            too_late=Count("pk", filter=late),
            still_open=Count("pk", filter=_unreported(day) & Q(due_on__gte=day)),
        )
        .order_by("body__name")
    )
    unfinished = list(promised.filter(_unreported(day)).select_related("issue", "body").order_by("due_on", "pk"))
    return EarlierPromises(
        [KeptByBody(row["body__name"], row["in_time"], row["too_late"], row["still_open"]) for row in rows],
        unfinished,
        visible_keys((assignment.issue_id for assignment in unfinished), person),
    )


def _unreported(day: date) -> Q:
    return Q(reported_at__isnull=True) | Q(reported_at__date__gt=day)


@dataclass
class Bench:
    """One party's people at one meeting: its deliberators of that day, each signed in or not, and who was invited."""

    party: Party
    label: str | Promise
    vacant: bool
    members: list[tuple[Person, Attendance | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Roster:
    """Who may sign in with one tap, party by party, and who else is there."""

    benches: list[Bench]
    observers: list[Attendance]

    def seat_waiting_for(self, person: Person | None) -> str | Promise | None:
        """The party that this person sits for, while they have neither signed in nor asked for leave."""
        waiting = (bench.label for bench in self.benches if not bench.vacant and (person, None) in bench.members)
        return next(waiting, None)


def roster(meeting: Meeting) -> Roster:
    """Deliberators serving on the day of the meeting, and everybody signed in."""
    there = {a.person_id: a for a in meeting.attendances.select_related("person")}
    filled = seats.filled_parties(meeting_day(meeting))
    benches = {party.value: Bench(party, party.label, party not in filled) for party in Party}
    for term in Deliberator.objects.serving(meeting_day(meeting)).select_related("person"):
        attendance = there.get(term.person_id)
        if attendance is None or attendance.party == term.party:
            there.pop(term.person_id, None)
            benches[term.party].members.append((term.person, attendance))
    for attendance in there.values():
        if attendance.party:
            benches[attendance.party].members.append((attendance.person, attendance))
    return Roster(list(benches.values()), [a for a in there.values() if not a.party])


def invitable(meeting: Meeting, today: date) -> QuerySet[Person]:
    """Whom the branch may sign in besides deliberators: people with a post, and who raised a matter of the agenda."""
    posts = Post.objects.serving(today).values("person")
    raised = meeting.items.filter(issue__spoken_by__isnull=False).values("issue__spoken_by")
    council = Deliberator.objects.serving(meeting_day(meeting)).values("person")
    there = meeting.attendances.values("person")
    able = Person.objects.filter(Q(pk__in=posts) | Q(pk__in=raised))
    return able.exclude(pk__in=there).exclude(pk__in=council)


def sitting(meeting: Meeting) -> QuerySet[Attendance]:
    """Who sits for a party at this meeting."""
    return meeting.attendances.filter(kind__in=SEATED).select_related("person").order_by("party", "person__name")


def meeting_day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)
