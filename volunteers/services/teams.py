"""Associations, squads, and who serves in them. A leader's post comes and goes with the leading, in one transaction."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from compounds.organisation import appointments, audit
from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from compounds.oversight.outbox import touch
from volunteers.errors.teams import InTeamAlready, NotInTeamThen, TeamDissolved, TeamNameTaken, TeamStillServes
from volunteers.errors.volunteers import ConsentWithdrawn
from volunteers.models import Team, TeamKind, TeamMember, Volunteer

_A_DAY = timedelta(days=1)


@transaction.atomic
def found(*, name: str, about: str, founded_on: date, parent: Team | None, by: Person) -> Team:
    """A new association, or a squad of ``parent``. Raises TeamNameTaken."""
    kind = TeamKind.SQUAD if parent else TeamKind.ASSOCIATION
    team = Team(kind=kind, parent=parent, name=name, about=about, founded_on=founded_on)
    _save(team)
    audit.record("team.found", about=team, by=by)
    return team


@transaction.atomic
def change(team: Team, *, name: str, about: str, founded_on: date, by: Person) -> Team:
    """Correct what it is called and does. Raises TeamNameTaken."""
    team = _locked(team)
    before = team.name
    team.name, team.about, team.founded_on = name, about, founded_on
    _save(team)
    audit.record("team.change", about=team, by=by, name={"old": before, "new": name})
    return team


@transaction.atomic
def dissolve(team: Team, *, on: date, by: Person) -> Team:
    """Its last day; nobody serves in it after that. Raises TeamStillServes."""
    team = _locked(team)
    later = on + _A_DAY
    left = team.members.exclude(ends_on__lt=later).count() + team.squads.exclude(dissolved_on__lt=later).count()
    if left:
        raise TeamStillServes(count=left, team=team)
    team.dissolved_on = on
    team.save(update_fields=["dissolved_on", "updated_at"])
    audit.record("team.dissolve", about=team, by=by, on=on.isoformat())
    touch("teams")
    return team


@transaction.atomic
def join(team: Team, volunteer: Volunteer, *, starts_on: date, by: Person) -> TeamMember:
    """The volunteer serves in the team from that day on. Raises InTeamAlready, TeamDissolved, ConsentWithdrawn."""
    volunteer = Volunteer.objects.select_for_update(of=("self",)).select_related("person").get(pk=volunteer.pk)
    if volunteer.withdrawn_on:
        raise ConsentWithdrawn
    member = _begin(team, volunteer, starts_on)
    audit.record("team.join", about=volunteer.person, by=by, team=team.name, starts_on=starts_on.isoformat())
    return member


@transaction.atomic
def leave(member: TeamMember, *, on: date, by: Person | None) -> TeamMember:
    """That day is their last in the team; whoever led it leads no more. Raises NotInTeamThen."""
    member = _member(member)
    if on < member.starts_on or (member.ends_on and member.ends_on < on):
        raise NotInTeamThen(name=member.volunteer, team=member.team)
    member.ends_on = on
    member.save(update_fields=["ends_on", "updated_at"])
    if member.leads:
        _end_post(member.volunteer, on, by)
    audit.record("team.leave", about=member.volunteer.person, by=by, team=member.team.name, on=on.isoformat())
    touch("teams")
    return member


@transaction.atomic
def move(member: TeamMember, *, to: Team, on: date, by: Person) -> TeamMember:
    """From that day on they serve in another team. Raises NotInTeamThen, InTeamAlready, TeamDissolved."""
    member = _member(member)
    if on <= member.starts_on:
        raise NotInTeamThen(name=member.volunteer, team=member.team)
    leave(member, on=on - _A_DAY, by=by)
    return join(to, member.volunteer, starts_on=on, by=by)


@transaction.atomic
def lead(member: TeamMember, *, on: date, by: Person) -> TeamMember:
    """From that day on they lead the team, and hold the post of it; whoever led before stays as a member.

    Raises NotInTeamThen, PostTaken.
    """
    team = _locked(member.team)
    member = _member(member)
    if on < member.starts_on or (member.ends_on and member.ends_on < on):
        raise NotInTeamThen(name=member.volunteer, team=team)
    if member.leads:
        return member
    for former in team.members.leaders().exclude(ends_on__lt=on).select_related("volunteer__person"):
        step_down(former, on=max(on, former.starts_on), by=by)
    row = _split(member, on, leads=True)
    _give_post(member.volunteer, on, by)
    audit.record("team.lead", about=member.volunteer.person, by=by, team=team.name, starts_on=on.isoformat())
    touch("teams")
    return row


@transaction.atomic
def step_down(member: TeamMember, *, on: date, by: Person) -> TeamMember:
    """From that day on they are a member like the others. Raises NotInTeamThen."""
    member = _member(member)
    if not member.leads or on < member.starts_on or (member.ends_on and member.ends_on < on):
        raise NotInTeamThen(name=member.volunteer, team=member.team)
    row = _split(member, on, leads=False)
    _end_post(member.volunteer, on - _A_DAY, by)
    audit.record("team.step_down", about=member.volunteer.person, by=by, team=member.team.name, on=on.isoformat())
    touch("teams")
    return row


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        if "name" not in str(error):
            raise
        raise TeamNameTaken(name=team.name) from error
    touch("teams")


def _locked(team: Team) -> Team:
    return Team.objects.select_for_update(of=("self",)).get(pk=team.pk)


def _member(member: TeamMember) -> TeamMember:
    rows = TeamMember.objects.select_for_update(of=("self",)).select_related("team", "volunteer__person")
    return rows.get(pk=member.pk)


def _begin(team: Team, volunteer: Volunteer, starts_on: date) -> TeamMember:
    team = _locked(team)
    if starts_on < team.founded_on or (team.dissolved_on and team.dissolved_on < starts_on):
        raise TeamDissolved(team=team)
    try:
        with transaction.atomic():
            member = TeamMember.objects.create(team=team, volunteer=volunteer, starts_on=starts_on)
    except IntegrityError as error:
        raise InTeamAlready(name=volunteer, team=team) from error
    touch("teams")
    return member


def _split(member: TeamMember, on: date, *, leads: bool) -> TeamMember:
    """From that day on the same membership is another row: who led when stays readable."""
    if on == member.starts_on:
        member.leads = leads
        member.save(update_fields=["leads", "updated_at"])
        return member
    until = member.ends_on
    member.ends_on = on - _A_DAY
    member.save(update_fields=["ends_on", "updated_at"])
    return TeamMember.objects.create(
        team=member.team, volunteer=member.volunteer, leads=leads, starts_on=on, ends_on=until
    )


def _give_post(volunteer: Volunteer, on: date, by: Person) -> None:
    branch = Unit.objects.get(level=Level.BRANCH)
    held = Post.objects.filter(person=volunteer.person, kind=PostKind.VOLUNTEER_LEADER, unit=branch)
    if not held.exclude(ends_on__lt=on).exists():
        appointments.appoint(volunteer.person, kind=PostKind.VOLUNTEER_LEADER, unit=branch, starts_on=on, by=by)


def _end_post(volunteer: Volunteer, on: date, by: Person | None) -> None:
    """The post goes with the last team that they lead; one that is older than any leading was given for itself."""
    if volunteer.memberships.leaders().exclude(ends_on__lte=on).exists():
        return
    first = min(volunteer.memberships.values_list("starts_on", flat=True))
    posts = volunteer.person.posts.filter(kind=PostKind.VOLUNTEER_LEADER).exclude(ends_on__lte=on)
    for post in posts.filter(starts_on__gte=first):
        appointments.end(post, on=on, by=by)
