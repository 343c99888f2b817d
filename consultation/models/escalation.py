"""A late matter, or one that was urged three times, goes one level up; its history keeps each level, once a step."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Unit
from consultation.models.issue import Issue, StepRecord
from consultation.models.supervision import Supervision


class EscalationLevel(models.TextChoices):
    """Whom a matter reaches, from the nearest to the farthest."""

    STEWARD = "steward", _("building steward")
    SUPERVISOR = "supervisor", _("the body's supervisor")
    BRANCH = "branch", _("branch")
    GENERAL_BRANCH = "general", _("general branch")
    OFFICE = "office", _("street or district")


class EscalationReason(models.TextChoices):
    LATE = "late", _("late")
    NUDGES = "nudges", _("urged three times")


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def current(self) -> Self:
        """Of matters that still stand at the step in which it happened."""
        last = StepRecord.objects.filter(issue=OuterRef("issue")).order_by("-pk")
        return (
            self.filter(issue__in=Issue.objects.open())
            .alias(last=Subquery(last.values("pk")[:1]))
            .filter(record=models.F("last"))
        )


class Escalation(models.Model):
    """One level that one matter reached in one stay at one step. Rows are only added."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="escalations")
    # The move by which the matter came to the step that is late.
    record = models.ForeignKey(StepRecord, on_delete=models.PROTECT, related_name="escalations", db_index=False)
    level = models.CharField(max_length=12, choices=EscalationLevel.choices)
    reason = models.CharField(max_length=8, choices=EscalationReason.choices)
    # The unit whose people it reaches; empty where an office above demands an answer.
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    supervision = models.ForeignKey(
        Supervision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True)
    at = models.DateTimeField()

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "level"], name="each_level_once_a_step"),
            models.CheckConstraint(
                condition=Q(level="office", to_unit__isnull=True) | (~Q(level="office") & Q(to_unit__isnull=False)),
                name="escalation_reaches_a_unit_or_an_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.level}"
