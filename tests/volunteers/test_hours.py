"""The ledger: lines are added, approved, disputed, answered, corrected by lines against them, never edited."""

import io
from datetime import date, timedelta

import pytest
import python_calamine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from consultation.services import erasure
from notices.models import Reminder
from notices.reminding import engine
from tests.committing import YARD, at_once
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, TeamFactory, VolunteerFactory
from volunteers import hours_sheet
from volunteers.errors.hours import (
    ApprovedAlready,
    ConsentTakenBack,
    CorrectTheFirst,
    DisputedAlready,
    DisputeOpen,
    HoursInFuture,
    NotDisputed,
    NothingToCorrect,
    OwnHours,
    TooManyHours,
)
from volunteers.figures.hours import _count
from volunteers.models import Programme, ServiceRecord
from volunteers.selectors import hours as selector
from volunteers.services import hours, sign_up
from volunteers.services.hours import Line
from volunteers.services.sign_up import Who

NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def by(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def squad(north):
    return TeamFactory()


@pytest.fixture
def volunteer(squad):
    return VolunteerFactory(team=squad)


def served(volunteer, by, *, minutes=120, on=None, **kwargs):
    line = Line(volunteer, on or TODAY, minutes, reason="清扫楼道", **kwargs)
    return hours.write_down([line], now=NOW, by=by)[0]


def test_a_line_is_of_the_squad_that_the_volunteer_is_in_on_that_day(volunteer, squad, by):
    assert served(volunteer, by).team == squad
    assert served(VolunteerFactory(), by).team is None
    assert served(volunteer, by, on=date(2019, 1, 1)).team is None


def test_of_several_squads_the_one_that_does_the_activity(volunteer, by):
    other = TeamFactory()
    volunteer.memberships.create(team=other, starts_on=date(2021, 1, 1))

    assert served(volunteer, by, activity=ActivityFactory(team=other)).team == other
    assert served(volunteer, by, activity=ActivityFactory(team=other.parent)).team == other


def test_a_day_has_24_hours(volunteer, by):
    served(volunteer, by, minutes=20 * 60)

    with pytest.raises(TooManyHours):
        served(volunteer, by, minutes=5 * 60)
    served(volunteer, by, minutes=5 * 60, on=TODAY - timedelta(days=1))


def test_nothing_is_of_tomorrow_or_of_whoever_took_consent_back(volunteer, by):
    with pytest.raises(HoursInFuture):
        served(volunteer, by, on=TODAY + timedelta(days=1))
    with pytest.raises(ConsentTakenBack):
        served(VolunteerFactory(withdrawn_on=TODAY), by)


def test_approving_all_leaves_out_ones_own_and_what_is_disputed(volunteer, squad, by):
    leader = VolunteerFactory(team=squad)
    rows = [served(volunteer, by), served(leader, by), served(VolunteerFactory(team=squad), by)]
    hours.dispute(rows[2], words="我没去", now=NOW)

    count = hours.approve(ServiceRecord.objects.all(), now=NOW, by=leader.person)

    assert count == 1
    assert ServiceRecord.objects.approved().get() == rows[0]


def test_nobody_approves_or_corrects_their_own(volunteer, by):
    row = served(volunteer, by)

    with pytest.raises(OwnHours):
        hours.approve_one(row, now=NOW, by=volunteer.person)
    with pytest.raises(OwnHours):
        hours.correct(row, minutes=300, reason="多", now=NOW, by=volunteer.person)


def test_a_line_is_approved_once(volunteer, by):
    row = hours.approve_one(served(volunteer, by), now=NOW, by=by)

    with pytest.raises(ApprovedAlready):
        hours.approve_one(row, now=NOW, by=by)


def test_a_correction_is_a_line_against_the_first(volunteer, by):
    row = hours.approve_one(served(volunteer, by), now=NOW, by=by)

    against = hours.correct(row, minutes=90, reason="提前走了", now=NOW, by=by)

    row.refresh_from_db()
    assert (row.minutes, against.minutes, hours.counted(row)) == (120, -30, 90)
    assert against.approved_by == by


def test_a_correction_of_what_waits_is_approved_with_it(volunteer, by):
    row = served(volunteer, by)
    against = hours.correct(row, minutes=90, reason="提前走了", now=NOW, by=by)

    hours.approve_one(row, now=NOW, by=by)

    against.refresh_from_db()
    assert against.approved_by == by


def test_a_correction_changes_something_of_the_first_line_within_a_day(volunteer, by):
    row = served(volunteer, by)
    against = hours.correct(row, minutes=0, reason="没来", now=NOW, by=by)

    with pytest.raises(NothingToCorrect):
        hours.correct(row, minutes=0, reason="没来", now=NOW, by=by)
    with pytest.raises(CorrectTheFirst):
        hours.correct(against, minutes=5, reason="又来", now=NOW, by=by)
    served(volunteer, by, minutes=23 * 60)
    with pytest.raises(TooManyHours):
        hours.correct(row, minutes=61, reason="来了", now=NOW, by=by)


def test_a_dispute_is_answered_with_the_right_time(volunteer, by):
    row = hours.dispute(served(volunteer, by), words="我待到五点", now=NOW)
    with pytest.raises(DisputeOpen):
        hours.approve_one(row, now=NOW, by=by)

    row = hours.answer(row, words="对，补半小时", minutes=150, now=NOW, by=by)

    assert hours.counted(row) == 150
    assert hours.approve_one(row, now=NOW, by=by).approved_by == by


def test_a_dispute_is_answered_with_the_reason_why_it_stays(volunteer, by):
    row = hours.dispute(served(volunteer, by), words="我待到五点", now=NOW)

    row = hours.answer(row, words="签退是四点", minutes=120, now=NOW, by=by)

    assert row.corrections.count() == 0
    assert row.dispute_answer == "签退是四点"


def test_a_line_is_disputed_once_and_answered_once(volunteer, by):
    row = served(volunteer, by)
    with pytest.raises(NotDisputed):
        hours.answer(row, words="?", minutes=1, now=NOW, by=by)
    hours.dispute(row, words="我待到五点", now=NOW)
    with pytest.raises(DisputedAlready):
        hours.dispute(row, words="六点", now=NOW)
    hours.answer(row, words="不对", minutes=120, now=NOW, by=by)

    with pytest.raises(NotDisputed):
        hours.answer(row, words="不对", minutes=120, now=NOW, by=by)


@pytest.mark.parametrize(
    "change", ["minutes = 1", "reason = ''", "volunteer_id = volunteer_id + 1", "approved_at = NULL", "dispute = 'x'"]
)
def test_the_database_refuses_to_edit_a_line(volunteer, by, change):
    row = hours.dispute(served(volunteer, by), words="我待到五点", now=NOW)
    hours.answer(row, words="不对", minutes=120, now=NOW, by=by)
    hours.approve_one(row, now=NOW, by=by)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE volunteers_servicerecord SET {change}")


def test_the_database_refuses_to_take_a_line_away(volunteer, by):
    row = served(volunteer, by)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_who_is_erased_stands_in_no_line_and_on_no_list(by):
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    volunteer = VolunteerFactory(person__name="欧阳晓月", person__phone="13812345678")
    row = served(volunteer, by)
    hours.answer(hours.dispute(row, words="欧阳晓月没来", now=NOW), words="欧阳晓月来了", minutes=60, now=NOW, by=by)
    slot = SlotFactory()
    place = sign_up.sign_up(slot, Who(name="欧阳晓月", phone="13812345678"), now=NOW, by=None)

    erasure.erase(volunteer.person, with_words=True, by=general)

    place.refresh_from_db()
    row.refresh_from_db()
    assert "欧阳晓月" not in f"{place.name}{row.dispute}{row.dispute_answer}{row.corrections.get().reason}"
    assert place.phone == ""


class TestLeaders:
    def test_a_squads_leader_sees_that_squad_an_associations_leader_all_of_its_squads(self, squad, volunteer, by):
        leader = VolunteerFactory(team=squad, team__leads=True).person
        above = VolunteerFactory(team=squad.parent, team__leads=True).person
        stranger = VolunteerFactory(team=TeamFactory(), team__leads=True).person
        served(volunteer, by)
        served(VolunteerFactory(), by)

        seen = [selector.for_leader(person).count() for person in (leader, above, stranger, by)]

        assert seen == [1, 1, 0, 2]

    def test_what_waits_costs_the_same_for_one_and_for_sixty(self, squad, by, django_assert_num_queries):
        for n in range(3):
            activity = ActivityFactory(title=f"第{n}次")
            for _ in range(3):
                served(VolunteerFactory(team=squad), by, activity=activity)
        hours.dispute(served(VolunteerFactory(), by), words="没来", now=NOW)
        by = type(by).objects.get(pk=by.pk)

        with django_assert_num_queries(4):
            waiting = selector.waiting_for(by)
            names = [str(line.volunteer) for heap in waiting.heaps for line in heap.lines]

        assert len(names) == 10
        assert len(waiting.disputes) == 1

    def test_leaders_are_told_on_monday_and_volunteers_of_the_answer(self, squad, by):
        leader = PersonFactory(name="队长", posts=[PostKind.VOLUNTEER_LEADER])
        VolunteerFactory(person=leader, team=squad, team__leads=True)
        member = PersonFactory(name="队员", posts=[PostKind.PARTY_MEMBER])
        row = served(VolunteerFactory(person=member, team=squad), by)
        written_at(row, NOW - timedelta(days=8))
        engine.look(NOW)
        hours.dispute(row, words="没来", now=NOW)
        engine.look(NOW + timedelta(minutes=1))
        hours.answer(row, words="来了", minutes=120, now=NOW, by=by)
        engine.look(NOW + timedelta(minutes=2))

        told = set(Reminder.objects.filter(kind__startswith="hours").values_list("kind", "person__name"))

        assert told == {("hours_waiting", "队长"), ("hours_disputed", "队长"), ("hours_answered", "队员")}


def written_at(row, at):
    """The trigger keeps a line's moment; a test may lie about it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE volunteers_servicerecord DISABLE TRIGGER USER")
        cursor.execute("UPDATE volunteers_servicerecord SET at = %s WHERE id = %s", [at, row.pk])
        cursor.execute("ALTER TABLE volunteers_servicerecord ENABLE TRIGGER USER")


class TestTotals:
    @pytest.fixture
    def year(self, volunteer, squad, by):
        brand = Programme.objects.create(kind="brand", name="邻里亲", since=date(2020, 1, 1))
        first = served(volunteer, by, activity=ActivityFactory(programme=brand))
        second = served(VolunteerFactory(), by, minutes=30)
        gone = served(VolunteerFactory(withdrawn_on=None), by, minutes=60)
        for row in (first, second, gone):
            hours.approve_one(row, now=NOW, by=by)
        hours.correct(first, minutes=90, reason="提前走了", now=NOW, by=by)
        served(volunteer, by, minutes=600, on=TODAY - timedelta(days=400))
        gone.volunteer.withdrawn_on = TODAY
        gone.volunteer.save()
        return first

    def test_by_person_squad_and_programme(self, year, volunteer, squad):
        found = selector.totals(ServiceRecord.objects.all(), TODAY.year)

        assert [(one.name, one.minutes, one.times) for one in found.by_squad] == [(squad.name, 90, 1), ("", 90, 2)]
        assert ("邻里亲", 90) in [(one.name, one.minutes) for one in found.by_programme]
        assert [one.name for one in found.by_person if one.minutes == 60] == [""]
        assert found.minutes == 180

    def test_of_one_volunteer(self, year, volunteer):
        own = selector.of_volunteer(volunteer, on=TODAY)

        assert (own.approved, own.this_year, own.waiting) == (90, 90, 600)
        assert own.entries[0].minutes == 90

    def test_the_spreadsheet_says_the_same(self, year, volunteer, by):
        content = hours_sheet.write(ServiceRecord.objects.all(), year=None, by=by)

        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines, people = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
        assert len(lines) == 1 + ServiceRecord.objects.count()
        assert [str(volunteer), 1.5, 1] in people

    def test_figures_of_the_district(self, year):
        found = _count(TODAY)

        assert found["volunteer_hours"].part == 3
        assert found["volunteers_active"].part == 3


def test_a_day_never_holds_more_than_24_hours_whoever_writes_at_once(committing):
    with compound_context(YARD):
        volunteer, by = VolunteerFactory(), PersonFactory()

    def work(_n):
        with compound_context(YARD):
            return served(volunteer, by, minutes=9 * 60)

    got = at_once(4, work)

    assert sum(isinstance(one, TooManyHours) for one in got) == 2


def test_two_who_approve_at_once_approve_once(committing):
    with compound_context(YARD):
        by = PersonFactory()
        row = served(VolunteerFactory(), by)

    def work(_n):
        with compound_context(YARD):
            return hours.approve_one(row, now=NOW, by=by)

    got = at_once(3, work)

    assert sum(isinstance(one, ApprovedAlready) for one in got) == 2
