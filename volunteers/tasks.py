"""Doors for the worker, each to one service; the schema name comes first."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.registry.context import compound_context
from volunteers.services import honours_given

HONOURS = "honours"


def give_honours(schema_name: str, day: str) -> None:
    """The night's giving in one compound; a second run finds it done."""
    with compound_context(schema_name):
        honours_given.turn(date.fromisoformat(day))


runs.register(HONOURS, give_honours, title=_("Giving honours"))
nightly.register(HONOURS)
