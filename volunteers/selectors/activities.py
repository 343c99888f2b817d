"""Activities as pages show them: a month, those of a programme or partner, who has a place, who is to be rung."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from compounds.organisation.models import Person
from volunteers.models import Activity, Participation, Volunteer

# On the board and in short lists.
AT_A_GLANCE = 4


@dataclass(frozen=True)
class Day:
    """One day of a month's calendar; ``weekday`` from 1, Monday, to 7."""

    on: date
    rows: list[Activity]

    @property
    def weekday(self) -> int:
        return self.on.isoweekday()


@dataclass(frozen=True)
class Together:
    """What activities come to: how many were held, how many people they served, and elderly people among them."""

    held: int
    served: int
    elderly: int


def with_where(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With what a row of a list shows."""
    return rows.select_related("venue", "programme", "team")


def month(rows: QuerySet[Activity], first: date) -> list[Day]:
    """Each day of the month that begins on ``first``, with what there is; one query."""
    last = last_of_month(first)
    by_day: dict[date, list[Activity]] = defaultdict(list)
    for row in with_where(rows.on_days(first, last)):  # type: ignore[attr-defined]
        by_day[timezone.localdate(row.starts_at)].append(row)
    return [Day(day, by_day[day]) for day in (first + timedelta(days=n) for n in range(last.day))]


def last_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def at_a_glance(now: datetime) -> tuple[list[Activity], int]:
    """For the board: the next public ones, and how many are coming."""
    coming = Activity.objects.in_public().coming(now)
    return list(with_where(coming)[:AT_A_GLANCE]), coming.count()


def next_for(person: Person, now: datetime) -> Activity | None:
    """What they come to next, ``mine`` where they have a place; where they have none, the next of all. One query."""
    own = Participation.objects.placed().filter(Q(volunteer__person=person) | Q(person=person))
    coming = with_where(Activity.objects.coming(now)).annotate(mine=Exists(own.filter(slot__activity=OuterRef("pk"))))
    return coming.order_by("-mine", "starts_at", "pk").first()


def signed_up_to(activities: Iterable[Activity], *, states: Collection[str]) -> dict[int, list[int]]:
    """By activity those with a login who stand in it in one of these states; the others are rung. One query."""
    keys = [row.pk for row in activities]
    found: dict[int, list[int]] = defaultdict(list)
    if not keys:
        return found
    rows = Participation.objects.filter(slot__activity__in=keys, state__in=states).order_by("pk")
    reads = Q(volunteer__person__user_id__isnull=False) | Q(person__user_id__isnull=False)
    own = ("slot__activity", "volunteer__person", "person")
    for activity, of_volunteer, person in rows.filter(reads).values_list(*own):
        one = of_volunteer or person
        if one and one not in found[activity]:
            found[activity].append(one)
    return found


def to_ring(activity: Activity) -> list[Participation]:
    """Those who signed up and read nothing in the app, so that somebody has to ring them; who has a place first."""
    without_login = (
        Q(volunteer__isnull=False, volunteer__person__user_id__isnull=True)
        | Q(person__isnull=False, person__user_id__isnull=True)
        | Q(volunteer__isnull=True, person__isnull=True)
    )
    rows = Participation.objects.signed_up().filter(without_login, slot__activity=activity)
    return list(rows.select_related("slot", "volunteer__person", "person").order_by("state", "pk"))


def came_to(activity: Activity) -> int:
    """How many residents are noted as having come: what summing up begins with."""
    return Participation.objects.came().filter(slot__activity=activity, slot__for_whom="residents").count()


def together(rows: QuerySet[Activity]) -> Together:
    """What these activities come to."""
    sums = rows.filter(state="held").aggregate(n=Count("pk"), served=Sum("people_served"), old=Sum("elderly_served"))
    return Together(sums["n"], sums["served"] or 0, sums["old"] or 0)


def for_calendar(rows: QuerySet[Activity], now: datetime, back: timedelta, most: int) -> QuerySet[Activity]:
    """What a calendar holds: from a while ago on, the newest if there are too many."""
    return with_where(rows.filter(starts_at__gte=now - back)).order_by("-starts_at", "-pk")[:most]


def of_person(volunteer: Volunteer) -> QuerySet[Activity]:
    """The activities in which they have a place or wait for one, and those that they planned."""
    own = Q(volunteer=volunteer) | Q(person=volunteer.person_id)
    signed_up = Participation.objects.signed_up().filter(own).values("slot__activity")
    return Activity.objects.filter(Q(pk__in=signed_up) | Q(planned_by=volunteer.person_id))
