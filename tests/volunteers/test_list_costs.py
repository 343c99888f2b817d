"""Pages that list people, hours and honours cost the same for two rows and for sixty."""

from decimal import Decimal

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from tests.costs import costs
from tests.factories import LONG_AGO, PersonFactory, TeamFactory, VolunteerFactory
from volunteers.models import Honour, HonourKind, HonourState
from volunteers.services import hours

MINUTES = 90


@pytest.fixture
def secretary(north):
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def squad(north):
    return TeamFactory(name="夕阳红小分队", founded_on=LONG_AGO)


def serving(squad, number, by):
    """One more of the squad, with hours that wait, and one honour with a reward."""
    one = VolunteerFactory(
        team=squad, person__name=f"志愿者{number}", skills=["repair"], shows_identity=True, takes_requests=True
    )
    today, now = timezone.localdate(), timezone.now()
    hours.write_down([hours.Line(one, today, MINUTES, reason="换灯")], now=now, by=by)
    Honour.objects.create(
        kind=HonourKind.objects.earliest("position"),
        year=today.year,
        person=one.person,
        reason="热心帮忙",
        agreed_on=today,
        proposed_by=by,
        state=HonourState.GIVEN,
        given_on=today,
        given_by=by,
        number=number + 1,
        code=f"code{number:020d}",
        reward="雨伞",
        reward_value=Decimal(30),
        reward_donor="物业公司",
    )


def test_a_list_costs_the_same_for_two_and_for_sixty(web, secretary, squad):
    client = web(secretary)
    pages = [
        "/teams/",
        f"/teams/{squad.pk}/",
        "/volunteers/",
        "/board/volunteers/",
        "/hours/",
        "/hours/totals/",
        "/honours/",
        "/honours/suggestions/",
        "/honours/rewards/",
        "/board/honours/",
    ]

    for number in range(2):
        serving(squad, number, secretary)
    few = costs(client, pages)
    for number in range(2, 60):
        serving(squad, number, secretary)

    assert costs(client, pages) == few
