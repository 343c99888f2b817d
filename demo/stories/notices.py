"""What 西郡佳园 is told: the newspaper page's notices in our own words, and a few of everyday life, invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Building, PostKind
from demo.holders import holders
from demo.stories import notice_words as words
from demo.stories.handling import tick
from demo.stories.plans import Moment, TickPlan
from demo.stories.stage import Stage
from demo.stories.telling import Story
from notices.models import Notice, NoticeKind, Posting, Target
from notices.publishing import deciding, drafting, readings


@dataclass(frozen=True)
class NoticePlan:
    """One notice: who writes it, when it is written and published, and for how many days from then it is up."""

    key: str
    kind: NoticeKind
    words: Callable[[Stage], words.Wording]
    writer: PostKind
    written: Moment
    published: Moment | None
    days: int
    buildings: tuple[int, ...] = ()
    post: str = ""
    replaces: str = ""
    # At board, group and the entrances of so many buildings; and how often it was opened.
    ticked: TickPlan | None = None
    opened: int = 0


NOTICES = (
    NoticePlan(
        "fraud_city",
        NoticeKind.ANTI_FRAUD,
        words.fraud_city,
        PostKind.COMMUNITY_WORKER,
        (34, "10:00"),
        (34, "15:20"),
        60,
        ticked=TickPlan((33, "17:00"), 14),
        opened=212,
    ),
    NoticePlan(
        "law",
        NoticeKind.LAW,
        words.law,
        PostKind.COMMUNITY_WORKER,
        (21, "09:30"),
        (20, "09:00"),
        45,
        ticked=TickPlan((20, "17:30"), 14),
        opened=138,
    ),
    NoticePlan(
        "fraud_county",
        NoticeKind.ANTI_FRAUD,
        words.fraud_county,
        PostKind.GRID_WORKER,
        (9, "11:00"),
        (8, "09:10"),
        30,
        ticked=TickPlan((8, "18:00"), 14),
        opened=186,
    ),
    NoticePlan(
        "picnic",
        NoticeKind.ACTIVITY,
        words.table,
        PostKind.VOLUNTEER_LEADER,
        (7, "20:00"),
        (6, "09:00"),
        12,
        ticked=TickPlan((6, "17:00"), 5),
        opened=64,
    ),
    NoticePlan(
        "rumour",
        NoticeKind.RUMOUR,
        words.rumour,
        PostKind.GRID_WORKER,
        (4, "18:40"),
        (4, "19:10"),
        14,
        ticked=TickPlan((4, "20:00"), 0),
        opened=301,
    ),
    NoticePlan(
        "picnic_moved",
        NoticeKind.ACTIVITY,
        words.table_moved,
        PostKind.VOLUNTEER_LEADER,
        (3, "12:00"),
        (3, "16:00"),
        12,
        replaces="picnic",
        ticked=TickPlan((3, "18:30"), 9),
        opened=97,
    ),
    NoticePlan(
        "stewards",
        NoticeKind.POLICY,
        words.stewards,
        PostKind.BRANCH_SECRETARY,
        (2, "09:00"),
        (2, "09:05"),
        20,
        post=PostKind.BUILDING_STEWARD,
        opened=11,
    ),
    NoticePlan(
        "meeting",
        NoticeKind.MEETING,
        words.meeting,
        PostKind.BRANCH_SECRETARY,
        (1, "10:00"),
        (1, "10:05"),
        8,
        ticked=TickPlan((1, "17:00"), 8),
        opened=53,
    ),
    NoticePlan(
        "water",
        NoticeKind.EMERGENCY,
        words.water,
        PostKind.PROPERTY_STAFF,
        (1, "21:50"),
        (1, "21:58"),
        2,
        buildings=(3, 4),
        ticked=TickPlan((1, "22:20"), 3),
        opened=77,
    ),
    NoticePlan("bikes", NoticeKind.PROGRESS, words.bikes, PostKind.BUILDING_STEWARD, (1, "20:15"), None, 15),
)


def tell_notices(stage: Stage) -> list[Story]:
    told: dict[str, Notice] = {}
    return [_told(stage, plan, told) for plan in NOTICES]


def _told(stage: Stage, plan: NoticePlan, told: dict[str, Notice]) -> Story:
    yield stage.at(plan.written)
    notice = told[plan.key] = drafting.write(
        _wording(stage, plan), replaces=told.get(plan.replaces), by=_writer(stage, plan.writer)
    )
    if plan.published is None:
        return
    yield stage.at(plan.published)
    if not notice.is_emergency:
        notice = deciding.approve(notice, now=timezone.now(), by=stage.secretary)
    told[plan.key] = deciding.publish(notice, now=timezone.now(), by=stage.secretary)
    if plan.ticked:
        yield stage.at(plan.ticked.when)
        tick(stage, Posting.objects.get(notice=notice), plan.ticked)
    for _n in range(plan.opened):
        readings.count(notice, now=timezone.now())


def _wording(stage: Stage, plan: NoticePlan) -> dict[str, Any]:
    shown: date = stage.day((plan.published or plan.written)[0])
    places = list(Building.objects.filter(number__in=plan.buildings).values_list("pk", flat=True))
    target = Target.BUILDINGS if places else Target.POST if plan.post else Target.COMPOUND
    return {
        "kind": plan.kind,
        "ends_on": shown + timedelta(days=plan.days),
        **plan.words(stage),
        "target": target,
        "places": places,
        "post": plan.post,
    }


def _writer(stage: Stage, kind: PostKind) -> Any:
    if kind == PostKind.BRANCH_SECRETARY:
        return stage.secretary
    return holders(kind, stage.today).first() or stage.secretary
