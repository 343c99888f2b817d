"""Places: taken, waited for, given back; never more than there are, and the waiting list keeps its order."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compounds.registry.context import compound_context
from notices.models import Reminder
from notices.reminding import engine
from tests.committing import YARD, at_once
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, VolunteerFactory
from volunteers.errors.sign_up import (
    ActivityBegun,
    ActivityCancelled,
    CameAlready,
    NotAVolunteer,
    SignedUpAlready,
    SignUpClosed,
)
from volunteers.models import Participation, PlaceState
from volunteers.selectors.sign_up import place_of, places_of
from volunteers.services import sign_up
from volunteers.services.sign_up import Who

NOW = timezone.now()


@pytest.fixture
def slot(north):
    return SlotFactory(places=2)


def take(slot, name, **kwargs):
    return sign_up.sign_up(slot, Who(name=name, phone=kwargs.pop("phone", "")), now=timezone.now(), by=None, **kwargs)


def states(slot):
    return list(slot.participations.order_by("pk").values_list("name", "state"))


def test_whoever_comes_after_the_last_place_waits_in_line(slot):
    for name in "甲乙丙丁":
        take(slot, name)

    last = slot.participations.get(name="丁")
    assert [state for _name, state in states(slot)] == ["placed", "placed", "waiting", "waiting"]
    assert place_of(last).position == 2


def test_a_place_given_back_goes_to_whoever_waited_longest(slot):
    rows = [take(slot, name) for name in "甲乙丙丁"]

    sign_up.sign_off(rows[0], now=NOW)

    assert states(slot) == [("甲", "cancelled"), ("乙", "placed"), ("丙", "placed"), ("丁", "waiting")]
    assert slot.participations.get(name="丙").moved_up_at == NOW


def test_signing_off_twice_moves_up_one_only(slot):
    rows = [take(slot, name) for name in "甲乙丙丁"]

    for _ in range(2):
        sign_up.sign_off(rows[0], now=NOW)

    assert slot.participations.placed().count() == 2


def test_whoever_signs_off_and_comes_back_stands_at_the_end(slot):
    rows = [take(slot, name) for name in "甲乙丙丁"]
    sign_up.sign_off(rows[2], now=NOW)

    take(slot, "丙")

    assert [row.name for row in slot.participations.waiting()] == ["丁", "丙"]


def test_more_places_move_up_as_many_in_their_order(slot):
    for name in "甲乙丙丁戊":
        take(slot, name)

    too_many = sign_up.change_places(slot, 4, now=NOW)

    assert too_many == 0
    assert [state for _name, state in states(slot)] == ["placed"] * 4 + ["waiting"]


def test_fewer_places_throw_nobody_out_and_say_how_many_too_many(slot):
    for name in "甲乙丙":
        take(slot, name)

    too_many = sign_up.change_places(slot, 1, now=NOW)

    assert too_many == 1
    assert [state for _name, state in states(slot)] == ["placed", "placed", "waiting"]


def test_without_a_limit_everybody_has_a_place(slot):
    for name in "甲乙丙":
        take(slot, name)

    sign_up.change_places(slot, None, now=NOW)

    assert slot.participations.placed().count() == 3


def test_nobody_takes_two_places(slot):
    take(slot, "甲", phone="13800001111")

    with pytest.raises(SignedUpAlready):
        take(slot, "甲", phone="13800001111")


def test_a_volunteer_who_signs_up_as_one_and_by_name_takes_one_place(slot):
    volunteer = VolunteerFactory(person__name="林医生", person__phone="13800002222")
    sign_up.sign_up(slot, Who(volunteer=volunteer), now=NOW, by=None)

    with pytest.raises(SignedUpAlready):
        sign_up.sign_up_openly(slot, name="林医生", phone="13800002222", now=NOW)


def test_a_volunteer_is_known_by_name_and_number_without_being_told(north):
    slot = SlotFactory(for_whom="volunteers")
    volunteer = VolunteerFactory(person__name="林医生", person__phone="13800002222")

    known, code = sign_up.sign_up_openly(slot, name="林医生", phone="13800002222", now=NOW)
    stranger, other = sign_up.sign_up_openly(slot, name="生人", phone="13800003333", now=NOW)

    assert (known.volunteer, known.name) == (volunteer, "")
    assert (stranger.volunteer, stranger.name) == (None, "生人")
    assert len(code) == len(other)
    assert sign_up.find(code) == known


def test_somebody_known_who_is_no_volunteer_gets_the_same_answer(north):
    slot = SlotFactory(for_whom="volunteers")
    PersonFactory(name="王阿姨", phone="13800004444")
    gone = VolunteerFactory(person__name="老李", person__phone="13800005555", withdrawn_on=timezone.localdate())

    rows = [
        sign_up.sign_up_openly(slot, name=name, phone=phone, now=NOW)[0]
        for name, phone in [("王阿姨", "13800004444"), (gone.person.name, gone.person.phone)]
    ]

    assert [(row.volunteer, row.person, bool(row.name)) for row in rows] == [(None, None, True)] * 2


def test_a_member_who_is_no_volunteer_takes_no_volunteers_place(north):
    slot = SlotFactory(for_whom="volunteers")

    with pytest.raises(NotAVolunteer):
        sign_up.sign_up(slot, sign_up.member(PersonFactory()), now=NOW, by=None)


def test_sign_up_closes(slot):
    with pytest.raises(SignUpClosed):
        sign_up.sign_up(slot, Who(name="甲"), now=slot.activity.sign_up_until, by=None)


def test_nobody_signs_up_for_what_is_cancelled(slot):
    cancel(slot.activity)

    with pytest.raises(ActivityCancelled):
        take(slot, "甲")


def cancel(activity):
    activity.state, activity.cancelled_at, activity.cancelled_why = "cancelled", timezone.now(), "下雨"
    activity.cancelled_by = activity.planned_by
    activity.save()


def test_one_signs_off_until_it_begins(slot):
    row = take(slot, "甲")

    with pytest.raises(ActivityBegun):
        sign_up.sign_off(row, now=slot.activity.starts_at)


def test_whoever_came_does_not_sign_off(slot):
    row = take(slot, "甲")
    Participation.objects.filter(pk=row.pk).update(came_at=NOW, came_by="list")

    with pytest.raises(CameAlready):
        sign_up.sign_off(row, now=NOW)


def test_a_volunteer_who_takes_back_consent_leaves_what_is_to_come(slot):
    volunteer = VolunteerFactory()
    sign_up.sign_up(slot, Who(volunteer=volunteer), now=NOW, by=None)
    for name in "乙丙":
        take(slot, name)

    left = sign_up.leave_everything(volunteer, now=NOW)

    assert left == 1
    assert slot.participations.waiting().count() == 0


def test_a_resident_who_takes_back_consent_is_off_the_list_and_forgotten(slot):
    row, _code = sign_up.sign_up_openly(slot, name="王阿姨", phone="13800004444", now=NOW)

    sign_up.take_back_consent(row, now=NOW)

    row.refresh_from_db()
    assert (row.state, row.phone, row.consented_at) == ("cancelled", "", None)
    assert "王" not in row.name


def test_numbers_are_gone_a_month_after(slot):
    row = take(slot, "王阿姨", phone="13800004444")
    ends = slot.activity.ends_at

    assert sign_up.forget_numbers(ends + timedelta(days=30)) == 0
    assert sign_up.forget_numbers(ends + timedelta(days=31)) == 1

    row.refresh_from_db()
    assert (row.name, row.phone) == ("王阿姨", "")


def test_the_wrong_code_finds_nothing(slot):
    sign_up.sign_up_openly(slot, name="王阿姨", phone="13800004444", now=NOW)

    assert sign_up.find("000000000000") is None
    assert sign_up.find("１２３４") is None


def test_whoever_moves_up_is_told_once(north):
    slot = SlotFactory(places=1)
    steward = PersonFactory(posts=["building_steward"])
    first = take(slot, "甲")
    sign_up.sign_up(slot, sign_up.member(steward), now=NOW, by=None)

    sign_up.sign_off(first, now=timezone.now())
    for _ in range(2):
        engine.look(timezone.now() + timedelta(minutes=1))

    assert Reminder.objects.filter(person=steward, kind="place_moved_up").count() == 1


def test_places_cost_the_same_however_many_signed_up(slot, django_assert_num_queries):
    steward = PersonFactory(posts=["building_steward"])
    for n in range(20):
        take(slot, f"邻居{n}")
    sign_up.sign_up(slot, sign_up.member(steward), now=NOW, by=None)

    with django_assert_num_queries(4):
        [shown] = places_of(slot.activity, steward).slots

    assert (shown.placed, shown.waiting, shown.position, shown.full) == (2, 19, 19, True)


OPS = st.lists(
    st.one_of(
        st.tuples(st.just("up"), st.integers(0, 7)),
        st.tuples(st.just("off"), st.integers(0, 7)),
        st.tuples(st.just("places"), st.one_of(st.none(), st.integers(0, 5))),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ops=OPS)
def test_whatever_happens_places_are_never_oversold_and_the_line_keeps_its_order(north, ops):
    slot = SlotFactory(activity=ActivityFactory(), places=2)
    model: list[tuple[int, str]] = []  # who, in the order of signing up, with what they have
    places = 2

    def settle():
        """What the list must look like: free places go to the first in line, and nobody loses one."""
        for n, (who, has) in enumerate(model):
            placed = sum(state == "placed" for _who, state in model)
            if has == "waiting" and (places is None or placed < places):
                model[n] = (who, "placed")

    for what, value in ops:
        if what == "up" and value not in dict(model):
            take(slot, f"邻居{value}")
            model.append((value, "waiting"))
        elif what == "off" and value in dict(model):
            row = slot.participations.signed_up().get(name=f"邻居{value}")
            sign_up.sign_off(row, now=timezone.now())
            model.remove((value, dict(model)[value]))
        elif what == "places":
            places = value
            too_many = sign_up.change_places(slot, value, now=timezone.now())
            settle()
            assert too_many == max(0, sum(has == "placed" for _who, has in model) - (value or 0)) * (value is not None)
        settle()
        rows = slot.participations.signed_up().order_by("pk").values_list("name", "state")
        assert list(rows) == [(f"邻居{who}", has) for who, has in model]


def test_of_many_in_the_same_second_as_many_get_a_place_as_there_are(committing):
    with compound_context(YARD):
        slot = SlotFactory(places=3)

    def work(n):
        with compound_context(YARD):
            return take(slot, f"邻居{n}").state

    got = at_once(8, work)

    assert sorted(got) == [PlaceState.PLACED] * 3 + [PlaceState.WAITING] * 5


def test_the_same_person_twice_in_the_same_second_takes_one_place(committing):
    with compound_context(YARD):
        slot = SlotFactory(places=3)

    def work(_n):
        with compound_context(YARD):
            return take(slot, "甲", phone="13800001111")

    got = at_once(4, work)

    assert sum(isinstance(one, SignedUpAlready) for one in got) == 3


def test_places_given_back_at_once_move_up_one_each(committing):
    with compound_context(YARD):
        slot = SlotFactory(places=3)
        rows = [take(slot, f"邻居{n}") for n in range(8)]

    def work(n):
        with compound_context(YARD):
            return sign_up.sign_off(rows[n], now=timezone.now())

    at_once(3, work)

    with compound_context(YARD):
        placed = [row.name for row in slot.participations.placed().order_by("pk")]
        assert placed == ["邻居3", "邻居4", "邻居5"]
        assert slot.participations.waiting().count() == 2
