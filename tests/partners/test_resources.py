"""Notices, postings, activities and scoring results through the API: what anybody may see, page by page, followed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.partners.scopes import Scope
from consultation.models import Openness, ScoringRound
from notices.models import Notice, NoticeState, Posting, PostingKind, Target
from notices.publishing import deciding
from tests.architecture import scenery
from tests.consultation.handling import secretary
from tests.factories import PersonFactory
from tests.notices.publishing.telling import notice_in
from tests.partnering import api_of
from tests.volunteers.planning import planned
from volunteers.models import Honour, HonourState
from volunteers.services import honours

FOLLOWED = ["issues", "issue-lists", "meetings", "assignments", "notices", "postings", "activities"]
ONES = {"issues": "number", "issue-lists": "edition", "meetings": "number"}


@pytest.fixture
def api(north):
    return api_of(north)


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_list_gives_its_rows_each_can_be_read_alone_and_its_changes_followed(api):
    scenery.build()

    for name in FOLLOWED:
        listed = rows(api.get(f"{name}/?limit=200"))
        assert listed, name
        for row in listed[:2]:
            one = api.get(f"{name}/{row[ONES.get(name, 'id')]}/")
            assert one.json() == row, name
            assert one.headers["ETag"], name
        with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
            followed = rows(api.get(f"{name}/?limit=200&updated_since=2020-01-01T00:00:00Z"))
        assert sorted(map(str, followed)) == sorted(map(str, listed)), name
        assert api.get(f"{name}/?colour=red").json()["errors"][0]["parameter"] == "colour", name
    _every_posting_says_what_it_is_about(api)
    _scoring_is_told_as_it_hangs(api)


def _every_posting_says_what_it_is_about(api):
    told = {row["kind"]: row for row in rows(api.get("postings/"))}

    assert set(told) >= {"result", "scoring", "honour", "notice"}
    about = {"result": "issue", "completion": "issue", "scoring": "scoring", "notice": "notice"}
    for kind, row in told.items():
        named = {name for name in ("issue", "notice", "scoring") if row[name] is not None}
        assert named == ({about[kind]} if kind in about else set() if kind == "honour" else {"issue"}), kind
    # Who is not to be honoured after all is not named any more.
    honour = Honour.objects.get(posting=told["honour"]["id"])
    assert "热心" in told["honour"]["text"]
    honours.end(honour, HonourState.DROPPED, why="不妥", by=secretary())
    assert "热心" not in api.get(f"postings/{told['honour']['id']}/").json()["text"]


def _scoring_is_told_as_it_hangs(api):
    posted = ScoringRound.objects.exclude(posting=None).get()
    [listed] = rows(api.get(f"scoring-results/?state=posted&year={posted.year}"))
    one = api.get(f"scoring-results/{listed['quarter']}/")

    assert listed["quarter"] == posted.label
    assert set(listed) < set(one.json())
    assert one.headers["ETag"]
    # Of a round that is not posted nothing is told, not even that it runs.
    assert [api.get(f"scoring-results/{row.label}/").status_code for row in ScoringRound.objects.all()].count(404) == 1


def test_a_system_reads_notices_that_hang_in_public_and_no_drafts_and_none_for_a_post(api, web):
    hangs, withdrawn = notice_in(NoticeState.PUBLISHED), notice_in(NoticeState.WITHDRAWN)
    for_stewards = notice_in(NoticeState.PUBLISHED, target=Target.POST, post=PostKind.BUILDING_STEWARD)
    given_up = deciding.withdraw(notice_in(NoticeState.DRAFT), why="x", now=timezone.now(), by=secretary())
    hidden = [notice_in(NoticeState.DRAFT), notice_in(NoticeState.APPROVED), for_stewards, given_up]

    listed = rows(api.get("notices/"))

    assert [row["id"] for row in listed] == [withdrawn.pk, hangs.pk]
    assert (listed[0]["state"], listed[0]["withdrawn_why"]) == ("withdrawn", "写错了日期")
    assert {api.get(f"notices/{one.pk}/").status_code for one in hidden} == {404}
    assert [row["id"] for row in rows(api.get(f"notices/?up_on={timezone.localdate()}"))] == [hangs.pk]
    assert rows(api.get("notices/?kind=law")) == []
    steward = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    seen = {row["id"] for row in steward.get("/api/v1/notices/").json()}
    assert seen == {hangs.pk, withdrawn.pk, for_stewards.pk}


def test_a_system_reads_activities_on_the_board_and_a_member_all(api, web):
    by = secretary()
    public = planned("2031-05-10 09:00", by=by)
    home = planned("2031-06-10 09:00", by=by, in_public=False)

    assert [row["id"] for row in rows(api.get("activities/"))] == [public.pk]
    assert api.get(f"activities/{home.pk}/").status_code == 404
    assert [row["id"] for row in web(by).get("/api/v1/activities/").json()] == [home.pk, public.pk]
    for asked, day, found in (("from", 10, 1), ("from", 11, 0), ("until", 10, 1), ("until", 9, 0)):
        assert len(rows(api.get(f"activities/?starts_{asked}=2031-05-{day:02}"))) == found, (asked, day)


@pytest.mark.parametrize("asked", ["kind=x", "kind=", "up_on=2026-13-01", "up_on=x", "year=1", "kind=law&kinds=law"])
def test_a_filter_that_is_not_right_is_refused_by_name(api, asked):
    answer = api.get(f"notices/?{asked}")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["parameter"] == asked.rpartition("&")[2].partition("=")[0]


def test_photos_are_read_at_the_addresses_that_are_told_and_nowhere_else(api):
    scenery._told_of(by=secretary())
    notice = Notice.objects.get()
    [photo] = rows(api.get("notices/"))[0]["photos"]
    other = notice_in(NoticeState.PUBLISHED)

    assert api.get(photo["medium"].removeprefix("http://testserver")).headers["Content-Type"] == "image/jpeg"
    assert api.get(f"notices/{other.pk}/photos/{notice.photos[0]}/small/").status_code == 404
    assert api.get(f"activities/1/photos/{notice.photos[0]}/small/").status_code == 404


def test_a_posting_of_a_matter_is_read_by_who_may_know_of_the_matter(north, api):
    scenery.build()
    posting = Posting.objects.filter(kind=PostingKind.RESULT).first()
    issue = posting.assignment_of_result.issue
    narrow = api_of(north, scopes=[Scope.NOTICES_READ])

    assert narrow.get(f"postings/{posting.pk}/").status_code == 200
    for openness, seen in ((Openness.MEMBERS, [200, 404]), (Openness.CONFIDENTIAL, [404, 404])):
        issue.openness = openness
        issue.save()
        assert [one.get(f"postings/{posting.pk}/").status_code for one in (api, narrow)] == seen
