"""The demo's figures for the district, counted from its rows by the functions that count everybody's."""

from datetime import date, timedelta

from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.models import Outbox
from compounds.oversight.recount import count_past, recount

_MONTHS = 12


def count(schema_name: str, today: date) -> None:
    """The ends of the past year's months and quarters, as far as rows tell of them, and today in full."""
    count_past(schema_name, days(today))
    # The stories were told on the days on which they happened; nothing has waited since then.
    Outbox.objects.filter(schema_name=schema_name).update(created_at=timezone.now())
    recount(schema_name)


def days(today: date) -> list[date]:
    """The last days of the twelve months before this one; every third of them ends a quarter."""
    ends: list[date] = []
    while len(ends) < _MONTHS:
        ends.append(periods.month_to(ends[-1] if ends else today).first - timedelta(days=1))
    return ends
