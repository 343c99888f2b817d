"""A dispute between named people, settled by a mediator (人民调解)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from compounds.photos.models import Photo
from consultation.models.issue import Issue


class MediationOutcome(models.TextChoices):
    AGREED = "agreed", _("they agree, in writing")
    PARTLY = "partly", _("they agree on part of it")
    FAILED = "failed", _("they do not agree")


class Mediation(TimeStamped):
    """One mediation of one matter. Who the parties are is for the branch's eyes only."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="mediations")
    mediator = models.CharField(max_length=60)
    parties = models.CharField(max_length=300)
    handed_on = models.DateField()
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    met_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=MediationOutcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    agreement = models.OneToOneField(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="mediation_agreement"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-handed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(ended_at__isnull=True), name="one_mediation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, outcome="", met_on__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False, met_on__isnull=False) & ~Q(outcome="")),
                name="mediation_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["agreed", "partly"]) | Q(agreement__isnull=False),
                name="what_is_agreed_is_in_writing",
            ),
            models.CheckConstraint(condition=~Q(outcome="failed") | ~Q(note=""), name="failed_mediation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.mediator}"
