"""What neighbours of 西郡佳园 asked for, and how it went. All of it is invented."""

from dataclasses import dataclass
from enum import StrEnum

from demo.stories.plans import Moment
from volunteers.models import Skill


class Turn(StrEnum):
    """What happened next to a request."""

    DECLINED = "declined"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class NeedPlan:
    """One request by somebody of that building. ``words``: the thanks, or why it is no longer needed."""

    asked: Moment
    building: int
    skill: Skill
    text: str
    turns: tuple[tuple[Moment, Turn], ...] = ()
    minutes: int = 0
    words: str = ""
    may_be_rung: bool = True
    in_days: int = 0


NEEDS = (
    NeedPlan(
        (96, "10:00"),
        4,
        Skill.REPAIR,
        "厨房龙头关不严，一直滴水，老人自己拧不动总阀。",
        (((96, "12:10"), Turn.ACCEPTED), ((95, "16:00"), Turn.DONE)),
        60,
        "换了个阀芯，还把卫生间的也看了，钱一分没收。",
    ),
    NeedPlan(
        (83, "19:20"),
        9,
        Skill.DOCTOR,
        "化验单上有几个箭头，看不懂，想找懂的人讲讲。",
        (((82, "09:30"), Turn.ACCEPTED), ((82, "20:00"), Turn.DONE)),
        30,
        "讲得很明白，提醒我下个月去复查。",
    ),
    NeedPlan(
        (71, "15:40"),
        3,
        Skill.PHONE,
        "医保缴费要刷脸，弄了三次都没成功。",
        (((71, "16:30"), Turn.DECLINED), ((71, "18:00"), Turn.ACCEPTED), ((70, "10:00"), Turn.DONE)),
        40,
        "小伙子耐心，还把字体给我调大了。",
    ),
    NeedPlan(
        (60, "20:10"),
        10,
        Skill.CHILDREN,
        "这周三夫妻俩都加班，放学没人接二年级的孩子。",
        (((59, "08:40"), Turn.ACCEPTED), ((57, "18:30"), Turn.DONE)),
        120,
        "孩子回来说奶奶家的饺子好吃。",
    ),
    NeedPlan(
        (49, "09:50"),
        6,
        Skill.ERRANDS,
        "腿摔了，下不了楼，想请人带点菜和药。",
        (((49, "14:05"), Turn.EXPIRED), ((49, "15:00"), Turn.ACCEPTED), ((48, "11:20"), Turn.DONE)),
        50,
        "连着带了一个星期，真不知怎么谢。",
    ),
    NeedPlan(
        (37, "18:30"),
        13,
        Skill.ELECTRICITY,
        "客厅插座一插就跳闸，晚上不敢用电。",
        (((37, "19:40"), Turn.ACCEPTED), ((36, "10:30"), Turn.DONE)),
        70,
        "是线头松了，顺手把老化的插排也换了。",
    ),
    NeedPlan(
        (26, "16:20"),
        2,
        Skill.TEACHING,
        "孩子五年级分数应用题总错，想请人讲两次。",
        (((25, "10:00"), Turn.ACCEPTED), ((22, "20:30"), Turn.DONE)),
        90,
        "讲了两个晚上，孩子自己会画图了。",
    ),
    NeedPlan(
        (15, "11:00"),
        8,
        Skill.HAIR,
        "老伴卧床，头发长了，能不能请人上门剪一下。",
        (((15, "13:20"), Turn.ACCEPTED), ((14, "15:30"), Turn.DONE)),
        45,
        "剪得精神，老头子照了好一会儿镜子。",
    ),
    NeedPlan(
        (9, "17:10"),
        11,
        Skill.COUNSEL,
        "老姐妹走了以后一个人闷得慌，想有人来坐坐。",
        (((9, "20:00"), Turn.ACCEPTED), ((7, "16:00"), Turn.DONE)),
        100,
    ),
    NeedPlan(
        (6, "10:30"),
        5,
        Skill.PHONE,
        "新手机微信登不上，孙子在外地。",
        (((6, "11:50"), Turn.ACCEPTED), ((5, "19:00"), Turn.WITHDRAWN)),
        words="孙子回来了，已经弄好。",
    ),
    NeedPlan(
        (4, "09:20"),
        12,
        Skill.GARDEN,
        "阳台的三角梅叶子发黄、有小白虫，想请懂的人看看。",
        may_be_rung=False,
    ),
    NeedPlan(
        (2, "15:00"),
        7,
        Skill.DRIVING,
        "后天上午去二医院复查，坐轮椅，打车不方便。",
        (((2, "17:30"), Turn.DECLINED), ((1, "09:10"), Turn.ACCEPTED)),
        in_days=3,
    ),
    NeedPlan(
        (1, "18:40"),
        3,
        Skill.LAW,
        "租客拖了两个月房租，合同上没写违约金，怎么办。",
        (((1, "20:10"), Turn.DECLINED),),
    ),
    NeedPlan((1, "20:45"), 6, Skill.REPAIR, "防盗门锁芯转不动，要用很大力气，怕哪天关在外面。", in_days=4),
)
