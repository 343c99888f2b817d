"""What was held becomes rows: who had a place, who came, and the hours. In bulk, as the services would leave them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from compounds.organisation.models import Person
from demo.draw import stream
from demo.pictures.camera import taken
from demo.stories.telling import clock_at
from demo.volunteers.people import Serving
from demo.volunteers.plans import HeldPlan
from volunteers.models import (
    Activity,
    ActivityKind,
    ActivityState,
    CameBy,
    ForWhom,
    Participation,
    PartnerOrganisation,
    PlaceState,
    Programme,
    ServiceRecord,
    Slot,
    Team,
    TeamMember,
    Venue,
    Volunteer,
)
from volunteers.services import summing_up

# Of a hundred who had a place, so many did not come.
_MISSED = 4
# What the photos show, by kind; of other kinds volunteers in their vests.
_SCENES = {
    ActivityKind.CLINIC: "clinic",
    ActivityKind.FESTIVAL: "festival",
    ActivityKind.OTHER: "market",
    ActivityKind.CLASS: "class_room",
}
_FEATURED = {ActivityKind.CLINIC, ActivityKind.FESTIVAL, ActivityKind.OTHER}
_FRESH = 120
# The squads' leaders approve hours within so many days; younger ones wait for them.
_APPROVED_WITHIN = 4


@dataclass(frozen=True)
class Ledger:
    """Who leads which team, and for which squad somebody served on a day."""

    teams: dict[str, Team]
    leaders: dict[int, Person]
    servings: list[Serving]

    @classmethod
    def of(cls, teams: dict[str, Team], servings: list[Serving]) -> "Ledger":
        leaders = TeamMember.objects.leaders().select_related("volunteer__person")
        return cls(teams, {member.team_id: member.volunteer.person for member in leaders}, servings)

    def leader(self, team: Team | None) -> Person:
        return self.leaders[team.pk] if team else next(iter(self.leaders.values()))

    def serving_on(self, team: Team, day: date) -> list[Serving]:
        """The squad's own people; for an association those of all squads."""
        everybody = team.parent_id is None
        return [who for who in self.servings if who.on(day) and (everybody or who.squad == team.name)]

    def squad_of(self, volunteer_id: int | None) -> Team:
        return self.teams[next(who.squad for who in self.servings if who.volunteer.pk == volunteer_id)]


