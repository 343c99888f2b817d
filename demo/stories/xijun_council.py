"""The council of 西郡佳园: bodies, seats, deliberators, and its meetings. Companies are invented and say so."""

from datetime import date, timedelta

from compounds.organisation.models import PostKind
from consultation.models import DecisionOutcome, FundSource, LegalBasis, Party
from demo.plans import COMMITTEE_FOUNDED, COMPANY_CHANGED
from demo.stories.council import CouncilPlan
from demo.stories.plans import MeetingPlan, Moment, ResultPlan, SeatPlan
from demo.stories.xijun_bodies import BRANCH, EARLIER_COMPANY, OWNERS, PROPERTY

# Until then the owners' seat was vacant; from then on the residents' committee stood in, up to the first election.
STOOD_IN_SINCE = date(2022, 1, 1)
_DAY = timedelta(days=1)

SEATS = (
    SeatPlan(Party.BRANCH, None, body=BRANCH, basis=LegalBasis.PARTY_RULES),
    SeatPlan(Party.PROPERTY_COMPANY, None, COMPANY_CHANGED - _DAY, EARLIER_COMPANY, LegalBasis.CONTRACT),
    SeatPlan(Party.PROPERTY_COMPANY, COMPANY_CHANGED, body=PROPERTY, basis=LegalBasis.CONTRACT),
    SeatPlan(Party.OWNERS_COMMITTEE, None, STOOD_IN_SINCE - _DAY, vacancy="业主委员会尚未成立，筹备组正在征集候选人。"),
    SeatPlan(
        Party.OWNERS_COMMITTEE,
        STOOD_IN_SINCE,
        COMMITTEE_FOUNDED - _DAY,
        "湘湾社区居民委员会",
        LegalBasis.RESIDENTS_COMMITTEE,
    ),
    SeatPlan(Party.OWNERS_COMMITTEE, COMMITTEE_FOUNDED, body=OWNERS, basis=LegalBasis.OWNERS_COMMITTEE),
    SeatPlan(Party.RESIDENTS, None, body="居民代表", basis=LegalBasis.REPRESENTATIVES, minimum=3),
)
SITTING = (
    (Party.BRANCH, PostKind.BRANCH_SECRETARY, 1),
    (Party.BRANCH, PostKind.BRANCH_COMMITTEE, 2),
    (Party.BRANCH, PostKind.PARTY_MEMBER, 1),
    (Party.PROPERTY_COMPANY, PostKind.PROPERTY_STAFF, 2),
    (Party.OWNERS_COMMITTEE, PostKind.OWNERS_COMMITTEE, 3),
    (Party.RESIDENTS, PostKind.RESIDENTS_REP, 4),
    (Party.RESIDENTS, PostKind.BUILDING_STEWARD, 3),
    (Party.RESIDENTS, PostKind.VOLUNTEER_LEADER, 3),
)
SAT_BEFORE = ((Party.PROPERTY_COMPANY, PostKind.PROPERTY_STAFF, 2), (Party.RESIDENTS, PostKind.RESIDENTS_REP, 2))
COUNCIL = CouncilPlan(date(2021, 6, 20), SITTING, former=SAT_BEFORE)

