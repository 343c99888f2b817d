"""Honours on their way, as tests begin with them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Household, Person, PostKind
from notices.models import Posting
from tests.factories import PersonFactory
from volunteers.models import Honour, HonourKind
from volunteers.services import honours, honours_given, honours_posted

GOOD, SERVICE, HOUSE, STEWARD, SAT = "好邻居", "志愿服务证书", "党员模范户", "优秀楼栋长", "群众最满意议事员"


def kind(name: str) -> HonourKind:
    return HonourKind.objects.get(name=name)


def holder(post: PostKind) -> Person:
    """Whoever holds that post, or somebody who does from now on."""
    found = Person.objects.filter(posts__kind=post).first()
    return found or PersonFactory(posts=[post])


def secretary() -> Person:
    return holder(PostKind.BRANCH_SECRETARY)


def proposed(name: str = GOOD, receiver: Person | Household | None = None, **facts: Any) -> Honour:
    """By a steward; they agreed to be named."""
    facts = {"year": 2026, "reason": "常帮邻居", "agreed_on": timezone.localdate()} | facts
    by = facts.pop("by", None) or holder(PostKind.BUILDING_STEWARD)
    return honours.propose(kind(name), receiver or PersonFactory(), **facts, by=by)


def approved(name: str = GOOD, receiver: Person | Household | None = None, **facts: Any) -> Honour:
    return honours.approve([proposed(name, receiver, **facts)], by=secretary())[0]


def hanging(*rows: Honour) -> Posting:
    return honours_posted.put_up(rows or [approved()], today=timezone.localdate(), by=secretary())


def given(name: str = SERVICE, receiver: Person | Household | None = None, **facts: Any) -> Honour:
    """Given today; of a kind that is put up, after it hung."""
    row = approved(name, receiver, **facts)
    today = timezone.localdate()
    if row.kind.posted:
        today = day_after(hanging(row))
    return honours_given.give([row], today=today, by=secretary())[0]


def day_after(posting: Posting) -> date:
    return posting.ends_on + timedelta(days=1)
