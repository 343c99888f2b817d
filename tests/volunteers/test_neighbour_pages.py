"""What the page of the tree says of activities, squads, help and honours."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from compounds.organisation import neighbour_pages
from compounds.organisation.models import PostKind
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, TeamFactory, VolunteerFactory
from volunteers.models import HelpRequest, Participation, PlaceState, TeamMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def _lines(person, now=None):
    with translation.override("en"):
        return {line.url_name: line.sentence for line in neighbour_pages.lines_for(person, now or timezone.now())}


def test_an_empty_compound_says_that_nothing_is_there_yet(north, secretary):
    assert _lines(secretary) == {
        "activities": "Nothing is planned.",
        "teams": "0 volunteers in 0 squads",
        "helping": "Nobody waits for help.",
        "honours": "Nobody has been honoured yet.",
    }


def test_the_next_activity_is_named_with_its_day(north, secretary):
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    ActivityFactory(title="书法课", starts_at=now + timedelta(days=2))
    ActivityFactory(title="义诊", starts_at=now + timedelta(days=1))

    assert _lines(secretary, now)["activities"] == "Next: 义诊, 3 Mar"


def test_who_leads_association_and_squad_is_one_volunteer(north, secretary):
    squad = TeamFactory()
    leader = VolunteerFactory()
    for team in (squad, squad.parent):
        TeamMember.objects.create(team=team, volunteer=leader, leads=True, starts_on=team.founded_on)

    assert _lines(secretary)["teams"] == "1 volunteer in 1 squad"


def test_requests_for_help_are_counted_for_those_who_may_know_of_them(north, secretary):
    HelpRequest.objects.create(skill="repair", text="水龙头", recorded_by=secretary)

    assert _lines(secretary)["helping"] == "1 neighbour waits for help."
    assert _lines(PersonFactory())["helping"] == "Nobody waits for help."
    assert "helping" not in _lines(None)


def test_the_page_of_the_tree_leads_there(north, web, secretary):
    page = web(secretary).get("/tree/").text

    for address in ("/activities/", "/teams/", "/helping/", "/honours/"):
        assert f'{address}"' in page


def test_my_day_shows_the_next_activity_and_rather_one_with_a_place(north, web, secretary):
    now = timezone.now()
    ActivityFactory(title="书法课", starts_at=now + timedelta(days=1))
    own = ActivityFactory(title="义诊", starts_at=now + timedelta(days=2))

    before = web(secretary).get("/").text
    Participation.objects.create(slot=SlotFactory(activity=own), person=secretary, state=PlaceState.PLACED)
    after = web(secretary).get("/").text

    assert "书法课" in before
    assert "you have a place" not in before
    assert "义诊" in after
    assert "you have a place" in after
