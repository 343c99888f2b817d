"""What moves a matter's clock: deadlines from outside, and the history of what moved."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue


class DeadlineSource(models.TextChoices):
    HOTLINE = "hotline", _("12345 hotline")
    PLATFORM = "platform", _("city or grid platform")
    OTHER = "other", _("another office")


class OutsideDeadlineQuerySet(models.QuerySet["OutsideDeadline"]):
    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)


class OutsideDeadline(TimeStamped):
    """By when somebody outside wants a first contact and an answer about a matter. It outranks our own clock."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="outside_deadlines")
    source = models.CharField(
        _("who set it"), max_length=10, choices=DeadlineSource.choices, default=DeadlineSource.HOTLINE
    )
    order_number = models.CharField(_("order number"), max_length=40)
    contact_by = models.DateTimeField(_("first contact by"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer by"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    contacted_at = models.DateTimeField(null=True, blank=True)
    contacted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = OutsideDeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["answer_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "order_number"],
                name="outside_order_once",
                violation_error_message=_("This order is written down already."),
            ),
            models.CheckConstraint(
                condition=Q(contact_by__isnull=True) | Q(contact_by__lte=models.F("answer_by")),
                name="contact_before_the_answer",
                violation_error_message=_("The first contact comes before the answer."),
            ),
            models.CheckConstraint(
                condition=Q(contacted_at__isnull=True, contacted_by__isnull=True)
                | Q(contacted_at__isnull=False, contacted_by__isnull=False),
                name="contacted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="outside_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.order_number}"

    @property
    def next_by(self) -> datetime:
        """What of it comes first: the first contact, until that was made, then the answer."""
        return self.contact_by if self.contact_by and not self.contacted_at else self.answer_by


class ClockReason(models.TextChoices):
    HOLD = "hold", _("it was on hold")
    CALENDAR = "calendar", _("the calendar was published or corrected")
    URGENT = "urgent", _("it is urgent")
    OUTSIDE = "outside", _("a deadline from outside goes before ours")
    OURS = "ours", _("the outside deadline is met, ours holds again")
    CATEGORY = "category", _("its category was corrected")


class ClockChange(models.Model):
    """One move of a matter's due date within a step, and why. Rows are only added; a trigger refuses anything else."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="clock_changes")
    reason = models.CharField(max_length=10, choices=ClockReason.choices)
    before_on = models.DateField(null=True)
    before_at = models.DateTimeField(null=True)
    after_on = models.DateField(null=True)
    after_at = models.DateTimeField(null=True)
    # Of a hold: the working days that its clock stood still.
    waited_days = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.reason}"
