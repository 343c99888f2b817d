"""The pages of a meeting: who may open and do what, what is shown, and what a wrong form answers."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.models import Staff
from consultation.models import Decision, DecisionOutcome, Issue, Meeting, Openness, Party, PartySeat
from consultation.services import attending, step3_meet
from consultation.services import minutes as minutes_service
from consultation.steps import Step
from tests.consultation.test_step3_meet import convened, seat_everybody
from tests.factories import BodyFactory, IssueFactory, PersonFactory, deliberator, four_seats

SOON = (timezone.localdate() + timedelta(days=14)).isoformat()
pytestmark = pytest.mark.usefixtures("north")


def url(meeting, rest=""):
    return f"/meetings/{meeting.number}/{rest}"


CAST = {
    "secretary": [PostKind.BRANCH_SECRETARY],
    "property": [PostKind.PROPERTY_STAFF],
    "representative": [PostKind.RESIDENTS_REP],
    "steward": [PostKind.BUILDING_STEWARD],
    "grid worker": [PostKind.GRID_WORKER],
}
# What each of the cast is answered; an empty POST that may be sent is 422, or 302 where it has no fields.
DOORS = [
    (
        "get",
        "meetings/",
        {"secretary": 200, "property": 200, "representative": 200, "steward": 200, "grid worker": 200},
    ),
    (
        "get",
        "meetings/new/",
        {"secretary": 200, "property": 403, "representative": 403, "steward": 403, "grid worker": 403},
    ),
    (
        "post",
        "meetings/new/",
        {"secretary": 422, "property": 403, "representative": 403, "steward": 403, "grid worker": 403},
    ),
    (
        "get",
        "meetings/{n}/",
        {"secretary": 200, "property": 200, "representative": 200, "steward": 200, "grid worker": 200},
    ),
    ("get", "meetings/{n}/attendances/", {"secretary": 302, "property": 302}),
    ("post", "meetings/{n}/attendances/", {"secretary": 422, "property": 422, "steward": 422, "grid worker": 403}),
    (
        "post",
        "meetings/{n}/attendances/1/removal/",
        {"secretary": 302, "property": 403, "steward": 403, "grid worker": 403},
    ),
    ("get", "meetings/{n}/items/1/", {"secretary": 200, "property": 200, "representative": 200, "steward": 200}),
    ("post", "meetings/{n}/items/1/", {"secretary": 422, "property": 403, "representative": 403, "steward": 403}),
    ("post", "meetings/{n}/items/1/recusals/", {"secretary": 422, "property": 403, "representative": 403}),
    ("get", "meetings/{n}/items/9/", {"secretary": 404, "property": 404}),
    ("get", "meetings/999999999999999999999/", {"secretary": 404}),
    ("post", "meetings/{n}/minutes/new/", {"secretary": 409, "property": 403, "representative": 403}),
    ("get", "meetings/{n}/minutes/", {"secretary": 404, "property": 404}),
]
FLAT = [(method, path, role, status) for method, path, roles in DOORS for role, status in roles.items()]


def test_who_may_open_what(web):
    """Arranged once, since that takes longest; what one row changes is undone before the next."""
    four_seats()
    number = convened().number

    answers = {}
    for method, path, role, _status in FLAT:
        with transaction.atomic():
            client = web(PersonFactory(posts=CAST[role]))
            answers[method, path, role] = getattr(client, method)("/" + path.format(n=number)).status_code
            transaction.set_rollback(True)

    assert answers == {(method, path, role): status for method, path, role, status in FLAT}
    assert len(answers) == len(FLAT)


@pytest.mark.parametrize("path", ["meetings/", "meetings/new/", "meetings/1/", "meetings/1/items/1/"])
def test_somebody_without_a_login_is_sent_to_the_login(anyone, path):
    assert anyone.get("/" + path).status_code == 302


@pytest.fixture
def secretary():
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


# --- Calling ----------------------------------------------------------------------------------------------------------


def test_calling_a_meeting_in_local_time(web, secretary):
    issue = IssueFactory(step=Step.MEET)
    day = timezone.localdate() + timedelta(days=3)

    response = web(secretary).post(
        "/meetings/new/", {"day": day.isoformat(), "time": "19:30", "venue": "服务站", "issues": [issue.pk]}
    )

    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M") == f"{day} 19:30"
    assert meeting.items.get().issue == issue


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2001-01-01"),
        ("day", "9999-12-31"),
        ("day", "x"),
        ("time", "25:99"),
        ("venue", ""),
        ("issues", []),
        ("issues", ["0"]),
        ("issues", ["x"]),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(web, secretary, field, value):
    issue = IssueFactory(step=Step.MEET)
    typed = {"day": SOON, "time": "19:30", "venue": "邻聚里", "issues": [issue.pk]} | {field: value}

    response = web(secretary).post("/meetings/new/", typed)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert field == "venue" or "邻聚里" in response.text
    assert not Meeting.objects.exists()


# --- Signing in -------------------------------------------------------------------------------------------------------


def test_a_deliberator_signs_in_with_one_tap_and_only_themselves(web):
    four_seats()
    meeting, person, other = convened(), deliberator(Party.RESIDENTS), deliberator(Party.RESIDENTS)
    client = web(person)

    own = client.post(url(meeting, "attendances/"), {"person": person.pk, "kind": "deliberator"})
    others = client.post(url(meeting, "attendances/"), {"person": other.pk, "kind": "deliberator"})
    as_branch = client.post(url(meeting, "attendances/"), {"person": person.pk, "kind": "invited", "party": "branch"})

    assert (own.status_code, others.status_code, as_branch.status_code) == (302, 403, 403)
    assert [a.party for a in meeting.attendances.all()] == [Party.RESIDENTS]


def test_a_second_tap_says_that_they_are_signed_in(web):
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)
    attending.take_seat(meeting, person, by=person)

    response = web(person).post(url(meeting, "attendances/"), {"person": person.pk, "kind": "deliberator"})

    assert response.status_code == 409
    assert f"/c/north/meetings/{meeting.number}/" in response.text


def test_the_branch_invites_somebody_for_a_party(web, secretary):
    four_seats()
    meeting, guest = convened(), PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
    client = web(secretary)

    without = client.post(url(meeting, "attendances/"), {"person": guest.pk, "kind": "invited"})
    with_party = client.post(
        url(meeting, "attendances/"), {"person": guest.pk, "kind": "invited", "party": "residents"}
    )

    assert (without.status_code, with_party.status_code) == (422, 302)
    assert meeting.attendances.get().party == Party.RESIDENTS


def test_with_htmx_only_the_changed_part_comes_back(web, secretary):
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)

    response = web(secretary).post(
        url(meeting, "attendances/"), {"person": person.pk, "kind": "deliberator"}, headers={"hx-request": "true"}
    )

    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'hx-swap-oob="innerHTML:#meeting-head"' in response.text


def test_the_page_says_who_is_missing(web, secretary):
    four_seats()
    meeting = convened()
    seat_everybody(meeting, [Party.BRANCH, Party.PROPERTY_COMPANY, Party.RESIDENTS])

    response = web(secretary).get(url(meeting))

    assert "missing: Owners&#x27; committee" in response.text


# --- Deciding ---------------------------------------------------------------------------------------------------------


def consensus(**changed):
    return {
        "outcome": "consensus",
        "text": "一周内修好。",
        "body": BodyFactory().pk,
        "due_on": SOON,
        "cost": "1200",
        "fund_source": "property_fee",
        **{f"answer_{party}": "agree" for party in Party},
    } | changed


def test_recording_goes_on_to_the_next_open_matter_and_then_to_the_meeting(web, secretary):
    four_seats()
    meeting = convened(IssueFactory(step=Step.MEET), IssueFactory(step=Step.MEET))
    seat_everybody(meeting)
    client = web(secretary)

    second = client.post(url(meeting, "items/2/"), {"outcome": "deferred", "text": "等等"})
    first = client.post(url(meeting, "items/1/"), consensus())

    assert second.url.endswith(f"/meetings/{meeting.number}/items/1/")
    assert first.url.endswith(f"/meetings/{meeting.number}/")
    decision = Decision.objects.get(item__position=1)
    assert (decision.outcome, decision.cost, decision.answers.count()) == ("consensus", 1200, 4)


def test_consensus_sent_with_a_party_missing_is_a_conflict_that_names_it(web, secretary):
    four_seats()
    meeting = convened()
    seat_everybody(meeting, [Party.BRANCH, Party.PROPERTY_COMPANY, Party.RESIDENTS])

    page = web(secretary).get(url(meeting, "items/1/"))
    response = web(secretary).post(url(meeting, "items/1/"), consensus())

    assert 'value="consensus" disabled' in page.text
    assert response.status_code == 409
    assert "Owners&#x27; committee" in response.text
    assert "items/1/" in response.text
    assert not Decision.objects.exists()


WRONG = [
    ("text", ""),
    ("body", ""),
    ("body", "999999"),
    ("due_on", ""),
    ("due_on", "2001-01-01"),
    ("cost", "-1"),
    ("cost", "NaN"),
    ("cost", "1e30"),
    ("fund_source", ""),
    ("fund_source", "none"),
    ("fund_source", "maintenance_fund"),
    ("outcome", "maybe"),
    ("answer_branch", "no"),
    ("answer_residents", ""),
    ("answer_residents", "perhaps"),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(web, secretary, field, value):
    four_seats()
    meeting = convened()
    seat_everybody(meeting)

    response = web(secretary).post(url(meeting, "items/1/"), consensus(**{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert field == "text" or "一周内修好。" in response.text
    assert not Decision.objects.exists()


def test_a_reservation_is_spelled_out(web, secretary):
    four_seats()
    meeting = convened()
    seat_everybody(meeting)

    response = web(secretary).post(url(meeting, "items/1/"), consensus(answer_branch="reservation"))

    assert response.context["form"].errors.keys() == {"remark_branch"}


def test_deciding_twice_shows_what_was_recorded(web, secretary):
    four_seats()
    meeting = convened()
    seat_everybody(meeting)
    client = web(secretary)
    client.post(url(meeting, "items/1/"), {"outcome": "no_consensus", "text": "谈不拢"})

    response = client.post(url(meeting, "items/1/"), consensus())

    assert response.status_code == 409
    assert "no consensus, back to the branch" in response.text


def test_stepping_back_empties_the_seat_for_that_matter_only(web, secretary):
    four_seats()
    meeting = convened(IssueFactory(step=Step.MEET), IssueFactory(step=Step.MEET))
    attendance = seat_everybody(meeting)[Party.PROPERTY_COMPANY][0]
    client = web(secretary)

    response = client.post(
        url(meeting, "items/1/recusals/"), {"recusal-attendance": attendance.pk, "recusal-reason": "合同当事人"}
    )

    assert response.status_code == 302
    page = client.get(url(meeting, "items/1/")).text
    assert 'value="consensus" disabled' in page
    # Who stepped back did come.
    assert "too few" in page
    assert "nobody here" not in page
    assert "1 more person needed · recused" in page
    assert 'value="consensus" checked' in client.get(url(meeting, "items/2/")).text


def test_nobody_recuses_from_another_meeting(web, secretary):
    four_seats()
    meeting, other = convened(), convened()
    attendance = seat_everybody(other)[Party.BRANCH][0]

    response = web(secretary).post(
        url(meeting, "items/1/recusals/"), {"recusal-attendance": attendance.pk, "recusal-reason": "x"}
    )

    assert response.status_code == 422


# --- What became confidential -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "minutes/"])
def test_a_confidential_matter_has_no_title_for_those_who_may_not_see_it(web, secretary, path):
    four_seats()
    meeting, rep = convened(IssueFactory(step=Step.MEET, title="老王家的事")), deliberator(Party.RESIDENTS)
    step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.DEFERRED, text="老王不在", by=secretary)
    minutes_service.draw_up(meeting, by=secretary)
    Issue.objects.update(openness=Openness.CONFIDENTIAL)

    for_rep, for_secretary = web(rep).get(url(meeting, path)), web(secretary).get(url(meeting, path))

    assert "老王" not in for_rep.text
    assert "(confidential matter)" in for_rep.text
    assert "老王家的事" in for_secretary.text
    assert web(rep).get(url(meeting, "items/1/")).status_code == 404


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_meeting_and_for_many(web, secretary):
    client = web(secretary)
    convened()
    client.get("/meetings/")
    few = queries_of(client, "/meetings/")
    for _n in range(8):
        convened()

    assert queries_of(client, "/meetings/") == few


def test_an_agenda_costs_the_same_for_one_matter_and_for_many(web, secretary):
    client, short = web(secretary), convened()
    long = convened(*(IssueFactory(step=Step.MEET) for _n in range(9)))
    client.get(url(short))

    assert queries_of(client, url(long)) == queries_of(client, url(short))


def test_calling_a_meeting_costs_the_same_for_one_matter_and_for_many(web, secretary):
    client = web(secretary)
    IssueFactory(step=Step.MEET)
    client.get("/meetings/new/")
    few = queries_of(client, "/meetings/new/")
    for _n in range(6):
        IssueFactory(step=Step.MEET)

    assert queries_of(client, "/meetings/new/") == few


@pytest.mark.parametrize("path", ["meetings/", "meetings/{n}/", "meetings/{n}/items/1/", "meetings/{n}/minutes/"])
def test_the_district_reads_and_changes_nothing(anyone, north, secretary, path):
    four_seats()
    meeting = convened()
    step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.DEFERRED, text="等等", by=secretary)
    minutes_service.draw_up(meeting, by=secretary)
    reader = User.objects.create(username="district-reader")
    Staff.objects.create(user=reader, district=north.community.district)
    anyone.force_login(reader)

    assert anyone.get("/" + path.format(n=meeting.number)).status_code == 200
    assert anyone.post(url(meeting, "minutes/issue/")).status_code == 403


def test_nobody_is_asked_to_take_a_vacant_seat(web):
    rows = four_seats()
    PartySeat.objects.filter(pk=rows[Party.OWNERS_COMMITTEE].pk).update(
        vacant=True, vacancy_reason="换届", body_name="", legal_basis="", ends_on="2099-01-01"
    )
    meeting, person = convened(), deliberator(Party.OWNERS_COMMITTEE)

    response = web(person).get(url(meeting))

    assert "换届" in response.text
    assert 'value="deliberator"' not in response.text


def test_before_the_day_nobody_is_missing_and_nobody_signs_in(web):
    four_seats()
    meeting, member = convened(days=2), deliberator(Party.RESIDENTS)

    chair = web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY])).get(url(meeting)).content.decode()
    own = web(member).get(url(meeting)).content.decode()

    assert "People sign in on that day" in chair
    for absent in ("missing", "nobody here", 'value="deliberator"', "Draw up the minutes", "sheet/entry"):
        assert absent not in chair
    assert "Will you come?" in own
    assert "I cannot come" in own
    assert "I am here" not in own
    web(member).post(url(meeting, "attendances/"), {"person": member.pk, "kind": "excused"})
    assert meeting.attendances.get().kind == "excused"
