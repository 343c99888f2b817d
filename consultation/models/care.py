"""The care list (关爱名单): households that somebody looks in on, in a rhythm, because they agreed to it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person, PostKind
from compounds.organisation.policies import BRANCH

# From every day to twice a year.
RHYTHM_DAYS = (1, 183)


class CareReason(models.TextChoices):
    ALONE = "alone", _("lives alone")
    MOBILITY = "mobility", _("limited mobility")
    ILLNESS = "illness", _("long illness")
    CHILD = "child", _("child often alone")
    HARDSHIP = "hardship", _("hardship")
    OTHER = "other", _("another reason")


class ConsentHow(models.TextChoices):
    SPOKEN = "spoken", _("said at the door")
    BY_PHONE = "by_phone", _("said by phone")
    WRITTEN = "written", _("in writing")
    RELATIVE = "relative", _("through a relative")


class CareEnd(models.TextChoices):
    NOT_NEEDED = "not_needed", _("no longer needed")
    MOVED = "moved", _("moved away")
    DIED = "died", _("died")
    WITHDRAWN = "withdrawn", _("consent withdrawn")


class CareQuerySet(models.QuerySet["Care"]):
    def running(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def with_due(self) -> Self:
        """With ``due_on``: so many days after somebody last spoke there, or after it began."""
        # Of an empty last contact the database's ``greatest`` takes no notice.
        last = Greatest("household__last_contact_on", "begun_on")
        due = models.ExpressionWrapper(last + F("rhythm_days"), output_field=models.DateField())
        return self.annotate(due_on=due)

    def overdue(self, on: date) -> Self:
        return self.running().with_due().filter(due_on__lt=on)

    def visible_to(self, person: Person | None) -> Self:
        """For those who need to know: the branch, whoever looks in, and the door's steward and lead."""
        if person is None:
            return self.none()
        if BRANCH & person.kinds:
            return self.exclude(ended_as=CareEnd.WITHDRAWN)
        doors = [PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD]
        units = [post.unit_id for post in person.serving if post.kind in doors]
        near = Q(household__entrance__building__unit__in=units) | Q(household__group__in=units)
        return self.running().filter(Q(carer=person) | near)


class Care(TimeStamped):
    """One household that is looked in on. Its visits are visits of step 1; what it is for is seen by few."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cares")
    reason = models.CharField(_("why"), max_length=8, choices=CareReason.choices)
    note = models.CharField(_("what to know"), max_length=300, blank=True)
    rhythm_days = models.PositiveSmallIntegerField(_("days between two visits"))
    # Who looks in; empty: the lead of the door's group, else its building's steward.
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cares")
    consent_by = models.CharField(_("who agreed"), max_length=60)
    consent_how = models.CharField(_("how"), max_length=8, choices=ConsentHow.choices)
    consented_on = models.DateField(_("agreed on"))
    begun_on = models.DateField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_as = models.CharField(_("why it ends"), max_length=10, choices=CareEnd.choices, blank=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = CareQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_on__isnull=True), name="one_care_per_household_at_a_time"
            ),
            models.CheckConstraint(condition=Q(rhythm_days__range=RHYTHM_DAYS), name="care_from_daily_to_half_yearly"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_as="", ended_by__isnull=True)
                | Q(ended_on__gte=F("begun_on")) & ~Q(ended_as=""),
                name="care_ends_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(consent_by=""), name="care_rests_on_somebodys_consent"),
            # Without consent nothing of what it was for is kept.
            models.CheckConstraint(
                condition=~Q(ended_as="withdrawn") | Q(reason="other", note=""), name="withdrawn_care_keeps_no_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.household)

    def get_absolute_url(self) -> str:
        return reverse("care", args=[self.pk])

    @property
    def due(self) -> date:
        """By when somebody looks in again; the same as ``due_on`` of one row."""
        last = self.household.last_contact_on or self.begun_on
        return max(last, self.begun_on) + timedelta(days=self.rhythm_days)
