"""What anybody says of a result on the public board: shown apart, never counted."""

from django.db import models
from django.db.models import Q

from compounds.kernel.models import TimeStamped
from consultation.models.issue import Issue


class OpenRating(TimeStamped):
    """One open rating of one matter, without a name. Its words are for those who serve, never for the board."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="open_ratings")
    stars = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="open_rating_one_to_five_stars")]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.stars}"
