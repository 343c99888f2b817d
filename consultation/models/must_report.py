"""Matters that must be reported to an authority (safety, law, petition): when it was done, and by when it had to be."""

from datetime import datetime, timedelta

from django.db import models

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue


class MandatoryReport(TimeStamped):
    """One matter was reported to an authority, in time or late."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="mandatory_report")
    reported_to = models.CharField(max_length=80)
    note = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.reported_to}"

    @property
    def in_time(self) -> bool:
        return self.reported_at <= self.due_at


def due_at(issue: Issue) -> datetime:
    """Until when the matter had, or has, to be reported; clock hours from its first word."""
    return issue.created_at + timedelta(hours=issue.category.report_hours)
