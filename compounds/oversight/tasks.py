"""The worker's doors: recounting what has said that it changed, and everything shortly after midnight."""

from datetime import date

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, putting_off, runs
from compounds.oversight import keeping, outbox, recount
from compounds.oversight.models import Outbox
from compounds.registry import archiving

NIGHT = "figures"


@shared_task
def drain() -> None:
    """Every few seconds: have each compound recounted that has said something; costs one query when none has."""
    schema_names = Outbox.objects.of_ready().order_by().values_list("schema_name", flat=True).distinct()
    for _kind, schema_name in putting_off.without([(NIGHT, name) for name in schema_names], timezone.now()):
        recount_if_changed.delay(schema_name)


@shared_task
def recount_if_changed(schema_name: str) -> None:
    """Recount one compound, unless somebody has done it since; a second message finds nothing to do."""
    with putting_off.if_it_fails(NIGHT, schema_name):
        recount.recount_if_changed(schema_name)


def recount_of_night(schema_name: str, day: str) -> None:
    """The night's work in one compound; a second run counts the same again."""
    recount.recount_of_night(schema_name, date.fromisoformat(day))


@shared_task
def forget_old() -> None:
    """Every night: what is too old to be asked for."""
    keeping.forget_old(timezone.now())


runs.register(NIGHT, recount_of_night, title=_("Counting figures"))
nightly.register(NIGHT)
archiving.after_restoring(outbox.say_restored)
