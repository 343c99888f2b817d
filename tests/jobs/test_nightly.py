"""Nightly work: fanned out once per local day, by beat or, when that was missed, by the next minute's wake-up."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings

from compounds.jobs import nightly, tasks
from compounds.jobs.kinds import KindUnknown
from compounds.jobs.models import Run
from config import celery_app
from tests.jobs.conftest import KIND

pytestmark = pytest.mark.django_db

# Shanghai is eight hours ahead.
TEN_PAST_MIDNIGHT = datetime(2026, 11, 25, 16, 10, tzinfo=UTC)
BEFORE = datetime(2026, 11, 25, 16, 9, tzinfo=UTC)
NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


def periods() -> list[str]:
    return sorted(Run.objects.values_list("period", flat=True))


@pytest.mark.parametrize(
    ("now", "day"),
    [(BEFORE, "2026-11-25"), (TEN_PAST_MIDNIGHT, "2026-11-26"), (NOON, "2026-11-26")],
)
def test_the_day_changes_ten_minutes_after_the_local_midnight(now, day):
    assert nightly.period(now) == day


def test_beat_begins_the_night_when_the_day_changes():
    schedule = celery_app.conf.beat_schedule["begin-night"]["schedule"]

    assert settings.CELERY_TIMEZONE == settings.TIME_ZONE == "Asia/Shanghai"
    assert (schedule.hour, schedule.minute) == ({0}, {nightly.BEGINS.seconds // 60})


def test_every_nightly_kind_gets_its_runs_once_a_day(probe):
    nightly.register(KIND)

    assert nightly.catch_up(TEN_PAST_MIDNIGHT) == 3
    assert nightly.catch_up(NOON) == 0

    assert periods() == ["2026-11-26"] * 3


def test_a_beat_that_was_missed_is_made_up_for_by_the_minute(probe):
    nightly.register(KIND)

    with time_machine.travel(NOON, tick=False):
        tasks.wake_due()
        tasks.wake_due()
        tasks.begin_night()

    assert periods() == ["2026-11-26"] * 3


def test_a_run_asked_for_before_does_not_hide_that_the_night_is_missing(probe):
    nightly.register(KIND)
    Run.objects.create(kind=KIND, period="2026-11-26", schema_name="c_north")

    assert nightly.catch_up(NOON) == 2


def test_a_beat_that_comes_late_or_twice_changes_nothing(probe):
    nightly.register(KIND)
    with time_machine.travel(TEN_PAST_MIDNIGHT, tick=False):
        tasks.begin_night()
        tasks.begin_night()
    with time_machine.travel(NOON, tick=False):
        tasks.begin_night()

    assert periods() == ["2026-11-26"] * 3


def test_a_nightly_kind_is_a_registered_one(probe):
    with pytest.raises(KindUnknown):
        nightly.register("unheard-of")
