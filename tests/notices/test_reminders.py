"""Reminders: each exists once, one digest a person and day, quiet hours, what goes out goes out once."""

from datetime import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from compounds.jobs import due, nightly
from compounds.jobs.models import Due
from compounds.jobs.tasks import wake_due
from compounds.organisation.models import OrganisationSettings, Person, PostKind
from compounds.workdays.models import DistrictLimit
from notices import reminders
from notices.models import Digest, Reminder
from notices.reminders import KIND, Occasion, Outgoing
from notices.reminding import engine
from tests.consultation.days import at, on
from tests.factories import PersonFactory
from tests.notices.stage import look

pytestmark = pytest.mark.usefixtures("north")


def next_look() -> datetime | None:
    return Due.objects.filter(kind=KIND).values_list("due_at", flat=True).first()


def wake_due_kinds() -> list[str]:
    """What this minute would wake in this compound."""
    return [kind for kind, schema in due.waiting(timezone.now()) if schema == "c_north"]


def keys() -> list[str]:
    return list(Reminder.objects.order_by("pk").values_list("key", flat=True))


def test_an_occasion_is_told_once_however_often_one_looks(stage):
    stage.lay("a", "2026-03-02 00:00")

    assert [look("2026-03-02 00:10"), look("2026-03-02 00:10"), look("2026-03-05 09:00")] == [1, 0, 0]

    row = Reminder.objects.get()
    assert (row.person, row.key, row.at, row.out_at) == (
        stage.person,
        "a",
        at("2026-03-02 00:00"),
        at("2026-03-02 07:30"),
    )


def test_one_digest_a_person_and_day_at_the_end_of_the_quiet_hours(stage):
    other = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])
    for key, moment in (("a", "2026-03-02 00:00"), ("b", "2026-03-02 06:00"), ("c", "2026-03-02 12:00")):
        stage.lay(key, moment)
    for moment in ("2026-03-02 00:10", "2026-03-02 06:00", "2026-03-02 07:29"):
        look(moment)
    assert stage.out == []

    for moment in ("2026-03-02 07:30", "2026-03-02 12:00", "2026-03-02 12:01", "2026-03-03 07:30"):
        look(moment)

    said = [(out.person_id, [row.key for row in out.reminders], out.urgent) for out in stage.out]
    both = [stage.person.pk, other.pk]
    assert sorted(said) == sorted((pk, rows, False) for pk in both for rows in (["a", "b"], ["c"]))
    assert Digest.objects.count() == 4


@pytest.mark.parametrize(
    ("moment", "out"),
    [
        ("2026-03-02 12:00", "2026-03-02 12:00"),
        ("2026-03-02 21:29", "2026-03-02 21:29"),
        ("2026-03-02 21:30", "2026-03-03 07:30"),
        ("2026-03-02 23:59", "2026-03-03 07:30"),
        ("2026-03-03 07:29", "2026-03-03 07:30"),
        ("2026-03-03 07:30", "2026-03-03 07:30"),
    ],
)
def test_what_is_urgent_comes_at_once_outside_quiet_hours(stage, moment, out):
    stage.lay("a", moment, urgent=True)

    look(moment)
    look(out)
    look(out)

    assert Reminder.objects.get().out_at == at(out)
    assert [(len(going.reminders), going.urgent) for going in stage.out] == [(1, True)]


@pytest.mark.parametrize(
    ("district", "own", "expected"),
    [
        ((), (None, None), "2026-03-02 07:30"),
        ((("quiet_until", 6 * 60),), (None, None), "2026-03-02 06:00"),
        ((("quiet_until", 6 * 60),), (None, "08:15"), "2026-03-02 08:15"),
    ],
)
def test_quiet_hours_are_the_compounds_else_the_districts(stage, district, own, expected):
    for key, value in district:
        DistrictLimit.objects.create(key=key, value=value)
    OrganisationSettings.objects.create(quiet_from=own[0], quiet_until=own[1])
    stage.lay("a", "2026-03-02 00:00")

    look("2026-03-02 00:10")

    assert Reminder.objects.get().out_at == at(expected)


def test_the_same_time_twice_means_never_quiet(stage):
    OrganisationSettings.objects.create(quiet_from="08:00", quiet_until="08:00")
    stage.lay("a", "2026-03-02 03:00", urgent=True)

    look("2026-03-02 03:00")

    assert Reminder.objects.get().out_at == at("2026-03-02 03:00")


def test_the_next_look_is_kept_and_given_up_when_nothing_is_ahead(stage):
    stage.lay("a", "2026-03-02 12:00")

    look("2026-03-02 09:00")
    before = next_look()
    look("2026-03-02 12:00")
    digest = next_look()
    look("2026-03-03 07:30")

    assert (before, digest, next_look()) == (at("2026-03-02 12:00"), at("2026-03-03 07:30"), None)


