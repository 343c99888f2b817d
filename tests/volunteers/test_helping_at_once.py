"""Two answers at once, and an answer in the second in which its time is over: one comes first, the books stay right."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from tests.committing import YARD, at_once
from tests.factories import HouseholdFactory, PersonFactory
from tests.volunteers.stage import ask, asked, helper, near
from volunteers.errors.helping import OfferGone
from volunteers.models import HelpOffer, HelpRequest, HelpState, OfferState, ServiceRecord, Volunteer
from volunteers.services import helping, volunteers
from volunteers.services.volunteers import Own

LIVE = [OfferState.WAITING, OfferState.ACCEPTED]


@pytest.fixture
def offer(committing):
    """Somebody is being asked; two others could be."""
    with compound_context(YARD):
        door = HouseholdFactory()
        near(door)
        return asked(ask(door, PersonFactory(posts=[PostKind.BUILDING_STEWARD]), timezone.now())).pk


def in_yard(work):
    def inside(n):
        with compound_context(YARD):
            return work(n)

    return inside


def test_of_eight_answers_at_once_one_counts(offer):
    def answer(n):
        one = HelpOffer.objects.get(pk=offer)
        return (helping.accept if n % 2 else helping.decline)(one, now=timezone.now()).state

    results = at_once(8, in_yard(answer))

    assert sum(isinstance(result, OfferGone) for result in results) == 7
    with compound_context(YARD):
        request = HelpRequest.objects.get()
        assert request.offers.filter(state__in=LIVE).count() == 1
        assert (request.state == HelpState.ACCEPTED) == (OfferState.ACCEPTED in results)


def test_accepting_while_the_time_runs_out_is_one_or_the_other(offer):
    with compound_context(YARD):
        late = HelpOffer.objects.get(pk=offer).answer_by + timedelta(seconds=1)

    def act(n):
        if n % 2:
            helping.pass_on(late)
            return None
        return helping.accept(HelpOffer.objects.get(pk=offer), now=late).state

    results = at_once(6, in_yard(act))

    with compound_context(YARD):
        one, request = HelpOffer.objects.get(pk=offer), HelpRequest.objects.get()
        accepted = one.state == OfferState.ACCEPTED
        assert results.count(OfferState.ACCEPTED) == int(accepted)
        assert sum(isinstance(result, OfferGone) for result in results) == 3 - int(accepted)
        assert request.state == (HelpState.ACCEPTED if accepted else HelpState.OPEN)
        assert request.offers.count() == (1 if accepted else 2)
        assert request.offers.filter(state__in=LIVE).count() == 1


def test_help_that_is_reported_by_two_at_once_is_one_line_of_hours(offer):
    with compound_context(YARD):
        helping.accept(HelpOffer.objects.get(pk=offer), now=timezone.now())

    def done(n):
        one = HelpOffer.objects.select_related("volunteer__person").get(pk=offer)
        today = timezone.localdate()
        helping.done(one, minutes=30, served_on=today, now=timezone.now(), by=one.volunteer.person)

    results = at_once(4, in_yard(done))

    assert results.count(None) == 1
    with compound_context(YARD):
        assert ServiceRecord.objects.count() == 1


def test_taking_consent_back_while_accepting_leaves_nobody_bound(offer):
    def act(n):
        one = HelpOffer.objects.select_related("volunteer__person").get(pk=offer)
        if n % 2:
            volunteers.withdraw(one.volunteer, now=timezone.now(), by=one.volunteer.person)
        else:
            helping.accept(one, now=timezone.now())

    at_once(4, in_yard(act))

    with compound_context(YARD):
        one = HelpOffer.objects.select_related("volunteer").get(pk=offer)
        assert one.volunteer.withdrawn_on
        assert one.state == OfferState.CALLED_OFF
        assert HelpRequest.objects.get().offers.filter(state__in=LIVE).count() == 1


def test_one_matter_asked_for_by_two_at_once_is_one_request(committing):
    with compound_context(YARD):
        by = [PersonFactory(posts=[PostKind.BUILDING_STEWARD]) for _n in range(4)]

    def ask_for(n):
        return ask(None, by[n], timezone.now(), issue_number="2026-0001").pk

    assert len(set(at_once(4, in_yard(ask_for)))) == 1


def test_enrolling_the_same_person_twice_at_once_makes_one_entry(committing):
    with compound_context(YARD):
        person, by = PersonFactory(), PersonFactory()
        helper("另一位")

    def enrol(n):
        return volunteers.enrol(person, Own(skills=["hair"]), on=timezone.localdate(), by=by).pk

    results = at_once(4, in_yard(enrol))

    assert len(set(results)) == 1
    with compound_context(YARD):
        assert Volunteer.objects.filter(person=person).count() == 1
