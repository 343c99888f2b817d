"""Rows out of which files are made: who comes back late keeps nothing, leases begin at the claim, spells end."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from compounds.jobs import due, files
from compounds.jobs.files import LEASE, SPELL, Made
from compounds.jobs.models import Due
from compounds.photos.models import Photo, PhotoState

pytestmark = pytest.mark.usefixtures("north")
NOW = timezone.now()
MINUTE = timedelta(minutes=1)
NAME = "c_north/photos/probe"


@pytest.fixture
def photo() -> Photo:
    yield Photo.objects.create(width=1, height=1)
    default_storage.delete(NAME)


def make_waiting(make, clock=lambda: NOW) -> int:
    return files.make_waiting("photos", Photo.objects.all(), make, clock)


def stolen(photo: Photo) -> None:
    """Another worker took it after the lease, and has made it."""
    Photo.objects.filter(pk=photo.pk).update(leased_until=NOW - MINUTE)
    make_waiting(lambda row: Made({NAME: b"of the other"}))


def queued_anew(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.QUEUED, attempts=0, leased_until=None)


@pytest.mark.parametrize(
    ("meanwhile", "state", "content"),
    [(stolen, PhotoState.READY, b"of the other"), (queued_anew, PhotoState.QUEUED, None)],
)
@pytest.mark.parametrize("fails", [False, True])
def test_who_comes_back_late_keeps_neither_state_nor_file(photo, meanwhile, state, content, fails):
    columns = Photo.objects.values("state", "attempts", "error", "leased_until")
    after = []

    def late(row: Photo) -> Made:
        meanwhile(row)
        after.append(columns.get())
        if fails:
            raise OSError
        return Made({NAME: b"of old words"})

    assert not files._work(files._claim(Photo.objects.all(), NOW), late)

    assert columns.get() == after[0]
    assert after[0]["state"] == state
    assert default_storage.exists(NAME) == (content is not None)
    if content:
        with default_storage.open(NAME) as stored:
            assert stored.read() == content


def test_a_lease_begins_when_its_row_is_claimed(photo):
    Photo.objects.create(width=1, height=1)
    moments = iter(NOW + n * 10 * MINUTE for n in range(9))
    leases = []

    def make(row: Photo) -> Made:
        leases.append(Photo.objects.get(pk=row.pk).leased_until)
        return Made({})

    assert make_waiting(make, lambda: next(moments)) == 2
    assert leases == [NOW + 10 * MINUTE + LEASE, NOW + 20 * MINUTE + LEASE]


def test_a_spell_ends_and_the_rest_is_asked_for_again(photo, monkeypatch):
    Photo.objects.create(width=1, height=1)
    again = []
    monkeypatch.setitem(due._kinds, "photos", again.append)
    monkeypatch.setattr(files, "SPELL", 0.01)

    def slowly(row: Photo) -> Made:
        time.sleep(0.02)
        return Made({})

    assert make_waiting(slowly) == 1
    assert (again, Due.objects.get().due_at) == (["c_north"], NOW)
    assert make_waiting(slowly) == 1
    assert (again, Due.objects.exists()) == (["c_north"], False)


def test_no_task_outlives_the_lease_of_what_it_claimed_last():
    assert LEASE.total_seconds() > SPELL + settings.CELERY_TASK_TIME_LIMIT
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT
