"""What somebody says against a posting, within its period, and what the branch answered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from notices.models.posting import Posting


class ObjectionChannel(models.TextChoices):
    BOARD = "board", _("from the board")
    LINK = "link", _("by the posting's link")
    STEWARD = "steward", _("taken down by somebody who serves here")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> Self:
        return self.filter(state=ObjectionState.OPEN)


class Objection(TimeStamped):
    """One objection to one posting. Whoever has its code may read the answer; only a hash of the code is kept."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="objections")
    code_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8, choices=ObjectionChannel.choices)
    text = models.CharField(max_length=1000)
    # As much of themselves as the objector wants to give; read by the branch only.
    name = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (
                    Q(state__in=["upheld", "dismissed"], answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="objection_is_answered_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(channel="steward", recorded_by__isnull=False)
                | (~Q(channel="steward") & Q(recorded_by__isnull=True)),
                name="who_takes_an_objection_down_is_named",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="objection_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("objection", args=[self.pk])
