"""The nights' work of volunteering, compound by compound."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.registry.context import compound_context
from volunteers.services import sign_up

NUMBERS = "volunteers.numbers"


@shared_task
def forget_numbers(schema_name: str, day: str) -> None:
    """Numbers left for an activity that is long over; a second run finds none."""
    with compound_context(schema_name):
        sign_up.forget_numbers(timezone.now())


runs.register(NUMBERS, forget_numbers, title=_("Forgetting numbers left for activities"))
nightly.register(NUMBERS)
