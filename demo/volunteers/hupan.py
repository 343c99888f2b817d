"""湖畔里: one association with one squad, so that volunteers stand on either side of the border. All invented."""

from datetime import date, timedelta

from compounds.organisation.models import Occupancy, Person, PostKind
from demo.draw import stream
from demo.holders import holders
from demo.stories.stage import Stage
from demo.stories.telling import Story
from demo.volunteers.history import Ledger, write
from demo.volunteers.people import Serving, volunteers
from demo.volunteers.plans import HeldPlan
from volunteers.models import ActivityKind, Programme, ProgrammeKind, Team, TeamKind, TeamMember, Venue

_SLUG = "hupan"
_ASSOCIATION, _SQUAD, _PAVILION = "湖畔里志愿者协会（虚构）", "湖边清洁小分队（虚构）", "湖边凉亭"
_MEMBERS = 7


def tell_volunteers(stage: Stage) -> list[Story]:
    """A squad that cleans the lake's shore once a month."""
    founded_on = stage.day(400)
    association = Team.objects.create(kind=TeamKind.ASSOCIATION, name=_ASSOCIATION, founded_on=founded_on)
    squad = Team.objects.create(kind=TeamKind.SQUAD, parent=association, name=_SQUAD, founded_on=founded_on)
    Programme.objects.create(kind=ProgrammeKind.BRAND, name="湖畔一刻钟（虚构）", since=founded_on)
    Venue.objects.create(name=_PAVILION, where="湖边", seats=20)
    servings = _enrol(squad, founded_on, stage.today)
    teams = {team.name: team for team in (association, squad)}
    write(_SLUG, list(_cleanings(stage)), Ledger.of(teams, servings), stage.today)
    return []


def _enrol(squad: Team, founded_on: date, today: date) -> list[Serving]:
    draw = stream(_SLUG, "volunteers")
    leader = holders(PostKind.VOLUNTEER_LEADER, today)[0]
    others = Person.objects.filter(posts=None, household__group__isnull=False).exclude(phone="").order_by("pk")
    people = draw.sample(list(others.exclude(household__occupancy=Occupancy.EMPTY)), _MEMBERS - 1)
    rows = volunteers(draw, [(person, founded_on) for person in (leader, *people)], shown=[])
    TeamMember.objects.bulk_create(
        TeamMember(team=squad, volunteer=row, leads=nth == 0, starts_on=founded_on) for nth, row in enumerate(rows)
    )
    return [Serving(row, squad.name, founded_on, None) for row in rows]


def _cleanings(stage: Stage) -> list[HeldPlan]:
    return [
        HeldPlan(
            day=stage.today - timedelta(days=30 * nth + 3),
            clock="08:00",
            minutes=90,
            kind=ActivityKind.CIVILITY,
            title="沿湖捡一圈",
            summary="捡了两袋，瓶子另外分好。",
            team=_SQUAD,
            volunteers=5,
            served=30,
            venue=_PAVILION,
        )
        for nth in range(12, -1, -1)
    ]
