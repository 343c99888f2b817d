"""The demo's two compounds, as data: the real one of the report, and a small invented one beyond its border."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from compounds.organisation.models import PostKind
from demo.buildings import HUPAN_BUILDINGS, XIJUN_BUILDINGS, BuildingPlan

DISTRICT = "天元区"


@dataclass(frozen=True)
class ElectedPlan:
    """A body that is elected for three years at a time; so many of today's members serve since the first election."""

    first_on: date
    since_first: int


@dataclass(frozen=True)
class FormerPlan:
    """So many who held a post in the compound's earlier days and hold none any more."""

    kind: PostKind
    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class CompoundPlan:
    """What is to stand in one compound. ``staffing`` counts the posts besides stewards, leads and party members."""

    slug: str
    name: str
    community: str
    built_on: date
    branch_founded_on: date
    about: str
    # Of nobody: no number begins like this.
    phone: str
    buildings: tuple[BuildingPlan, ...]
    grouped_doors: int
    party_members: int
    # How many of the stewards, leads, representatives and others of this compound are party members too.
    party_members_with_other_posts: int
    staffing: dict[PostKind, int]
    named: dict[PostKind, str] = field(default_factory=dict)
    buildings_without_steward: tuple[int, ...] = ()
    # Since when, where neither founding nor chance says so; and who came and went before today's people.
    since: dict[PostKind, date] = field(default_factory=dict)
    elected: dict[PostKind, ElectedPlan] = field(default_factory=dict)
    former: tuple[FormerPlan, ...] = ()


# The report says that the branch had the owners' committee founded and a new property company brought in; not when.
REPS_ELECTED = date(2021, 6, 12)
COMMITTEE_FOUNDED = date(2022, 10, 22)
COMPANY_CHANGED = date(2023, 3, 1)
XIJUN = CompoundPlan(
    slug="xijun",
    name="西郡佳园",
    community="湘湾社区",
    built_on=date(2017, 4, 1),
    branch_founded_on=date(2021, 6, 1),
    about="演示数据。数字和肖彪、唐碧玉两人的姓名职务取自《株洲日报》2024年4月10日的报道，其余人物、楼栋、电话均为虚构。",
    phone="0731-0000 0001",
    buildings=XIJUN_BUILDINGS,
    grouped_doors=949,
    party_members=148,
    party_members_with_other_posts=38,
    staffing={
        PostKind.GENERAL_SECRETARY: 1,
        PostKind.COMMUNITY_WORKER: 2,
        PostKind.GRID_WORKER: 2,
        PostKind.BRANCH_SECRETARY: 1,
        PostKind.BRANCH_COMMITTEE: 4,
        PostKind.RESIDENTS_REP: 9,
        PostKind.OWNERS_COMMITTEE: 5,
        PostKind.PROPERTY_STAFF: 3,
        PostKind.VOLUNTEER_LEADER: 5,
    },
    named={PostKind.GENERAL_SECRETARY: "肖彪", PostKind.BRANCH_SECRETARY: "唐碧玉"},
    since={
        PostKind.GENERAL_SECRETARY: date(2021, 6, 1),
        PostKind.COMMUNITY_WORKER: date(2021, 6, 1),
        PostKind.PROPERTY_STAFF: COMPANY_CHANGED,
    },
    elected={
        PostKind.RESIDENTS_REP: ElectedPlan(REPS_ELECTED, since_first=5),
        PostKind.OWNERS_COMMITTEE: ElectedPlan(COMMITTEE_FOUNDED, since_first=5),
    },
    former=(
        FormerPlan(PostKind.PROPERTY_STAFF, 2, date(2021, 6, 1), COMPANY_CHANGED - timedelta(days=1)),
        FormerPlan(PostKind.RESIDENTS_REP, 4, REPS_ELECTED, date(2024, 6, 11)),
    ),
)
HUPAN = CompoundPlan(
    slug="hupan",
    name="湖畔里（虚构）",
    community="云溪社区（虚构）",
    built_on=date(2009, 9, 1),
    branch_founded_on=date(2022, 3, 1),
    about="演示数据。本小区、所属社区和全部人物均为虚构。",
    phone="0731-0000 0002",
    buildings=HUPAN_BUILDINGS,
    grouped_doors=24,
    party_members=7,
    party_members_with_other_posts=2,
    staffing={
        PostKind.GENERAL_SECRETARY: 1,
        PostKind.GRID_WORKER: 1,
        PostKind.BRANCH_SECRETARY: 1,
        PostKind.BRANCH_COMMITTEE: 1,
        PostKind.RESIDENTS_REP: 3,
        PostKind.PROPERTY_STAFF: 1,
        PostKind.VOLUNTEER_LEADER: 1,
    },
    # Vacant on purpose: the tree must show it.
    buildings_without_steward=(3,),
)
PLANS = (XIJUN, HUPAN)
