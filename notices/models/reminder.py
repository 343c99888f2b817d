"""What people are reminded of: each reminder once, in one digest per person and day unless it is urgent."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from compounds.organisation.models import Person


class Digest(models.Model):
    """What one person is told on one day in one go, at the end of the quiet hours."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digests", db_index=False)
    day = models.DateField()
    out_at = models.DateTimeField()
    # When it was given to the channels; what comes to the same day's digest afterwards is read in the app.
    handed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_per_person_and_day")]
        indexes = [models.Index(fields=["out_at"], name="digest_waiting", condition=Q(handed_at=None))]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def out(self, now: datetime) -> Self:
        """Past quiet hours, so to be read by then."""
        return self.filter(out_at__lte=now)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Reminder(models.Model):
    """One person is told of one occasion, once. Its words follow from ``facts`` in the reader's language."""

    kind = models.CharField(max_length=40)
    # The occasion within its kind: the same moment of the same thing has the same key, whoever asks and how often.
    key = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    # When it was due, and when it may be told: not in quiet hours.
    at = models.DateTimeField()
    out_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, null=True, blank=True, related_name="reminders")
    facts: Any = models.JSONField(default=dict)
    # Name and arguments of the page that it leads to.
    target: Any = models.JSONField(default=list)
    # Of an urgent one: when it was given to the channels.
    handed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-out_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "person"], name="each_reminder_once"),
            models.CheckConstraint(
                condition=Q(urgent=True, digest__isnull=True) | Q(urgent=False, digest__isnull=False),
                name="urgent_or_in_a_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-out_at", "-id"], name="reminders_of_person"),
            models.Index(fields=["out_at"], name="reminder_waiting", condition=Q(urgent=True, handed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.person_id}"
