"""The four seats and the council: filled, vacant, appointed, ended; each change leaves its trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from consultation import seats
from consultation.errors import PostDoesNotFit, SeatTaken, SitsAlready
from consultation.models import Deliberator, LegalBasis, Party, PartySeat
from consultation.services import council
from tests.consultation.test_step3_meet import convened
from tests.factories import PersonFactory, deliberator, four_seats

pytestmark = pytest.mark.usefixtures("north")
OC = Party.OWNERS_COMMITTEE


def filled(on=0, **changed):
    values = {
        "body": None,
        "body_name": "物业管理委员会",
        "legal_basis": LegalBasis.MANAGEMENT_COMMITTEE,
        "minimum": 1,
        "starts_on": timezone.localdate() + timedelta(days=on),
        "by": PersonFactory(),
    }
    return council.fill(OC, **values | changed)


def test_a_new_body_ends_what_was_before_and_leaves_an_entry():
    four_seats()

    seat = filled()

    earlier = PartySeat.objects.filter(party=OC).exclude(pk=seat.pk).get()
    assert earlier.ends_on == timezone.localdate() - timedelta(days=1)
    assert AuditEntry.objects.filter(action="seat.fill").exists()


def test_a_vacant_seat_is_not_waited_for_until_its_last_day():
    four_seats()
    today = timezone.localdate()

    council.declare_vacant(
        OC, reason="业委会换届", starts_on=today, ends_on=today + timedelta(days=30), by=PersonFactory()
    )

    states = {days: {s.party: s for s in seats.for_meeting(convened(days=days))}[OC] for days in (0, 40)}
    assert (states[0].state, states[0].note) == ("vacant", "业委会换届")
    assert states[40].is_missing, "after the last day the seat must be filled again"
    assert AuditEntry.objects.get(action="seat.declare_vacant").facts["reason"] == "业委会换届"


def test_two_arrangements_for_the_same_day_are_refused():
    filled()

    with pytest.raises(SeatTaken):
        filled()

    assert PartySeat.objects.filter(party=OC).count() == 1


@pytest.mark.parametrize(
    ("kind", "party", "fits"),
    [
        (PostKind.PARTY_MEMBER, Party.BRANCH, True),
        (PostKind.PARTY_MEMBER, Party.RESIDENTS, True),
        (PostKind.BUILDING_STEWARD, Party.RESIDENTS, True),
        (PostKind.VOLUNTEER_LEADER, Party.RESIDENTS, True),
        (PostKind.PROPERTY_STAFF, Party.PROPERTY_COMPANY, True),
        (PostKind.PROPERTY_STAFF, Party.RESIDENTS, False),
        (PostKind.RESIDENTS_REP, Party.BRANCH, False),
        (PostKind.OWNERS_COMMITTEE, Party.PROPERTY_COMPANY, False),
    ],
)
def test_who_may_sit_for_whom(kind, party, fits):
    person = PersonFactory(posts=[kind])

    def appoint():
        return council.appoint(person, party=party, starts_on=timezone.localdate(), ends_on=None, by=PersonFactory())

    if fits:
        assert appoint().party == party
    else:
        with pytest.raises(PostDoesNotFit):
            appoint()


def test_one_person_sits_for_one_party_at_a_time_and_again_after_the_term():
    person, today = deliberator(Party.RESIDENTS), timezone.localdate()
    later = {"party": Party.RESIDENTS, "starts_on": today + timedelta(days=1), "ends_on": None, "by": PersonFactory()}

    with pytest.raises(SitsAlready):
        council.appoint(person, **later)
    council.end(person.deliberator_terms.get(), on=today, by=PersonFactory())
    council.appoint(person, **later)

    assert list(Deliberator.objects.serving(today + timedelta(days=1))) == [
        person.deliberator_terms.latest("starts_on")
    ]


def test_the_general_branch_declares_a_seat_vacant_on_the_page(web):
    four_seats()
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    today = timezone.localdate()
    address = f"/council/seats/{OC}/vacancy/"

    wrong = web(general).post(address, {"vacancy_reason": "换届", "starts_on": today, "ends_on": "2020-01-01"})
    right = web(general).post(address, {"vacancy_reason": "换届", "starts_on": today, "ends_on": "2099-01-01"})
    page = web(general).get("/council/")

    assert (wrong.status_code, right.status_code, page.status_code) == (422, 302, 200)
    assert "换届" in page.text
    assert web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY])).post(address, {}).status_code == 403


def test_the_branch_appoints_and_ends_on_the_page(web):
    secretary, person = (PersonFactory(posts=[kind]) for kind in (PostKind.BRANCH_SECRETARY, PostKind.RESIDENTS_REP))
    today = timezone.localdate()

    sent = {"person": person.pk, "party": "residents", "starts_on": today}
    assert web(secretary).post("/council/new/", sent).status_code == 302
    term = Deliberator.objects.get(person=person)
    assert web(secretary).post(f"/council/{term.pk}/end/", {"on": "2020-01-01"}).status_code == 422
    assert web(secretary).post(f"/council/{term.pk}/end/", {"on": today}).status_code == 302
    assert Deliberator.objects.get(person=person).ends_on == today


def test_the_seats_card_says_who_stands_in_for_a_party_without_a_body_of_its_own():
    four_seats()
    filled(body_name="湘湾社区居委会", legal_basis=LegalBasis.RESIDENTS_COMMITTEE)

    states = {state.party: state for state in seats.for_meeting(convened())}

    assert "湘湾社区居委会: residents' committee in its place" in states[OC].note
    assert "filled by" not in states[Party.BRANCH].note
