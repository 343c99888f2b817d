"""Step 1: what is said at a door is kept with who spoke, who wrote it down and who was there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Household, Person, PostKind
from compounds.oversight.models import Outbox
from compounds.photos.models import Photo
from compounds.registry.context import compound_context
from consultation.errors import MoveNotAllowed, VoiceAlready
from consultation.models import Category, Issue, Openness, Visit, VisitOutcome, Voice
from consultation.services import step1_visit
from consultation.services.step1_visit import Place
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory
from tests.pictures import a_picture


def word(by: Person, **changes: object) -> Issue:
    facts = {
        "title": "电梯夜里异响",
        "said": "半夜咣当响",
        "category": Category.objects.get(name="电梯设备"),
        "place": Place(),
        "spoken_by": "",
    }
    return step1_visit.record(**(facts | changes), by=by)


@pytest.fixture
def steward(north) -> Person:
    return PersonFactory(name="楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def door(north) -> Household:
    return HouseholdFactory()


class TestRecording:
    def test_keeps_who_spoke_who_wrote_it_down_and_who_was_there(self, steward, door):
        witness = PersonFactory()

        issue = word(steward, spoken_by=" 王奶奶 ", witnessed_by=witness, place=Place.at_door(door))

        voice = Voice.objects.get()
        assert (issue.spoken_by.name, issue.recorded_by, issue.witnessed_by) == ("王奶奶", steward, witness)
        assert (voice.person, voice.recorded_by, voice.witnessed_by) == (issue.spoken_by, steward, witness)
        assert voice.household == issue.spoken_by.household == door

    def test_a_door_brings_its_building_and_entrance(self, steward, door):
        issue = word(steward, place=Place.at_door(door, note="门口"))

        assert (issue.building, issue.entrance, issue.place_note) == (door.entrance.building, door.entrance, "门口")

    def test_puts_the_household_in_touch(self, steward, door):
        word(steward, spoken_by="王奶奶", place=Place.at_door(door))

        door.refresh_from_db()
        assert door.last_contact_on == timezone.localdate()
        assert Visit.objects.values_list("household", "outcome", "by").get() == (door.pk, "talked", steward.pk)

    def test_somebody_known_at_that_door_is_not_written_down_twice(self, steward, door):
        known = PersonFactory(name="王奶奶", household=door)

        issue = word(steward, spoken_by="王奶奶", place=Place.at_door(door))

        assert issue.spoken_by == known

    def test_the_same_name_at_another_door_is_somebody_else(self, steward, door):
        other = PersonFactory(name="王奶奶", household=HouseholdFactory())

        assert word(steward, spoken_by="王奶奶", place=Place.at_door(door)).spoken_by != other

    def test_without_a_name_the_recorder_speaks(self, steward):
        issue = word(steward)

        assert issue.spoken_by == steward
        assert Voice.objects.get().person == steward
        assert not Visit.objects.exists()

    def test_begins_at_the_first_step_with_a_history_row_and_tells_the_district(self, steward):
        Outbox.objects.all().delete()

        issue = word(steward)

        assert (issue.step, issue.serial) == (Step.VISIT, 1)
        assert issue.records.values_list("from_step", "to_step", "moved_by").get() == ("", "visit", steward.pk)
        assert set(Outbox.objects.values_list("schema_name", "kind")) == {("c_north", "issues"), ("c_north", "voices")}

    @pytest.mark.parametrize(
        ("category", "wished", "becomes"),
        [
            ("电梯设备", None, Openness.PUBLIC),
            ("电梯设备", Openness.MEMBERS, Openness.MEMBERS),
            ("电梯设备", Openness.CONFIDENTIAL, Openness.CONFIDENTIAL),
            ("困难帮扶", Openness.PUBLIC, Openness.MEMBERS),
            ("困难帮扶", Openness.CONFIDENTIAL, Openness.CONFIDENTIAL),
            ("邻里纠纷", None, Openness.CONFIDENTIAL),
            ("邻里纠纷", Openness.PUBLIC, Openness.CONFIDENTIAL),
            ("家庭暴力、未成年人", Openness.MEMBERS, Openness.CONFIDENTIAL),
        ],
    )
    def test_a_category_makes_it_at_least_as_closed_as_itself(self, steward, category, wished, becomes):
        issue = word(steward, category=Category.objects.get(name=category), openness=wished)

        assert issue.openness == becomes

    def test_keeps_photos(self, steward):
        issue = word(steward, photos=[a_picture(), a_picture()])

        assert issue.photos.count() == 2
        assert set(issue.photos.values_list("added_by", flat=True)) == {steward.pk}


def test_when_one_thing_fails_nothing_is_kept(committing):
    class Unreadable:
        body = property(lambda self: 1 / 0)
        width = height = 1

    with compound_context(YARD):
        steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
        people = Person.objects.count()
        place = Place.at_door(HouseholdFactory())

        with pytest.raises(ZeroDivisionError):
            word(steward, spoken_by="王奶奶", place=place, photos=[a_picture(), Unreadable()])

        assert Person.objects.count() == people
        for model in (Issue, Voice, Visit, Photo):
            assert not model.objects.exists()
        assert not Household.objects.exclude(last_contact_on=None).exists()


class TestVoices:
    def test_one_more_household_stands_behind_it(self, steward, door):
        issue = IssueFactory()

        step1_visit.add_voice_at_door(issue, name="李叔", household=door, said="我家也听见", by=steward)

        voice = Voice.objects.get()
        assert (voice.person.name, voice.household, voice.said, voice.recorded_by) == (
            "李叔",
            door,
            "我家也听见",
            steward,
        )
        door.refresh_from_db()
        assert door.last_contact_on == timezone.localdate()

    def test_one_person_has_one_voice(self, steward, door):
        issue = IssueFactory()
        step1_visit.add_voice_at_door(issue, name="李叔", household=door, by=steward)

        with pytest.raises(VoiceAlready) as refusal, transaction.atomic():
            step1_visit.add_voice_at_door(issue, name="李叔", household=door, by=steward)

        assert (refusal.value.code, refusal.value.status) == ("voice_already", 409)
        assert "李叔" in refusal.value.context()["message"]
        assert Voice.objects.count() == Visit.objects.count() == 1

    def test_two_people_of_one_door_are_one_household(self, steward, door):
        issue = IssueFactory()

        for name in ("李叔", "李婶"):
            step1_visit.add_voice_at_door(issue, name=name, household=door, by=steward)

        assert Issue.objects.with_voices().get().households_behind == 1


class TestVisits:
    @pytest.mark.parametrize(
        ("outcome", "in_touch"),
        [
            (VisitOutcome.TALKED, True),
            (VisitOutcome.BY_PHONE, True),
            (VisitOutcome.NOT_HOME, False),
            (VisitOutcome.REFUSED, False),
        ],
    )
    def test_only_speaking_with_somebody_puts_a_household_in_touch(self, steward, door, outcome, in_touch):
        step1_visit.visit(door, outcome=outcome, on=timezone.localdate(), by=steward)

        door.refresh_from_db()
        assert (door.last_contact_on is not None) is in_touch
        assert Visit.objects.get().outcome == outcome

    def test_an_earlier_visit_written_down_later_does_not_turn_the_clock_back(self, steward, door):
        today = timezone.localdate()
        step1_visit.visit(door, outcome=VisitOutcome.TALKED, on=today, by=steward)

        step1_visit.visit(door, outcome=VisitOutcome.TALKED, on=today - timedelta(days=9), by=steward)

        door.refresh_from_db()
        assert door.last_contact_on == today


def test_handing_over_goes_to_the_branch_once(steward):
    issue = word(steward)

    moved = step1_visit.hand_over(issue, note="三户都说", by=steward)

    assert (moved.step, issue.records.last().note) == (Step.PROPOSE, "三户都说")
    with pytest.raises(MoveNotAllowed):
        step1_visit.hand_over(issue, by=steward)
