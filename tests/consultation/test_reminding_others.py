"""Of what people are told about doors, postings and terms, and when."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from compounds.organisation.models import Level, PostKind, Unit
from notices import objections, postings
from notices.models import ObjectionChannel, PlaceKind, Posting, PostingKind
from tests.consultation.days import a_steward, days_of, look, look_daily, on, told, words
from tests.consultation.handling import secretary
from tests.factories import (
    BuildingFactory,
    EntranceFactory,
    HouseholdFactory,
    PersonFactory,
    UnitFactory,
)
from tests.pictures import a_picture

pytestmark = pytest.mark.usefixtures("north")


class TestDoors:
    def test_one_line_a_week_for_each_lead_and_the_steward_where_there_is_no_lead(self):
        lead = PersonFactory(name="邻长", posts=[PostKind.NEIGHBOUR_LEAD])
        group = lead.serving[0].unit
        steward = PersonFactory(name="楼栋长")
        steward.posts.create(unit=group.parent, kind=PostKind.BUILDING_STEWARD, starts_on=date(2020, 1, 1))
        entrance = EntranceFactory(building=group.parent.building)
        leaderless = UnitFactory(parent=group.parent)
        for n in range(5):
            HouseholdFactory(entrance=entrance, group=group if n < 3 else leaderless, door=str(100 + n))

        look_daily("2026-03-02", "2026-03-10")

        assert sorted(told("doors_late")) == sorted([("邻长", "doors_late"), ("楼栋长", "doors_late")] * 2)
        assert sorted(words("doors_late")) == sorted(
            ["3 of your doors wait for a visit.", "2 of your doors wait for a visit."] * 2
        )
        assert set(days_of("doors_late")) == {"03-02", "03-09"}

    def test_in_the_week_after_spring_festival_on_its_first_working_day(self):
        lead = PersonFactory(name="邻长", posts=[PostKind.NEIGHBOUR_LEAD])
        group = lead.serving[0].unit
        HouseholdFactory(entrance=EntranceFactory(building=group.parent.building), group=group)

        look_daily("2026-02-16", "2026-03-01")

        assert days_of("doors_late") == ["02-24"]


class TestPostings:
    def posted(self, day: str = "2026-03-02") -> Posting:
        with on(day):
            return postings.put_up(
                PostingKind.RESULT, title="电梯", text="更换", today=timezone.localdate(), by=secretary()
            )

    def test_how_many_buildings_it_hangs_in_and_that_it_ends(self):
        by, steward = secretary(), a_steward()
        done, missing = BuildingFactory(), steward.serving[0].unit.building
        for building in (done, missing):
            EntranceFactory(building=building)
        posting = self.posted()
        for place in posting.places.filter(kind=PlaceKind.ENTRANCE, entrance__building=done):
            postings.tick(place, proof=a_picture(), now=timezone.now(), by=by)

        look_daily("2026-03-02", "2026-03-12")

        assert posting.ends_on == date(2026, 3, 9)
        assert words("posting_places") == ["“电梯” hangs in 1 of 2 buildings."] * 4
        assert days_of("posting_places") == ["03-03", "03-03", "03-05", "03-05"]
        assert {name for name, _kind in told("posting_places")} == {by.name, steward.name}
        assert (days_of("posting_ending"), told("posting_ending")) == (["03-09"], [(by.name, "posting_ending")])

    def test_what_hangs_everywhere_is_not_told_of(self):
        posting = self.posted()
        for place in posting.places.all():
            postings.tick(place, proof=a_picture(), now=timezone.now(), by=secretary())

        look_daily("2026-03-02", "2026-03-12")

        assert not told("posting_places")

    def test_an_objection_the_day_before_its_answer_is_due_and_that_day(self):
        posting = self.posted()
        with on("2026-03-04"):
            objections.receive(
                posting, channel=ObjectionChannel.BOARD, text="不同意", name="", today=timezone.localdate(), by=None
            )

        look_daily("2026-03-04", "2026-03-12")

        assert days_of("objection_due") == ["03-08", "03-09"]


class TestTerms:
    def test_sixty_days_before_it_ends_whoever_holds_it_and_the_secretary(self):
        by, steward = secretary(), a_steward()
        steward.posts.update(ends_on=date(2026, 6, 30))

        look_daily("2026-04-29", "2026-05-04")

        assert days_of("term_ending") == ["05-01", "05-01"]
        assert {name for name, _kind in told("term_ending")} == {by.name, steward.name}
        with override("en"):
            assert words("term_ending")[0].endswith("ends on 30 Jun.")

    def test_not_when_somebody_follows_without_a_gap(self):
        steward = a_steward()
        steward.posts.update(ends_on=date(2026, 6, 30))
        steward.posts.create(unit=steward.posts.get().unit, kind=PostKind.BUILDING_STEWARD, starts_on=date(2026, 7, 1))

        look_daily("2026-05-01", "2026-05-02")

        assert not told("term_ending")

    def test_a_secretarys_goes_to_the_general_branch(self):
        general = PersonFactory(name="总支书记", posts=[PostKind.GENERAL_SECRETARY])
        by = secretary()
        by.posts.update(ends_on=date(2026, 6, 30))

        look("2026-05-01 00:10")

        assert {name for name, _kind in told("term_ending")} == {by.name, general.name}
        assert Unit.objects.get(level=Level.GENERAL_BRANCH)
