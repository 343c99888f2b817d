"""The pages of matters, of step 1 and of step 2: who gets what, what is kept of bad input, what a list costs."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from compounds.organisation.models import PostKind
from consultation.models import AssignmentState, BodyKind, Category, Issue, IssueList, Openness, Proposal
from consultation.services import flow, step1_visit, step2_propose
from consultation.steps import Step
from tests.consultation.handling import task_at
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")

SORTED = {
    "urgency": "urgent",
    "concerns": "frail",
    "served": "several",
    "working_days": 7,
    "difficulty": "moderate",
    "suggestion": "一周内检修。",
}


@pytest.fixture
def secretary():
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def steward():
    return PersonFactory(posts=[PostKind.BUILDING_STEWARD])


def picture(name="x.jpg"):
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(body, "JPEG")
    return SimpleUploadedFile(name, body.getvalue(), "image/jpeg")


def recorded(**changes):
    data = {
        "title": "车库渗水",
        "said": "一下雨就积水。",
        "category": Category.objects.get(name="渗水漏水").pk,
        "openness": "public",
        "where": "",
        "door": "",
        "place_note": "地下车库 B 区",
        "spoken_by": "",
    }
    return data | changes


# --- Who may -------------------------------------------------------------------------------------------------------

_POSTS = {
    "secretary": PostKind.BRANCH_SECRETARY,
    "steward": PostKind.BUILDING_STEWARD,
    "property": PostKind.PROPERTY_STAFF,
    "owners": PostKind.OWNERS_COMMITTEE,
}
_TABLE = [
    # method, path, at step, status for secretary, steward, property staff, owners' committee
    ("get", "/", None, 200, 200, 200, 200),
    ("get", "/issues/", None, 200, 200, 200, 200),
    ("get", "/issues/{n}/", Step.VISIT, 200, 200, 200, 200),
    ("get", "/issues/new/", None, 200, 200, 403, 403),
    ("post", "/issues/{n}/hand-over/", Step.VISIT, 302, 403, 403, 403),
    ("post", "/issues/{n}/voices/", Step.VISIT, 422, 422, 403, 403),
    ("post", "/issues/{n}/photos/", Step.VISIT, 422, 422, 403, 403),
    ("get", "/issues/{n}/proposal/", Step.PROPOSE, 200, 403, 403, 403),
    ("post", "/issues/{n}/proposal/", Step.PROPOSE, 422, 403, 403, 403),
    ("post", "/issues/{n}/listing/", Step.PROPOSE, 409, 403, 403, 403),
    ("get", "/lists/", None, 200, 200, 200, 200),
    ("get", "/lists/1/", None, 200, 404, 404, 404),
    ("post", "/lists/1/publication/", None, 409, 403, 403, 403),
]


@pytest.mark.parametrize("step", [None, Step.VISIT, Step.PROPOSE])
def test_each_post_gets_what_the_table_says(web, step):
    issue = IssueFactory(step=step or Step.VISIT)
    IssueList.objects.create(edition=1)
    clients = {who: web(PersonFactory(posts=[post])) for who, post in _POSTS.items()}
    rows = [row for row in _TABLE if row[2] == step]

    answered = []
    for method, path, _step, *_statuses in rows:
        got = []
        for client in clients.values():
            # Each finds it as it was arranged, whatever those before have changed.
            with transaction.atomic():
                got.append(getattr(client, method)(path.format(n=issue.number)).status_code)
                transaction.set_rollback(True)
        answered.append((method, path, step, *got))

    assert answered == rows


def test_a_steward_hands_over_what_they_wrote_down(web, steward):
    issue = IssueFactory(recorded_by=steward)

    response = web(steward).post(f"/issues/{issue.number}/hand-over/")

    assert response.status_code == 302
    issue.refresh_from_db()
    assert issue.step == Step.PROPOSE


# --- Who sees what -------------------------------------------------------------------------------------------------


def test_a_confidential_matter_is_not_there_for_a_steward(web, steward, secretary):
    issue = IssueFactory(title="两家争吵", openness=Openness.CONFIDENTIAL)

    assert web(steward).get(f"/issues/{issue.number}/").status_code == 404
    assert "两家争吵" not in web(steward).get("/issues/").content.decode()
    assert "两家争吵" in web(secretary).get("/issues/").content.decode()


def test_a_dispute_begins_confidential_whatever_was_ticked(web, steward):
    dispute = Category.objects.get(name="邻里纠纷")

    web(steward).post("/issues/new/", recorded(category=dispute.pk, openness="public"))

    assert Issue.objects.get().openness == Openness.CONFIDENTIAL


@pytest.mark.parametrize(
    ("kind", "words_shown", "name_shown", "door_shown"),
    [
        (PostKind.BRANCH_SECRETARY, True, True, True),
        (PostKind.BUILDING_STEWARD, True, True, False),
        (PostKind.OWNERS_COMMITTEE, True, False, False),
        (PostKind.PROPERTY_STAFF, False, False, False),
    ],
)
def test_who_spoke_and_at_which_door_is_for_few(web, kind, words_shown, name_shown, door_shown):
    issue = IssueFactory()
    step1_visit.add_voice_at_door(
        issue, name="王秀英", household=HouseholdFactory(door="9601"), said="我也听见了", by=issue.recorded_by
    )
    viewer = PersonFactory(posts=[kind])

    page = web(viewer).get(f"/issues/{issue.number}/").content.decode()

    assert ("我也听见了" in page) is words_shown
    assert ("王秀英" in page) is name_shown
    assert ("9601" in page) is door_shown


def test_a_photo_is_served_to_whom_the_matter_is_visible_only(web, steward, secretary):
    issue = IssueFactory(openness=Openness.CONFIDENTIAL, recorded_by=secretary)
    web(secretary).post(f"/issues/{issue.number}/photos/", {"photos": picture()})
    path = f"/issues/{issue.number}/photos/{issue.photos.get().photo_id}/small/"

    assert web(secretary).get(path)["Content-Type"] == "image/jpeg"
    assert web(steward).get(path).status_code == 404


# --- Bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "This field is required."),
        ("title", "长" * 81, "at most 80 characters"),
        ("said", "\x00", "Null characters are not allowed."),
        ("category", "999999", "Select a valid choice."),
        ("where", "e999999", "Select a valid choice."),
        ("door", "601", "Choose the entrance"),
        ("openness", "secret", "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(web, steward, field, value, error):
    response = web(steward).post("/issues/new/", recorded(**{field: value}))

    page = response.content.decode()
    assert response.status_code == 422
    assert error in page
    assert "地下车库 B 区" in page
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg"),
        SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        SimpleUploadedFile("x.jpg", picture().read()[:200], "image/jpeg"),
        SimpleUploadedFile("x.jpg", b"", "image/jpeg"),
    ],
    ids=["script", "svg", "truncated", "empty"],
)
def test_what_is_no_photo_is_refused_and_the_words_are_kept(web, steward, upload):
    response = web(steward).post("/issues/new/", {**recorded(), "photos": upload})

    assert response.status_code == 422
    assert "一下雨就积水。" in response.content.decode()
    assert not Issue.objects.exists()


def test_a_whole_album_is_refused_and_the_words_are_kept(web, steward):
    response = web(steward).post("/issues/new/", {**recorded(), "photos": [picture() for _n in range(120)]})

    assert response.status_code == 422
    assert "At most 9 photos at once." in response.content.decode()
    assert "一下雨就积水。" in response.content.decode()


def test_a_door_that_does_not_exist_is_named(web, steward):
    household = HouseholdFactory(door="601")

    response = web(steward).post("/issues/new/", recorded(where=f"e{household.entrance_id}", door="9999"))

    assert response.status_code == 422
    assert "There is no door 9999" in response.content.decode()


def test_proposing_a_closed_issue_is_a_conflict_that_says_where_it_is(web, secretary):
    issue = IssueFactory(step=Step.CLOSED)

    response = web(secretary).post(f"/issues/{issue.number}/proposal/", SORTED)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Closed" in page
    assert f"/issues/{issue.number}/" in page


def test_the_second_of_two_secretaries_sees_what_the_first_did(web, secretary):
    other = PersonFactory(name="李书记", posts=[PostKind.BRANCH_COMMITTEE])
    issue = IssueFactory(step=Step.PROPOSE)
    step2_propose.propose(issue, **SORTED, seen=None, by=other)

    client, typed = web(secretary), {**SORTED, "suggestion": "我看应当先查合同。", "seen": ""}

    response = client.post(f"/issues/{issue.number}/proposal/", typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "李书记" in page
    assert "我看应当先查合同。" in page, "what was typed is not lost"
    assert Proposal.objects.count() == 1
    again = client.post(f"/issues/{issue.number}/proposal/", {**typed, "seen": Proposal.objects.get().pk})
    assert again.status_code == 302


def test_a_sheet_that_is_sent_twice_is_written_down_once(web, steward):
    sheet = str(uuid.uuid4())

    first, second = (web(steward).post("/issues/new/", recorded(sheet=sheet)) for _n in range(2))

    assert first["Location"] == second["Location"]
    assert Issue.objects.count() == 1


def test_a_title_that_nobody_can_see_is_refused(web, steward):
    response = web(steward).post("/issues/new/", recorded(title="\u202e\u200b"))

    assert response.status_code == 422
    assert "There is nothing to read here." in response.content.decode()


def test_opening_an_address_that_only_forms_send_to_leads_to_the_page_above(web, steward):
    issue = IssueFactory()

    response = web(steward).get(f"/issues/{issue.number}/voices/")

    assert response.status_code == 302
    assert response["Location"].endswith(f"/issues/{issue.number}/")


def test_a_reopened_matter_still_says_how_it_was_closed(web, secretary):
    issue = IssueFactory(step=Step.CLOSED)
    flow.advance(issue, Step.PROPOSE, by=secretary)

    assert "Closed: withdrawn" in web(secretary).get(f"/issues/{issue.number}/").content.decode()


@pytest.mark.parametrize("path", ["/issues/?step=nowhere", "/issues/?category=x", "/issues/?q=%00"])
def test_a_filter_that_is_none_says_so(web, steward, path):
    assert web(steward).get(path).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/issues/2026-0001%00/",
        "/issues/%00/rating/",
        "/issues/a%00b/closing/",
        "/board/%00/",
        "/issues/../../etc/passwd",
        "/issues/1/",
        "/lists/99999999999999999999/",
        "/lists/x/",
    ],
)
def test_an_address_that_names_nothing_is_not_found(web, steward, path):
    assert web(steward).get(path).status_code == 404


def test_a_tampered_page_cursor_is_a_bad_request(web, steward):
    assert web(steward).get("/issues/?after=abc").status_code == 400


# --- Lists ---------------------------------------------------------------------------------------------------------


def test_search_finds_pieces_of_chinese_words_in_title_and_words(web, steward):
    IssueFactory(title="地下车库渗水", said="一下雨就积水")
    IssueFactory(title="电梯异响", said="半夜响")

    page = web(steward).get("/issues/?q=库渗").content.decode()

    assert "地下车库渗水" in page
    assert "电梯异响" not in page
    assert "地下车库渗水" in web(steward).get("/issues/?q=积水").content.decode()


def _queries(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def _many_issues():
    for _ in range(59):
        IssueFactory()


def _many_voices():
    issue = Issue.objects.get()
    for _ in range(59):
        step1_visit.add_voice_at_door(issue, name="甲", household=HouseholdFactory(), by=issue.recorded_by)


def _many_waiting():
    for _ in range(59):
        IssueFactory(step=Step.PROPOSE)


@pytest.mark.parametrize(
    ("path", "grow"),
    [("/issues/", _many_issues), ("/issues/{n}/", _many_voices), ("/", _many_waiting)],
    ids=["list", "one matter", "my day"],
)
def test_a_page_costs_the_same_for_one_row_and_for_sixty(web, secretary, path, grow):
    issue = IssueFactory(step=Step.PROPOSE)
    step1_visit.add_voice_at_door(issue, name="甲", household=HouseholdFactory(), by=issue.recorded_by)
    client, path = web(secretary), path.format(n=issue.number)
    few = _queries(client, path)

    grow()

    assert _queries(client, path) == few


def test_my_day_says_what_is_late_first(web, secretary):
    late = IssueFactory(step=Step.PROPOSE, title="早该办的事")
    IssueFactory(step=Step.PROPOSE, title="不急的事")
    Issue.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))

    page = web(secretary).get("/").content.decode()

    assert page.index("早该办的事") < page.index("不急的事")
    assert "2 days late" in page


def test_who_may_hand_over_names_those_who_hold_this_very_matter(web):
    lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
    issue = IssueFactory(recorded_by=lead)

    page = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/issues/{issue.number}/").content.decode()

    assert f"For: whoever wrote it down, {issue.owner_unit}, the branch" in page


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (BodyKind.PROPERTY_COMPANY, "property company staff"),
        (BodyKind.OWNERS_COMMITTEE, "owners&#x27; committee member"),
        (BodyKind.UTILITY, "branch secretary, branch committee member"),
    ],
)
def test_who_may_accept_a_task_names_those_who_handle_it(web, kind, who):
    task = task_at(AssignmentState.HANDED_OUT, body_kind=kind)

    page = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/issues/{task.issue.number}/").content.decode()

    assert f"For: {who}<" in page
