"""Doors for the worker, each to one service; the schema name comes first."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.registry.context import compound_context
from volunteers.services import series

SERIES = "activity_series"


def plan_series_of_night(schema_name: str, period: str) -> None:
    """Plan one compound's recurring activities some weeks ahead; a second run finds them there."""
    with compound_context(schema_name):
        series.go_on_with_all(date.fromisoformat(period))


runs.register(SERIES, plan_series_of_night, title=_("Planning recurring activities ahead"))
nightly.register(SERIES)
