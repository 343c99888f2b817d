"""What a rolled-back transaction leaves in the storage is swept a day later, and nothing else is."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from compounds.jobs import kinds, nightly
from compounds.jobs.models import Run
from compounds.photos import intake, sizes, sweeping, tasks
from compounds.photos.models import Photo
from tests.pictures import a_picture

pytestmark = pytest.mark.usefixtures("north")

FOLDER = Path("c_north", "photos")


class Refused(Exception):
    """What a rule raises after the picture was kept."""


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept() -> Photo:
    photo = intake.keep(a_picture())
    sizes.make_waiting(timezone.now)
    return photo


def rolled_back() -> None:
    with pytest.raises(Refused), transaction.atomic():
        kept()
        raise Refused


def folders() -> set[str]:
    return set(default_storage.listdir(str(FOLDER))[0])


def grow_old() -> None:
    then = (timezone.now() - timedelta(hours=25)).timestamp()
    for file in Path(settings.MEDIA_ROOT).rglob("*.jpg"):
        os.utime(file, (then, then))


def test_what_was_rolled_back_goes_and_what_was_kept_stays():
    photo = kept()
    rolled_back()
    grow_old()
    assert len(folders()) == 2

    gone = sweeping.sweep(timezone.now())

    assert gone == 1
    assert folders() == {str(photo.pk)}
    assert sweeping.sweep(timezone.now()) == 0


def test_a_file_that_may_still_get_its_row_is_left_alone():
    rolled_back()

    assert sweeping.sweep(timezone.now()) == 0
    assert len(folders()) == 1


def test_what_is_no_photo_of_ours_is_left_alone():
    name = default_storage.save(str(FOLDER / "notes" / "full.jpg"), ContentFile(b"x"))
    grow_old()

    assert sweeping.sweep(timezone.now()) == 0
    assert default_storage.exists(name)


def test_a_compound_without_files_is_no_error():
    assert sweeping.sweep(timezone.now()) == 0


def test_the_night_sweeps_every_compound():
    nightly.catch_up(timezone.now())

    swept = Run.objects.filter(kind=tasks.SWEEP).values_list("schema_name", flat=True)
    assert set(swept) == {"c_north", "c_south", "c_yard"}
    assert kinds.look_up(tasks.SWEEP).work is tasks.sweep_in_the_night
