"""Erasing somebody reaches what they asked for, what they gave and what they said of themselves."""

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.services import erasure
from tests.factories import LONG_AGO, HouseholdFactory, PersonFactory, TeamFactory
from tests.volunteers.stage import ask, asked, helper
from volunteers.models import HelpRequest, TeamMember, Volunteer
from volunteers.services import helping, teams, volunteers
from volunteers.services.volunteers import Own


@pytest.fixture
def general(north):
    return PersonFactory(posts=[PostKind.GENERAL_SECRETARY])


def test_a_volunteers_entry_is_closed_and_no_word_names_them(general):
    one = helper("欧阳晓月")
    volunteers.say(one, Own(skills=["law"], about="欧阳晓月，律师", shows_identity=True))
    teams.join(TeamFactory(about="队长是欧阳晓月"), one, starts_on=LONG_AGO, by=general)
    volunteers.give_link(one, now=timezone.now(), by=general)

    erasure.erase(one.person, with_words=False, by=general)

    row = Volunteer.objects.get(pk=one.pk)
    assert (row.skills, row.about, row.code_hash, row.shows_identity) == ([], "", "", False)
    assert row.withdrawn_on == timezone.localdate()
    assert TeamMember.objects.get().ends_on == timezone.localdate()
    assert "欧阳" not in TeamMember.objects.get().team.about


def test_whoever_asked_is_gone_from_the_request_and_the_helper_from_the_thanks(general):
    door = HouseholdFactory()
    asker, one = PersonFactory(name="李奶奶", household=door), helper("欧阳晓月")
    request = ask(door, general, timezone.now(), text="李奶奶家水龙头滴水")
    offer = helping.accept(asked(request), now=timezone.now())
    helping.done(offer, minutes=9, served_on=timezone.localdate(), now=timezone.now(), by=general)
    helping.thank(request, words="谢谢欧阳晓月", now=timezone.now())

    for person in (asker, one.person):
        erasure.erase(person, with_words=False, by=general)

    left = HelpRequest.objects.get()
    said = f"{left.text}{left.asker_name}{left.asker_phone}{left.thanks}"
    assert "李奶奶" not in said
    assert "欧阳" not in said
    assert (left.household, left.asker_phone) == (None, "")
