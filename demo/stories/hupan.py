"""湖畔里: two small matters, so that there is something on either side of the border. All of it is invented."""

from collections.abc import Callable
from datetime import date, timedelta

from compounds.organisation.models import PostKind
from consultation.models import BodyKind, LegalBasis, Party
from demo.stories import council
from demo.stories.first_steps import raise_matter
from demo.stories.plans import BodyPlan, MatterPlan, SeatPlan, VoicePlan
from demo.stories.stage import Stage
from demo.stories.telling import tell
from demo.volunteers.hupan import tell_volunteers

BRANCH = "湖畔里小区党支部（虚构）"
PROPERTY = "云溪物业服务站（虚构）"
BODIES = (
    BodyPlan(BodyKind.BRANCH, BRANCH),
    BodyPlan(BodyKind.PROPERTY_COMPANY, PROPERTY),
    BodyPlan(BodyKind.OTHER, "云溪社区居民委员会（虚构）"),
)
SEATS = (
    SeatPlan(Party.BRANCH, None, body=BRANCH, basis=LegalBasis.PARTY_RULES),
    SeatPlan(Party.PROPERTY_COMPANY, None, body=PROPERTY, basis=LegalBasis.CONTRACT),
    SeatPlan(Party.RESIDENTS, None, body="居民代表", basis=LegalBasis.REPRESENTATIVES, minimum=3),
)
SITTING = (
    (Party.BRANCH, PostKind.BRANCH_SECRETARY, 1),
    (Party.BRANCH, PostKind.BRANCH_COMMITTEE, 1),
    (Party.PROPERTY_COMPANY, PostKind.PROPERTY_STAFF, 1),
    (Party.RESIDENTS, PostKind.RESIDENTS_REP, 3),
    (Party.RESIDENTS, PostKind.BUILDING_STEWARD, 2),
)
MATTERS = (
    MatterPlan(
        key="hoop",
        title="篮球架锈了，篮板松动",
        said="孩子们天天在那里打球，篮板摇摇晃晃的，掉下来要出事。先拆下来也好。",
        category="水电公共设施",
        building=1,
        recorded=(5, "17:30"),
        place_note="小区中间的空坪",
        on_the_grounds=True,
        voices=(VoicePlan(1, 4, "螺丝松了两颗，我自己拧过，又松了。"),),
        handed_over=(2, "09:00"),
        summary="到现场看过，确实松动，已用绳子拦住，请支部安排。",
    ),
    MatterPlan(
        key="stair",
        title="2栋楼梯灯不亮，晚上摸黑",
        said="一楼到三楼的声控灯全不亮了，我眼睛不好，晚上下楼倒垃圾只能扶着墙走。",
        category="水电公共设施",
        building=2,
        recorded=(1, "19:00"),
        place_note="楼梯间",
        scenes=("stair_dark",),
    ),
)


def tell_hupan(today: date, tell_of: Callable[[str], None]) -> None:
    """Set up the council and tell everything up to yesterday."""
    vacant_until = today + timedelta(days=180)
    vacant = SeatPlan(Party.OWNERS_COMMITTEE, None, vacant_until, vacancy="业主委员会尚未成立，筹备组正在征集候选人。")
    elected = council.CouncilPlan(today - timedelta(days=500), SITTING)
    council.set_up(BODIES, (*SEATS, vacant), elected, today)
    stage = Stage(today)
    tell([*(raise_matter(stage, matter) for matter in MATTERS), *tell_volunteers(stage)])
