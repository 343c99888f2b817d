"""A dissatisfied rating on its way through the branch: taken up again, refused with a posted reason, or settled."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue
from consultation.models.step5_evaluate import Rating
from notices.models import Posting


class ReopeningState(models.TextChoices):
    WAITING = "waiting", _("waits for the branch")
    TAKEN_UP = "taken_up", _("taken up again")
    REFUSED = "refused", _("refused")
    SETTLED = "settled", _("settled: the rating was changed")


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def waiting(self) -> Self:
        return self.filter(state=ReopeningState.WAITING)

    def visible_to(self, person: Person | None) -> Self:
        return self.filter(issue__in=Issue.objects.visible_to(person))

    def overdue(self, on: date) -> Self:
        return self.waiting().filter(due_on__lt=on)


class Reopening(TimeStamped):
    """One counted dissatisfied rating, and what the branch answered."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="reopenings")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="reopenings")
    # As they were given: the rating may be changed afterwards.
    stars = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReopeningState.choices, default=ReopeningState.WAITING)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Nobody answered what the household settled itself by changing its rating.
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # One posting tells the reason to all whom the same answer refuses.
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="refusals")

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating"], condition=Q(state="waiting"), name="rating_waits_for_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(state="settled", answered_at__isnull=False, answered_by__isnull=True)
                | (
                    Q(state__in=["taken_up", "refused"], answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="reopening_state_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(posting__isnull=True) | Q(state="refused"), name="only_a_refusal_is_posted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("reopening", args=[self.pk])
