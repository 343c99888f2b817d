"""Associations, their squads, and who serves in them, from when to when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models.people import DateRange
from volunteers.models.volunteer import Volunteer

_TERM = DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class TeamKind(models.TextChoices):
    ASSOCIATION = "association", _("association")
    SQUAD = "squad", _("squad")


class TeamQuerySet(models.QuerySet["Team"]):
    def associations(self) -> Self:
        return self.filter(kind=TeamKind.ASSOCIATION)

    def squads(self) -> Self:
        return self.filter(kind=TeamKind.SQUAD)

    def active(self, on: date) -> Self:
        """Founded by that day and not dissolved before it."""
        return self.filter(founded_on__lte=on).exclude(dissolved_on__lt=on)


class Team(TimeStamped):
    """One volunteers' association (志愿者协会), or one squad (小分队) of an association."""

    kind = models.CharField(max_length=11, choices=TeamKind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="squads")
    name = models.CharField(_("name"), max_length=60, unique=True)
    about = models.CharField(_("what it does"), max_length=300, blank=True)
    founded_on = models.DateField(_("founded on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["founded_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="association", parent__isnull=True) | Q(kind="squad", parent__isnull=False),
                name="squad_belongs_to_an_association",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="team_has_a_name"),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("founded_on")),
                name="team_is_dissolved_after_it_was_founded",
                violation_error_message=_("A team cannot be dissolved before it was founded."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("team", args=[self.pk])


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def serving(self, on: date) -> Self:
        """In the team on that day; the last day counts."""
        return self.filter(starts_on__lte=on).exclude(ends_on__lt=on)

    def leaders(self) -> Self:
        return self.filter(leads=True)


class TeamMember(TimeStamped):
    """Who serves in which team, as its leader or not, from when to when (both days included)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members", db_index=False)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="memberships")
    leads = models.BooleanField(_("leads the team"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["team", "-leads", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A time in a team cannot end before it starts."),
            ),
            ExclusionConstraint(
                name="in_a_team_once_at_a_time",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("volunteer", RangeOperators.EQUAL),
                    (_TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This volunteer is in the team in this time already."),
            ),
            ExclusionConstraint(
                name="team_has_one_leader_at_a_time",
                expressions=[("team", RangeOperators.EQUAL), (_TERM, RangeOperators.OVERLAPS)],
                condition=Q(leads=True),
                violation_error_message=_("Somebody else leads this team in this time. End that first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.volunteer}"
