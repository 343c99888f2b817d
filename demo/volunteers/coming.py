"""What 西郡佳园 has planned around today, as data: what is ahead, on today, and just over. All of it is invented."""

from dataclasses import dataclass
from enum import StrEnum

from demo.stories.plans import Moment
from demo.volunteers import ground
from volunteers.models import ActivityKind, Repeat


class After(StrEnum):
    """How far it has come, once its time is over."""

    NOTHING = "nothing"
    # Attendance is being taken, or was taken and closed, which made hours.
    TICKED = "ticked"
    CLOSED = "closed"


@dataclass(frozen=True)
class PlannedPlan:
    """One activity ``day`` days from today (before today: negative); ``None`` places for no limit, 0 for none.

    ``going`` volunteers of its team and ``coming`` residents sign up, in the days between planning and the activity.
    """

    key: str
    planned: Moment
    day: int
    clock: str
    minutes: int
    kind: ActivityKind
    title: str
    text: str
    team: str
    volunteers: int | None
    residents: int | None = 0
    going: int = 0
    coming: int = 0
    programme: str = ""
    partner: str = ""
    venue: str = ""
    place: str = ""
    repeat: Repeat = Repeat.NEVER
    after: After = After.NOTHING
    served: int = 0
    summary: str = ""
    # Not so a visit to people's homes.
    in_public: bool = True


AROUND = (
    PlannedPlan(
        "smoke",
        (19, "20:00"),
        -6,
        "15:00",
        120,
        ActivityKind.FIRE_SAFETY,
        "给老人家装烟感报警器",
        "后来又报名的12户，两人一组上门，带好梯子和电钻。",
        ground.WATCH,
        volunteers=8,
        going=6,
        place="1至4栋",
        programme=ground.FAMILY,
        after=After.CLOSED,
        served=12,
        summary="12户全装好了，教会按测试键。",
    ),
    PlannedPlan(
        "quilts",
        (12, "19:30"),
        -2,
        "09:00",
        150,
        ActivityKind.CARE,
        "帮独居老人晒被子、理衣柜",
        "6户老人，每户两人，先敲门问一声再进。",
        ground.CARE,
        volunteers=8,
        going=7,
        place="各家上门",
        programme=ground.KIN,
        after=After.CLOSED,
        served=6,
        summary="6户的被子都晒过，顺手量了血压。",
        in_public=False,
    ),
    PlannedPlan(
        "leaves",
        (9, "21:00"),
        -1,
        "15:00",
        90,
        ActivityKind.CIVILITY,
        "扫楼前楼后，清水沟",
        "带手套，工具在物业仓库领。",
        ground.CIVILITY,
        volunteers=10,
        going=7,
        place="6栋楼下",
        programme=ground.FAMILY,
        after=After.TICKED,
    ),
    PlannedPlan(
        "night_watch",
        (8, "19:00"),
        0,
        "19:30",
        90,
        ActivityKind.FIRE_SAFETY,
        "夜查飞线充电和消防通道",
        "两人一组，从1栋走到14栋，只劝不吵，拍照发群。",
        ground.WATCH,
        volunteers=8,
        going=7,
        place="东门岗亭旁",
        programme=ground.FAMILY,
    ),
    PlannedPlan(
        "phone_class",
        (10, "20:00"),
        5,
        "15:00",
        90,
        ActivityKind.CLASS,
        "手机课堂：认出诈骗短信，学会视频通话",
        "座位只有8个，请带上自己的手机和老花镜。家里有人陪也欢迎。",
        ground.CLASSES,
        volunteers=4,
        residents=8,
        going=3,
        coming=11,
        venue=ground.ACTIVITY_ROOM,
        programme=ground.KIN,
    ),
    PlannedPlan(
        "calligraphy",
        (11, "20:40"),
        4,
        "19:00",
        90,
        ActivityKind.CLASS,
        "书法公益课：写一个“和”字",
        "笔墨纸都有，零基础也行，孩子请家长陪。",
        ground.CLASSES,
        volunteers=3,
        residents=20,
        going=2,
        coming=7,
        venue=ground.STATION,
        programme=ground.KIN,
    ),
    PlannedPlan(
        "haircuts",
        (20, "20:00"),
        -3,
        "09:00",
        120,
        ActivityKind.CARE,
        "中心广场义务理发",
        "理发师三位，自带凳子。",
        ground.CARE,
        volunteers=5,
        residents=None,
        going=4,
        coming=5,
        place="中心广场凉亭",
        programme=ground.KIN,
    ),
    PlannedPlan(
        "drill",
        (5, "20:00"),
        31,
        "09:30",
        120,
        ActivityKind.FIRE_SAFETY,
        "半年一次的消防演练",
        "微型消防站带水带和烟雾帐篷来，每栋至少来十个人。",
        ground.WATCH,
        volunteers=12,
        residents=None,
        going=4,
        coming=3,
        partner=ground.FIRE_STATION,
        place="中心广场东侧",
    ),
)
STALL = PlannedPlan(
    "stall",
    (7, "20:30"),
    3,
    "18:30",
    90,
    ActivityKind.ANTI_FRAUD,
    "下班路上的反诈问答",
    "东门口摆一张桌子，答对三题送一只手机支架。",
    ground.POLICY,
    volunteers=5,
    going=6,
    place="东门岗亭旁",
    programme=ground.FAMILY,
)
CLINIC = PlannedPlan(
    "clinic",
    (16, "10:00"),
    0,
    "09:00",
    120,
    ActivityKind.CLINIC,
    "邻里医家亲：每月义诊",
    "量血压、测血糖、看片子。请带上医保卡和近半年的化验单。行动不便的老人，请告诉楼栋长，医生看完现场后上门。",
    ground.CARE,
    volunteers=5,
    residents=30,
    going=4,
    coming=9,
    programme=ground.CLINIC,
    partner=ground.HOSPITAL,
    venue=ground.STATION,
    repeat=Repeat.MONTHLY,
)
