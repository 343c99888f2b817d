"""The care list: doors that somebody looks in on, in a rhythm, because they agreed to it. All of it is invented."""

from dataclasses import dataclass

from django.utils import timezone

from consultation.models import CareEnd, CareReason, ConsentHow, VisitOutcome
from consultation.services import care
from consultation.services.care import Consent
from demo.stories.plans import Moment
from demo.stories.stage import Neighbour, Stage
from demo.stories.telling import Story


@dataclass(frozen=True)
class CarePlan:
    """One door of that building; looked in on so many days ago each time, at last ended where ``ended`` says so.

    ``late``: nobody has looked in for longer than agreed.
    """

    building: int
    begun: Moment
    reason: CareReason
    note: str
    rhythm: int
    how: ConsentHow
    visited: tuple[tuple[int, str], ...] = ()
    ended: tuple[Moment, CareEnd] | None = None
    late: bool = False


CARED_FOR = (
    CarePlan(
        3,
        (75, "16:30"),
        CareReason.ALONE,
        "84岁，子女在深圳。听力不好，敲门要久一点。",
        7,
        ConsentHow.SPOKEN,
        ((40, "一切都好，换了个大字日历。"), (12, "说膝盖疼，约了下次义诊。"), (3, "药在吃，精神不错。")),
    ),
    CarePlan(
        3,
        (60, "10:20"),
        CareReason.MOBILITY,
        "坐轮椅，门口台阶要人搭手。",
        14,
        ConsentHow.RELATIVE,
        ((30, "送了菜。"), (9, "轮椅刹车松了，已请人修。")),
    ),
    CarePlan(
        6,
        (52, "19:00"),
        CareReason.ILLNESS,
        "每周二、四、六去透析，那几天别上午去。",
        10,
        ConsentHow.BY_PHONE,
        ((20, "气色比上个月好。"), (5, "家里有人陪着。")),
    ),
    CarePlan(
        9,
        (45, "18:10"),
        CareReason.CHILD,
        "爸妈常加班，孩子自己回家，四年级。",
        7,
        ConsentHow.WRITTEN,
        ((18, ""), (2, "在写作业。")),
    ),
    CarePlan(
        10,
        (41, "09:40"),
        CareReason.HARDSHIP,
        "低保户，正在申请临时救助。",
        30,
        ConsentHow.SPOKEN,
        ((11, "材料已交社区。"),),
    ),
    CarePlan(
        13,
        (38, "15:20"),
        CareReason.ALONE,
        "退休教师，爱聊天，喜欢有人听她讲从前。",
        14,
        ConsentHow.SPOKEN,
        ((17, "聊了半小时。"),),
        late=True,
    ),
    CarePlan(
        5,
        (90, "17:00"),
        CareReason.MOBILITY,
        "",
        14,
        ConsentHow.SPOKEN,
        ((70, "恢复得不错，能自己下楼了。"),),
        ended=((55, "10:00"), CareEnd.NOT_NEEDED),
    ),
)


def look_after(stage: Stage) -> list[Story]:
    return [_one(stage, plan) for plan in CARED_FOR]


def _one(stage: Stage, plan: CarePlan) -> Story:
    """Agreed at the door with the lead of its group, who looks in from then on."""
    yield stage.at(plan.begun)
    neighbour = _seldom_seen(stage, plan)
    group = neighbour.household.group
    lead = stage.lead(plan.building, group.position) if group else stage.steward(plan.building)
    row = care.begin(
        neighbour.household,
        reason=plan.reason,
        note=plan.note,
        rhythm_days=plan.rhythm,
        carer=None,
        consent=Consent(by=neighbour.person.name, how=plan.how, on=timezone.localdate()),
        today=timezone.localdate(),
        by=lead,
    )
    for days, note in plan.visited:
        yield stage.at((days, "17:40"))
        care.visit(row, outcome=VisitOutcome.TALKED, on=timezone.localdate(), note=note, by=lead)
    if plan.ended:
        when, as_what = plan.ended
        yield stage.at(when)
        care.end(row, as_what=as_what, today=timezone.localdate(), by=lead)


def _seldom_seen(stage: Stage, plan: CarePlan) -> Neighbour:
    """Somebody of that building; where the visit is to be late, nobody called on them since the last of the plan's."""
    neighbour = stage.neighbour(plan.building)
    while plan.late and (neighbour.household.last_contact_on or stage.today) > stage.day(plan.visited[-1][0]):
        neighbour = stage.neighbour(plan.building)
    return neighbour
