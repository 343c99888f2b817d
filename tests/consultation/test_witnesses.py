"""Every word, voice, rating and sign-up keeps spoken by / recorded by / witnessed by (domain: Who is who)."""

import pytest

from compounds.organisation.models import PostKind
from consultation.models import Rating, SignUp
from consultation.services import step1_visit
from tests.consultation.handling import secretary, voice_of
from tests.consultation.test_invitations import convened, sign_up_url
from tests.consultation.test_step5_evaluate import evaluated
from tests.factories import HouseholdFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")


def test_a_rating_at_the_door_keeps_who_gave_it_who_took_it_down_and_who_was_there(web):
    issue, steward = evaluated(), PersonFactory(name="楼栋长", posts=[PostKind.BUILDING_STEWARD])
    voice = voice_of(issue, name="王桂花")
    beside = PersonFactory(name="邻长老何", posts=[PostKind.NEIGHBOUR_LEAD])

    sent = {"voice": voice.pk, "stars": 4, "witnessed_by": beside.pk}
    assert web(steward).post(f"/issues/{issue.number}/rating/", sent).status_code == 302

    rating = Rating.objects.get()
    assert (rating.given_by, rating.recorded_by, rating.witnessed_by) == (voice.person, steward, beside)
    page = web(secretary()).get(f"/issues/{issue.number}/").text
    assert "written down by 楼栋长" in page
    assert "邻长老何 was there" in page


def test_nobody_is_their_own_witness(web):
    issue, steward = evaluated(), PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    voice = voice_of(issue)

    answer = web(steward).post(
        f"/issues/{issue.number}/rating/", {"voice": voice.pk, "stars": 4, "witnessed_by": steward.pk}
    )

    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_a_voice_keeps_its_witness(web):
    voice = voice_of(evaluated())
    beside = PersonFactory()

    one = step1_visit.add_voice(
        voice.issue, speaker=PersonFactory(), household=HouseholdFactory(), witnessed_by=beside, by=secretary()
    )

    assert (one.recorded_by, one.witnessed_by) == (secretary(), beside)


def test_a_sign_up_keeps_who_wrote_it_down_for_a_neighbour(web, anyone):
    steward, meeting = PersonFactory(name="楼栋长", posts=[PostKind.BUILDING_STEWARD]), convened(days=2)

    web(steward).post(sign_up_url(meeting), {"name": "老王"})
    anyone.post(sign_up_url(meeting), {"name": "老李"})

    assert dict(SignUp.objects.values_list("name", "recorded_by")) == {"老王": steward.pk, "老李": None}
    assert "written down by 楼栋长" in web(secretary()).get(f"/meetings/{meeting.number}/sign-ups/").text
