"""Notices in each state, written and decided by the services."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from notices.models import Notice, NoticeState, Target
from notices.publishing import deciding, drafting
from tests.consultation.handling import secretary
from tests.factories import PersonFactory

TITLE = "停水通知"


def wording(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "activity",
        "title": TITLE,
        "text": "周六上午九点，中心花园见。",
        "target": Target.COMPOUND,
        "places": [],
        "post": "",
        "ends_on": timezone.localdate() + timedelta(days=7),
        **changed,
    }


def notice_in(state: NoticeState, *, by: Person | None = None, **changed: Any) -> Notice:
    """A notice brought to ``state``: written by a steward unless told otherwise, decided by the secretary."""
    replaces = changed.pop("replaces", None)
    by = by or PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    notice = drafting.write(wording(**changed), replaces=replaces, by=by)
    if state == NoticeState.DRAFT:
        return notice
    notice = deciding.approve(notice, now=timezone.now(), by=secretary())
    if state == NoticeState.APPROVED:
        return notice
    notice = deciding.publish(notice, now=timezone.now(), by=secretary())
    if state == NoticeState.PUBLISHED:
        return notice
    return deciding.withdraw(notice, why="写错了日期", now=timezone.now(), by=secretary())


def sent(**changed: Any) -> dict[str, Any]:
    """What the form sends."""
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    return {"kind": "activity", "title": TITLE, "text": "周六见。", "target": "compound", "ends_on": day, **changed}
