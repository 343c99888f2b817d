"""Asking again a month after closing (回访): is it still fine, or has it come back?"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue
from consultation.steps import Step


class FollowUpOutcome(models.TextChoices):
    STILL_FINE = "still_fine", _("still fine")
    CAME_BACK = "came_back", _("it came back")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def waiting(self) -> Self:
        """Not asked yet, and the matter is still closed."""
        return self.filter(asked_at__isnull=True, issue__step=Step.CLOSED)

    def due(self, on: date) -> Self:
        return self.waiting().filter(due_on__lte=on)

    def visible_to(self, person: Person | None) -> Self:
        return self.filter(issue__in=Issue.objects.visible_to(person))


class FollowUp(TimeStamped):
    """One asking again about one closed matter."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=FollowUpOutcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Too late to take the old matter up again, it is carried on as a new one.
    new_issue = models.OneToOneField(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="carries_on_from"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(asked_at__isnull=True), name="one_follow_up_waits_per_issue"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by__isnull=True, outcome="", new_issue__isnull=True)
                | (Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(outcome="")),
                name="follow_up_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="came_back") | ~Q(note=""), name="what_came_back_is_spelled_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.outcome or self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("follow_up", args=[self.pk])
