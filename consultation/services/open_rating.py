"""What anybody says of a result on the board, without a voice: kept apart and never counted."""

from django.db import transaction

from compounds.oversight.outbox import touch
from consultation.models import Issue, OpenRating
from consultation.services.step5_evaluate import require_being_rated


@transaction.atomic
def give(issue: Issue, *, stars: int, said: str) -> OpenRating:
    """Keep one open rating. Raises RatingClosed."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    require_being_rated(issue)
    touch("open_ratings")
    return OpenRating.objects.create(issue=issue, stars=stars, said=said)
