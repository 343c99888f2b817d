"""“Is it one of these?”: offered while recording and once more on saving, with one tap to add a voice instead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compounds.organisation.models import PostKind
from consultation.look_alikes import similar_open
from consultation.models import Category, Issue, Openness, Outcome
from consultation.services import flow
from consultation.steps import Step
from tests.factories import BuildingFactory, EntranceFactory, HouseholdFactory, IssueFactory, PersonFactory
from tests.pictures import photo_upload


@pytest.fixture
def steward(north):
    return PersonFactory(name="周楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def door(steward):
    entrance = EntranceFactory(building=steward.serving[0].unit.building, number=1)
    return HouseholdFactory(entrance=entrance, door="601")


def lift() -> Category:
    return Category.objects.get(name="电梯设备")


def typed(door, **changes) -> dict:
    return {
        "title": "3栋电梯晚上有异响",
        "said": "睡不着",
        "category": lift().pk,
        "where": f"e{door.entrance_id}",
        "door": door.door,
        "spoken_by": "李叔",
        "openness": "public",
    } | changes


def like(viewer, building=None, title="电梯晚上有异响") -> list[Issue]:
    return similar_open(title=title, said="", category=lift(), building=building, viewer=viewer)


class TestCandidates:
    def test_are_open_of_the_category_and_of_the_building_or_the_whole_compound(self, steward, door):
        here = IssueFactory(building=door.entrance.building, entrance=door.entrance)
        everywhere = IssueFactory()
        IssueFactory(building=BuildingFactory())
        IssueFactory(building=door.entrance.building, category=Category.objects.get(name="噪声扰民"))
        closed = IssueFactory(step=Step.CLOSED)
        assert closed.step == Step.CLOSED

        assert set(like(steward, door.entrance.building)) == {here, everywhere}

    def test_for_the_whole_compound_are_those_of_every_building(self, steward, door):
        here = IssueFactory(building=door.entrance.building)

        assert like(steward) == [here]

    def test_never_show_what_this_person_may_not_know(self, steward):
        IssueFactory(openness=Openness.CONFIDENTIAL)

        assert like(steward) == []

    def test_are_at_most_five_the_most_alike_first(self, steward):
        for n in range(7):
            IssueFactory(title=f"电梯{'很' * n}异响")
        same = IssueFactory(title="电梯晚上有异响")

        found = like(steward)

        assert len(found) == 5
        assert found[0] == same

    def test_cost_the_same_for_one_and_for_sixty(self, steward):
        IssueFactory()
        like(steward)
        with CaptureQueriesContext(connection) as one:
            like(steward)
        for _n in range(60):
            IssueFactory()
        with CaptureQueriesContext(connection) as sixty:
            like(steward)

        assert len(sixty) == len(one)


class TestOffering:
    def test_while_it_is_typed(self, web, steward, door):
        issue = IssueFactory(building=door.entrance.building)

        page = web(steward).post("/issues/similar/", typed(door, said=""))

        assert page.status_code == 200
        assert "1 similar matter is open" in page.text
        assert f'name="voice_for" value="{issue.number}"' in page.text

    @pytest.mark.parametrize("missing", [{"category": ""}, {"title": ""}, {"category": "x"}, {"title": "草坪枯死"}])
    def test_nothing_where_there_is_nothing_to_go_by(self, web, steward, door, missing):
        IssueFactory(building=door.entrance.building)

        assert web(steward).post("/issues/similar/", typed(door, **missing)).text.strip() == ""

    def test_on_saving_when_it_was_not_shown_and_nothing_typed_is_lost(self, web, steward, door):
        IssueFactory(building=door.entrance.building)

        page = web(steward).post("/issues/new/", typed(door))

        assert page.status_code == 422
        assert "is it this one?" in page.text
        assert "睡不着" in page.text
        assert Issue.objects.count() == 1

    def test_once_shown_it_is_written_down_as_a_matter_of_its_own(self, web, steward, door):
        issue = IssueFactory(building=door.entrance.building)

        answer = web(steward).post("/issues/new/", typed(door, shown=[issue.number]))

        assert answer.status_code == 302
        assert Issue.objects.count() == 2

    def test_photos_are_never_lost_to_the_question(self, web, steward, door):
        IssueFactory(building=door.entrance.building)

        assert web(steward).post("/issues/new/", typed(door, photos=[photo_upload()])).status_code == 302
        assert Issue.objects.count() == 2


class TestOneTap:
    def test_adds_this_households_voice_with_its_photos(self, web, steward, door):
        issue = IssueFactory(building=door.entrance.building)

        answer = web(steward).post("/issues/new/", typed(door, voice_for=issue.number, photos=[photo_upload()]))

        assert answer["Location"].endswith(f"/issues/{issue.number}/")
        voice = issue.voices.get()
        assert (voice.person.name, voice.household, voice.said) == ("李叔", door, "睡不着")
        assert issue.photos.count() == 1
        assert Issue.objects.count() == 1
        door.refresh_from_db()
        assert door.last_contact_on is not None

    def test_a_second_time_is_told_that_it_is_counted(self, web, steward, door):
        issue = IssueFactory(building=door.entrance.building)
        client = web(steward)
        client.post("/issues/new/", typed(door, voice_for=issue.number))

        again = client.post("/issues/new/", typed(door, voice_for=issue.number))

        assert again.status_code == 409
        assert issue.voices.count() == 1

    @pytest.mark.parametrize("case", ["closed meanwhile", "unknown", "hidden"])
    def test_of_a_matter_that_is_gone_counts_nothing(self, web, steward, door, case):
        issue = IssueFactory(openness=Openness.CONFIDENTIAL if case == "hidden" else Openness.PUBLIC)
        if case == "closed meanwhile":
            flow.advance(issue, Step.CLOSED, outcome=Outcome.DUPLICATE, by=steward)
        number = "2020-9999" if case == "unknown" else issue.number

        assert web(steward).post("/issues/new/", typed(door, voice_for=number)).status_code == 404
        assert not issue.voices.exists()
