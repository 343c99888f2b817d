"""Step 5: what those with a voice think of the result."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from consultation.models.issue import Issue

SATISFIED_FROM = 3


class RatingChannel(models.TextChoices):
    LINK = "link", _("by the reporter's link")
    MEMBER = "member", _("by a member")
    STEWARD = "steward", _("taken down at the door")


class RatingQuerySet(models.QuerySet["Rating"]):
    def dissatisfied(self) -> Self:
        return self.filter(stars__lt=SATISFIED_FROM)


class Rating(TimeStamped):
    """One household's rating of one matter, 1 to 5; changeable until closing."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="ratings", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    stars = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=8, choices=RatingChannel.choices)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    witnessed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "household"], name="one_rating_per_household"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="one_to_five_stars"),
            models.CheckConstraint(
                condition=Q(stars__gte=SATISFIED_FROM) | ~Q(reason=""), name="low_rating_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.stars}"
