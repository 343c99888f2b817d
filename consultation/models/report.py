"""A resident's own report, sent from the QR code at an entrance without an account."""

from django.db import models

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Entrance, Household, Person
from consultation.models.issue import Issue


class Report(TimeStamped):
    """One report: the matter it became, where it was sent from, and whether somebody found out who and which door.

    Name and phone stand on the issue's ``spoken_by``. Of the tracking code only a keyed hash is kept. ``household`` is
    the door that the sender gave: nobody has confirmed it, so it counts for nothing until the report is completed.
    """

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="report")
    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="reports")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    tracking_hash = models.CharField(max_length=64, unique=True)
    # Whether the sender agreed that the building's steward or the branch may ring back.
    may_call = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True, completed_by__isnull=True)
                | models.Q(completed_at__isnull=False, completed_by__isnull=False),
                name="report_completed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entrance}: {self.issue_id}"
