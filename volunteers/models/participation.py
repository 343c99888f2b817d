"""Who has a place in an activity, who waits for one, and who came."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from volunteers.models.activity import Slot
from volunteers.models.volunteer import Volunteer


class PlaceState(models.TextChoices):
    PLACED = "placed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("signed off")


class CameBy(models.TextChoices):
    CODE = "code", _("by the code at the door")
    LIST = "list", _("ticked on the list")
    SHEET = "sheet", _("from the printed sheet")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def signed_up(self) -> Self:
        """With a place or waiting for one."""
        return self.exclude(state=PlaceState.CANCELLED)

    def placed(self) -> Self:
        return self.filter(state=PlaceState.PLACED)

    def waiting(self) -> Self:
        """On the waiting list, in its order."""
        return self.filter(state=PlaceState.WAITING).order_by("pk")

    def came(self) -> Self:
        return self.filter(came_at__isnull=False)


class Participation(TimeStamped):
    """One person's place in one slot: asked for, given or waited for, and whether they came.

    A volunteer is one of ours; a resident needs no account and is a name and a number, with consent. The waiting list's
    order is that of the keys.
    """

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="participations")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    # A resident whom we know here; else only what they said themselves.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    # Who wrote it down for them; empty: they did it themselves.
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Opens the page where whoever signed up without an account sees the place and signs off.
    code_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=PlaceState.choices)
    moved_up_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    came_by = models.CharField(max_length=5, choices=CameBy.choices, blank=True)
    came_noted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(volunteer__isnull=False, person__isnull=True, name="", phone="")
                | Q(volunteer__isnull=True, person__isnull=False, name="", phone="")
                | Q(volunteer__isnull=True, person__isnull=True) & ~Q(name=""),
                name="participant_is_a_volunteer_a_person_or_a_name",
            ),
            models.UniqueConstraint(
                fields=["slot", "volunteer"], condition=~Q(state="cancelled"), name="volunteer_signs_up_once"
            ),
            models.UniqueConstraint(
                fields=["slot", "person"], condition=~Q(state="cancelled"), name="person_signs_up_once"
            ),
            models.UniqueConstraint(
                fields=["slot", "phone", "name"],
                condition=~Q(state="cancelled") & ~Q(phone=""),
                name="resident_signs_up_once",
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="place_code_once"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True),
                name="signed_off_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(came_at__isnull=True, came_by="")
                | Q(came_at__isnull=False, state="placed") & ~Q(came_by=""),
                name="whoever_came_had_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.who}"

    @property
    def who(self) -> str:
        """The name by which the list calls them; a volunteer who took their consent back has none any more."""
        if self.volunteer and self.volunteer.withdrawn_on:
            return str(_("no longer named"))
        return str(self.volunteer or self.person or self.name)
