"""Who may do what with notices, with postings, with the places where they hang, and with reminders."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from compounds.organisation import settings_pages
from compounds.organisation.models import Person, PostKind
from compounds.organisation.policies import BRANCH, register
from notices.models import NoticeState

TICK = "place.tick"
register(
    TICK,
    {*BRANCH, PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER, PostKind.COMMUNITY_WORKER},
)
register("posting.make_picture", BRANCH)
register("spot.change", [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_spots",
    _("Places for postings"),
    _("Notice boards, WeChat groups and other places; every entrance comes by itself."),
    "spot.change",
)

READ = "reminder.read"
register(READ, PostKind)
QUIET = "settings.quiet_hours"
register(QUIET, [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_quiet_hours",
    _("Quiet hours"),
    _("From when to when nobody is reminded of anything, and when the day's digest goes out."),
    QUIET,
)

# Those who have something to tell: a steward of the stairs, the property company of the water. The branch decides what
# goes out, so that nobody is told two things.
NOTICE_WRITE = "notice.write"
WRITERS = {
    *BRANCH,
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.OWNERS_COMMITTEE,
    PostKind.PROPERTY_STAFF,
    PostKind.VOLUNTEER_LEADER,
}


def own_or_branch(person: Person, notice: Any) -> bool:
    """A draft is worded anew by its writer, or by the branch."""
    return notice.written_by_id == person.pk or bool(BRANCH & person.kinds)


def own_draft_or_branch(person: Person, notice: Any) -> bool:
    """What nobody has approved yet is given up by its writer too; the rest by the branch."""
    return own_or_branch(person, notice) and (notice.state == NoticeState.DRAFT or bool(BRANCH & person.kinds))


register(NOTICE_WRITE, WRITERS, mine=own_or_branch)
NOTICE_APPROVE = "notice.approve"
register(NOTICE_APPROVE, BRANCH)
NOTICE_PUBLISH = "notice.publish"
register(NOTICE_PUBLISH, BRANCH)
NOTICE_WITHDRAW = "notice.withdraw"
register(NOTICE_WITHDRAW, WRITERS, mine=own_draft_or_branch)
ROBOTS = "robot.change"
register(ROBOTS, [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_robots",
    _("Robots of WeCom groups"),
    _("Each posting goes to these groups by itself."),
    ROBOTS,
)
DELIVERIES = "delivery.read"
register(DELIVERIES, BRANCH)
register("delivery.decide", BRANCH)
settings_pages.register(
    "deliveries", _("What was sent"), _("To groups and people: what arrived, what did not, and why."), DELIVERIES
)
# By what else they are told, everybody who serves chooses for themselves.
OWN = "outlet.choose"
register(OWN, PostKind)
