"""A real worker on the real broker: what is lost, doubled or killed is made exactly once all the same."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from compounds.jobs import due
from compounds.jobs.models import Due
from compounds.photos import intake
from compounds.photos.models import Photo, PhotoState
from compounds.registry.context import compound_context
from tests.committing import YARD
from tests.pictures import a_picture
from tests.worker.running import forget_messages, kill, messages, until


def state_is(state: PhotoState, *, count: int = 1) -> Callable[[], bool]:
    def asked() -> bool:
        with compound_context(YARD):
            return Photo.objects.filter(state=state).count() == count

    return asked


def keep_photo() -> Photo:
    with compound_context(YARD):
        return intake.keep(a_picture(640, 480))


def time_passes() -> None:
    """Leases run out and due times come, without waiting for them."""
    earlier = timezone.now() - timedelta(seconds=1)
    Due.objects.update(due_at=earlier)
    with compound_context(YARD):
        Photo.objects.filter(leased_until__isnull=False).update(leased_until=earlier)


def made_once(photo: Photo, *, attempts: int) -> None:
    with compound_context(YARD):
        row = Photo.objects.get(pk=photo.pk)
    assert (row.state, row.attempts, row.error, row.leased_until) == (PhotoState.READY, attempts, "", None)
    assert all(default_storage.exists(photo.path(YARD, size)) for size in ("small", "medium"))
    folder = Path(default_storage.path(photo.path(YARD, "full"))).parent
    assert {file.name for file in folder.iterdir()} == {"full.jpg", "small.jpg", "medium.jpg"}
    assert not Due.objects.exists()


def test_a_kept_photo_gets_its_sizes(start_worker, files):
    start_worker()

    photo = keep_photo()

    until(state_is(PhotoState.READY), "the sizes are made", files)
    until(lambda: not Due.objects.exists(), "nothing is due", files)
    made_once(photo, attempts=1)


def test_a_lost_message_is_found_by_the_next_wake_up(start_worker, files):
    photo = keep_photo()
    assert messages() == 1
    forget_messages()
    start_worker()
    time_passes()

    assert due.wake(timezone.now()) == 1

    until(state_is(PhotoState.READY), "the sizes are made", files)
    until(lambda: not Due.objects.exists(), "nothing is due", files)
    made_once(photo, attempts=1)


def test_a_message_that_comes_many_times_does_its_work_once(start_worker, files):
    photo = keep_photo()
    time_passes()
    for _ in range(5):
        due.wake(timezone.now())
    assert messages() == 6

    start_worker()
    start_worker()

    until(state_is(PhotoState.READY), "the sizes are made", files)
    until(lambda: messages() == 0 and not Due.objects.exists(), "all messages are read", files)
    made_once(photo, attempts=1)


def test_a_worker_killed_in_the_middle_leaves_its_work_to_the_next(start_worker, files):
    forget_messages()
    photo = keep_photo()
    # A pipe in the place of the file: the worker claims the row, opens it, and waits there for ever.
    original = Path(default_storage.path(photo.path(YARD, "full")))
    aside = original.rename(original.with_name("aside"))
    os.mkfifo(original)
    first = start_worker()
    until(state_is(PhotoState.WORKING), "the first worker is in the middle", files)

    kill(first)
    original.unlink()
    aside.rename(original)
    start_worker()
    due.wake(timezone.now() + timedelta(minutes=2))
    until(lambda: messages() == 0, "the second worker has looked", files)
    until(lambda: Due.objects.get().due_at > timezone.now() + timedelta(minutes=3), "it waits for the lease", files)
    assert state_is(PhotoState.WORKING)(), "the lease holds"

    time_passes()
    for _ in range(3):
        due.wake(timezone.now())

    until(state_is(PhotoState.READY), "the sizes are made", files)
    until(lambda: messages() == 0 and not Due.objects.exists(), "all messages are read", files)
    made_once(photo, attempts=2)


def test_a_task_of_a_compound_that_is_not_there_touches_nothing(start_worker, files):
    start_worker()
    due._kinds["photos"]("c_nowhere")
    due._kinds["photos"]("public")

    photo = keep_photo()

    until(state_is(PhotoState.READY), "the worker goes on", files)
    until(lambda: not Due.objects.exists(), "nothing is due", files)
    made_once(photo, attempts=1)
    assert "CompoundNotThere" in (files / "worker0.log").read_text()