PUBLISHED: tuple[Moment, ...] = ((112, "09:00"), (31, "09:00"), (9, "09:00"))
FENCE_MEETING = MeetingPlan(
    convened=(110, "10:00"),
    keys=("fence",),
    held=(104, "19:30"),
    results=(
        ResultPlan(
            "fence",
            "东门南侧约12米围栏整段更换为热镀锌围栏，底座重新浇筑，与原围栏同高同色。物业公司负责比价、施工和安全围挡，"
            "业委会全程监督，费用从公共收益中列支，决算在公告栏公布。",
            body=PROPERTY,
            due=80,
            cost=18600,
            fund_source=FundSource.COMMON_INCOME,
            reservations={
                Party.OWNERS_COMMITTEE: "同意动用公共收益，但三家报价要先贴出来给大家看，超出预算的部分不认。"
            },
        ),
    ),
    drawn_up=(103, "10:00"),
    confirmed=(
        (Party.BRANCH, (103, "10:30"), ""),
        (Party.PROPERTY_COMPANY, (103, "14:10"), ""),
        (Party.RESIDENTS, (103, "20:00"), ""),
        (Party.OWNERS_COMMITTEE, (102, "09:30"), "报价公示的要求请写进正文。"),
    ),
    issued=(101, "09:00"),
)
SUMMER_MEETING = MeetingPlan(
    convened=(30, "10:00"),
    keys=("garage", "bins", "hall_door", "certificates"),
    held=(24, "19:30"),
    results=(
        ResultPlan(
            "garage",
            "物业公司请防水单位查明渗水原因，清通B区排水沟，对三处渗水点做注浆堵漏，完工后放水检验。积水期间摆放防滑垫和提示牌。",
            body=PROPERTY,
            due=2,
            cost=6800,
            fund_source=FundSource.PROPERTY_FEE,
            reservations={Party.RESIDENTS: "只堵不查根子，过一阵还会漏，检验要请住户到场。"},
        ),
        ResultPlan(
            "bins",
            "物业公司更换破损垃圾桶，加装顶棚和冲洗水龙头，每天早上7点、晚上8点各冲洗一次，时间表贴在桶点旁。",
            body=PROPERTY,
            due=6,
            cost=4200,
            fund_source=FundSource.PROPERTY_FEE,
        ),
        ResultPlan(
            "hall_door",
            "物业公司更换3栋1单元闭门器、校正门轴，并在两周内把全部单元门检查一遍。",
            body=PROPERTY,
            due=-3,
            cost=900,
            fund_source=FundSource.PROPERTY_FEE,
        ),
        ResultPlan(
            "certificates",
            "小区无权办理。由支部整理车位名单和所缺资料，提请社区、街道协调开发商与登记部门，每两周向住户通报一次进展。",
            outcome=DecisionOutcome.REFERRED,
        ),
    ),
    drawn_up=(23, "10:00"),
    confirmed=(
        (Party.BRANCH, (23, "10:20"), ""),
        (Party.PROPERTY_COMPANY, (23, "15:00"), ""),
        (Party.OWNERS_COMMITTEE, (22, "19:00"), ""),
        (Party.RESIDENTS, (22, "19:30"), ""),
    ),
    issued=(21, "09:00"),
)
LATEST_MEETING = MeetingPlan(
    convened=(8, "10:00"),
    keys=("ground_floor", "charging"),
    held=(3, "19:30"),
    results=(
        ResultPlan(
            "ground_floor",
            "贴公告7天，有主物品自行搬走，过期由物业公司清运。清空后摆放乒乓球台和座椅，由7栋居民轮流看护。",
            body=PROPERTY,
            due=-18,
            cost=1500,
            fund_source=FundSource.COMMON_INCOME,
            reservations={Party.PROPERTY_COMPANY: "清运请楼栋长和业委会到场见证，免得事后说丢了东西。"},
        ),
        ResultPlan(
            "charging",
            "物业公司10天内修好7个坏插座；沿西围墙把充电棚接长，增设40个充电位，离楼不少于15米，业委会同充电企业谈，收费标准先公示。支部组织志愿者劝阻飞线充电。",
            body=PROPERTY,
            due=-25,
            cost=0,
            fund_source=FundSource.NONE,
        ),
    ),
    drawn_up=(1, "09:30"),
    confirmed=((Party.PROPERTY_COMPANY, (1, "16:00"), ""),),
)
FRIDAY_MEETING = MeetingPlan(convened=(1, "15:00"), keys=("access", "l_sign", "l_bench", "l_gym_hours"))
MEETINGS = (FENCE_MEETING, SUMMER_MEETING, LATEST_MEETING, FRIDAY_MEETING)
