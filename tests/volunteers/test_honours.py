"""Honours from the proposal to the wall: who may take which step when, and what an objection does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from consultation.services import erasure
from notices import objections
from notices.models import PlaceKind, PostingKind
from tests.committing import YARD, at_once
from tests.factories import EntranceFactory, HouseholdFactory, PersonFactory
from tests.volunteers.honours import (
    GOOD,
    HOUSE,
    SERVICE,
    approved,
    day_after,
    given,
    hanging,
    holder,
    kind,
    proposed,
    secretary,
)
from volunteers import honoured
from volunteers.errors.honours import (
    ApprovesOwnProposal,
    GivenIsNotDropped,
    GivenTooEarly,
    HonouredAlready,
    HonourMoved,
    HonourObjectionAnswered,
    NotAgreed,
    NotForThem,
    NotGiven,
    NothingChosen,
)
from volunteers.models import Honour, HonourState
from volunteers.services import honours, honours_agreed, honours_given, honours_posted


def object_to(posting):
    today = timezone.localdate()
    return objections.receive(posting, channel="board", text="不是他做的", name="", today=today, by=None)[0]


def test_a_new_compound_has_the_articles_honours(north):
    assert [kind(name).posted for name in (GOOD, HOUSE, SERVICE)] == [True, True, False]


def test_from_the_proposal_to_the_certificate(north):
    EntranceFactory()
    row = hanging_row = approved()
    posting = hanging(row)

    honours_given.turn(day_after(posting))

    hanging_row.refresh_from_db()
    assert hanging_row.state == HonourState.GIVEN
    assert (hanging_row.certificate_number, hanging_row.given_by) == ("2026-0001", posting.posted_by)
    assert len(hanging_row.code) == 12
    assert posting.kind == PostingKind.HONOUR
    assert posting.places.filter(kind=PlaceKind.ENTRANCE).exists()
    assert hanging_row.person.name in posting.text


def test_once_a_year_and_no_more(north):
    row = proposed()

    with pytest.raises(HonouredAlready):
        proposed(receiver=row.person)

    proposed(receiver=row.person, year=2025)
    proposed(SERVICE, row.person)
    honours.drop(row, why="他自己不愿意", by=secretary())
    assert proposed(receiver=row.person).state == HonourState.PROPOSED


def test_an_honour_for_people_is_not_for_a_household(north):
    with pytest.raises(NotForThem):
        proposed(GOOD, HouseholdFactory())
    with pytest.raises(NotForThem):
        proposed(HOUSE, PersonFactory())


def test_nobody_approves_their_own_proposal_nor_their_own_honour(north):
    boss = secretary()

    for row in (proposed(by=boss), proposed(receiver=boss)):
        with pytest.raises(ApprovesOwnProposal):
            honours.approve([row], by=boss)

    mine = proposed(by=boss)
    assert honours.approve([mine], by=holder(PostKind.GENERAL_SECRETARY))[0].state == HonourState.APPROVED


def test_one_that_may_not_be_approved_holds_all_back(north):
    boss = secretary()
    rows = [proposed(), proposed(by=boss)]

    with pytest.raises(ApprovesOwnProposal):
        honours.approve(rows, by=boss)

    assert Honour.objects.filter(state=HonourState.PROPOSED).count() == 2
    with pytest.raises(NothingChosen):
        honours.approve([], by=boss)


def test_who_has_not_agreed_is_not_put_up_by_name(north):
    row = approved(agreed_on=None)

    with pytest.raises(NotAgreed):
        hanging(row)

    honours_agreed.agree(row, agreed_on=timezone.localdate(), family="", by=secretary())
    assert hanging(row).title == "2026年度拟表彰名单：好邻居"


def test_a_household_without_a_name_hangs_by_its_entrance(north):
    house = HouseholdFactory(door="墨501")
    named = HouseholdFactory(door="墨502", entrance=house.entrance)
    rows = [approved(HOUSE, house), approved(HOUSE, named, family="李桂芳家庭")]

    text = hanging(*rows).text

    assert "墨501" not in text
    assert "墨502" not in text
    assert "李桂芳家庭" in text


def test_taken_back_consent_leaves_no_name_in_public(north):
    row = given(GOOD)
    assert honoured.name_in_public(row) == row.person.name

    row = honours_agreed.agree(row, agreed_on=None, family="", by=secretary())

    assert honoured.name_in_public(row) != row.person.name
    assert honoured.name_when_checked(row) == row.person.name, "whoever holds the paper reads the name on it"


def test_consent_taken_back_while_it_hangs_words_the_sheet_anew(north):
    row, other = approved(), approved()
    posting = hanging(row, other)

    honours_agreed.agree(row, agreed_on=None, family="", by=secretary())

    posting.refresh_from_db()
    assert row.person.name not in posting.text
    assert f"一位邻居：{row.reason}。" in posting.text
    assert other.person.name in posting.text


def test_whoever_is_erased_on_the_way_is_not_honoured_and_holds_nobody_up(north):
    gone, other = approved(), approved()
    posting = hanging(gone, other)
    erasure.erase(gone.person, with_words=False, by=holder(PostKind.GENERAL_SECRETARY))

    honours_given.turn(day_after(posting))

    assert list(Honour.objects.given()) == [other]
    with pytest.raises(GivenTooEarly):
        honours_given.give([gone], today=day_after(posting), by=secretary())


def test_a_long_sheet_leaves_the_reasons_out_and_ends_in_time(north):
    rows = [approved(reason="常帮邻居" * 70, year=2026 - n) for n in range(9)]

    posting = hanging(*rows)

    assert len(posting.text) <= 2000
    assert all(row.person.name in posting.text for row in rows)


def test_nothing_is_given_before_its_time(north):
    row = approved()
    with pytest.raises(HonourMoved):
        honours_given.give([row], today=timezone.localdate(), by=secretary())
    posting = hanging(row)

    with pytest.raises(GivenTooEarly):
        honours_given.give([row], today=posting.ends_on, by=secretary())
    honours_given.turn(posting.ends_on)

    row.refresh_from_db()
    assert row.state == HonourState.POSTED


def test_an_objection_that_waits_holds_all_of_the_sheet_back(north):
    rows = [approved(), approved()]
    posting = hanging(*rows)
    objection = object_to(posting)

    honours_given.turn(day_after(posting))
    with pytest.raises(GivenTooEarly):
        honours_given.give(rows, today=day_after(posting), by=secretary())

    honours_posted.dismiss(objection, answer="邻居都作证", by=secretary())
    honours_given.turn(day_after(posting))
    assert Honour.objects.given().count() == 2


def test_an_objection_that_is_right_drops_whom_it_is_about_and_nobody_else(north):
    wrong, right = approved(), approved()
    posting = hanging(wrong, right)
    objection = object_to(posting)
    with pytest.raises(NothingChosen):
        honours_posted.uphold(objection, against=[], answer="属实", by=secretary())

    honours_posted.uphold(objection, against=[wrong], answer="属实", by=secretary())
    honours_given.turn(day_after(posting))

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.state, wrong.dropped_why, right.state) == (HonourState.DROPPED, "属实", HonourState.GIVEN)
    with pytest.raises(HonourObjectionAnswered):
        honours_posted.dismiss(objection, answer="不成立", by=secretary())


def test_a_night_that_comes_twice_gives_once(north):
    posting = hanging(approved(), approved())

    honours_given.turn(day_after(posting))
    honours_given.turn(day_after(posting) + timedelta(days=1))

    assert sorted(Honour.objects.given().values_list("number", flat=True)) == [1, 2]


def test_what_was_given_is_withdrawn_and_keeps_its_number(north):
    row = given()
    with pytest.raises(GivenIsNotDropped):
        honours.drop(row, why="弄错了", by=secretary())

    row = honours.withdraw(row, why="弄错了", by=secretary())

    assert (row.state, row.certificate_number) == (HonourState.WITHDRAWN, "2026-0001")
    assert given(receiver=row.person).certificate_number == "2026-0002", "the same person may get it again"
    with pytest.raises(NotGiven):
        honours.withdraw(row, why="再来", by=secretary())


def test_numbers_run_without_gaps_in_each_year(north):
    first = [given(year=2025), given(year=2026), given(year=2026)]
    rows = [approved(SERVICE) for _n in range(3)]

    honours_given.give(rows, today=timezone.localdate(), by=secretary())

    assert [row.certificate_number for row in first] == ["2025-0001", "2026-0001", "2026-0002"]
    assert sorted(Honour.objects.of_year(2026).given().values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_four_who_give_at_once_leave_no_gap_and_no_double(committing):
    with compound_context(YARD):
        rows, by = [approved(SERVICE) for _n in range(4)], secretary()

    def give(n):
        with compound_context(YARD):
            return honours_given.give([rows[n]], today=timezone.localdate(), by=by)[0].number

    assert sorted(at_once(4, give)) == [1, 2, 3, 4]


def test_of_four_who_give_the_same_exactly_one_does(committing):
    with compound_context(YARD):
        row, by = approved(SERVICE), secretary()

    def give(_n):
        with compound_context(YARD):
            return honours_given.give([row], today=timezone.localdate(), by=by)

    results = at_once(4, give)

    assert sorted(type(result).__name__ for result in results) == [*["HonourMoved"] * 3, "list"]


def test_the_database_gives_no_number_to_what_is_not_given(north):
    row = proposed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Honour.objects.filter(pk=row.pk).update(number=7)
