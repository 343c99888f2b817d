"""Who is asked to come to a meeting, how they were told, and who says by themselves that they will come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from consultation.models.step3_meet import AgendaItem, Attendance, Meeting


class InvitedAs(models.TextChoices):
    DELIBERATOR = "deliberator", _("deliberator")
    REPORTER = "reporter", _("raised the matter")
    AFFECTED = "affected", _("affected household")


class ToldHow(models.TextChoices):
    AT_THE_DOOR = "door", _("at the door")
    PHONE = "phone", _("by phone")
    WECHAT = "wechat", _("by WeChat")
    PAPER = "paper", _("paper in the letter box")


class Invitation(TimeStamped):
    """One person or household asked to come to one meeting, for an item or as deliberator; how and when told."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations", db_index=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    invited_as = models.CharField(max_length=12, choices=InvitedAs.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    told_how = models.CharField(_("told"), max_length=8, choices=ToldHow.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["item__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "person", "household"], nulls_distinct=False, name="invited_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=True)
                | Q(person__isnull=True, household__isnull=False),
                name="a_person_or_a_household_is_invited",
            ),
            models.CheckConstraint(
                condition=Q(told_how="", told_at__isnull=True, told_by__isnull=True)
                | (~Q(told_how="") & Q(told_at__isnull=False, told_by__isnull=False)),
                name="told_by_somebody_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person or self.household}"


class SignUp(TimeStamped):
    """Somebody who said on the board that they will attend one meeting (列席), with words for when they cannot."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sign_ups")
    name = models.CharField(_("name"), max_length=60)
    door = models.CharField(_("door"), max_length=40, blank=True)
    statement = models.CharField(_("what should be read out"), max_length=500, blank=True)
    # The member who was signed in and wrote it down, for themselves or for a neighbour.
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    attendance = models.OneToOneField(
        Attendance, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_up"
    )
    read_out_at = models.DateTimeField(null=True, blank=True)
    read_out_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_out_at__isnull=True, read_out_by__isnull=True)
                | (Q(read_out_at__isnull=False, read_out_by__isnull=False) & ~Q(statement="")),
                name="a_statement_is_read_out_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.name}"
