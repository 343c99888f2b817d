"""Whom 西郡佳园 honoured: since 2023 each year's end, and who is on the way now.

The report gives the numbers of 2023; who it was, and the later years, are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from compounds.organisation.models import Household, Person, Post, PostKind
from compounds.photos import intake
from demo.draw import stream
from demo.pictures.camera import taken
from demo.stories.stage import Stage
from demo.stories.telling import Story
from notices.models import Posting
from volunteers import honouring
from volunteers.models import Honour, HonourKind, SuggestBy
from volunteers.services import honours, honours_given, honours_posted, rewards
from volunteers.suggesting import Figures

FIRST_YEAR = 2023
HOUSEHOLD, NEIGHBOUR, STEWARD = "党员模范户", "好邻居", "优秀楼栋长"
DELIBERATOR, CERTIFICATE = "群众最满意议事员", "志愿服务证书"


@dataclass(frozen=True)
class YearPlan:
    households: int
    neighbours: int
    stewards: int
    certificates: int


# Of 2023 the report tells.
_REPORTED = YearPlan(4, 5, 2, 74)
_LATER = YearPlan(5, 6, 3, 82)
# Of these buildings the stewards propose whom they know.
_PROPOSING = (1, 2, 3, 4, 6, 7, 8, 9)
# A year's honours are given at its end; in the first weeks of the next one they may still be on the way.
_LATE_BY = timedelta(days=60)
_PROPOSED, _APPROVED, _POSTED, _HUNG, _GIVEN = (12, 4), (12, 10), (12, 12), (12, 13), (12, 26)

_FOR_WHAT = {
    HOUSEHOLD: (
        "一家三口都是志愿者，楼道里的灯坏了总是他家先报。",
        "主动让出门口堆物的地方，带动整层清了楼道。",
        "加装充电桩时先签字，又挨家去做工作。",
        "家里办起图书角，孩子们放学就来。",
        "每次议事都到，说过的事都办了。",
        "老人住院，轮流照看对门的孩子。",
    ),
    NEIGHBOUR: (
        "连着两年给对门独居老人买菜送药。",
        "义务理发，全年上门二十多次。",
        "下大雪的早上，一个人把坡道铲了出来。",
        "邻居漏水半夜去关总阀，又守到天亮。",
        "教楼里的老人用手机，一遍不会教三遍。",
        "捡到钱包，守在原地等到失主。",
    ),
    STEWARD: (
        "本楼走访最勤，提的事桩桩有回音。",
        "两家多年的矛盾，是他坐下来劝和的。",
        "楼道堆物、飞线充电，本楼清得最干净。",
    ),
}
_REWARDS = {
    HOUSEHOLD: ("食用油一桶", Decimal("78.00"), "湘湾惠民超市（虚构）"),
    NEIGHBOUR: ("保温杯一个", Decimal("59.00"), "湘湾惠民超市（虚构）"),
    STEWARD: ("强光手电一支", Decimal("45.00"), "西郡佳园物业服务中心（虚构）"),
}


def living_year(today: date) -> int:
    """Whose honours are on the way today."""
    return (today - _LATE_BY).year


def tell_honours(stage: Stage) -> list[Story]:
    years = range(FIRST_YEAR, living_year(stage.today))
    return [*(_year(stage, year) for year in years), _on_the_way(stage, living_year(stage.today))]


def _year(stage: Stage, year: int) -> Story:
    """From the proposals to the certificates, in December of that year."""
    plan = _REPORTED if year == FIRST_YEAR else _LATER
    yield _moment(stage, year, _PROPOSED, "19:30")
    posted = _propose_year(stage, year, plan)
    served = [_thank(stage, year, *row) for row in _by_hours(year)[: plan.certificates]]
    yield _moment(stage, year, _APPROVED, "20:10")
    honours.approve([*posted, *served], by=stage.secretary)
    yield _moment(stage, year, _POSTED, "10:00")
    posting = honours_posted.put_up(posted, today=timezone.localdate(), by=stage.secretary)
    yield _moment(stage, year, _HUNG, "17:30")
    _hang_everywhere(stage, posting)
    yield _moment(stage, year, _GIVEN, "15:00")
    given = honours_given.give([*posted, *served], today=timezone.localdate(), by=stage.secretary)
    receipt = taken("receipt", timezone.now())
    for row in given:
        if row.reward:
            rewards.receive(row, on=timezone.localdate(), receipt=receipt, by=stage.secretary)


def _propose_year(stage: Stage, year: int, plan: YearPlan) -> list[Honour]:
    draw = stream("xijun", f"honours of {year}")
    rows = [
        *(_propose(stage, HOUSEHOLD, year, home, draw) for home in _party_homes(draw, year, plan.households)),
        *(_propose(stage, NEIGHBOUR, year, person, draw) for person in _neighbours(draw, year, plan.neighbours)),
        *(_propose(stage, STEWARD, year, person, draw) for person in _stewards(draw, year, plan.stewards)),
    ]
    for row in rows:
        reward, value, donor = _REWARDS[row.kind.name]
        rewards.name(row, reward=reward, value=value, donor=donor, by=stage.secretary)
    return rows


def _propose(stage: Stage, kind: str, year: int, receiver: Person | Household, draw: Random) -> Honour:
    """By the steward of some building. People agreed to be named; of the households every third did not."""
    home = receiver if isinstance(receiver, Household) else None
    named = home is None or draw.random() < 0.67
    said = _FOR_WHAT[kind]
    nth = Honour.objects.filter(kind__name=kind, year=year).count() + year
    return honours.propose(
        HonourKind.objects.get(name=kind),
        receiver,
        year=year,
        reason=said[nth % len(said)],
        agreed_on=timezone.localdate() if named else None,
        family=_family(home) if home and named else "",
        by=stage.steward(_PROPOSING[nth % len(_PROPOSING)]),
    )


def _family(home: Household) -> str:
    return f"{home.people.order_by('pk')[0].name[0]}家"


def _thank(stage: Stage, year: int, person: Person, figures: Figures) -> Honour:
    return honours.propose(
        HonourKind.objects.get(name=CERTIFICATE),
        person,
        year=year,
        reason=f"{year}年志愿服务{figures['value'] / 60:g}小时。",
        facts={"from": SuggestBy.HOURS, **figures},
        by=stage.steward(7),
    )


# --- Whom ------------------------------------------------------------------------------------------------------------


def _party_homes(draw: Random, year: int, many: int) -> list[Household]:
    """Of party members who were such here by the middle of the year."""
    posts = Post.objects.filter(kind=PostKind.PARTY_MEMBER, starts_on__lte=date(year, 6, 30))
    homes = Household.objects.filter(people__posts__in=posts).distinct().order_by("pk")
    return draw.sample(list(homes), many)


def _neighbours(draw: Random, year: int, many: int) -> list[Person]:
    """Volunteers who served in the year and hold no post."""
    served = Person.objects.filter(volunteer__service_records__served_on__year=year, posts=None)
    return draw.sample(list(served.filter(volunteer__withdrawn_on=None).distinct().order_by("pk")), many)


def _stewards(draw: Random, year: int, many: int) -> list[Person]:
    posts = Post.objects.filter(kind=PostKind.BUILDING_STEWARD, starts_on__lte=date(year, 6, 30))
    posts = posts.exclude(ends_on__lt=date(year, 12, 1))
    return draw.sample(list(Person.objects.filter(posts__in=posts).distinct().order_by("pk")), many)


def _by_hours(year: int) -> list[tuple[Person, Figures]]:
    """Whoever served most in the year comes first."""
    found = honouring.hours(year)
    people = Person.objects.filter(pk__in=found, volunteer__withdrawn_on=None)
    rows = [(person, found[person.pk]) for person in people]
    return sorted(rows, key=lambda row: (-row[1]["value"], row[0].pk))


def _moment(stage: Stage, year: int, month_day: tuple[int, int], clock: str) -> datetime:
    return stage.at(((stage.today - date(year, *month_day)).days, clock))


def _hang_everywhere(stage: Stage, posting: Posting) -> None:
    """One photo serves for all places of a posting long past."""
    proof = intake.keep(taken("notice_board", timezone.now()))
    posting.places.update(ticked_at=timezone.now(), ticked_by=stage.secretary, proof=proof)


# --- On the way ------------------------------------------------------------------------------------------------------


def _on_the_way(stage: Stage, year: int) -> Story:
    """Proposed, approved, put up or dropped, but not given yet."""
    draw = stream("xijun", "honours on the way")
    yield stage.at((12, "19:40"))
    stewards = [_propose(stage, STEWARD, year, person, draw) for person in _stewards(draw, year, 3)]
    homes = [_propose(stage, HOUSEHOLD, year, home, draw) for home in _party_homes(draw, year, 4)]
    yield stage.at((8, "20:15"))
    honours.approve([*stewards, *homes[:2]], by=stage.secretary)
    reward, value, donor = _REWARDS[STEWARD]
    rewards.name(stewards[0], reward=reward, value=value, donor=donor, by=stage.secretary)
    yield stage.at((6, "20:30"))
    honours.drop(homes[3], why="本人说已经评过两回，让给别家。", by=stage.secretary)
    yield stage.at((2, "10:10"))
    honours_posted.put_up(stewards, today=timezone.localdate(), by=stage.secretary)
    yield stage.at((1, "19:20"))
    for person in _neighbours(draw, year, 2):
        _propose(stage, NEIGHBOUR, year, person, draw)
    for person, figures in _by_hours(year)[:3]:
        _thank(stage, year, person, figures)
