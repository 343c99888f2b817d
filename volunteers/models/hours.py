"""The ledger of hours: what was served, each line once, put right only by a line against it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from volunteers.models.activity import Activity
from volunteers.models.help import HelpOffer
from volunteers.models.participation import Participation
from volunteers.models.team import Team
from volunteers.models.volunteer import Volunteer

MINUTES_A_DAY = 24 * 60


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> Self:
        """For the team's leader to approve."""
        return self.filter(approved_at__isnull=True)


class ServiceRecord(models.Model):
    """One line of the ledger: how long one volunteer served, when and for what. A negative line corrects another.

    Rows are only added; approving and disputing fill empty columns once, as a trigger sees to.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="service_records", db_index=False)
    # For which team, as it was then; a volunteer without one serves for none.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="service_records")
    served_on = models.DateField(_("served on"))
    minutes = models.IntegerField(_("minutes"))
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="service_records"
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, null=True, blank=True, related_name="service_records", db_index=False
    )
    offer = models.ForeignKey(
        HelpOffer, on_delete=models.PROTECT, null=True, blank=True, related_name="service_records", db_index=False
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute = models.CharField(_("what is wrong with it"), max_length=300, blank=True)
    dispute_answer = models.CharField(_("answer"), max_length=300, blank=True)
    dispute_answered_at = models.DateTimeField(null=True, blank=True)
    dispute_answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-served_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, minutes__range=(1, MINUTES_A_DAY))
                | Q(corrects__isnull=False, minutes__range=(-MINUTES_A_DAY, MINUTES_A_DAY))
                & ~Q(minutes=0)
                & ~Q(reason=""),
                name="hours_are_of_one_day_and_corrected_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["participation"], condition=Q(corrects__isnull=True), name="attendance_counts_once"
            ),
            models.UniqueConstraint(fields=["offer"], condition=Q(corrects__isnull=True), name="help_counts_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="hours_are_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(disputed_at__isnull=True, dispute="") | Q(disputed_at__isnull=False) & ~Q(dispute=""),
                name="hours_are_disputed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(dispute_answered_at__isnull=True, dispute_answer="", dispute_answered_by__isnull=True)
                | Q(dispute_answered_at__gte=F("disputed_at"), dispute_answered_by__isnull=False)
                & ~Q(dispute_answer=""),
                name="dispute_is_answered_after_it_was_raised",
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "served_on"], name="hours_of_volunteer_by_day")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.served_on}: {self.minutes}"
