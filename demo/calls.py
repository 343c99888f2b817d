"""Which doors were called at, when, by whom: the rows behind every door's last contact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from compounds.organisation.models import Occupancy, PostKind
from consultation.models import VisitOutcome
from demo.buildings import DoorPlan
from demo.cast import PersonPlan, Place
from demo.draw import stream

# Every door of a group was spoken with in these days, so the figures hold for a month after loading.
LATEST_WITHIN_DAYS = 60
# Of the doors without a group, so many in a hundred were once called at, too long ago to count.
ONCE_CALLED_AT = 12
LONG_AGO = (120, 330)
NOTES = (
    "一切都好。",
    "送了反诈宣传单，一起看了国家反诈中心App。",
    "提醒检查燃气软管。",
    "新搬来，加进了邻里群。",
    "老人独自在家，留了邻长的联系方式。",
    "说最近在外地上班，周末才回来。",
    "邀请参加百家宴，答应来。",
    "问了孩子放学后托管的事，已答复。",
)


@dataclass(frozen=True)
class CallPlan:
    door: DoorPlan
    visited_on: date
    outcome: VisitOutcome
    note: str
    by: str


def calls(slug: str, doors: list[DoorPlan], people: list[PersonPlan], today: date) -> list[CallPlan]:
    """All calls, oldest first; ``by`` is the name of who called, a lead or steward of that door."""
    draw = stream(slug, "calls")
    holders = _holders(people)
    planned: list[CallPlan] = []
    for door in doors:
        lead, steward = holders.get((door.building, door.group)), holders.get((door.building, 0))
        if door.group and lead:
            planned += _in_touch(draw, door, lead, steward or lead, today)
        elif steward and draw.randrange(100) < ONCE_CALLED_AT:
            planned.append(_spoke(draw, door, steward, today - timedelta(days=draw.randint(*LONG_AGO))))
    return sorted(planned, key=lambda call: call.visited_on)


def _holders(people: list[PersonPlan]) -> dict[Place, str]:
    return {
        post.place: person.name
        for person in people
        for post in person.posts
        if post.kind in {PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD} and post.ends_on is None
    }


def _in_touch(draw: Random, door: DoorPlan, lead: str, steward: str, today: date) -> Iterator[CallPlan]:
    by = lead if draw.random() < 0.75 else steward
    latest = today - timedelta(days=draw.randint(1, LATEST_WITHIN_DAYS))
    if draw.random() < 0.15:
        missed_on = latest - timedelta(days=draw.randint(1, 6))
        yield CallPlan(door, missed_on, VisitOutcome.NOT_HOME, "", by)
    if draw.random() < 0.6:
        yield _spoke(draw, door, by, latest - timedelta(days=draw.randint(28, 80)))
    yield _spoke(draw, door, by, latest)


def _spoke(draw: Random, door: DoorPlan, by: str, day: date) -> CallPlan:
    on_telephone = door.occupancy is Occupancy.EMPTY or draw.random() < 0.12
    outcome = VisitOutcome.BY_PHONE if on_telephone else VisitOutcome.TALKED
    note = draw.choice(NOTES) if not on_telephone and draw.random() < 0.3 else ""
    return CallPlan(door, day, outcome, note, by)
