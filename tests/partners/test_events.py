"""The feed of events: the same that webhooks bring, in order, cut by cursor, for those who may know."""

import pytest
from django.db import transaction
from django.utils import timezone

from compounds.partners.models import Event
from compounds.partners.scopes import Scope
from consultation.models import AssignmentState, BodyKind, Openness
from consultation.services import correction, step4_handle
from consultation.steps import Step
from notices import postings
from notices.models import NoticeState, PostingKind
from tests.consultation.handling import secretary, task_at
from tests.factories import IssueFactory, PersonFactory
from tests.notices.publishing.telling import notice_in
from tests.partnering import Api, a_client, token_for
from tests.partners.hooking import settle
from tests.volunteers.planning import planned

pytestmark = pytest.mark.django_db


def feed(place, **how):
    return Api(token_for(*a_client(place, **how)), mount="/api/v1")


def told(api, path="events/"):
    settle()
    return [one["data"] | {"type": one["type"]} for one in api.get(path).json()]


def test_each_step_of_a_matter_is_told_in_order(north):
    issue = IssueFactory(step=Step.HANDLE)

    rows = [one for one in told(feed(north)) if one.get("issue") == issue.number]

    assert rows[0]["type"] == "issue.recorded"
    assert [one["from_step"] for one in rows[1:]] == [one["to_step"] for one in rows[:-1]]
    assert rows[-1]["to_step"] == Step.HANDLE
    assert {one["compound"] for one in rows} == {"north"}


def test_each_state_of_a_task_and_each_posting_is_told(north):
    task = task_at(AssignmentState.HANDED_OUT)
    step4_handle.accept(task, by=PersonFactory())

    rows = told(feed(north), "events/?type=assignment.changed")

    assert rows[-1] == {
        "type": "assignment.changed",
        "compound": "north",
        "issue": task.issue.number,
        "assignment": task.pk,
        "state": AssignmentState.ACCEPTED,
    }


def test_a_posting_is_told(north):
    row = postings.put_up(PostingKind.COMPLETION, title="x", text="y", today=timezone.localdate(), by=PersonFactory())

    assert {"type": "posting.put_up", "compound": "north", "posting": row.pk, "kind": "completion"} in told(feed(north))


def test_pages_follow_each_other_and_the_last_one_leads_on(north):
    IssueFactory(step=Step.HANDLE)
    settle()
    api = feed(north)
    seen, url = [], "events/?limit=1"
    while page := (answer := api.get(url)).json():
        seen += [one["id"] for one in page]
        url = answer.headers["Link"].split("<")[1].split(">")[0]

    assert seen == [event.message_id for event in Event.objects.order_by("updated_at", "pk")]
    IssueFactory(step=Step.HANDLE)
    assert api.get(url).json() == []
    Event.objects.exclude(pk__in=[one[4:] for one in seen]).update(updated_at=Event.objects.first().updated_at)
    assert api.get(url).json() != []


def test_what_is_seen_is_the_matrix(north, south):
    public, members = IssueFactory(step=Step.MEET), IssueFactory(step=Step.MEET, openness=Openness.MEMBERS)
    hidden = IssueFactory(step=Step.MEET, openness=Openness.CONFIDENTIAL)
    fresh = IssueFactory()

    def numbers(place, *scopes):
        return {one.get("issue") for one in told(feed(place, scopes=scopes))}

    assert numbers(north, Scope.ISSUES_READ) == {public.number}
    assert numbers(north, Scope.ISSUES_READ, Scope.MEMBERS_READ) == {public.number, members.number, fresh.number}
    assert numbers(south, Scope.ISSUES_READ, Scope.MEMBERS_READ) == set()
    assert numbers(north.community, Scope.ISSUES_READ) == {public.number}
    assert not Event.objects.filter(about=hidden.number).exists()


def test_a_partner_is_told_of_what_it_brought_in_and_of_what_it_handles(north):
    client, secret = a_client(north, scopes=[Scope.ISSUES_READ, Scope.ISSUES_WRITE])
    token = token_for(client, secret)
    category = IssueFactory().category_id
    made = Api(token).post("issues/", {"title": "异响", "said": "响", "category": category, "openness": "members"})
    task = task_at(AssignmentState.HANDED_OUT)
    task.issue.openness = Openness.MEMBERS
    task.issue.save()
    step4_handle.accept(task, by=PersonFactory())

    assert made.json()["number"] in {one.get("issue") for one in told(Api(token, mount="/api/v1"))}
    handles = feed(north, scopes=[Scope.ISSUES_READ], handles=[BodyKind(task.body.kind)])
    assert task.issue.number in {one.get("issue") for one in told(handles, "events/?type=assignment.changed")}


def test_what_becomes_confidential_leaves_the_feed(north):
    issue = IssueFactory(step=Step.MEET)

    correction.set_openness(issue, Openness.CONFIDENTIAL, title="", reason="x", by=PersonFactory())

    assert issue.number not in {one.get("issue") for one in told(feed(north))}


def test_so_does_what_was_posted_of_it(north):
    task, today = task_at(AssignmentState.HANDED_OUT), timezone.localdate()
    hung, stays = (
        postings.put_up(PostingKind.RESULT, title=title, text="y", today=today, by=PersonFactory()) for title in "xz"
    )
    task.result_posting = hung
    task.save()

    def posted():
        return {one["posting"] for one in told(feed(north), "events/?type=posting.put_up")}

    before = posted()

    correction.set_openness(task.issue, Openness.CONFIDENTIAL, title="", reason="x", by=PersonFactory())

    assert {hung.pk, stays.pk} <= before
    assert posted() == before - {hung.pk}


def test_a_change_that_is_rolled_back_is_not_told(north):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        IssueFactory()
        1 / 0  # noqa: B018

    assert not Event.objects.exists()


def test_the_feed_tells_what_the_scopes_are_for_and_nothing_else(north):
    IssueFactory(step=Step.MEET)
    notice_in(NoticeState.PUBLISHED)
    planned("2031-05-10 09:00", by=secretary())
    settle()
    expected = {
        (Scope.ISSUES_READ,): {"issue"},
        (Scope.NOTICES_READ,): {"notice", "posting"},
        (Scope.ACTIVITIES_READ,): {"activity"},
        (Scope.NOTICES_READ, Scope.ACTIVITIES_READ): {"notice", "posting", "activity"},
        (Scope.NOTICES_READ, Scope.MEMBERS_READ): {"notice", "posting"},
    }

    found = {scopes: {one["type"].partition(".")[0] for one in told(feed(north, scopes=scopes))} for scopes in expected}

    assert found == expected
    assert told(feed(north, scopes=[Scope.NOTICES_READ]), "events/?type=issue.moved") == []


def test_without_grant_or_scope_or_as_a_person_there_is_no_feed(north):
    assert feed(None).get("events/").status_code == 403
    assert feed(north, scopes=[Scope.FIGURES_READ]).get("events/").status_code == 403
    assert Api("", mount="/api/v1").get("events/").status_code == 401
    assert feed(north).get("events/?type=x").status_code == 400
    assert feed(north).get("events/?cursor=x").status_code == 400


def test_a_page_costs_the_same_for_one_event_and_for_many(north, django_assert_max_num_queries):
    api = feed(north)
    IssueFactory(step=Step.HANDLE)
    settle()
    api.get("events/")
    for _n in range(5):
        IssueFactory(step=Step.HANDLE)
    settle()

    with django_assert_max_num_queries(12):
        api.get("events/")
