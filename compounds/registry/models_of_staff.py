"""What staff have decided for several compounds at once: the memory from which work in each compound follows."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class CommunityPost(models.TextChoices):
    """The posts that one appointment gives in every compound of a community; values as in ``organisation.PostKind``."""

    GENERAL_SECRETARY = "general_secretary", _("general branch secretary")
    COMMUNITY_WORKER = "community_worker", _("community worker")
    GRID_WORKER = "grid_worker", _("grid worker")


class CommunityAppointmentQuerySet(models.QuerySet["CommunityAppointment"]):
    def not_over(self, on: date) -> Self:
        """In force on that day or later."""
        return self.exclude(ends_on__lt=on)


class CommunityAppointment(TimeStamped):
    """One login serves a whole community in one post, from when to when (both days included).

    The memory from which the posts in its compounds are written, also in those that are opened later.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="community_appointments",
        verbose_name=_("account"),
    )
    community = models.ForeignKey(
        "registry.Community", on_delete=models.PROTECT, related_name="appointments", verbose_name=_("community")
    )
    kind = models.CharField(_("post"), max_length=20, choices=CommunityPost.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    # Counts the changes, so that each is carried into the compounds by work of its own.
    revision = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # Who gave it, or changed it last.
    office_level = models.CharField(max_length=9, editable=False)
    office = models.CharField(_("written by"), max_length=140, editable=False)

    objects = CommunityAppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment for a community")
        verbose_name_plural = _("appointments for a community")
        ordering = ["community", "kind", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="community_appointment_ends_after_it_starts",
                violation_error_message=_("A term cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["user", "community", "kind"],
                condition=models.Q(ends_on__isnull=True),
                name="community_appointment_once",
                violation_error_message=_("This person holds that post in this community already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.get_kind_display()} {self.user}"


class CompoundSheet(TimeStamped):
    """One spreadsheet of compounds that was looked through and waits to be confirmed, or was."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    # One list per row: address, name, key of the community, day of building or nothing.
    rows = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name
