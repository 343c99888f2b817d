"""Personal data through the API: with its scope, never of a confidential matter, each answer written down."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError

from compounds.organisation.models import AuditEntry
from compounds.partners.models import PersonalRead
from compounds.partners.scopes import Scope
from consultation.models import AssignmentState, BodyKind, Issue, Openness
from consultation.policies import PERSONAL
from consultation.services import ringing
from consultation.services.ringing import Consent
from consultation.steps import Step
from tests.consultation.handling import task_at, voice_of
from tests.factories import IssueFactory, PersonFactory
from tests.partnering import api_of

WITHOUT = [one for one in Scope if one != Scope.PERSONAL_READ]


def a_matter(openness=Openness.PUBLIC):
    issue = IssueFactory(step=Step.MEET, openness=openness, said="原话墨竹", place_note="位置白鹿")
    Issue.objects.filter(pk=issue.pk).update(spoken_by=PersonFactory(name="欧阳秀英"))
    return issue


def asks(api, issue):
    return api.get(f"issues/{issue.number}/personal-data/")


def test_with_the_scope_a_system_reads_who_spoke_and_it_is_written_down(north):
    issue = a_matter()

    answer = asks(api_of(north), issue)

    assert answer.json() == {"spoken_by": "欧阳秀英", "said": "原话墨竹", "place_note": "位置白鹿"}
    assert set(answer.json()) == PERSONAL
    row = PersonalRead.objects.get()
    assert (row.name, row.schema_name, row.about, row.people) == ("12345 热线", "c_north", issue.number, 1)
    assert row.told == ["place_note", "said", "spoken_by"]


def test_without_the_scope_it_is_refused_and_other_answers_stay_as_they_are(north):
    issue = a_matter()
    api = api_of(north, scopes=WITHOUT)

    assert (asks(api, issue).status_code, asks(api, issue).json()["code"]) == (403, "scope_missing")
    for one in (api, api_of(north)):
        read = one.get(f"issues/{issue.number}/").json()
        assert (read["said"], read["place"]["note"]) == (None, None)
        assert "spoken_by" not in read
    assert not PersonalRead.objects.exists()


def test_a_confidential_matter_is_not_there_whatever_the_scope(north):
    assert asks(api_of(north), a_matter(Openness.CONFIDENTIAL)).status_code == 404
    assert not PersonalRead.objects.exists()


def test_who_handles_tasks_never_reads_who_spoke_but_for_what_it_brought_in(north):
    api = api_of(north, handles=[BodyKind.PROPERTY_COMPANY])
    number = api.post("issues/", {"title": "异响", "said": "响", "category": 1}).json()["number"]

    assert set(asks(api, a_matter()).json().values()) == {None}
    assert not PersonalRead.objects.exists()
    assert api.get(f"issues/{number}/personal-data/").json()["said"] == "响"


def test_a_person_has_the_pages_for_it(web, north):
    issue = a_matter()

    answer = web(PersonFactory(posts=["branch_secretary"])).get(f"/api/v1/issues/{issue.number}/personal-data/")

    assert (answer.status_code, answer.json()["code"]) == (403, "for_partners_only")


@pytest.fixture
def task(north):
    found = task_at(AssignmentState.HANDED_OUT)
    agreed, silent = voice_of(found.issue, name="王桂花"), voice_of(found.issue, name="赵大爷")
    ringing.agree(agreed, Consent("13911112222"), by=PersonFactory())
    silent.person.phone = "13900000000"
    silent.person.save()
    return found


def test_whoever_handles_a_task_learns_who_agreed_to_be_rung_and_the_number_for_a_reason(north, task):
    api = api_of(north, handles=[BodyKind.PROPERTY_COMPANY])

    listed = api.get(f"assignments/{task.pk}/contacts/").json()
    number = api.get(f"assignments/{task.pk}/contacts/{listed[0]['id']}/?reason=约上门时间")

    assert [one["name"] for one in listed] == ["王桂花"]
    assert "13911112222" not in listed[0]["phone"]
    assert number.json()["phone"] == "13911112222"
    assert [(row.told, row.reason) for row in PersonalRead.objects.order_by("pk")] == [
        (["name", "phone_masked"], ""),
        (["name", "phone"], "约上门时间"),
    ]
    assert "13911112222" not in "".join(str(row.__dict__) for row in PersonalRead.objects.all())
    assert AuditEntry.objects.filter(action="person.reveal_phone").count() == 1


def test_numbers_are_for_who_handles_it_as_long_as_it_does_and_never_without_a_reason(north, task):
    other, api = api_of(north, handles=[BodyKind.UTILITY]), api_of(north, handles=[BodyKind.PROPERTY_COMPANY])
    voice = ringing.to_ring(task)[0]
    path = f"assignments/{task.pk}/contacts/"

    assert (other.get(path).status_code, other.get(path).json()["code"]) == (403, "handles_not_for_this_body")
    assert api.get(f"{path}{voice.pk}/").json()["errors"][0]["parameter"] == "reason"
    ringing.take_back(voice, by=PersonFactory())
    assert api.get(path).json() == []
    assert api.get(f"{path}{voice.pk}/?reason=x").status_code == 404
    assert not PersonalRead.objects.exists()


def test_what_was_written_down_stays(north):
    asks(api_of(north), a_matter())

    for change in ("UPDATE partners_personalread SET about = ''", "DELETE FROM partners_personalread"):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
