"""What the workers of ``fanout`` know: one kind of run, and the loop that does the same in one task."""

from celery import shared_task
from django.db import connection
from django.utils.translation import gettext_lazy as _

from compounds.jobs import runs
from compounds.jobs.models import FanOut
from compounds.registry.context import compound_context
from compounds.registry.models import Compound

KIND = "bench-fanout"
# About what counting a compound's figures anew costs.
QUERIES = 40


def count_units(schema_name: str, period: str) -> None:
    """Some reading inside one compound; changes nothing."""
    with compound_context(schema_name), connection.cursor() as cursor:
        for _time in range(QUERIES):
            cursor.execute("SELECT count(*), max(name) FROM organisation_unit WHERE level >= %s", [1])


@shared_task
def loop(period: str) -> None:
    """The same in every compound, one after another, in this one task."""
    for schema_name in Compound.objects.ready().order_by("schema_name").values_list("schema_name", flat=True):
        count_units(schema_name, period)
    FanOut.objects.create(kind="bench-loop", period=period)


runs.register(KIND, count_units, title=_("Figures"))
