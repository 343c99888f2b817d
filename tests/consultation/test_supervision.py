"""督办: an office above demands an answer by a date, the branch gives it, the office settles it or asks further."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.oversight.models import Outbox
from compounds.workdays import calendar
from consultation.errors import DemandedAlready, NotAboutThis, SupervisionEnded
from consultation.models import Openness, Supervision
from consultation.services import supervision
from consultation.steps import Step
from consultation.timeline import story
from tests.consultation.handling import secretary
from tests.consultation.offices import DISTRICT, STREET
from tests.factories import IssueFactory, PersonFactory

QUESTION = "何时办结？"


def demanded(issue=None, *, by=DISTRICT):
    return supervision.demand(issue or IssueFactory(), question=QUESTION, working_days=5, by=by)


def page_of(row):
    return f"/supervisions/{row.pk}/"


def day_of(web, person):
    """What waits for somebody, as their page lists it."""
    return [row for row, _left in web(person).get("/").context["rows"]]


def told(issue, person):
    return [(str(event.title), str(event.note), str(event.who)) for event in story(issue, person)]


def test_a_demand_names_the_office_and_is_due_after_working_days(north):
    row = demanded()

    due = calendar.after(timezone.localdate(), 5)
    assert (row.level, row.office, row.office_name) == ("district", "测试区 · 周敏", "测试区")
    assert (row.answer_due_on, row.answer_due_provisional) == (due.day, due.provisional)
    assert Outbox.objects.filter(kind="supervisions").count() == 1


def test_the_branch_answers_once_and_the_matter_tells_it(north):
    row = demanded()

    supervision.answer(row, answer="周五前换完。", by=secretary())

    with pytest.raises(SupervisionEnded):
        supervision.answer(row, answer="再答", by=secretary())
    events = told(row.issue, secretary())
    assert any(
        title.startswith("测试区") and note == QUESTION and who == "测试区 · 周敏" for title, note, who in events
    )
    assert any(note == "周五前换完。" and who == secretary().name for _title, note, who in events)


def test_the_office_settles_it(north):
    row = demanded()
    supervision.answer(row, answer="周五前换完。", by=secretary())

    closed = supervision.close(row, by=STREET)

    assert (closed.state, closed.closed_for) == ("closed", "测试街道 · 何晴")
    with pytest.raises(SupervisionEnded):
        supervision.close(row, by=DISTRICT)


def test_asking_further_settles_the_demand_and_begins_another(north):
    row = demanded()
    supervision.answer(row, answer="在办", by=secretary())

    further = supervision.follow_up(row, question="具体哪天？", working_days=2, by=DISTRICT)

    row.refresh_from_db()
    assert row.state == "closed"
    assert (further.follows, further.state, further.issue) == (row, "waiting", row.issue)


def test_what_is_settled_needs_no_answer_any_more(north):
    row = supervision.close(demanded(), by=DISTRICT)

    with pytest.raises(SupervisionEnded):
        supervision.answer(row, answer="迟到的答复", by=secretary())


def test_one_demand_of_an_office_is_open_at_a_time_and_another_office_may_ask_too(north):
    issue = IssueFactory()
    demanded(issue)

    with pytest.raises(DemandedAlready):
        demanded(issue)
    demanded(issue, by=STREET)

    assert Supervision.objects.open().count() == 2


@pytest.mark.parametrize("facts", [{"step": Step.CLOSED}, {"openness": Openness.CONFIDENTIAL}])
def test_nothing_is_demanded_about_what_is_closed_or_confidential(north, facts):
    issue = IssueFactory(**facts)

    with pytest.raises(NotAboutThis):
        demanded(issue)

    assert not Supervision.objects.exists()


@pytest.mark.parametrize(
    "half",
    [{"answer": "只有字"}, {"answered_at": timezone.now()}, {"closed_at": timezone.now()}, {"closed_for": "某办"}],
)
def test_the_database_refuses_half_an_answer_and_half_an_end(north, half):
    row = demanded()

    with pytest.raises(IntegrityError), transaction.atomic():
        Supervision.objects.filter(pk=row.pk).update(**half)


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        (PostKind.BRANCH_SECRETARY, True),
        (PostKind.BRANCH_COMMITTEE, True),
        (PostKind.GENERAL_SECRETARY, True),
        (PostKind.BUILDING_STEWARD, False),
        (PostKind.PROPERTY_STAFF, False),
    ],
)
def test_it_waits_in_the_day_of_those_who_may_answer(web, kind, waits):
    row = demanded()

    day = day_of(web, PersonFactory(posts=[kind]))

    mine = [one for one in day if one.url.endswith(page_of(row))]
    assert bool(mine) == waits
    assert all(one.due_on == row.answer_due_on and "测试区" in str(one.what) for one in mine)


def test_answered_it_waits_no_longer(web):
    row = demanded()
    supervision.answer(row, answer="办好了", by=secretary())

    assert not [one for one in day_of(web, secretary()) if one.url.endswith(page_of(row))]


def test_late_is_what_is_not_answered_after_its_day(north):
    row = demanded()
    later = row.answer_due_on + timedelta(days=3)

    assert (row.days_late(row.answer_due_on), row.days_late(later)) == (0, 3)
    assert list(Supervision.objects.overdue(later)) == [row]
    assert supervision.answer(row, answer="办好了", by=secretary()).days_late(later) == 0


def test_the_page_takes_the_answer(web):
    row = demanded()
    client = web(secretary())

    matter = client.get(f"/issues/{row.issue.number}/")
    shown = client.get(page_of(row))
    empty = client.post(page_of(row), {"answer": "  "})
    sent = client.post(page_of(row), {"answer": "周五前换完。"})
    again = client.get(page_of(row))

    assert page_of(row) in matter.text
    assert QUESTION in shown.text
    assert (shown.status_code, empty.status_code, sent.status_code, again.status_code) == (200, 422, 302, 409)
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("周五前换完。", secretary())


def test_what_the_branch_may_not_know_of_is_not_there(web):
    row = demanded()
    row.issue.openness = Openness.CONFIDENTIAL
    row.issue.save()
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert web(steward).get(page_of(row)).status_code == 403
    assert web(secretary()).get(page_of(row)).status_code == 200


def test_the_board_says_nothing_of_it(anyone):
    issue = IssueFactory(step=Step.HANDLE)
    demanded(issue)

    assert QUESTION not in anyone.get(f"/board/{issue.number}/").text
