"""In whatever order people answer, fall silent, withdraw and are picked: one is asked at a time, and nobody twice."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compounds.kernel.errors import DomainError
from compounds.organisation.models import PostKind
from compounds.workdays.lateness import moment
from tests.factories import HouseholdFactory, PersonFactory
from tests.volunteers.stage import ask, helper
from volunteers.models import HelpOffer, HelpState, OfferState, ServiceRecord
from volunteers.services import helping, volunteers

LIVE = [OfferState.WAITING, OfferState.ACCEPTED]
ACTS = ["accept", "decline", "give_back", "silence", "done", "leave", "pick", "look", "not needed"]
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), max_size=14)


@pytest.fixture
def door(north):
    return HouseholdFactory()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_the_books_are_right_after_any_order_of_events(door, steps):
    with transaction.atomic():
        by = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
        people = [helper(f"志愿者{n}") for n in range(4)]
        now = moment(timezone.localdate()) + timedelta(hours=10)
        request = ask(door, by, now)
        for act, n in steps:
            now += timedelta(minutes=5)
            now = _do(act, request, people[n], now, by)
            _is_right(request)
        transaction.set_rollback(True)


def _do(act, request, one, now, by):
    """One event; what the rules refuse changes nothing. Returns the time after it."""
    live = request.offers.filter(state__in=LIVE).first()
    if act == "silence":
        now = live.answer_by if live else now
    today = timezone.localdate(now)
    acts = {
        "silence": lambda: helping.pass_on(now),
        "leave": lambda: volunteers.withdraw(one, now=now, by=one.person),
        "pick": lambda: helping.pick(request, one, now=now),
        "look": lambda: helping.look_further(request, now=now),
        "not needed": lambda: helping.withdraw(request, why="好了", now=now),
    }
    if live:
        acts |= {
            "accept": lambda: helping.accept(live, now=now),
            "decline": lambda: helping.decline(live, now=now),
            "give_back": lambda: helping.give_back(live, now=now),
            "done": lambda: helping.done(live, minutes=10, served_on=today, now=now, by=by),
        }
    with contextlib.suppress(DomainError), transaction.atomic():
        acts.get(act, lambda: None)()
    return now


def _is_right(request):
    request.refresh_from_db()
    live = list(request.offers.filter(state__in=LIVE))
    expected = {HelpState.OPEN: [OfferState.WAITING], HelpState.ACCEPTED: [OfferState.ACCEPTED]}
    assert [offer.state for offer in live] == expected.get(HelpState(request.state), [])
    assert all(offer.volunteer.withdrawn_on is None for offer in live)
    given = HelpOffer.objects.filter(request=request, state=OfferState.DONE).count()
    assert given == int(request.state == HelpState.DONE) == ServiceRecord.objects.count()
    asked = list(request.offers.values_list("volunteer", flat=True))
    assert len(asked) == len(set(asked))
