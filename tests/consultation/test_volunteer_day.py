"""What of volunteering stands in somebody's day: a neighbour who asks, hours to approve, activities to sum up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from tests.factories import ActivityFactory, HouseholdFactory, PersonFactory, TeamFactory, VolunteerFactory
from tests.volunteers import stage
from volunteers.selectors.hours import by_approver
from volunteers.services import hours
from volunteers.services.hours import Line


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def day(web):
    """What waits for somebody, as their page says it."""
    return lambda person: [one for one, _left in web(person).get("/").context["rows"]]


def test_hours_wait_for_who_leads_the_squad_and_ones_own_for_the_branch(day, secretary):
    squad = TeamFactory()
    leader = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])
    own = VolunteerFactory(person=leader, team=squad, team__leads=True)
    lines = [Line(one, timezone.localdate(), 60, reason="清扫") for one in (own, VolunteerFactory(team=squad))]

    rows = hours.write_down([*lines, lines[1]], now=timezone.now(), by=secretary)

    assert by_approver(type(rows[0]).objects.waiting(), timezone.now()) == {leader.pk: 2, None: 1}
    assert [one.url[-7:] for one in (*day(leader), *day(secretary))] == ["/hours/", "/hours/"]


def test_hours_wait_for_the_branch_where_the_leader_cannot_sign_in(secretary):
    squad = TeamFactory()
    leader = VolunteerFactory(team=squad, team__leads=True)
    served = Line(VolunteerFactory(team=squad), timezone.localdate(), 60, reason="清扫")

    rows = hours.write_down([served], now=timezone.now(), by=secretary)

    assert leader.person.user_id is None
    assert by_approver(type(rows[0]).objects.waiting(), timezone.now()) == {None: 1}


def test_whoever_is_asked_reads_it_and_the_branch_once_nobody_is_left(day, secretary):
    request = stage.ask(HouseholdFactory(), secretary, timezone.now())
    asked = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    VolunteerFactory(person=asked, skills=["repair"])
    other = stage.ask(HouseholdFactory(), secretary, timezone.now(), text="门锁坏了")

    waits = day(asked)

    assert [(one.title, one.due_at) for one in waits] == [(other.text, stage.asked(other).answer_by)]
    assert [one.title for one in day(secretary)] == [request.text]


def test_what_is_over_waits_to_be_summed_up_by_whoever_planned_it(day, secretary):
    begun = timezone.now() - timedelta(hours=3)
    row = ActivityFactory(starts_at=begun, planned_by=secretary)

    found = [one.url for one in day(secretary)]

    assert [one[-len(f"/{row.pk}/summary/") :] for one in found] == [f"/{row.pk}/summary/"]
    assert day(PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])) == []
