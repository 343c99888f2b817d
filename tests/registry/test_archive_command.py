"""``manage.py archive_compound``: nobody enters and no work is done, until it is restored; the data stays."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from compounds.oversight.models import Outbox
from compounds.photos.tasks import make_sizes
from compounds.registry.context import CompoundNotThere, compound_context
from compounds.registry.models import Compound

pytestmark = pytest.mark.django_db


def archive(slug: str, **options: object) -> None:
    call_command("archive_compound", slug, **options)


def test_pages_of_an_archived_compound_are_not_there_and_tasks_refuse():
    archive("yard")

    assert Client().get("/c/yard/board/").status_code == 404
    with pytest.raises(CompoundNotThere):
        make_sizes("c_yard")
    assert Client().get("/c/south/board/").status_code == 200


def test_restored_it_is_as_before():
    archive("yard")

    archive("yard", restore=True)

    assert Client().get("/c/yard/board/").status_code == 200
    with compound_context("c_yard") as yard:
        assert yard.state == "ready"


@pytest.mark.parametrize(("restore", "state"), [(True, "ready"), (False, "archived"), (False, "opening")])
def test_only_an_open_one_is_archived_and_only_an_archived_one_restored(restore, state):
    Compound.objects.filter(slug="yard").update(state=state)

    with pytest.raises(CommandError):
        archive("yard", restore=restore)

    assert Compound.objects.get(slug="yard").state == state


def test_what_is_not_there_is_not_archived():
    with pytest.raises(CommandError, match="nowhere"):
        archive("nowhere")


def test_restored_it_is_counted_within_seconds():
    archive("yard")
    Outbox.objects.all().delete()

    archive("yard", restore=True)

    assert Outbox.objects.filter(schema_name="c_yard", kind="restored").exists()
