"""The document tells of every type of event, and what is sent is what it tells."""

from django.utils import timezone

from compounds.partners import events
from compounds.partners.documents import documents
from compounds.partners.hooks.documented import EVENTS
from compounds.partners.models import Event, EventType
from consultation.models import AssignmentState
from notices import postings
from notices.models import PostingKind
from tests.consultation.handling import secretary, task_at
from tests.partnering import api_of

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}


def test_every_type_is_documented_with_an_example():
    told = documents()["district"].made()["webhooks"]

    assert set(told) == set(EventType.values)
    for kind, methods in told.items():
        body = methods["post"]["requestBody"]["content"]["application/json"]
        example = body["examples"]["Example"]["value"]
        assert example["type"] == kind
        assert set(example["data"]) == set(body["schema"]["allOf"][1]["properties"]["data"]["required"])
        named = {said["name"] for said in methods["post"]["parameters"]}
        assert named == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_what_is_told_has_the_documented_fields(north):
    api_of(north).post("issues/", GOOD)
    task_at(AssignmentState.VERIFIED)
    postings.put_up(PostingKind.RESULT, title="电梯", text="更换", today=timezone.localdate(), by=secretary())

    told = {event.type: set(events.shown(event, "north")["data"]) for event in Event.objects.all()}

    # The others are held against it in test_events_of_all.
    assert len(told) == 4
    for kind, fields in told.items():
        assert fields == {"compound", *EVENTS[EventType(kind)][1]}
