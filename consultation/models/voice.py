"""Who stands behind a matter, whether they may be called about it, and their link to rate it."""

from typing import Self

from django.db import models
from django.db.models import Q

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from consultation.models.issue import Issue


class VoiceQuerySet(models.QuerySet["Voice"]):
    def to_ring(self) -> Self:
        """Those who agreed to be rung by whoever handles their matter, and whose number is known."""
        return self.filter(ring_agreed_at__isnull=False).exclude(person__phone="").select_related("person")


class Voice(TimeStamped):
    """One more person behind an issue: spoken by / recorded by / witnessed by."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="voices", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="voices")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="voices")
    # As long as a matter's own words, which come along when it is merged into another.
    said = models.CharField(max_length=2000, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    witnessed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # When, and to whom, they agreed that whoever handles it may ring them (domain: Openness). Empty: nobody may.
    ring_agreed_at = models.DateTimeField(null=True, blank=True)
    ring_agreed_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    # Of the token of its link to rate the matter only a hash is kept; a new link takes the place of the earlier one.
    rating_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    rating_link_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "person"], name="one_voice_per_person"),
            models.CheckConstraint(
                condition=Q(ring_agreed_at__isnull=True, ring_agreed_to__isnull=True)
                | Q(ring_agreed_at__isnull=False, ring_agreed_to__isnull=False),
                name="consent_was_given_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(rating_hash__isnull=True, rating_link_by__isnull=True)
                | Q(rating_hash__isnull=False, rating_link_by__isnull=False),
                name="rating_link_made_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.person}"
