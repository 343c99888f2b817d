"""The demo's two compounds, as data: the real one of the report, and a small invented one beyond its border."""

from dataclasses import dataclass, field
from datetime import date

from compounds.organisation.models import PostKind
from demo.buildings import HUPAN_BUILDINGS, XIJUN_BUILDINGS, BuildingPlan

DISTRICT = "天元区"


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
