"""A matter passed upward with a question (上报), and the answer that came."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.body import ResponsibleBody
from consultation.models.issue import Issue
from consultation.steps import Step


class ReferralLevel(models.TextChoices):
    GENERAL_BRANCH = "general_branch", _("the community's general branch")
    STREET = "street", _("the street")
    DISTRICT = "district", _("the district")
    BODY = "body", _("a body named below")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def waiting(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def overdue(self, on: date) -> Self:
        return self.waiting().filter(answer_due_on__lt=on)


class Referral(TimeStamped):
    """One question passed upward. It ends with an answer, or without one when the matter ends another way."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="referrals")
    level = models.CharField(max_length=16, choices=ReferralLevel.choices)
    body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    question = models.CharField(max_length=500)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_due_on = models.DateField()
    answer_due_provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # The office that answered, in place of a person here.
    ended_for = models.CharField(max_length=140, blank=True, db_default="")
    answer = models.CharField(max_length=500, blank=True)
    next_step = models.CharField(max_length=10, choices=Step.choices, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(ended_at__isnull=True), name="one_referral_waits_per_issue"
            ),
            models.CheckConstraint(
                condition=Q(level="body", body__isnull=False) | (~Q(level="body") & Q(body__isnull=True)),
                name="referral_to_a_level_or_a_body",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_for="", answer="", next_step="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False, ended_for="") & ~Q(next_step=""))
                | (Q(ended_at__isnull=False, ended_by__isnull=True) & ~Q(ended_for="") & ~Q(next_step="")),
                name="referral_ends_with_a_next_step",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on__gte=models.F("sent_on")), name="referral_due_after_it_is_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.to}"

    @property
    def to(self) -> str:
        """Whom it was put to, in words."""
        return str(self.body) if self.body else str(ReferralLevel(self.level).label)
