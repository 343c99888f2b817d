"""A reason why a matter's clock stands still (暂缓、待复)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue


class HoldReason(models.TextChoices):
    RESIDENT = "resident", _("a resident's answer")
    OWNERS_VOTE = "owners_vote", _("the owners' vote")
    HIGHER_BODY = "higher_body", _("a higher body")
    SEASON = "season", _("the season")
    OTHER = "other", _("another reason")


class HoldQuerySet(models.QuerySet["Hold"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Hold(TimeStamped):
    """One pause of one matter: what is waited for, since when, and what came of it."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(_("waiting for"), max_length=12, choices=HoldReason.choices)
    question = models.CharField(_("what exactly"), max_length=300)
    since = models.DateField()
    # The day from which the ten working days to the next look are counted; empty in rows of before.
    review_from = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    review_provisional = models.BooleanField(default=False)
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answer = models.CharField(_("what came of it"), max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue"], condition=Q(ended_at__isnull=True), name="one_hold_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, answer="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(answer="")),
                name="hold_ends_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.reason}"
