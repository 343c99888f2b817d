"""A party member's suggestion (建言献策): a matter with its own channel, with the branch at once."""

import uuid

from django.db import transaction

from compounds.organisation.models import Building, Person
from consultation.models import Category, Channel, Issue
from consultation.services import step1_visit
from consultation.services.step1_visit import Place
from consultation.steps import Step


@transaction.atomic
def suggest(
    *, title: str, said: str, category: Category, building: Building | None, sheet: uuid.UUID | None, by: Person
) -> Issue:
    """Their own word, handed over. The same sheet sent twice is one matter."""
    issue = step1_visit.record(
        title=title,
        said=said,
        category=category,
        place=Place(building=building),
        spoken_by="",
        sheet=sheet,
        channel=Channel.SUGGESTION,
        by=by,
    )
    return step1_visit.hand_over(issue, by=by) if issue.step == Step.VISIT else issue