def test_a_clock_that_is_set_wakes_the_next_minute(stage):
    stage.lay("a", "2026-03-03 12:00")
    look("2026-03-02 09:00")

    with on("2026-03-02 10:00"):
        reminders.look_again()
        reminders.look_again()
        woken = wake_due_kinds()
        look("2026-03-02 10:00")

        assert (woken, wake_due_kinds()) == ([KIND], [])
    assert next_look() == at("2026-03-03 12:00")


def test_a_look_that_comes_late_tells_once_and_later(stage):
    stage.lay("a", "2026-03-02 00:00")

    look("2026-03-09 15:00")

    assert Reminder.objects.get().out_at == at("2026-03-10 07:30")


def test_a_clock_set_back_changes_nothing(stage):
    stage.lay("a", "2026-03-02 00:00")
    look("2026-03-02 00:10")
    look("2026-03-02 07:30")
    before = list(Reminder.objects.values()) + list(Digest.objects.values())

    for moment in ("2026-02-20 10:00", "2026-03-01 23:00", "2026-03-02 07:30", "2026-03-02 00:10"):
        look(moment)

    assert list(Reminder.objects.values()) + list(Digest.objects.values()) == before
    assert len(stage.out) == 1


def test_a_kind_that_fails_leaves_the_others_alone_and_is_tried_again(stage):
    reminders.register(
        "sound",
        title=_("Overdue"),
        due=lambda now, until: [Occasion("s", at("2026-03-02 00:00"), ("my_day",))],
        recipients=lambda occasion, roster: roster.branch(),
        text=lambda facts: "",
    )
    stage.fails = True
    look("2026-03-02 09:00")
    assert (keys(), next_look()) == (["s"], at("2026-03-02 09:05"))

    stage.fails = False
    stage.lay("a", "2026-03-02 08:00")
    look("2026-03-02 09:05")

    assert keys() == ["s", "a"]


def test_a_channel_that_fails_takes_the_whole_look_back_and_nothing_is_doubled(stage, monkeypatch):
    stage.lay("a", "2026-03-02 08:00", urgent=True)

    def broken(going: list[Outgoing]) -> None:
        raise RuntimeError("no row could be kept")

    monkeypatch.setattr(reminders, "CHANNELS", [broken])
    with pytest.raises(RuntimeError), on("2026-03-02 09:00"):
        engine.look(timezone.now())
    monkeypatch.setattr(reminders, "CHANNELS", [stage.out.extend])
    look("2026-03-02 09:01")
    look("2026-03-02 09:02")

    assert (keys(), len(stage.out)) == (["a"], 1)


def test_words_are_in_the_readers_language_and_a_kind_that_is_gone_says_its_name(stage):
    stage.lay("7", "2026-03-02 00:00")
    look("2026-03-02 00:10")
    row = Reminder.objects.get()

    assert [reminders.words(row, language) for language in ("en", "zh-hans")] == ["Overdue 7", "逾期 7"]
    with override("zh-hans"):
        assert reminders.words(row) == "逾期 7"
    row.kind = "gone"
    assert (reminders.words(row), reminders.title(row)) == ("gone", "")


def test_a_phone_number_that_is_none_keeps_nobody_from_being_told(stage):
    Person.objects.filter(pk=stage.person.pk).update(phone="没有手机")
    stage.lay("a", "2026-03-02 00:00")

    look("2026-03-02 00:10")

    assert keys() == ["a"]
    assert "没有手机" not in str(list(Reminder.objects.values()))


def test_a_look_costs_the_same_for_one_and_for_twelve(stage, django_assert_max_num_queries):
    def cost(moment: str) -> int:
        with django_assert_max_num_queries(99) as queries:
            look(moment)
        return len(queries)

    stage.lay("first", "2026-03-02 00:00")
    one = cost("2026-03-02 00:10")
    for n in range(12):
        stage.lay(str(n), "2026-03-03 00:00")

    assert cost("2026-03-03 00:10") <= one + 3  # yesterday's digest goes out as well


def test_an_idle_minute_costs_the_same_however_many_compounds_have_clocks(django_assert_max_num_queries, monkeypatch):
    def minute() -> int:
        with on("2026-03-02 12:00"), django_assert_max_num_queries(99) as queries:
            wake_due()
        return len(queries)

    monkeypatch.setattr(nightly, "_nightly", set())
    Due.objects.all().delete()
    none = minute()
    Due.objects.bulk_create(Due(kind=KIND, schema_name=f"c_{n}", due_at=at("2026-03-02 12:01")) for n in range(1000))

    assert minute() == none
