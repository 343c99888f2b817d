"""Role × openness × field: the written table against every page that shows a matter; every post, staff, nobody."""

import pytest
from django.utils import timezone, translation

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.models import Staff
from consultation import policies
from consultation.models import (
    AgendaItem,
    AssignmentState,
    HoldReason,
    Issue,
    Mediation,
    Meeting,
    Openness,
    RatingChannel,
)
from consultation.policies import NOBODY, PARTNER, STAFF
from consultation.services import hold, step1_visit, step4_handle, step5_evaluate
from tests.conftest import CompoundClient
from tests.consultation.handling import secretary, task_at, voice_of
from tests.factories import EntranceFactory, HouseholdFactory, PersonFactory
from tests.pictures import a_picture

# What stands for each field on a page. No phrase or style of ours contains one of them. ``to_ring`` depends
# on whose the task is as well: see test_ringing.
MARKS = {
    "title": "题目青鸟",
    "place_note": "位置白鹿",
    "said": "原话墨竹",
    "voice_words": "附议紫藤",
    "notes": "备注红梅",
    "spoken_by": "欧阳秀英",
    "door": "98甲76",  # nor does a photo's random name
    "parties": "诸葛甲与上官乙",
    "phone": "13911112222",
}
# gs … vl as in test_policies; sf staff of the district · no nobody, on the board
# pt a partner's system, which has no pages (see test_api_sight)
TABLE = """
                 gs cw gw bs bc pm st nl rr oc ps vl sf no pt
    public
      row         x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
      title       x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
      place       x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
      place_note  x  x  x  x  x  x  x  x  x  x  x  x  x  .  .
      photos      x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
      said        x  x  x  x  x  x  x  x  x  x  .  x  x  .  .
      voice_words x  x  x  x  x  x  x  x  x  x  .  x  .  .  .
      notes       x  x  x  x  x  x  x  x  x  x  x  x  x  .  .
      spoken_by   x  x  x  x  x  .  x  x  x  .  .  .  .  .  .
      door        x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      parties     .  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      to_ring     .  .  .  x  x  .  .  .  .  x  x  .  .  .  .
      phone       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
    members
      row         x  x  x  x  x  x  x  x  x  x  x  x  x  .  x
      title       x  x  x  x  x  x  x  x  x  x  x  x  x  .  x
      place       x  x  x  x  x  x  x  x  x  x  x  x  x  .  x
      place_note  x  x  x  x  x  x  x  x  x  x  x  x  x  .  .
      photos      x  x  x  x  x  x  x  x  x  x  x  x  x  .  x
      said        x  x  x  x  x  x  x  x  x  x  .  x  x  .  .
      voice_words x  x  x  x  x  x  x  x  x  x  .  x  .  .  .
      notes       x  x  x  x  x  x  x  x  x  x  x  x  x  .  .
      spoken_by   x  x  x  x  x  .  x  x  x  .  .  .  .  .  .
      door        x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      parties     .  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      to_ring     .  .  .  x  x  .  .  .  .  x  x  .  .  .  .
      phone       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
    confidential
      row         x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      title       x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      place       x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      place_note  x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      photos      x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      said        x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      voice_words x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      notes       x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      spoken_by   x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      door        x  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      parties     .  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      to_ring     .  .  .  x  x  .  .  .  .  .  .  .  .  .  .
      phone       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
"""
ROLES = {
    "gs": PostKind.GENERAL_SECRETARY,
    "cw": PostKind.COMMUNITY_WORKER,
    "gw": PostKind.GRID_WORKER,
    "bs": PostKind.BRANCH_SECRETARY,
    "bc": PostKind.BRANCH_COMMITTEE,
    "pm": PostKind.PARTY_MEMBER,
    "st": PostKind.BUILDING_STEWARD,
    "nl": PostKind.NEIGHBOUR_LEAD,
    "rr": PostKind.RESIDENTS_REP,
    "oc": PostKind.OWNERS_COMMITTEE,
    "ps": PostKind.PROPERTY_STAFF,
    "vl": PostKind.VOLUNTEER_LEADER,
    "sf": STAFF,
    "no": NOBODY,
    "pt": PARTNER,
}


# Who opens pages.
READERS = [short for short in ROLES if short != "pt"]


def drawn() -> dict[tuple[str, str, str], bool]:
    """(openness, field, role) → seen."""
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    table, openness = {}, ""
    for row in rows:
        if len(row) == 1:
            openness = row[0]
            continue
        for short, mark in zip(head, row[1:], strict=True):
            table[openness, row[0], short] = mark == "x"
    return table


def test_the_written_table_is_the_one_in_the_policies():
    by_policy = {
        (openness, field, short): role in policies.FIELDS[openness][field]
        for openness in Openness
        for field in policies.FIELDS[openness]
        for short, role in ROLES.items()
    }

    assert set(ROLES.values()) == {*PostKind, STAFF, NOBODY, PARTNER}
    assert by_policy == drawn()


