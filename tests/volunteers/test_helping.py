"""Help among neighbours: asked, offered to the nearest who can, answered, passed on, done, thanked."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.workdays.lateness import moment
from notices.models import Reminder
from notices.reminding import engine
from notices.reminding.quiet import Quiet
from tests.factories import HouseholdFactory, PersonFactory, TeamFactory
from tests.volunteers import stage
from tests.volunteers.stage import asked, helper, near
from volunteers import matching
from volunteers.answer_time import after_waking_hours
from volunteers.errors.helping import (
    AskedBefore,
    AsksForThemselves,
    NotYourTurn,
    OfferGone,
    ThanksTooEarly,
)
from volunteers.errors.hours import HoursInFuture, TooManyHours
from volunteers.errors.volunteers import ConsentWithdrawn
from volunteers.models import HelpOffer, HelpRequest, HelpState, OfferState, ServiceRecord, Skill
from volunteers.services import helping, teams, volunteers
from volunteers.services.helping import Need

NOON = moment(date(2026, 11, 25)) + timedelta(hours=12)


@pytest.fixture
def steward(north):
    return PersonFactory(name="楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def door(north):
    return HouseholdFactory()


def ask(door, by, **more):
    return stage.ask(door, by, NOON, **more)


def test_the_nearest_who_can_do_it_is_asked_first(door, steward):
    at_entrance, in_building, elsewhere = near(door)
    helper("会别的", household=HouseholdFactory(entrance=door.entrance), skills=[Skill.LAW])

    request = ask(door, steward)

    assert asked(request).volunteer == at_entrance
    assert asked(request).reasons == {"near": "entrance", "at_hand": 0, "lately": 0, "has_time": None}
    left = [match.volunteer for match in matching.matches(request, on=NOON.date())]
    assert left == [in_building, elsewhere]


def test_of_two_as_near_the_one_with_less_at_hand_is_asked(door, steward):
    busy, free = (helper(name, household=HouseholdFactory(entrance=door.entrance)) for name in ("忙", "闲"))
    first = ask(door, steward)

    second = ask(HouseholdFactory(entrance=door.entrance), steward)

    assert [asked(first).volunteer, asked(second).volunteer] == [busy, free]


def test_who_has_time_on_the_day_comes_before_who_lives_nearer(door, steward):
    helper("近而没空", household=HouseholdFactory(entrance=door.entrance), free_times=["weekend_day"])
    free = helper("远而有空", free_times=["workday_day"])

    # A Wednesday, needed by Thursday.
    request = ask(door, steward, needed_by=date(2026, 11, 26))

    assert asked(request).volunteer == free


@pytest.mark.parametrize("why_not", ["own door", "takes none", "withdrew", "erased"])
def test_nobody_is_asked_who_cannot_be(door, steward, why_not):
    one = helper("某", household=door if why_not == "own door" else None)
    one.takes_requests = why_not != "takes none"
    one.withdrawn_on = date(2026, 1, 1) if why_not == "withdrew" else None
    one.save()
    if why_not == "erased":
        one.person.erased_at = timezone.now()
        one.person.save()

    request = ask(door, steward)

    assert request.state == HelpState.NOBODY
    assert not request.offers.exists()


def test_declining_and_silence_pass_it_on_until_nobody_is_left(door, steward):
    _first, second, third = near(door)
    request = ask(door, steward)

    helping.decline(asked(request), now=NOON)
    assert asked(request).volunteer == second

    later = NOON + timedelta(hours=5)
    upcoming = helping.pass_on(later)
    assert request.offers.get(volunteer=second).state == OfferState.EXPIRED
    assert asked(request).volunteer == third
    assert upcoming == asked(request).answer_by

    helping.decline(asked(request), now=later)
    request.refresh_from_db()
    assert request.state == HelpState.NOBODY
    assert helping.pass_on(later) is None


def test_an_answer_after_the_next_was_asked_finds_it_gone(door, steward):
    _first, _second, _third = near(door)
    request = ask(door, steward)
    offer = asked(request)
    helping.pass_on(offer.answer_by)

    with pytest.raises(OfferGone):
        helping.accept(offer, now=offer.answer_by)


def test_accepted_done_and_thanked(door, steward):
    one, *_others = near(door)
    squad = TeamFactory()
    teams.join(squad, one, starts_on=date(2026, 1, 1), by=steward)
    request = ask(door, steward)
    offer = helping.accept(asked(request), now=NOON)

    with pytest.raises(ThanksTooEarly):
        helping.thank(request, words="谢谢", now=NOON)
    helping.done(offer, minutes=40, served_on=NOON.date(), now=NOON, by=one.person)
    helping.thank(request, words="小张手脚麻利。", now=NOON)

    request.refresh_from_db()
    assert (request.state, request.thanks) == (HelpState.DONE, "小张手脚麻利。")
    line = ServiceRecord.objects.get()
    assert (line.volunteer, line.team, line.minutes, line.approved_at) == (one, squad, 40, None)
    with pytest.raises(OfferGone):
        helping.done(offer, minutes=40, served_on=NOON.date(), now=NOON, by=one.person)


def test_help_agreed_to_in_time_counts_so_however_long_it_takes(door, steward):
    near(door)
    offer = helping.accept(asked(ask(door, steward)), now=NOON)
    later = NOON + timedelta(days=9)

    offer = helping.done(offer, minutes=40, served_on=NOON.date(), now=later, by=offer.volunteer.person)

    assert (offer.answered_at, offer.request.closed_at) == (NOON, later)


@pytest.mark.parametrize(("minutes", "days", "error"), [(60 * 24 + 1, 0, TooManyHours), (30, 1, HoursInFuture)])
def test_hours_are_of_a_day_that_has_come_and_no_longer_than_one(door, steward, minutes, days, error):
    one, *_others = near(door)
    offer = helping.accept(asked(ask(door, steward)), now=NOON)

    with pytest.raises(error):
        helping.done(
            offer, minutes=minutes, served_on=timezone.localdate(NOON) + timedelta(days=days), now=NOON, by=one.person
        )

    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED


def test_whoever_agreed_may_give_it_back(door, steward):
    _first, second, _third = near(door)
    request = ask(door, steward)
    offer = helping.accept(asked(request), now=NOON)

    helping.give_back(offer, now=NOON)

    request.refresh_from_db()
    assert (request.state, asked(request).volunteer) == (HelpState.OPEN, second)


def test_withdrawn_consent_passes_on_what_they_were_asked(door, steward):
    first, second, _third = near(door)
    request = ask(door, steward)

    volunteers.withdraw(first, now=NOON, by=first.person)

    assert asked(request).volunteer == second
    first.refresh_from_db()
    assert first.skills == []
    assert not first.takes_requests
    assert str(first) != first.person.name


def test_the_branch_picks_by_hand_but_nobody_twice(door, steward):
    first, second, third = near(door)
    lawyer = helper("律师", skills=[Skill.LAW])
    request = ask(door, steward)

    helping.pick(request, third, now=NOON)
    assert asked(request).volunteer == third
    helping.pick(request, lawyer, now=NOON)
    assert request.offers.get(volunteer=third).state == OfferState.CALLED_OFF

    with pytest.raises(AskedBefore):
        helping.pick(request, first, now=NOON)
    with pytest.raises(AsksForThemselves):
        helping.pick(request, helper("自家", household=door), now=NOON)
    with pytest.raises(ConsentWithdrawn):
        helping.pick(request, helper("退", withdrawn_on=date(2026, 1, 1)), now=NOON)
    helping.accept(asked(request), now=NOON)
    with pytest.raises(NotYourTurn):
        helping.pick(request, second, now=NOON)


def test_what_is_no_longer_needed_calls_everybody_off(door, steward):
    near(door)
    request = ask(door, steward)

    helping.withdraw(request, why="儿子回来修好了", now=NOON)

    request.refresh_from_db()
    assert request.state == HelpState.WITHDRAWN
    assert request.offers.get().state == OfferState.CALLED_OFF


def test_a_matter_has_one_request(door, steward):
    near(door)

    one, again = (ask(door, steward, issue_number="2026-0007") for _n in range(2))

    assert one == again
    assert HelpRequest.objects.count() == 1


def test_quiet_hours_do_not_count_as_time_to_answer():
    times = Quiet(time(21, 30), time(7, 30))
    evening = NOON + timedelta(hours=8)

    until = after_waking_hours(evening, timedelta(hours=4), times)

    assert until == NOON + timedelta(hours=22)
    night = NOON + timedelta(hours=11)
    assert timezone.localtime(after_waking_hours(night, timedelta(hours=4), times)).time() == time(11, 30)
    assert after_waking_hours(night, timedelta(hours=4), Quiet(time(0), time(0))) == night + timedelta(hours=4)


def test_who_is_asked_is_told_and_a_leader_for_those_without_account(door, steward):
    one, *_others = near(door)
    leader = helper("队长", skills=[])
    squad = TeamFactory()
    today = timezone.localdate()
    for member in (one, leader):
        teams.join(squad, member, starts_on=today, by=steward)
    teams.lead(squad.members.get(volunteer=leader), on=today, by=steward)

    helping.ask(Need(skill=Skill.REPAIR, text="漏水", household=door), now=timezone.now(), by=steward)
    engine.look(timezone.now())

    told = Reminder.objects.filter(kind__in=["help_offered", "help_asked_in_squad"])
    assert {(row.person_id, row.kind, row.target[0]) for row in told} == {
        (one.person_id, "help_offered", "own_help"),
        (leader.person_id, "help_asked_in_squad", "help_request"),
    }
    assert all("漏水" not in str(row.facts) for row in told)


def test_the_minute_passes_on_and_tells_the_branch_when_nobody_is_left(door, steward):
    secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    helper("一个人")
    helping.ask(Need(skill=Skill.REPAIR, text="漏水", household=door), now=timezone.now(), by=steward)
    offer = HelpOffer.objects.get()

    engine.look(offer.answer_by)

    assert HelpRequest.objects.get().state == HelpState.NOBODY
    assert Reminder.objects.filter(kind="help_nobody").values_list("person", flat=True).get() == secretary.pk
    engine.look(offer.answer_by)
    assert Reminder.objects.filter(kind="help_nobody").count() == 1
