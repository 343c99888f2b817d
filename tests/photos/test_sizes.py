"""The worker's part: claimed, made, finished; a failure is kept on the row and tried again after its lease."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from compounds.jobs.files import LEASE
from compounds.jobs.models import Due
from compounds.photos import intake, sizes
from compounds.photos.models import Photo, PhotoState
from compounds.registry.context import compound_context
from tests.committing import YARD, at_once
from tests.pictures import a_picture


def size_of(photo: Photo, name: str, schema: str = "c_north") -> tuple[int, int]:
    with default_storage.open(photo.path(schema, name)) as stored:
        return Image.open(io.BytesIO(stored.read())).size


def break_file(photo: Photo) -> None:
    name = photo.path("c_north", "full")
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"broken"))


def commands_of_the_manual() -> list[str]:
    """What the part on disk and photos of docs/operations.md has psql do, without what only measures."""
    page = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text(encoding="utf-8")
    part = page.partition("\n## Disk and photos\n")[2].partition("\n## ")[0]
    found = re.findall(r'^    psql "\$DATABASE_URL" -c "((?:UPDATE|INSERT) .+)"$', part, re.MULTILINE)
    assert len(found) == 2
    return found


@pytest.mark.usefixtures("north")
class TestMaking:
    def test_each_size_fits_its_longest_side(self):
        photo = intake.keep(a_picture(2000, 1000))

        assert sizes.make_waiting(timezone.now) == 1

        assert Photo.objects.get().state == PhotoState.READY
        assert (size_of(photo, "small"), size_of(photo, "medium")) == ((320, 160), (1280, 640))

    def test_a_small_photo_is_not_blown_up(self):
        photo = intake.keep(a_picture(100, 80))

        sizes.make_waiting(timezone.now)

        assert size_of(photo, "medium") == (100, 80)

    def test_a_second_run_finds_nothing(self):
        intake.keep(a_picture())
        sizes.make_waiting(timezone.now)

        assert sizes.make_waiting(timezone.now) == 0
        assert Photo.objects.get().attempts == 1

    def test_done_means_that_nothing_is_due(self):
        intake.keep(a_picture())
        sizes.make_waiting(timezone.now)

        assert not Due.objects.exists()

    def test_a_worker_that_died_is_waited_for_until_its_lease_ends(self):
        now = timezone.now()
        intake.keep(a_picture())
        Photo.objects.update(state=PhotoState.WORKING, leased_until=now + LEASE, attempts=1)

        assert sizes.make_waiting(lambda: now + LEASE) == 0
        assert Due.objects.get().due_at == now + 2 * LEASE
        assert sizes.make_waiting(lambda: now + LEASE + timedelta(seconds=1)) == 1

    def test_a_broken_file_is_tried_five_times_then_given_up_and_stops_nobody(self):
        now = timezone.now()
        broken, sound = intake.keep(a_picture()), intake.keep(a_picture())
        break_file(broken)

        later = [now + n * (LEASE + timedelta(seconds=1)) for n in range(7)]
        made = [sizes.make_waiting(lambda moment=moment: moment) for moment in later]

        assert made == [1, 0, 0, 0, 0, 0, 0]
        broken, sound = Photo.objects.get(pk=broken.pk), Photo.objects.get(pk=sound.pk)
        assert (broken.state, broken.attempts, broken.error) == (PhotoState.FAILED, 5, "UnidentifiedImageError")
        assert (sound.state, sound.attempts) == (PhotoState.READY, 1)
        assert not Due.objects.exists()

    def test_a_missing_file_is_a_failure_kept_on_the_row(self):
        photo = intake.keep(a_picture())
        default_storage.delete(photo.path("c_north", "full"))

        sizes.make_waiting(timezone.now)

        assert Photo.objects.get().error == "FileNotFoundError"
        assert Due.objects.get().due_at > timezone.now()

    def test_one_that_killed_its_worker_five_times_is_given_up(self):
        now = timezone.now()
        intake.keep(a_picture())
        Photo.objects.update(state=PhotoState.WORKING, leased_until=now - LEASE, attempts=5)

        assert sizes.make_waiting(lambda: now) == 0

        assert Photo.objects.get().state == PhotoState.FAILED

    def test_the_commands_of_the_manual_have_those_given_up_made_again(self):
        given_up = intake.keep(a_picture())
        Photo.objects.update(state=PhotoState.FAILED, attempts=5)
        Due.objects.all().delete()

        with connection.cursor() as cursor:
            for command in commands_of_the_manual():
                cursor.execute(command.replace("c_xijun", "c_north"))

        assert Due.objects.get().due_at <= timezone.now()
        assert sizes.make_waiting(timezone.now) == 1
        assert Photo.objects.get(pk=given_up.pk).state == PhotoState.READY


def test_two_workers_at_once_make_each_photo_once(committing):
    with compound_context(YARD):
        for _ in range(6):
            intake.keep(a_picture())

    def work(_n: int) -> int:
        with compound_context(YARD):
            return sizes.make_waiting(timezone.now)

    made = at_once(4, work)

    with compound_context(YARD):
        assert sum(made) == 6
        assert list(Photo.objects.values_list("state", "attempts")) == [(PhotoState.READY, 1)] * 6


def test_a_photo_that_is_rolled_back_leaves_no_row_and_nothing_due(committing):
    with compound_context(YARD):
        with pytest.raises(ZeroDivisionError):
            _keep_and_fail()

        assert not Photo.objects.exists()
    assert not Due.objects.exists()


def _keep_and_fail() -> None:
    with transaction.atomic():
        intake.keep(a_picture())
        raise ZeroDivisionError