def moment(day: date, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def write(slug: str, plans: list[HeldPlan], ledger: Ledger, today: date) -> None:
    """Activities with what came of them, their places and hours."""
    activities = Activity.objects.bulk_create(_activities(plans, ledger))
    slots = Slot.objects.bulk_create(
        Slot(activity=activity, for_whom=ForWhom.VOLUNTEERS, places=plan.volunteers + 2)
        for activity, plan in zip(activities, plans, strict=True)
    )
    _photograph(activities, today)
    # Planned ten days before, as the list of what was written would tell.
    Activity.objects.update(created_at=F("starts_at") - timedelta(days=10))
    going = list(_who_goes(stream(slug, "who goes"), plans, ledger))
    places = [placed(slot, who.volunteer) for slot, people in zip(slots, going, strict=True) for who in people]
    _note_who_came(stream(slug, "who came"), places)
    Participation.objects.bulk_create(places, batch_size=500)
    records = [hours(place, ledger) for place in places if place.came_at]
    for record in records:
        if record.served_on < today - timedelta(days=_APPROVED_WITHIN):
            approve(record, ledger)
    ServiceRecord.objects.bulk_create(records, batch_size=500)


def _photograph(activities: list[Activity], today: date) -> None:
    """What was held under a programme's name, and what is fresh in memory, has a photo; visits to homes have none."""
    for activity in activities:
        fresh = timezone.localdate(activity.starts_at) > today - timedelta(days=_FRESH)
        if activity.in_public and (activity.kind in _FEATURED or fresh):
            scene = "table" if "百家宴" in activity.title else _SCENES.get(ActivityKind(activity.kind), "patrol")
            with clock_at(activity.ends_at):
                summing_up.add_photos(activity, [taken(scene, activity.starts_at + timedelta(minutes=40))])


def _activities(plans: list[HeldPlan], ledger: Ledger) -> Iterator[Activity]:
    programmes = {programme.name: programme for programme in Programme.objects.all()}
    partners = {partner.name: partner for partner in PartnerOrganisation.objects.all()}
    venues = {venue.name: venue for venue in Venue.objects.all()}
    for plan in plans:
        team = ledger.teams[plan.team]
        starts_at = moment(plan.day, plan.clock)
        ends_at = starts_at + timedelta(minutes=plan.minutes)
        yield Activity(
            kind=plan.kind,
            programme=programmes.get(plan.programme),
            team=team,
            partner=partners.get(plan.partner),
            title=plan.title,
            venue=venues.get(plan.venue),
            place=plan.place,
            starts_at=starts_at,
            ends_at=ends_at,
            sign_up_until=starts_at - timedelta(hours=2),
            state=ActivityState.HELD,
            planned_by=ledger.leader(team),
            # A visit to people's homes is nobody else's business.
            in_public=plan.kind != ActivityKind.CARE,
            people_served=plan.served,
            elderly_served=plan.elderly,
            summary=plan.summary,
            summed_up_at=ends_at + timedelta(hours=1),
            summed_up_by=ledger.leader(team),
            attendance_closed_at=ends_at + timedelta(hours=1),
            attendance_closed_by=ledger.leader(team),
        )


def _who_goes(draw: Random, plans: list[HeldPlan], ledger: Ledger) -> Iterator[list[Serving]]:
    """For each activity who had a place: nobody two on one day; each year all once before the eager ones again."""
    eager = {who.volunteer.pk: draw.choice((1, 1, 2, 4)) for who in ledger.servings}
    been: set[tuple[int, int]] = set()
    busy: set[tuple[int, date]] = set()
    for plan in plans:
        serving = ledger.serving_on(ledger.teams[plan.team], plan.day)
        free = [who for who in serving if (who.volunteer.pk, plan.day) not in busy]
        order = {who.volunteer.pk: draw.random() * eager[who.volunteer.pk] for who in free}
        free.sort(key=lambda who: ((who.volunteer.pk, plan.day.year) in been, -order[who.volunteer.pk]))
        people = free[: plan.volunteers]
        been |= {(who.volunteer.pk, plan.day.year) for who in people}
        busy |= {(who.volunteer.pk, plan.day) for who in people}
        yield people


def placed(slot: Slot, volunteer: Volunteer) -> Participation:
    return Participation(slot=slot, volunteer=volunteer, state=PlaceState.PLACED)


def _note_who_came(draw: Random, places: list[Participation]) -> None:
    for place in places:
        if draw.randrange(100) >= _MISSED:
            came(place)


def came(place: Participation) -> None:
    """Ticked on the list by whoever planned the activity, just after it began."""
    activity = place.slot.activity
    place.came_at, place.came_by = activity.starts_at + timedelta(minutes=5), CameBy.LIST
    place.came_noted_by = activity.planned_by


def hours(place: Participation, ledger: Ledger) -> ServiceRecord:
    """The line of the ledger that follows from somebody's having come, as yet to be approved."""
    activity = place.slot.activity
    return ServiceRecord(
        volunteer=place.volunteer,
        team=ledger.squad_of(place.volunteer_id),
        served_on=timezone.localdate(activity.starts_at),
        minutes=round((activity.ends_at - activity.starts_at).total_seconds() / 60),
        activity=activity,
        participation=place,
        recorded_by=activity.planned_by,
        at=activity.ends_at + timedelta(hours=1),
    )


def approve(record: ServiceRecord, ledger: Ledger) -> None:
    """By the squad's leader, the day after it was written."""
    record.approved_by = ledger.leader(record.team)
    record.approved_at = record.at + timedelta(days=1)
