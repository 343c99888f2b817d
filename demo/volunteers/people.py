"""Who gives time to neighbours: existing people of the compound, in squads or not, with what they can do."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from compounds.organisation.models import Occupancy, Person, PostKind
from demo.draw import stream
from demo.holders import holders
from demo.volunteers import ground
from volunteers.models import FreeTime, Skill, Team, TeamMember, Volunteer

# Besides the leaders: party members who serve in squads, and those who show their skill outside any squad (亮身份).
_PARTY_IN_SQUADS, _PARTY_OUTSIDE = 41, 14
# Who left a squad again, and how many of them took their consent back.
_LEFT, _WITHDRAWN = 6, 1
_FOUNDERS = 8

# What people say of themselves, invented; each with the skills it tells of.
_ABILITIES = (
    ((Skill.DOCTOR,), "退休内科医生，看得懂化验单，不开药。"),
    ((Skill.NURSING,), "社区护士，会量血压、换药、陪诊。"),
    ((Skill.LAW,), "律师，劳动合同和物业纠纷问得多。"),
    ((Skill.REPAIR,), "水管、龙头、门锁都能修，自带工具。"),
    ((Skill.ELECTRICITY, Skill.REPAIR), "退休电工，两米以上不做。"),
    ((Skill.TEACHING, Skill.CHILDREN), "小学老师，能辅导三年级以下作业。"),
    ((Skill.TEACHING,), "教了三十年数学，初中的题都行。"),
    ((Skill.COUNSEL,), "学过心理咨询，愿意听人说说话。"),
    ((Skill.MEDIATION,), "当过车间工会主席，劝和是老本行。"),
    ((Skill.PHONE,), "教老人用手机，一遍不会教三遍。"),
    ((Skill.ERRANDS,), "每天去菜场，顺路帮带。"),
    ((Skill.DRIVING,), "有七座车，去医院可以送。"),
    ((Skill.HAIR,), "开过理发店，能上门给老人理发。"),
    ((Skill.COOKING,), "退休厨师，百家宴掌过勺。"),
    ((Skill.ARTS,), "写毛笔字，过年写春联。"),
    ((Skill.SPORT,), "太极拳，早上七点广场见。"),
    ((Skill.SAFETY,), "退伍军人，巡夜、教用灭火器都行。"),
    ((Skill.CHILDREN,), "带大两个孙子，放学可以帮着接。"),
    ((Skill.ERRANDS, Skill.COUNSEL), "时间多，陪老人坐坐、跑跑腿都可以。"),
)


@dataclass(frozen=True)
class Serving:
    """One time in one squad, as it is needed again and again while history is written."""

    volunteer: Volunteer
    squad: str
    starts_on: date
    ends_on: date | None

    def on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def enrol(slug: str, teams: dict[str, Team], today: date) -> list[Serving]:
    """Volunteers, in their squads and outside; the volunteers' leaders of the tree lead one squad each."""
    draw = stream(slug, "volunteers")
    leaders = list(holders(PostKind.VOLUNTEER_LEADER, today))[: len(ground.SQUADS)]
    party = _party_members(draw, leaders, today)
    in_squads = sum(squad.size for squad in ground.SQUADS)
    residents = _residents(draw, in_squads - len(leaders) - _PARTY_IN_SQUADS + _LEFT)
    ordinary = party[:_PARTY_IN_SQUADS] + residents[_LEFT:]
    draw.shuffle(ordinary)
    servings = []
    for squad, leader in zip(ground.SQUADS, leaders, strict=True):
        people, ordinary = [leader, *ordinary[: squad.size - 1]], ordinary[squad.size - 1 :]
        starts = [_start(draw, squad.founded_on, nth, today) for nth in range(len(people))]
        rows = volunteers(draw, list(zip(people, starts, strict=True)), shown=party)
        servings += [Serving(row, squad.name, row.joined_on, None) for row in rows]
    servings += _who_left(draw, residents[:_LEFT], today)
    volunteers(
        draw, [(person, today - timedelta(days=draw.randint(20, 500))) for person in party[_PARTY_IN_SQUADS:]], party
    )
    _write_memberships(servings, teams, {leader.pk for leader in leaders})
    return servings


def _party_members(draw: Random, but: list[Person], today: date) -> list[Person]:
    busy = [person.pk for person in but]
    found = holders(PostKind.PARTY_MEMBER, today).filter(household__isnull=False).exclude(pk__in=busy).order_by("pk")
    return draw.sample(list(found), _PARTY_IN_SQUADS + _PARTY_OUTSIDE)


def _residents(draw: Random, many: int) -> list[Person]:
    """People known behind a door, without a post and so without a login."""
    found = Person.objects.filter(posts=None, household__group__isnull=False).exclude(phone="")
    return draw.sample(list(found.exclude(household__occupancy=Occupancy.EMPTY).order_by("pk")), many)


def _start(draw: Random, founded_on: date, nth: int, today: date) -> date:
    if nth < _FOUNDERS:
        return founded_on
    # More of them in the first years than in the last; nobody within the last months.
    return founded_on + timedelta(days=10 + int(((today - founded_on).days - 130) * draw.random() ** 2))


def volunteers(draw: Random, joined: list[tuple[Person, date]], shown: list[Person]) -> list[Volunteer]:
    """Entries of people and the day on which each joined; ``shown`` are party members who say so (亮身份)."""
    rows = []
    for person, day in joined:
        skills, about = draw.choice(_ABILITIES)
        rows.append(
            Volunteer(
                person=person,
                skills=[skill.value for skill in skills],
                about=about,
                free_times=sorted(time.value for time in draw.sample(list(FreeTime), draw.randint(1, 2))),
                takes_requests=draw.random() < 0.85,
                shows_identity=person in shown,
                joined_on=day,
                consented_on=day,
            )
        )
    return Volunteer.objects.bulk_create(rows)


def _who_left(draw: Random, people: list[Person], today: date) -> list[Serving]:
    servings = []
    for nth, person in enumerate(people):
        squad = ground.SQUADS[nth % len(ground.SQUADS)]
        ended = today - timedelta(days=draw.randint(150, 400))
        (row,) = volunteers(draw, [(person, squad.founded_on + timedelta(days=30))], shown=[])
        if nth < _WITHDRAWN:
            row.withdrawn_on, row.skills, row.about, row.free_times = ended, [], "", []
            row.save()
        servings.append(Serving(row, squad.name, row.joined_on, ended))
    return servings


def _write_memberships(servings: list[Serving], teams: dict[str, Team], leaders: set[int]) -> None:
    """The first leader of an association's squads presides over the association too."""
    rows = [
        TeamMember(
            team=teams[serving.squad],
            volunteer=serving.volunteer,
            leads=serving.volunteer.person_id in leaders,
            starts_on=serving.starts_on,
            ends_on=serving.ends_on,
        )
        for serving in servings
    ]
    for association in ground.ASSOCIATIONS:
        squads = {squad.name for squad in ground.SQUADS if squad.association == association.name}
        first = next(row for row in rows if row.leads and row.team.name in squads)
        rows.append(
            TeamMember(
                team=teams[association.name], volunteer=first.volunteer, leads=True, starts_on=association.founded_on
            )
        )
    TeamMember.objects.bulk_create(rows)
