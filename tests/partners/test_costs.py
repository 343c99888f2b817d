"""Every list of the API costs the same for one row and for fifty, whatever hangs on each row."""

import copy
import uuid
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.oversight.models import OpenItem
from compounds.partners.models import Event
from compounds.photos.models import Photo
from consultation.models import (
    Assignment,
    AssignmentReport,
    AssignmentState,
    BodyKind,
    Category,
    Decision,
    Issue,
    IssueList,
    ListEntry,
    ScoringRound,
    Voice,
)
from notices.models import Notice, Posting
from tests.architecture import scenery
from tests.factories import EntranceFactory, PersonFactory
from tests.partnering import Api, a_client, token_for
from volunteers.models import Activity

MORE = 49


def copies(row, **given):
    """So many more rows like this one; what is given may follow from a copy's number."""
    made = []
    for n in range(MORE):
        one = copy.copy(row)
        one._state = copy.copy(row._state)
        one.pk, one._state.adding, one._state.fields_cache = None, True, {}
        for name, value in given.items():
            setattr(one, name, value(n) if callable(value) else value)
        made.append(one)
    return type(row).objects.bulk_create(made)


def more_of_the_compounds(issue, report, voice):
    """Fifty rows in each list, each with rows of its own behind it."""
    place = EntranceFactory()
    issues = copies(
        issue, year=1999, serial=lambda n: n, number=lambda n: f"1999-{n}", building=place.building, entrance=place
    )
    copies(issue.records.first())
    copies(Category.objects.first(), name=lambda n: f"类别{n}")
    photos = copies(Photo.objects.get(issue_photo=issue.photos.first()), id=lambda n: uuid.uuid4())
    copies(issue.photos.first(), photo_id=lambda n: photos[n].pk)
    copies(report)
    people = copies(voice.person, user_id=None)
    copies(voice, person_id=lambda n: people[n].pk)

    entry = ListEntry.objects.exclude(issue_list__published_at=None).first()
    published = {"published_at": timezone.now(), "published_by": entry.issue_list.published_by}
    IssueList.objects.filter(published_at=None).update(**published)
    for n in range(MORE):
        # Only a draft takes entries, and there is one draft at a time.
        draft = IssueList.objects.create(edition=100 + n)
        ListEntry.objects.create(issue_list=draft, issue=issues[n], proposal_id=entry.proposal_id, rank=1)
        IssueList.objects.filter(pk=draft.pk).update(**published)

    decision = Decision.objects.filter(item__meeting__minutes__issued_at__isnull=False).first()
    meetings = copies(decision.item.meeting, number=lambda n: 100 + n)
    copies(decision.item.meeting.minutes, meeting_id=lambda n: meetings[n].pk)
    items = copies(decision.item, meeting_id=lambda n: meetings[n].pk, issue_id=lambda n: issues[n].pk)
    copies(decision, item_id=lambda n: items[n].pk)

    results = copies(Posting.objects.filter(assignment_of_result__isnull=False).first())
    copies(
        Assignment.objects.filter(decision=None, completion_posting=None).first(),
        issue_id=lambda n: issues[n].pk,
        result_posting_id=lambda n: results[n].pk,
    )
    notice = Notice.objects.exclude(posting=None).first()
    hanging = copies(notice.posting)
    copies(notice, posting_id=lambda n: hanging[n].pk)
    activity = Activity.objects.in_public().first()
    copies(
        activity,
        starts_at=lambda n: activity.starts_at + timedelta(days=n + 1),
        ends_at=lambda n: activity.ends_at + timedelta(days=n + 1),
    )
    scored = ScoringRound.objects.exclude(posting=None).first()
    told = copies(scored.posting)
    copies(scored, year=lambda n: 1950 + n, posting_id=lambda n: told[n].pk)


def more_of_the_district(compound):
    copies(compound, slug=lambda n: f"more-{n}", schema_name=lambda n: f"c_more_{n}")
    late = OpenItem.objects.create(
        compound=compound,
        number="1998-1",
        title="电梯",
        category="电梯设备",
        category_en="Lifts",
        step="handle",
        party="branch",
        opened_on=timezone.localdate(),
        due_on=timezone.localdate() - timedelta(days=3),
    )
    copies(late, number=lambda n: f"1999-{n}")
    event = Event.objects.filter(for_members=True).first()
    for one in [event, *copies(event)]:
        Event.objects.filter(pk=one.pk).update(updated_at=timezone.now() - timedelta(minutes=1))


def cost(api, path):
    with CaptureQueriesContext(connection) as asked:
        answer = api.get(path)
    assert answer.status_code == 200, (path, answer.content)
    return len(answer.json()), len(asked)


def test_every_list_costs_the_same_for_one_row_and_for_fifty(north):
    built = scenery.build()
    issue, report = Issue.objects.get(number=built.arguments["board/"]["number"]), AssignmentReport.objects.first()
    task = Assignment.objects.filter(state=AssignmentState.ACCEPTED).first()
    agreed = {"ring_agreed_at": timezone.now(), "ring_agreed_to": built.secretary, "recorded_by": built.secretary}
    voice = Voice.objects.create(issue=task.issue, person=PersonFactory(phone="13800000009"), **agreed)
    token = token_for(*a_client(north.community, handles=BodyKind.values))
    api, district = Api(token), Api(token, "/api/v1")
    paged = ["issues", "issue-lists", "meetings", "assignments", "notices", "activities", "scoring-results"]
    whole = [
        "categories/",
        f"issues/{issue.number}/steps/",
        f"issues/{issue.number}/photos/",
        f"assignments/{report.assignment_id}/reports/",
        f"assignments/{task.pk}/contacts/",
    ]
    asked = {f"{name}/?limit={{}}": api for name in paged} | dict.fromkeys(whole, api)
    # What a posting is about is asked once for each kind that is there.
    asked |= {f"postings/?kind={kind}&limit={{}}": api for kind in ("result", "notice", "scoring")}
    asked |= {f"{name}/?limit={{}}": district for name in ("compounds", "overdue", "events")}

    more_of_the_district(north)
    # The first call writes down that the system was here.
    api.get("categories/")
    few = {path: cost(by, path.format(1)) for path, by in asked.items()}
    more_of_the_compounds(issue, report, voice)
    fifty = {path: cost(by, path.format(50)) for path, by in asked.items()}

    assert {path for path, (rows, _queries) in fifty.items() if rows < 50} == set()
    assert {path: queries for path, (_rows, queries) in few.items()} == {
        path: queries for path, (_rows, queries) in fifty.items()
    }
