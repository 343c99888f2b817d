"""Who is invited and told, who signs up by themselves, and the sheet that people sign."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.models import AttendanceKind, Invitation, InvitedAs, Party, SignUp
from consultation.services import invitations, meeting_record
from consultation.steps import Step
from consultation.web.invitations import FROM_ONE_ADDRESS
from tests.consultation.handling import voice_of
from tests.consultation.test_step3_meet import convened
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory, deliberator, four_seats

pytestmark = pytest.mark.usefixtures("north")


def test_deliberators_reporters_and_households_behind_each_matter_are_invited_once():
    member, speaker, door = deliberator(Party.RESIDENTS), PersonFactory(), HouseholdFactory()
    issue = IssueFactory(step=Step.MEET, spoken_by=speaker)
    voice_of(issue, household=door)
    voice_of(issue, household=door)

    meeting = convened(issue)
    invitations.prepare(meeting)

    rows = [(row.invited_as, row.person or row.household) for row in meeting.invitations.all()]
    assert sorted(rows, key=str) == sorted(
        [(InvitedAs.DELIBERATOR, member), (InvitedAs.REPORTER, speaker), (InvitedAs.AFFECTED, door)], key=str
    )


def test_a_steward_ticks_their_own_doors_and_sees_no_others(web):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    own = HouseholdFactory(entrance__building=steward.posts.get().unit.building)
    other = HouseholdFactory()
    issue = IssueFactory(step=Step.MEET)
    for door in (own, other):
        voice_of(issue, household=door)
    meeting = convened(issue)
    mine, theirs = (Invitation.objects.get(household=door) for door in (own, other))
    address = f"/meetings/{meeting.number}/invitations/"

    told = web(steward).post(f"{address}{mine.pk}/told/", {"how": "door"})
    refused = web(steward).post(f"{address}{theirs.pk}/told/", {"how": "door"})
    page = web(steward).get(address).text

    mine.refresh_from_db()
    assert (told.status_code, mine.told_how, mine.told_by) == (302, "door", steward)
    assert refused.status_code == 404
    assert own.door in page
    assert f"/{theirs.pk}/told/" not in page


def test_the_property_company_does_not_see_who_is_invited(web):
    staff = PersonFactory(posts=[PostKind.PROPERTY_STAFF])

    assert web(staff).get(f"/meetings/{convened().number}/invitations/").status_code == 403


# --- Signing up -------------------------------------------------------------------------------------------------------


def sign_up_url(meeting):
    return f"/board/meetings/{meeting.number}/sign-up/"


def test_anybody_signs_up_for_a_coming_meeting_and_the_chair_reads_out_or_signs_in(anyone, web):
    meeting, chair = convened(days=2), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    for name in ("老王", "老李"):
        assert anyone.post(sign_up_url(meeting), {"name": name, "statement": f"{name}的话"}).status_code == 200
    first, second = SignUp.objects.order_by("pk")
    address = f"/meetings/{meeting.number}/sign-ups/"
    assert "老王的话" in web(chair).get(address).text
    web(chair).post(f"{address}{first.pk}/came/")
    web(chair).post(f"{address}{first.pk}/came/")
    web(chair).post(f"{address}{second.pk}/read-out/")

    there = meeting.attendances.get()
    second.refresh_from_db()
    assert (there.person.name, there.kind, there.party) == ("老王", AttendanceKind.OBSERVER, "")
    assert second.read_out_by == chair


def test_signing_up_needs_a_name_and_keeps_what_was_typed(anyone):
    answer = anyone.post(sign_up_url(convened(days=2)), {"name": "", "statement": "我想说"})

    assert answer.status_code == 422
    assert "我想说" in answer.text


def test_nobody_signs_up_for_a_meeting_that_has_begun_or_was_cancelled(anyone):
    begun, cancelled = convened(days=-1), convened(days=2)
    meeting_record.cancel(cancelled, reason="停电", by=PersonFactory())

    assert anyone.post(sign_up_url(begun), {"name": "老王"}).status_code == 409
    assert anyone.post(sign_up_url(cancelled), {"name": "老王"}).status_code == 404
    assert not SignUp.objects.exists()


def test_signing_up_again_and_again_is_refused(anyone):
    meeting = convened(days=2)

    answers = [anyone.post(sign_up_url(meeting), {"name": f"人{n}"}).status_code for n in range(FROM_ONE_ADDRESS + 1)]

    assert answers == [200] * FROM_ONE_ADDRESS + [429]


def test_the_page_to_sign_up_names_no_matter_that_is_not_public(anyone):
    meeting = convened(
        IssueFactory(step=Step.MEET, title="公开的事"),
        IssueFactory(step=Step.MEET, title="内部的事", openness="members"),
        days=2,
    )

    page = anyone.get(sign_up_url(meeting)).text

    assert "公开的事" in page
    assert "内部的事" not in page


# --- The sheet --------------------------------------------------------------------------------------------------------


def test_many_are_signed_in_from_the_sheet_at_once(web):
    four_seats()
    people = [deliberator(Party.RESIDENTS) for _ in range(3)]
    meeting, chair = convened(), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    assert people[0].name in web(chair).get(f"/meetings/{meeting.number}/sheet/").text
    address = f"/meetings/{meeting.number}/sheet/entry/"
    assert web(chair).post(address, {}).status_code == 422
    assert web(chair).post(address, {"people": [one.pk for one in people[:2]]}).status_code == 302
    again = web(chair).post(address, {"people": [people[0].pk]})

    assert again.status_code == 422, "signed in already, so no choice any more"
    assert {row.person for row in meeting.attendances.all()} == set(people[:2])


def test_an_invitation_is_told_once(web):
    member = deliberator(Party.RESIDENTS)
    row = convened().invitations.get(person=member)
    first, later = timezone.now(), timezone.now() + timedelta(hours=1)

    invitations.tell(row, how="phone", now=first, by=member)
    again = invitations.tell(row, how="paper", now=later, by=member)

    assert (again.told_how, again.told_at) == ("phone", first)
