"""Associations, squads and who serves in them; a leader's post comes and goes with the leading."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.appointments import appoint
from compounds.organisation.models import AuditEntry, Level, PostKind, Unit
from tests.factories import LONG_AGO, PersonFactory, TeamFactory, VolunteerFactory
from volunteers.errors.teams import InTeamAlready, NotInTeamThen, TeamDissolved, TeamNameTaken, TeamStillServes
from volunteers.errors.volunteers import ConsentWithdrawn
from volunteers.models import TeamMember, Volunteer
from volunteers.selectors import teams as lines
from volunteers.services import teams, volunteers
from volunteers.services.volunteers import Newcomer, Own

A_DAY = timedelta(days=1)


@pytest.fixture
def today(north):
    return timezone.localdate()


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def squad(north):
    return TeamFactory()


def leads_by_post(volunteer, on):
    return volunteer.person.posts.serving(on).filter(kind=PostKind.VOLUNTEER_LEADER).exists()


def member_of(squad, secretary, *, since=LONG_AGO):
    return teams.join(squad, VolunteerFactory(), starts_on=since, by=secretary)


def test_an_association_and_its_squad_are_founded(secretary, today):
    top = teams.found(name="湘友爱", about="", founded_on=today, parent=None, by=secretary)
    below = teams.found(name="夕阳红", about="", founded_on=today, parent=top, by=secretary)

    assert (top.kind, below.kind, below.parent) == ("association", "squad", top)
    with pytest.raises(TeamNameTaken):
        teams.found(name="夕阳红", about="", founded_on=today, parent=top, by=secretary)
    assert AuditEntry.objects.filter(action="team.found").count() == 2


def test_whoever_leads_holds_the_post_from_the_same_day(squad, secretary, today):
    member = member_of(squad, secretary)

    row = teams.lead(member, on=today, by=secretary)

    member.refresh_from_db()
    assert (member.ends_on, row.starts_on, row.leads) == (today - A_DAY, today, True)
    assert leads_by_post(row.volunteer, today)
    assert not leads_by_post(row.volunteer, today - A_DAY)


def test_a_new_leader_takes_the_place_and_the_post_of_the_former(squad, secretary, today):
    former = teams.lead(member_of(squad, secretary), on=today - 30 * A_DAY, by=secretary)
    newer = member_of(squad, secretary)

    teams.lead(newer, on=today, by=secretary)

    assert squad.members.serving(today).leaders().get().volunteer == newer.volunteer
    assert squad.members.serving(today).filter(volunteer=former.volunteer, leads=False).exists()
    assert not leads_by_post(former.volunteer, today)
    assert leads_by_post(newer.volunteer, today)


def test_the_post_stays_with_whoever_leads_another_team(squad, secretary, today):
    first = teams.lead(member_of(squad, secretary), on=today - 9 * A_DAY, by=secretary)
    other = teams.join(TeamFactory(), first.volunteer, starts_on=today - 9 * A_DAY, by=secretary)
    second = teams.lead(other, on=today - 5 * A_DAY, by=secretary)

    teams.leave(first, on=today - A_DAY, by=secretary)
    assert leads_by_post(first.volunteer, today)
    teams.step_down(second, on=today, by=secretary)
    assert not leads_by_post(first.volunteer, today)


def test_a_post_that_is_older_than_any_team_stays(squad, secretary, today):
    volunteer = VolunteerFactory()
    branch = Unit.objects.get(level=Level.BRANCH)
    appoint(volunteer.person, kind=PostKind.VOLUNTEER_LEADER, unit=branch, starts_on=LONG_AGO, by=None)
    member = teams.join(squad, volunteer, starts_on=today - 3 * A_DAY, by=secretary)
    row = teams.lead(member, on=today - 2 * A_DAY, by=secretary)

    teams.leave(row, on=today - A_DAY, by=secretary)

    assert leads_by_post(volunteer, today)


def test_moving_to_another_squad_leaves_no_gap(squad, secretary, today):
    member, other = member_of(squad, secretary), TeamFactory()

    moved = teams.move(member, to=other, on=today, by=secretary)

    member.refresh_from_db()
    assert (member.ends_on, moved.team, moved.starts_on) == (today - A_DAY, other, today)
    with pytest.raises(InTeamAlready):
        teams.join(other, member.volunteer, starts_on=today, by=secretary)


def test_days_that_do_not_fit_are_refused(squad, secretary, today):
    member = member_of(squad, secretary, since=today)
    gone = TeamFactory(dissolved_on=today - A_DAY)

    with pytest.raises(NotInTeamThen):
        teams.leave(member, on=today - A_DAY, by=secretary)
    with pytest.raises(NotInTeamThen):
        teams.lead(member, on=today - A_DAY, by=secretary)
    with pytest.raises(TeamDissolved):
        teams.join(gone, member.volunteer, starts_on=today, by=secretary)
    with pytest.raises(TeamStillServes):
        teams.dissolve(squad, on=today, by=secretary)


def test_somebody_new_is_written_down_and_enrolled(squad, secretary, today):
    newcomer = Newcomer(name="王师傅", phone="13800001111")

    member = volunteers.enrol_into(squad, newcomer, Own(skills=["repair"]), starts_on=today, by=secretary)

    assert member.volunteer.person.name == "王师傅"
    assert member.volunteer.skills == ["repair"]
    assert member.volunteer.consented_on == today


def test_taking_consent_back_ends_teams_and_post_and_shows_nothing(squad, secretary, today):
    row = teams.lead(member_of(squad, secretary), on=today - A_DAY, by=secretary)
    volunteers.say(row.volunteer, Own(skills=["law"], about="律师", shows_identity=True))
    volunteers.give_link(row.volunteer, now=timezone.now(), by=secretary)

    volunteers.withdraw(row.volunteer, now=timezone.now(), by=row.volunteer.person)

    one = Volunteer.objects.get(pk=row.volunteer_id)
    assert (one.skills, one.about, one.shows_identity, one.code_hash) == ([], "", False, "")
    assert not TeamMember.objects.serving(today + A_DAY).filter(volunteer=one).exists()
    assert not leads_by_post(one, today + A_DAY)
    assert lines.members(squad, today) == []
    with pytest.raises(ConsentWithdrawn):
        teams.join(squad, one, starts_on=today, by=secretary)
    volunteers.withdraw(one, now=timezone.now(), by=one.person)


def test_whoever_withdrew_may_come_again_with_new_consent(squad, secretary, today):
    member = member_of(squad, secretary)
    volunteers.withdraw(member.volunteer, now=timezone.now(), by=secretary)

    again = volunteers.enrol(member.volunteer.person, Own(skills=["hair"]), on=today, by=secretary)

    assert again.pk == member.volunteer_id
    assert again.withdrawn_on is None
    assert again.consented_on == today


def test_an_association_counts_the_people_of_its_squads(squad, secretary, today):
    other = TeamFactory(parent=squad.parent)
    for team in (squad, squad, other):
        member_of(team, secretary)

    [association] = lines.associations(today)

    assert association.members == 3
    assert {line.team: line.members for line in association.squads} == {squad: 2, other: 1}


def test_whoever_leads_association_and_squad_is_counted_once(squad, secretary, today):
    leader = member_of(squad, secretary).volunteer
    teams.join(squad.parent, leader, starts_on=today, by=secretary)

    found = lines.associations(today)

    assert [line.members for line in found] == [1]
    assert lines.people_in(found) == 1
