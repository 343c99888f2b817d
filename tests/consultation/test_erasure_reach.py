"""How far an erasure reaches: names that were typed, texts about the person's matters, copies, files."""

import pytest
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.models import (
    AssignmentState,
    Attendance,
    AttendanceKind,
    Document,
    DocumentKind,
    DocumentState,
    Issue,
    ListEntry,
    Meeting,
    Minutes,
    RatingChannel,
    Reopening,
    SignUp,
    Voice,
)
from consultation.services import erasure, step2_propose, step5_evaluate
from consultation.steps import Step
from tests.consultation.handling import task_at, voice_of
from tests.factories import BodyFactory, IssueFactory, PersonFactory

NAME = "欧阳晓月"


@pytest.fixture
def general(north):
    return PersonFactory(name="总支书", posts=[PostKind.GENERAL_SECRETARY])


@pytest.fixture
def person(general):
    return Person.objects.create(name=NAME, phone="13812345678")


@pytest.fixture
def issue(general, person):
    found = IssueFactory(step=Step.PROPOSE, recorded_by=general, spoken_by=person)
    voice_of(found, person=person)
    return Issue.objects.get(pk=found.pk)


def test_names_that_were_typed_go_too_and_those_of_others_stay(general, issue, person):
    """Who signed up, objected, handled through a link or may be called up has no entry that points to the row."""
    meeting = Meeting.objects.create(number=1, starts_at=timezone.now(), venue="站里", convened_by=general)
    mine = SignUp.objects.create(meeting=meeting, name=f"3号楼201室{NAME}", door="3-201", statement="想说")
    other = SignUp.objects.create(meeting=meeting, name=f"{NAME}霞", door="3-202")
    contact = BodyFactory(contact_name=NAME, contact_phone="13812345678")

    erasure.erase(person, with_words=False, by=general)

    for row in (mine, other, contact):
        row.refresh_from_db()
    assert (mine.name, mine.door, mine.statement) == ("（已抹除）", "", "想说")
    assert (other.name, other.door) == (f"{NAME}霞", "3-202"), "a longer name is somebody else's"
    assert (contact.contact_name, contact.contact_phone) == ("（已抹除）", "")


def test_a_short_name_in_a_full_text_still_fits_its_column(general, issue, person):
    Person.objects.filter(pk=person.pk).update(name="王")
    Voice.objects.filter(person=person).update(said="王" * 2000)

    erasure.erase(Person.objects.get(pk=person.pk), with_words=False, by=general)

    said = Voice.objects.get(person=person).said
    assert len(said) == 2000
    assert "王" not in said


def test_a_rating_that_was_copied_for_the_branch_goes_with_the_words(general):
    task = task_at(AssignmentState.VERIFIED)
    voice = voice_of(task.issue)
    step5_evaluate.rate(
        task.issue,
        household=voice.household,
        stars=1,
        reason="我家还在漏",
        channel=RatingChannel.STEWARD,
        given_by=voice.person,
        by=general,
    )

    erasure.erase(voice.person, with_words=True, by=general)

    assert Reopening.objects.get().reason == "（已抹除）"


def test_files_of_minutes_that_name_the_person_are_made_anew(general, issue, person):
    minutes = {}
    for number in (1, 2):
        meeting = Meeting.objects.create(number=number, starts_at=timezone.now(), venue="站里", convened_by=general)
        minutes[number] = Minutes.objects.create(
            meeting=meeting,
            drawn_up_on=timezone.localdate(),
            drawn_up_by=general,
            issued_at=timezone.now(),
            issued_by=general,
        )
        Document.objects.create(minutes=minutes[number], kind=DocumentKind.PDF, state=DocumentState.READY, size=9)
    Attendance.objects.create(
        meeting=minutes[1].meeting, person=person, kind=AttendanceKind.OBSERVER, signed_in_by=general
    )

    erasure.erase(person, with_words=False, by=general)

    states = dict(Document.objects.values_list("minutes__meeting__number", "state"))
    assert states == {1: DocumentState.QUEUED, 2: DocumentState.READY}


def test_the_reason_for_a_move_by_hand_on_a_published_list_loses_the_name(general, issue, person):
    sheet = {"urgency": "soon", "concerns": "frail", "served": "several", "working_days": 5, "difficulty": "moderate"}
    step2_propose.propose(issue, **sheet, suggestion="四方商议", seen=None, by=general)
    entry = step2_propose.put_on_list(issue, by=general)
    ListEntry.objects.filter(pk=entry.pk).update(hand_rank=1, hand_reason=f"{NAME}家有老人", hand_by=general)
    step2_propose.publish(entry.issue_list, by=general)

    erasure.erase(person, with_words=False, by=general)

    entry.refresh_from_db()
    assert entry.hand_reason == "（已抹除）家有老人"
