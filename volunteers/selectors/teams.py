"""Associations with their squads: how many serve, who leads, and how many hours they gave this year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum

from volunteers.models import Activity, ServiceRecord, Team, TeamMember


@dataclass
class TeamLine:
    """One team as a list shows it; an association with its squads, whose people and hours it counts as its own."""

    team: Team
    leader: TeamMember | None = None
    # Keys of the volunteers: whoever leads association and squad is one person.
    people: set[int] = field(default_factory=set)
    minutes: int = 0
    squads: list["TeamLine"] = field(default_factory=list)

    @property
    def members(self) -> int:
        return len(self.people)

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)


def people_in(lines: Iterable[TeamLine]) -> int:
    """How many people serve in these teams, each once."""
    return len(set().union(*(line.people for line in lines)))


def associations(on: date) -> list[TeamLine]:
    """Every association that is there on that day. Four queries."""
    teams = list(Team.objects.active(on))
    lines = {team.pk: TeamLine(team) for team in teams}
    serving = TeamMember.objects.serving(on).filter(team__in=teams, volunteer__withdrawn_on=None)
    for team_id, volunteer in serving.order_by().values_list("team", "volunteer"):
        lines[team_id].people.add(volunteer)
    for leader in serving.leaders().select_related("volunteer__person"):
        lines[leader.team_id].leader = leader
    for team, minutes in _minutes(teams, on.year).items():
        lines[team].minutes = minutes
    tops = [line for line in lines.values() if line.team.parent_id not in lines]
    for line in lines.values():
        if line.team.parent_id in lines:
            above = lines[line.team.parent_id]
            above.squads.append(line)
            above.people |= line.people
            above.minutes += line.minutes
    return tops


def _minutes(teams: list[Team], year: int) -> dict[int, int]:
    rows = ServiceRecord.objects.approved().filter(team__in=teams, served_on__year=year).order_by()
    found: dict[int, int] = defaultdict(int)
    for row in rows.values("team").annotate(sum=Sum("minutes")):
        found[row["team"]] = row["sum"]
    return found


def people_of(team: Team, on: date) -> int:
    """How many people serve in it, an association's squads counted with it; each once."""
    rows = TeamMember.objects.serving(on).filter(Q(team=team) | Q(team__parent=team), volunteer__withdrawn_on=None)
    return rows.order_by().values("volunteer").distinct().count()


@dataclass(frozen=True)
class MemberLine:
    """One member of a team, with the hours given for it."""

    member: TeamMember
    minutes: int

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)


def members(team: Team, on: date) -> list[MemberLine]:
    """Those who serve in the team on that day, its leader first. Two queries."""
    rows = TeamMember.objects.serving(on).filter(team=team, volunteer__withdrawn_on=None)
    rows = rows.select_related("volunteer__person").order_by("-leads", "volunteer__person__name", "pk")
    hours = ServiceRecord.objects.approved().filter(team=team, served_on__year=on.year).order_by()
    given = dict(hours.values_list("volunteer").annotate(sum=Sum("minutes")))
    return [MemberLine(row, given.get(row.volunteer_id, 0)) for row in rows]


def activities(team: Team, on: date, count: int = 6) -> list[Activity]:
    """What comes next, and what was last; an association's are its squads' too."""
    rows = Activity.objects.taking_place().filter(Q(team=team) | Q(team__parent=team))
    coming = rows.filter(starts_at__date__gte=on).order_by("starts_at")[: count // 2]
    past = rows.filter(starts_at__date__lt=on).order_by("-starts_at")[: count // 2]
    return [*reversed(coming), *past]
