"""The care list: with consent, in a rhythm, its reason seen by few, and ended at once when consent is taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from compounds.organisation.appointments import appoint
from compounds.organisation.models import PostKind
from compounds.oversight.figures import SOURCES
from consultation import care_list
from consultation.errors.care import CaredForAlready, CareEnded
from consultation.figures.care import OVERDUE
from consultation.models import Care, CareEnd, CareReason, ConsentHow, VisitOutcome
from consultation.services import care, erasure
from consultation.services.care import Consent
from notices.models import Reminder
from notices.reminding import engine
from tests.factories import LONG_AGO, HouseholdFactory, PersonFactory, UnitFactory

NOTE = "腿脚不便，按门铃要等"


@pytest.fixture
def today(north):
    return timezone.localdate()


@pytest.fixture
def door(north):
    return HouseholdFactory(door="602", group=UnitFactory())


def serving(kind, unit):
    person = PersonFactory()
    appoint(person, kind=kind, unit=unit, starts_on=LONG_AGO, by=None)
    return person


@pytest.fixture
def steward(door):
    return serving(PostKind.BUILDING_STEWARD, door.entrance.building.unit)


@pytest.fixture
def lead(door):
    return serving(PostKind.NEIGHBOUR_LEAD, door.group)


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def begin(door, by, *, on, carer=None, rhythm=14, who="陈奶奶"):
    return care.begin(
        door,
        reason=CareReason.MOBILITY,
        note=NOTE,
        rhythm_days=rhythm,
        carer=carer,
        consent=Consent(who, ConsentHow.SPOKEN, on),
        today=on,
        by=by,
    )


def line_of(one, today):
    return care_list.lines(Care.objects.filter(pk=one.pk), today)[0]


def test_it_is_due_so_many_days_after_somebody_last_spoke_there(door, steward, today):
    one = begin(door, steward, on=today - timedelta(days=20))
    assert line_of(one, today).left == -6
    assert [found.pk for found in Care.objects.overdue(today)] == [one.pk]

    care.visit(one, outcome=VisitOutcome.NOT_HOME, on=today, note="", by=steward)
    assert line_of(one, today).is_late
    care.visit(one, outcome=VisitOutcome.TALKED, on=today, note="气色不错", by=steward)

    assert line_of(one, today).left == 14
    assert not Care.objects.overdue(today).exists()


def test_the_database_counts_the_same_day_as_the_row(door, steward, today):
    for last in (None, today - timedelta(days=40), today - timedelta(days=3)):
        door.last_contact_on = last
        door.save()
        Care.objects.all().delete()
        one = begin(door, steward, on=today - timedelta(days=10))
        assert Care.objects.with_due().get().due_on == Care.objects.select_related("household").get(pk=one.pk).due


def test_overdue_comes_first_and_the_lead_looks_in_before_the_steward(door, steward, lead, today):
    other = HouseholdFactory(entrance=door.entrance)
    fresh = begin(door, steward, on=today)
    late = begin(other, steward, on=today - timedelta(days=30))

    lines = care_list.lines(Care.objects.all(), today)

    assert [(line.care, line.carer) for line in lines] == [(late, steward), (fresh, lead)]


def test_a_household_is_on_the_list_once_at_a_time(door, steward, today):
    one = begin(door, steward, on=today)
    with pytest.raises(CaredForAlready) as refusal:
        begin(door, steward, on=today)
    assert [label for label, _where in refusal.value.actions] == [gettext("See the entry")]

    care.end(one, as_what=CareEnd.MOVED, today=today, by=steward)
    begin(door, steward, on=today)

    with pytest.raises(CareEnded):
        care.visit(one, outcome=VisitOutcome.TALKED, on=today, note="", by=steward)


def test_consent_taken_back_ends_it_and_empties_what_it_was_for(door, steward, secretary, today):
    one = begin(door, steward, on=today - timedelta(days=3))

    care.end(one, as_what=CareEnd.WITHDRAWN, today=today, by=steward)

    one = Care.objects.get(pk=one.pk)
    assert (one.reason, one.note, one.ended_on) == (CareReason.OTHER, "", today)
    assert not Care.objects.visible_to(secretary).exists()


def test_the_reason_is_seen_by_those_who_need_it_only(web, door, steward, lead, secretary):
    today = timezone.localdate()
    carer = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    one = begin(door, steward, on=today, carer=carer)
    others = [PersonFactory(posts=[kind]) for kind in PostKind if kind not in _SEES]

    for person in (secretary, steward, lead, carer):
        assert NOTE in web(person).get(f"/care/{one.pk}/").content.decode()
        assert "limited mobility" in web(person).get("/care/").content.decode().lower()
    for person in others:
        assert web(person).get(f"/care/{one.pk}/").status_code == 404
        assert "limited mobility" not in web(person).get("/care/").content.decode().lower()
        assert NOTE not in web(person).get(f"/households/{door.pk}/").content.decode()


_SEES = {PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE}


def test_a_steward_puts_a_door_on_the_list_and_changes_and_ends_it(web, door, steward, today):
    client = web(steward)
    assert "Shall somebody look in here?" in client.get(f"/doors/{door.pk}/").content.decode()
    sent = {
        "reason": "alone",
        "note": "",
        "rhythm_days": "7",
        "carer": "",
        "consent_by": "陈奶奶",
        "consent_how": "spoken",
        "consented_on": today.isoformat(),
    }

    client.post(f"/doors/{door.pk}/care/", sent)
    one = Care.objects.get()
    client.post(f"/care/{one.pk}/edit/", {**sent, "rhythm_days": "3"})
    client.post(f"/care/{one.pk}/", {"outcome": "talked", "note": "很好"})
    page = client.get(f"/care/{one.pk}/").content.decode()
    client.post(f"/care/{one.pk}/end/", {"as_what": "moved"})

    assert "很好" in page
    assert "every 3 days" in page
    assert Care.objects.get().ended_as == CareEnd.MOVED


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent_by": ""},
        {"consent_how": ""},
        {"rhythm_days": "0"},
        {"rhythm_days": "999"},
        {"consented_on": "2099-01-01"},
    ],
)
def test_nobody_comes_on_the_list_without_consent_and_a_rhythm(web, door, steward, today, wrong):
    sent = {"reason": "alone", "rhythm_days": "7", "consent_by": "陈", "consent_how": "spoken", "consented_on": today}

    assert web(steward).post(f"/doors/{door.pk}/care/", {**sent, **wrong}).status_code == 422
    assert not Care.objects.exists()


def test_a_steward_keeps_their_own_doors_only_and_a_carer_writes_visits_only(web, door, steward, today):
    carer = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    one = begin(door, steward, on=today, carer=carer)
    stranger = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert web(stranger).get(f"/doors/{door.pk}/care/").status_code == 404
    assert web(stranger).post(f"/care/{one.pk}/", {"outcome": "talked"}).status_code == 404
    assert web(carer).get(f"/care/{one.pk}/edit/").status_code == 403
    assert web(carer).post(f"/care/{one.pk}/", {"outcome": "talked"}).status_code == 302
    door.refresh_from_db()
    assert door.last_contact_on == today


def test_whoever_looks_in_is_reminded_without_door_or_reason(door, steward, lead, today):
    begin(door, steward, on=today - timedelta(days=14))

    engine.look(timezone.now())
    engine.look(timezone.now())

    told = Reminder.objects.get(kind="care_due")
    assert told.person == lead
    assert told.facts == {}


def test_it_waits_in_the_day_of_whoever_looks_in(web, door, steward, lead, today):
    begin(door, steward, on=today - timedelta(days=20))

    assert "look in and see how they are" in web(lead).get("/").content.decode()
    assert "look in and see how they are" not in web(steward).get("/").content.decode()


def test_the_figure_counts_who_was_not_looked_in_on_in_time(door, steward, today):
    begin(door, steward, on=today - timedelta(days=20))
    begin(HouseholdFactory(), steward, on=today)

    value = _counted(today)[OVERDUE.key]

    assert (value.part, value.whole) == (1, 2)


def _counted(on: date):
    return next(source.count(on) for source in SOURCES if OVERDUE in source.figures)


def test_erasing_whoever_agreed_ends_it(door, steward, today):
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    resident = PersonFactory(name="陈奶奶", household=door)
    begin(door, steward, on=today)

    erasure.erase(resident, with_words=False, by=general)

    one = Care.objects.get()
    assert (one.ended_as, one.note) == (CareEnd.WITHDRAWN, "")
    assert "陈奶奶" not in one.consent_by


def test_the_list_costs_the_same_for_one_and_for_thirty(web, door, steward, secretary, today):
    client, costs = web(secretary), []
    begin(door, steward, on=today)
    for count in (0, 29):
        for _n in range(count):
            begin(HouseholdFactory(), steward, on=today)
        with CaptureQueriesContext(connection) as queries:
            client.get("/care/")
        costs.append(len(queries))

    assert costs[0] == costs[1]
