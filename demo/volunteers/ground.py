"""What stands before anything is held: associations, squads, partners, programmes and places of 西郡佳园.

The report names both associations, both brands, the feature activities and the hospital; the squads' names, their days
and the other partner are invented.
"""

from datetime import date

from demo.people import phone
from demo.volunteers.plans import AssociationPlan, PartnerPlan, ProgrammePlan, SquadPlan
from volunteers.models import ActivityKind, PartnerOrganisation, Programme, ProgrammeKind, Team, TeamKind, Venue

FRIENDS, HEARTS = "湘友爱志愿者协会", "点点爱心志愿者协会"
ASSOCIATIONS = (
    AssociationPlan(FRIENDS, date(2019, 5, 12), "小区第一支志愿者队伍，从门岗值守、入户宣传做起。"),
    AssociationPlan(HEARTS, date(2021, 7, 10), "以年轻家长和退休教师为主，办公益课堂，带着孩子做公益。"),
)
WATCH, CARE, POLICY = "平安守望小分队", "暖心帮扶小分队", "政策宣讲小分队"
CLASSES, CIVILITY = "公益课堂小分队", "文明新风小分队"
SQUADS = (
    SquadPlan(
        WATCH,
        FRIENDS,
        date(2019, 5, 12),
        28,
        (ActivityKind.FIRE_SAFETY, ActivityKind.ANTI_FRAUD, ActivityKind.EPIDEMIC),
        "消防安全、反诈宣传、门岗值守。",
    ),
    SquadPlan(CARE, FRIENDS, date(2019, 10, 7), 26, (ActivityKind.CARE,), "看望独居老人，帮有困难的邻居一把。"),
    SquadPlan(
        POLICY,
        FRIENDS,
        date(2020, 3, 5),
        20,
        (ActivityKind.POLICY, ActivityKind.EPIDEMIC, ActivityKind.ANTI_FRAUD),
        "医保、社保、垃圾分类等政策，上门讲给邻居听。",
    ),
    SquadPlan(CLASSES, HEARTS, date(2021, 7, 10), 24, (ActivityKind.CLASS,), "书法、手机、四点半课堂，老少都有课。"),
    SquadPlan(
        CIVILITY,
        HEARTS,
        date(2021, 7, 10),
        24,
        (ActivityKind.CIVILITY, ActivityKind.FIRE_SAFETY),
        "清楼道、护绿植、劝导文明养犬。",
    ),
)

HOSPITAL, FIRE_STATION = "株洲市二医院", "湘湾微型消防站（虚构）"
PARTNERS = (
    PartnerPlan(
        HOSPITAL,
        "每月第二个周六上午到邻聚里党群服务站义诊：量血压、测血糖、看片子，行动不便的老人预约上门。（联系人为虚构）",
        "陈医生（虚构）",
        phone(9001),
        date(2022, 9, 20),
    ),
    PartnerPlan(
        FIRE_STATION,
        "每半年一次消防演练，教用灭火器，帮查楼道和飞线充电。",
        "刘队长（虚构）",
        phone(9002),
        date(2023, 3, 1),
    ),
)

FAMILY, KIN = "邻里一家亲", "邻里亲"
FESTIVAL, TABLE, HELP, CLINIC = "幸福邻里节", "百家宴", "邻里帮", "邻里医家亲"
PROGRAMMES = (
    ProgrammePlan(FAMILY, ProgrammeKind.BRAND, date(2019, 9, 1), "一家有事大家帮：宣传、巡查、清洁，都在家门口。"),
    ProgrammePlan(KIN, ProgrammeKind.BRAND, date(2021, 7, 10), "老人孩子有人管：课堂、陪伴、上门帮忙。"),
    ProgrammePlan(FESTIVAL, ProgrammeKind.FEATURE, date(2021, 10, 1), "邻居们自己办的节：演节目、摆摊、评邻居。"),
    ProgrammePlan(TABLE, ProgrammeKind.FEATURE, date(2021, 9, 1), "一户一道菜，中秋和小年坐到一张长桌上。"),
    ProgrammePlan(HELP, ProgrammeKind.FEATURE, date(2021, 6, 1), "会什么帮什么：磨刀、理发、修小家电、旧物互换。"),
    ProgrammePlan(CLINIC, ProgrammeKind.PAIRED, date(2022, 10, 1), "与株洲市二医院结对，每月一次义诊。", HOSPITAL),
)

STATION, SQUARE, ACTIVITY_ROOM = "邻聚里党群服务站", "中心广场", "8栋架空层活动室"
VENUES = ((STATION, "1栋一楼", 60), (SQUARE, "小区中央", 300), (ACTIVITY_ROOM, "8栋一楼", 30))
VENUE_NAMES = frozenset(name for name, _where, _seats in VENUES)


def lay() -> dict[str, Team]:
    """Write it all down; the teams come back by name."""
    teams = {
        plan.name: Team.objects.create(
            kind=TeamKind.ASSOCIATION, name=plan.name, founded_on=plan.founded_on, about=plan.about
        )
        for plan in ASSOCIATIONS
    }
    for squad in SQUADS:
        teams[squad.name] = Team.objects.create(
            kind=TeamKind.SQUAD,
            parent=teams[squad.association],
            name=squad.name,
            founded_on=squad.founded_on,
            about=squad.about,
        )
    partners = {
        plan.name: PartnerOrganisation.objects.create(
            name=plan.name,
            about=plan.about,
            contact_name=plan.contact,
            contact_phone=plan.phone,
            agreed_on=plan.agreed_on,
        )
        for plan in PARTNERS
    }
    Programme.objects.bulk_create(
        Programme(
            name=plan.name, kind=plan.kind, since=plan.since, about=plan.about, partner=partners.get(plan.partner)
        )
        for plan in PROGRAMMES
    )
    Venue.objects.bulk_create(Venue(name=name, where=where, seats=seats) for name, where, seats in VENUES)
    return teams
