"""The help: one page a role, in the order in which they are offered, and who of us finds which one first."""

from compounds.organisation.models import Person, PostKind
from handbook.roles import above, branch, council, doors, handling, outside, volunteers
from handbook.roles.page import Page

PAGES: tuple[Page, ...] = (
    branch.SECRETARY,
    above.GENERAL_SECRETARY,
    above.COMMUNITY_WORKER,
    doors.STEWARD,
    doors.NEIGHBOUR_LEAD,
    council.RESIDENTS_REPRESENTATIVE,
    council.DELIBERATOR,
    handling.HANDLING_PARTY,
    volunteers.SQUAD_LEADER,
    volunteers.VOLUNTEER,
    outside.RESIDENT,
    outside.DISTRICT,
)
# Whoever holds several posts begins with the one that asks most of them in a week.
_FIRST = (
    PostKind.BRANCH_SECRETARY,
    PostKind.BRANCH_COMMITTEE,
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.PROPERTY_STAFF,
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.OWNERS_COMMITTEE,
    PostKind.VOLUNTEER_LEADER,
    PostKind.RESIDENTS_REP,
    PostKind.PARTY_MEMBER,
)
BY_SLUG = {page.slug: page for page in PAGES}
_OF_POST = {post: page for page in PAGES for post in page.posts}


def pages_of(person: Person) -> list[Page]:
    """The pages for this person's posts of today, the one that asks most of them first."""
    return list(dict.fromkeys(_OF_POST[post] for post in _FIRST if post in person.kinds))
