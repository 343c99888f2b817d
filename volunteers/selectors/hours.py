"""What the ledger of hours says: what waits for whom, one's own lines, and totals by person, squad, programme, year."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from compounds.organisation.models import Person
from volunteers.models import Activity, ServiceRecord, Team, TeamMember, Volunteer
from volunteers.models.hours import ServiceRecordQuerySet
from volunteers.policies import is_branch

# Activities shown at once to those who approve; the next ones come up as they go on.
SHOWN = 20


def led_by(person: Person, on: date | None = None) -> list[Team] | None:
    """The teams whose hours they approve, an association's squads among them; None: all, also of those without."""
    if is_branch(person):
        return None
    serving = TeamMember.objects.serving(on or timezone.localdate()).leaders().filter(volunteer__person=person)
    led = set(serving.values_list("team", flat=True))
    return [team for team in Team.objects.all() if team.pk in led or team.parent_id in led]


def for_leader(person: Person) -> ServiceRecordQuerySet:
    """The lines that are theirs to approve, to correct and to take out as a sheet."""
    teams = led_by(person)
    rows: ServiceRecordQuerySet = ServiceRecord.objects.all()
    return rows if teams is None else rows.filter(team__in=teams)


def by_approver(rows: ServiceRecordQuerySet, now: datetime) -> dict[int | None, int]:
    """How many of these lines wait for each leader; None: for the branch. Two queries.

    A line is for whoever leads its team, else the association: somebody who can sign in, and not whose hours they are.
    """
    leaders = leading(timezone.localdate(now))
    count: dict[int | None, int] = defaultdict(int)
    keys = ("team", "team__parent", "volunteer__person")
    for line in rows.order_by().values(*keys).annotate(n=Count("pk")):
        count[approver(leaders, *(line[key] for key in keys))] += line["n"]
    return count


def approver(leaders: dict[int | None, int], team: int | None, parent: int | None, volunteer: int) -> int | None:
    """Whose it is to approve or answer; None: the branch's."""
    of = (leaders.get(team), leaders.get(parent))
    return next((person for person in of if person and person != volunteer), None)


def leading(on: date) -> dict[int | None, int]:
    """By team whoever leads it and can sign in."""
    rows = TeamMember.objects.serving(on).leaders().filter(volunteer__person__user_id__isnull=False).order_by()
    return dict(rows.values_list("team", "volunteer__person"))


@dataclass
class Heap:
    """The lines of one activity, or of none, that wait for approval."""

    activity: Activity | None
    lines: list[ServiceRecord] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    def of(self, person: Person) -> list[ServiceRecord]:
        """Their own among them, which somebody else approves."""
        return [line for line in self.lines if line.volunteer.person_id == person.pk]

    @property
    def disputed(self) -> list[ServiceRecord]:
        return [line for line in self.lines if line.disputed_at and not line.dispute_answered_at]


@dataclass(frozen=True)
class Waiting:
    """What waits for one leader."""

    heaps: list[Heap]
    more: int
    disputes: list[ServiceRecord]

    @property
    def lines(self) -> int:
        return sum(len(heap.lines) for heap in self.heaps)


def waiting_for(person: Person) -> Waiting:
    """A constant number of queries."""
    theirs = for_leader(person)
    waits = theirs.waiting()
    groups = waits.order_by().values("activity").annotate(last=Max("served_on")).order_by("last", "activity")
    activities = [line["activity"] for line in groups]
    shown = activities[:SHOWN]
    heaps: dict[int | None, Heap] = {}
    rows = waits.filter(activity__in=[pk for pk in shown if pk])
    if None in shown:
        rows = rows | waits.filter(activity=None)
    for row in rows.select_related("volunteer__person", "activity", "team").order_by("served_on", "pk"):
        heaps.setdefault(row.activity_id, Heap(row.activity)).lines.append(row)
    disputes = theirs.filter(disputed_at__isnull=False, dispute_answered_at=None)
    return Waiting(
        heaps=[heaps[pk] for pk in shown if pk in heaps],
        more=len(activities) - len(shown),
        disputes=list(
            disputes.select_related("volunteer__person", "activity")
            .order_by("disputed_at")
            .exclude(volunteer__person=person)[:SHOWN]
        ),
    )


