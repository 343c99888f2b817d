"""The nights' work of volunteering, compound by compound; each a door to one service, the schema name first."""

from datetime import date

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.registry.context import compound_context
from volunteers.services import honours_given, series, sign_up

NUMBERS = "volunteers.numbers"
SERIES = "volunteers.series"
HONOURS = "honours"


@shared_task
def forget_numbers(schema_name: str, day: str) -> None:
    """Numbers left for an activity that is long over; a second run finds none."""
    with compound_context(schema_name):
        sign_up.forget_numbers(timezone.now())


def plan_series(schema_name: str, day: str) -> None:
    """Recurring activities, some weeks ahead; a second run finds them there."""
    with compound_context(schema_name):
        series.go_on_with_all(date.fromisoformat(day))


def give_honours(schema_name: str, day: str) -> None:
    """The night's giving in one compound; a second run finds it done."""
    with compound_context(schema_name):
        honours_given.turn(date.fromisoformat(day))


runs.register(NUMBERS, forget_numbers, title=_("Forgetting numbers left for activities"))
nightly.register(NUMBERS)
runs.register(SERIES, plan_series, title=_("Planning recurring activities ahead"))
nightly.register(SERIES)
runs.register(HONOURS, give_honours, title=_("Giving honours"))
nightly.register(HONOURS)