def matter(openness):
    """A matter under evaluation that holds every mark, was on an agenda, is rated and has been mediated once."""
    entrance = EntranceFactory()
    recorder = PersonFactory(name="司马楼长")
    task = task_at(
        AssignmentState.VERIFIED,
        title=MARKS["title"],
        said=MARKS["said"],
        place_note=MARKS["place_note"],
        entrance=entrance,
        building=entrance.building,
        openness=openness,
        recorded_by=recorder,
    )
    household = HouseholdFactory(entrance=entrance, door=MARKS["door"])
    voice = voice_of(task.issue, name=MARKS["spoken_by"], household=household)
    voice.person.phone = MARKS["phone"]
    voice.person.save(update_fields=["phone"])
    Issue.objects.filter(pk=task.issue_id).update(spoken_by=voice.person)
    step1_visit.add_voice_at_door(
        task.issue, name="另一户", household=HouseholdFactory(), said=MARKS["voice_words"], by=recorder
    )
    step1_visit.add_photo(task.issue, a_picture(), by=recorder)
    step5_evaluate.rate(
        task.issue,
        household=household,
        stars=4,
        reason=MARKS["voice_words"],
        channel=RatingChannel.STEWARD,
        given_by=voice.person,
        by=recorder,
    )
    if openness == Openness.PUBLIC:
        step4_handle.post_completion(task, text="已完成", by=secretary())
    hold.put(task.issue, reason=HoldReason.SEASON, question=MARKS["notes"], by=secretary())
    meeting = Meeting.objects.create(number=7, starts_at=timezone.now(), venue="站里", convened_by=secretary())
    AgendaItem.objects.create(meeting=meeting, issue=task.issue, position=1)
    Mediation.objects.create(
        issue=task.issue,
        mediator="老周",
        parties=MARKS["parties"],
        handed_on=timezone.localdate(),
        handed_by=secretary(),
        met_on=timezone.localdate(),
        outcome="failed",
        note="不愿",
        ended_at=timezone.now(),
        ended_by=secretary(),
    )
    with translation.override("en"):
        return Issue.objects.get(pk=task.issue_id), str(entrance)


def client_of(short, north):
    client = CompoundClient(north)
    if short == "no":
        return client
    if short == "sf":
        user = User.objects.create(username="reader", display_name="区里的人", is_staff=True)
        Staff.objects.create(user=user, district=north.community.district)
    elif short == "bs":
        user = User.objects.get(pk=secretary().user_id)
    else:
        user = User.objects.get(pk=PersonFactory(posts=[ROLES[short]]).user_id)
    client.force_login(user)
    return client


def pages_of(issue):
    """Every page that shows a matter."""
    task = issue.assignments.get()
    return {
        "issue": f"/issues/{issue.number}/",
        "mediation": f"/issues/{issue.number}/mediation/",
        "list": "/issues/",
        "search": f"/issues/?q={MARKS['title'][:2]}",
        "item": "/meetings/7/items/1/",
        "meeting": "/meetings/7/",
        "task": f"/assignments/{task.pk}/",
        "board": "/board/",
        "board_issue": f"/board/{issue.number}/",
    }


def seen_by(client, issue, entrance):
    """Which fields of the matter this client reads somewhere."""
    texts = {}
    for name, path in pages_of(issue).items():
        answer = client.get(path)
        assert answer.status_code in {200, 302, 403, 404}, (name, answer.status_code)
        texts[name] = answer.content.decode() if answer.status_code == 200 else ""
    seen = {field: any(mark in text for text in texts.values()) for field, mark in MARKS.items()}
    seen["row"] = any(issue.number in text for text in texts.values())
    photo = issue.photos.first().photo_id
    addresses = [f"/issues/{issue.number}/photos/{photo}/small/", f"/board/{issue.number}/photos/{photo}/small/"]
    seen["photos"] = any(client.get(address).status_code == 200 for address in addresses)
    seen["place"] = seen["row"] and any(entrance in texts[name] for name in ("issue", "task", "board_issue", "list"))
    return seen


@pytest.mark.parametrize("openness", list(Openness))
def test_every_page_shows_what_the_table_says_and_nothing_else(north, openness):
    issue, entrance = matter(openness)
    table = drawn()

    shown = {
        (field, short): seen
        for short in READERS
        for field, seen in seen_by(client_of(short, north), issue, entrance).items()
    }

    assert {field for field, _short in shown} >= {*MARKS, "row", "photos", "place"}
    assert shown == {(field, short): table[openness, field, short] for field, short in shown}


def test_searching_finds_nobody_by_words_they_may_not_read(north):
    issue, _entrance = matter(Openness.MEMBERS)

    found = {
        short: issue.number in client_of(short, north).get("/issues/", {"q": MARKS["said"]}).text for short in READERS
    }

    assert found == {short: drawn()[Openness.MEMBERS, "said", short] for short in READERS}


@pytest.mark.parametrize("openness", list(Openness))
def test_who_wrote_it_down_knows_what_they_wrote(north, openness):
    issue, _entrance = matter(openness)
    recorder = PersonFactory(posts=[PostKind.PROPERTY_STAFF])
    Issue.objects.filter(pk=issue.pk).update(recorded_by=recorder)
    client = CompoundClient(north)
    client.force_login(User.objects.get(pk=recorder.user_id))

    page = client.get(f"/issues/{issue.number}/").content.decode()

    assert MARKS["spoken_by"] in page
    assert MARKS["door"] in page
    assert MARKS["parties"] not in page
