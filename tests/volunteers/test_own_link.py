"""What a volunteer without an account does by their personal link: places, hours, and saying that they are wrong."""

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, VolunteerFactory
from tests.volunteers.stage import ask, asked, helper
from volunteers.services import hours, sign_up, volunteers
from volunteers.services.hours import Line
from volunteers.services.sign_up import Who


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def volunteer(north):
    return VolunteerFactory(person__name="林医生")


@pytest.fixture
def link(volunteer, secretary):
    return f"/helper/{volunteers.give_link(volunteer, now=timezone.now(), by=secretary)}/"


def test_one_tap_takes_a_place_and_one_gives_it_back(anyone, volunteer, link):
    slot = SlotFactory(for_whom="volunteers")
    assert "I will help" in anyone.get(f"{link}activities/").content.decode()

    taken = anyone.post(f"{link}activities/", {"slot": slot.pk, "do": "take"}, follow=True).content.decode()
    assert "You have a place." in taken

    anyone.post(f"{link}activities/", {"slot": slot.pk, "do": "give_back"})
    assert slot.participations.get(volunteer=volunteer).state == "cancelled"


def test_looking_takes_no_place_and_residents_places_are_not_offered(anyone, link):
    slot = SlotFactory()

    assert "邻里义诊" not in anyone.get(f"{link}activities/").content.decode()
    assert anyone.post(f"{link}activities/", {"slot": slot.pk, "do": "take"}).status_code == 404


def test_hours_are_read_and_disputed_but_ones_own_only(anyone, volunteer, secretary, link):
    lines = [Line(who, timezone.localdate(), 90, reason="陪诊") for who in (volunteer, VolunteerFactory())]
    mine, other = hours.write_down(lines, now=timezone.now(), by=secretary)
    page = anyone.get(f"{link}hours/").content.decode()
    assert '<data class="nowrap" value="90">1.5 hours</data> more wait for approval.' in page

    anyone.post(f"{link}hours/{mine.pk}/dispute/", {"words": "是两小时"})

    mine.refresh_from_db()
    assert mine.dispute == "是两小时"
    assert anyone.post(f"{link}hours/{other.pk}/dispute/", {"words": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("phone", "said"),
    [("13800006789", "Give the last four digits"), ("", "leader or the branch tells you who asks")],
)
def test_by_link_agreeing_promises_the_name_after_the_digits(anyone, secretary, phone, said):
    who = helper("林医生", phone=phone)
    request = ask(None, secretary, timezone.now())
    link = f"/helper/{volunteers.give_link(who, now=timezone.now(), by=secretary)}/"

    page = anyone.post(link, {"do": "accept", "offer": asked(request).pk}, follow=True).content.decode()

    assert said in page
    assert request.asker_name not in page


def test_whoever_takes_the_consent_back_reads_goodbye(anyone, link):
    left = anyone.post(link, {"do": "withdraw"}, follow=True)

    assert left.status_code == 410
    assert "You are no longer a volunteer." in left.content.decode()
    assert "This link does not work." in anyone.get(link).content.decode()


@pytest.mark.parametrize("page", ["activities/", "hours/", "hours/1/dispute/"])
def test_a_link_that_is_gone_opens_nothing(anyone, north, page):
    assert anyone.get(f"/helper/nothing/{page}").status_code == 410


def test_whoever_takes_consent_back_gives_back_their_places(volunteer, secretary):
    slot = SlotFactory(for_whom="volunteers", places=1)
    sign_up.sign_up(slot, Who(volunteer=volunteer), now=timezone.now(), by=None)
    next_one = sign_up.sign_up(slot, Who(volunteer=VolunteerFactory()), now=timezone.now(), by=None)

    volunteers.withdraw(volunteer, now=timezone.now(), by=secretary)

    next_one.refresh_from_db()
    assert next_one.state == "placed"


def test_what_is_coming_costs_the_same_for_one_and_for_twenty(anyone, volunteer, link, django_assert_max_num_queries):
    for n in range(15):
        slot = SlotFactory(for_whom="volunteers", activity=ActivityFactory(title=f"第{n}场"))
        sign_up.sign_up(slot, Who(volunteer=volunteer), now=timezone.now(), by=None)

    with django_assert_max_num_queries(14):
        anyone.get(f"{link}activities/")
