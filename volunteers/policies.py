"""Who may do what with volunteers, help, activities, hours and honours."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation import settings_pages
from compounds.organisation.models import Person, PostKind
from compounds.organisation.policies import BRANCH, register

# Those who go from door to door and write down what others ask for.
AT_THE_DOOR = {
    *BRANCH,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.VOLUNTEER_LEADER,
}
ORGANISERS = {*BRANCH, PostKind.COMMUNITY_WORKER, PostKind.VOLUNTEER_LEADER}
PROPOSERS = {
    *BRANCH,
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.BUILDING_STEWARD,
    PostKind.RESIDENTS_REP,
    PostKind.VOLUNTEER_LEADER,
}


def is_branch(person: Person) -> bool:
    return bool(BRANCH & person.kinds)


def leads(person: Person, team: Any) -> bool:
    """Whether they lead this team today, or the association to which the squad belongs."""
    if team is None:
        return False
    led = [team.pk] if team.parent_id is None else [team.pk, team.parent_id]
    today = timezone.localdate()
    return team.members.model.objects.serving(today).leaders().filter(team__in=led, volunteer__person=person).exists()


def team_or_branch(person: Person, team: Any) -> bool:
    return is_branch(person) or leads(person, team)


def of_team_or_branch(person: Person, thing: Any) -> bool:
    """An activity or a line of hours is for those who lead its team; one without a team is for the branch."""
    return is_branch(person) or leads(person, thing.team)


def planner_or_branch(person: Person, activity: Any) -> bool:
    """An activity is changed by whoever planned it, those who lead its team, and the branch."""
    return activity.planned_by_id == person.pk or of_team_or_branch(person, activity)


def own(person: Person, thing: Any) -> bool:
    """One's own: a line of hours, an offer, a place."""
    return thing.volunteer is not None and thing.volunteer.person_id == person.pk


def own_or_leads(person: Person, offer: Any) -> bool:
    """One's own offer; or that of somebody in one's squad, or any for the branch: most volunteers have no account."""
    if own(person, offer) or is_branch(person):
        return True
    today = timezone.localdate()
    teams = [member.team for member in offer.volunteer.memberships.serving(today).select_related("team")]
    return any(leads(person, team) for team in teams)


def over_volunteer(person: Person, volunteer: Any) -> bool:
    """The branch keeps every volunteer's entry, a leader those of their own team."""
    if is_branch(person):
        return True
    today = timezone.localdate()
    return any(leads(person, one.team) for one in volunteer.memberships.serving(today).select_related("team"))


TEAM_CHANGE = "team.change"
register(TEAM_CHANGE, BRANCH)
VOLUNTEER_ENROL = "volunteer.enrol"
register(VOLUNTEER_ENROL, {*BRANCH, PostKind.VOLUNTEER_LEADER}, mine=team_or_branch)
VOLUNTEER_KEEP = "volunteer.keep"
register(VOLUNTEER_KEEP, {*BRANCH, PostKind.VOLUNTEER_LEADER}, mine=over_volunteer)
# Everybody who serves says for themselves what they can do and when (亮身份).
VOLUNTEER_OWN = "volunteer.own"
register(VOLUNTEER_OWN, PostKind)
SUGGEST = "volunteer.suggest"
register(SUGGEST, {*BRANCH, PostKind.PARTY_MEMBER})

HELP_ASK = "help.ask"
register(HELP_ASK, AT_THE_DOOR)
HELP_DECIDE = "help.decide"
register(HELP_DECIDE, {*BRANCH, PostKind.VOLUNTEER_LEADER})
HELP_ANSWER = "help.answer"
register(HELP_ANSWER, PostKind, mine=own_or_leads)

PROGRAMME_CHANGE = "programme.change"
register(PROGRAMME_CHANGE, BRANCH)
ACTIVITY_PLAN = "activity.plan"
register(ACTIVITY_PLAN, ORGANISERS)
ACTIVITY_CHANGE = "activity.change"
register(ACTIVITY_CHANGE, ORGANISERS, mine=planner_or_branch)
SIGN_UP = "activity.sign_up"
register(SIGN_UP, PostKind)
SIGN_UP_FOR = "activity.sign_up_for"
register(SIGN_UP_FOR, AT_THE_DOOR)
ATTENDANCE = "attendance.take"
register(ATTENDANCE, ORGANISERS, mine=planner_or_branch)

HOURS_APPROVE = "hours.approve"
register(HOURS_APPROVE, {*BRANCH, PostKind.VOLUNTEER_LEADER}, mine=of_team_or_branch)
HOURS_CORRECT = "hours.correct"
register(HOURS_CORRECT, {*BRANCH, PostKind.VOLUNTEER_LEADER}, mine=of_team_or_branch)
HOURS_DISPUTE = "hours.dispute"
register(HOURS_DISPUTE, PostKind, mine=own)
HOURS_EXPORT = "hours.export"
register(HOURS_EXPORT, {*BRANCH, PostKind.VOLUNTEER_LEADER})

HONOUR_PROPOSE = "honour.propose"
register(HONOUR_PROPOSE, PROPOSERS)
HONOUR_APPROVE = "honour.approve"
# What the secretary proposes is approved by the general branch's; nobody approves their own proposal.
register(HONOUR_APPROVE, [PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY])
HONOUR_POST = "honour.post"
register(HONOUR_POST, BRANCH)
HONOUR_GIVE = "honour.give"
register(HONOUR_GIVE, BRANCH)
HONOUR_KINDS = "honour_kind.change"
register(HONOUR_KINDS, [PostKind.BRANCH_SECRETARY])

settings_pages.register(
    "settings_programmes",
    _("Programmes"),
    _("The named series of activities, such as a brand or a festival."),
    PROGRAMME_CHANGE,
)
settings_pages.register(
    "settings_venues",
    _("Places for activities"),
    _("Where people meet; each serves one activity at a time."),
    PROGRAMME_CHANGE,
)
settings_pages.register(
    "settings_honour_kinds",
    _("Kinds of honours"),
    _("What is given each year, from which figures people are suggested, and what the certificate says."),
    HONOUR_KINDS,
)