@dataclass(frozen=True)
class Entry:
    """One line with what corrects it."""

    record: ServiceRecord
    corrections: list[ServiceRecord]

    @property
    def minutes(self) -> int:
        return self.record.minutes + sum(one.minutes for one in self.corrections)

    @property
    def earlier(self) -> list[ServiceRecord]:
        """What was put right before anybody said that it is wrong."""
        said = self.record.disputed_at
        return [one for one in self.corrections if said is None or one.at < said]

    @property
    def later(self) -> list[ServiceRecord]:
        return [one for one in self.corrections if one not in self.earlier]

    @property
    def answered_by_correction(self) -> bool:
        """Whether the answer stands there already, as the reason of a correction."""
        return any(one.reason == self.record.dispute_answer for one in self.later)


@dataclass(frozen=True)
class Own:
    """One volunteer's hours, in minutes: approved, waiting, this year's, and the lines."""

    approved: int
    waiting: int
    this_year: int
    entries: list[Entry]


def of_volunteer(volunteer: Volunteer, *, on: date, most: int = 60) -> Own:
    """Three queries."""
    rows = ServiceRecord.objects.filter(volunteer=volunteer)
    approved = Q(approved_at__isnull=False)
    sums = rows.order_by().aggregate(
        approved=Sum("minutes", filter=approved, default=0),
        waiting=Sum("minutes", filter=~approved, default=0),
        this_year=Sum("minutes", filter=approved & Q(served_on__year=on.year), default=0),
    )
    shown = rows.filter(corrects=None).select_related("activity", "team", "approved_by", "dispute_answered_by")
    lines = list(shown[:most])
    against: dict[int | None, list[ServiceRecord]] = defaultdict(list)
    for row in ServiceRecord.objects.filter(corrects__in=lines).order_by("pk"):
        against[row.corrects_id].append(row)
    return Own(
        **sums,
        entries=[Entry(line, against[line.pk]) for line in lines],
    )


@dataclass(frozen=True)
class Total:
    """Approved minutes under one name, and of how many days of service."""

    name: str
    minutes: int
    times: int


@dataclass(frozen=True)
class Totals:
    """The approved hours of one year, or of all."""

    by_person: list[Total]
    by_squad: list[Total]
    by_programme: list[Total]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.by_person)


def totals(rows: ServiceRecordQuerySet, year: int | None) -> Totals:
    """Three queries. A line and what corrects it count as once; who withdrew consent or was erased has no name."""
    counted = rows.approved().filter(**({"served_on__year": year} if year else {})).order_by()
    # Of whoever took their consent back the hours stay, the name does not.
    named = Case(When(volunteer__withdrawn_on__isnull=False, then=Value("")), default=F("volunteer__person__name"))
    return Totals(
        by_person=_summed(counted, "volunteer", named),
        by_squad=_summed(counted, "team", F("team__name")),
        by_programme=_summed(counted, "activity__programme", F("activity__programme__name")),
    )


def years(rows: QuerySet[ServiceRecord]) -> list[int]:
    """The years with hours, the newest first."""
    return list(rows.order_by("-served_on__year").values_list("served_on__year", flat=True).distinct())


def _summed(rows: QuerySet[ServiceRecord], key: str, name: Any) -> list[Total]:
    lines = rows.values(key, called=name).annotate(n=Sum("minutes"), times=Count("pk") - Count("corrects"))
    found = [Total(line["called"] or "", line["n"], line["times"]) for line in lines]
    return sorted(found, key=lambda one: (one.name == "", -one.minutes, one.name))
